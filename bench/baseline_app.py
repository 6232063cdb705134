"""The baseline for a WSGI server; BENCH_FILE names its database, BENCH_SQL what it asks."""

from __future__ import annotations

import os

from bench.baseline import create_app

app = create_app(os.environ["BENCH_FILE"], os.environ["BENCH_SQL"])

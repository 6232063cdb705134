"""The baseline for a WSGI server; BENCH_FILE names its database."""

from __future__ import annotations

import os

from bench.baseline import create_app

app = create_app(os.environ["BENCH_FILE"])

"""What every test may ask for: databases, an application, clients that judge what they fetch."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.page")

pytest_plugins = ["tests.databases", "tests.serving"]

"""What every test may ask for: databases, an application, clients that judge what they fetch."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, and as slow as a busy machine makes them: a test that fails now and
# then is no use to whoever changed something else.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("same")

pytest.register_assert_rewrite("tests.page")

pytest_plugins = ["tests.databases", "tests.serving"]

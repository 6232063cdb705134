"""Statements that are built once and asked often: to build one takes longer than to run it.

SQLAlchemy completes a class or an alias the first time that a statement speaks of it, and two
threads that do so at once may both end up with half a statement, which would be kept for good.
So one statement is built at a time, whichever function builds it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import RLock
from typing import Any, TypeVar, cast

Build = TypeVar("Build", bound=Callable[..., Any])

_building = RLock()


def built_once(build: Build) -> Build:
    """Keep what the function builds for each set of arguments, the latest few hundred of them."""
    kept = lru_cache(maxsize=256)(build)

    @wraps(build)
    def get(*arguments: Any, **named: Any) -> Any:
        with _building:
            return kept(*arguments, **named)

    return cast(Build, get)

"""One thing for each thread of the consumer, made when first asked for, closed with the thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from huey import Huey

Thing = TypeVar("Thing")


class PerThread(Generic[Thing]):
    """Holds what threads must not share, such as a renderer, for as long as each thread lives."""

    def __init__(
        self, huey: Huey, name: str, make: Callable[[], Thing], close: Callable[[Thing], None]
    ) -> None:
        self._make = make
        self._close = close
        self._local = threading.local()
        huey.on_shutdown(f"close {name}")(self.close)

    def get(self) -> Thing:
        """The thing of the calling thread."""
        if not hasattr(self._local, "thing"):
            self._local.thing = self._make()
        thing: Thing = self._local.thing
        return thing

    def close(self) -> None:
        """Close the calling thread's thing, if it has made one."""
        if hasattr(self._local, "thing"):
            self._close(self._local.thing)
            del self._local.thing

"""The two that are asked: the product with a clerk signed in, and the baseline with nobody."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bench.load import Order
from bench.processes import Served
from bench.questions import Question
from bench.visitor import csrf_token, sign_in
from tracker.config import Secrets

EMPTY, FOR_READERS = "empty", "empty for readers"


class Baseline:
    """A over a file of SQLite."""

    def __init__(self, url: str, written_down: Path, port: int, ending: ExitStack) -> None:
        environment = {
            "BENCH_FILE": url.removeprefix("sqlite:///"),
            "BENCH_SQL": str(written_down),
        }
        self.served = Served("bench.baseline_app:app", port, environment)
        ending.callback(self.served.end)

    def order(self, question: Question) -> Order:
        return Order(
            self.served.port,
            question.baseline,
            seconds=0,
            status=question.status,
            holds=question.holds,
            form=question.baseline_form or None,
        )


class Product:
    """The product as it runs on loopback without TLS, and the headers of the clerk's browser."""

    def __init__(self, url: str, port: int, instance: Path, ending: ExitStack) -> None:
        self.served = Served("bench.product_app:app", port, _environment(url, instance))
        ending.callback(self.served.end)
        self._headers = {"Cookie": f"peyvand={sign_in(url)}; peyvand_lang=fa"}
        self._csrf = csrf_token(port, self._headers)

    def order(self, question: Question) -> Order:
        return Order(
            self.served.port,
            question.product,
            seconds=0,
            status=question.status,
            holds=question.holds,
            headers=self._headers,
            form={**question.form, "csrf_token": self._csrf} if question.form else None,
        )

    def empty_orders(self) -> Mapping[str, Order]:
        """Two pages with nothing in them; what they differ by is the price of being signed in."""
        port = self.served.port
        return {
            EMPTY: Order(port, ["/empty"], seconds=0, holds="empty"),
            FOR_READERS: Order(
                port, ["/empty-for-readers"], seconds=0, holds="empty", headers=self._headers
            ),
        }


def _environment(url: str, instance: Path) -> dict[str, str]:
    if not instance.exists():
        instance.mkdir(mode=0o700)
        Secrets.make(instance / "secrets.toml")
    return {
        "TRACKER_INSTANCE": str(instance),
        "TRACKER_DATABASE_URL": url,
        "TRACKER_DEMO": "0",
    }

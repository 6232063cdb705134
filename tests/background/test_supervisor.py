"""The product under its supervisor: up, up again, and gone."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.background.running import ROOT, Running, eventually, is_gone, running, runs


def test_up_and_up_again_and_gone_within_ten_seconds(tmp_path: Path) -> None:
    with running(tmp_path) as product:
        assert product.said == f"ready http://127.0.0.1:{product.port}\n"
        assert product.is_ready
        assert len(product.web_workers()) == 2

        refuses_a_taken_port(product)
        comes_back_when_killed(product, "granian")

        family = product.family()
        product.process.send_signal(signal.SIGTERM)
        assert product.process.wait(timeout=10) == 0
        assert [process for process in family if not is_gone(process)] == []


def refuses_a_taken_port(product: Running) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "tracker.supervisor"],
        cwd=ROOT,
        env=product.environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert second.returncode == 1
    assert "is not free" in second.stdout
    assert product.is_ready


def comes_back_when_killed(product: Running, module: str) -> None:
    before = product.child(module)
    offspring = before.children(recursive=True)
    before.kill()
    eventually(lambda: all(is_gone(process) for process in [before, *offspring]))
    eventually(lambda: any(runs(child, module) for child in product.family()))
    eventually(lambda: product.is_ready)

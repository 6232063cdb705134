"""The city this installation serves, as its profile says."""

from __future__ import annotations

from typing import cast

from flask import current_app

from tracker.profiles import Profile


def profile() -> Profile:
    return cast(Profile, current_app.config["PROFILE"])

"""A text in several languages: which one a reader gets, and how that is told."""

from __future__ import annotations

from tracker.domain.texts import Picked, missing, pick


def test_the_wanted_language_first() -> None:
    assert pick({"fa": "اوش", "en": "Osh"}, "en") == Picked("Osh", "en", True)


def test_else_the_first_that_was_entered_under_its_own_tag() -> None:
    assert pick({"ru": "", "fa": "اوش", "en": "Osh"}, "ru") == Picked("اوش", "fa", False)
    assert missing({"fa": "اوش"}, "en")


def test_nothing_is_no_missing_translation() -> None:
    for empty in (None, {}, {"fa": ""}):
        assert pick(empty, "en") == Picked("", "en", True)
        assert not missing(empty, "en")

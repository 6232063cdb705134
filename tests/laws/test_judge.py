"""The judge itself: a sound page passes, and each fault that it must see is planted once."""

from __future__ import annotations

import pytest

from tests.judging import parse, problems

SOUND = """<!doctype html>
<html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>نشست‌ها – پیوند</title>
<link rel="stylesheet" href="/static/site.css">
<script src="/static/site.js" type="module"></script>
</head><body><a href="#main">برو به متن</a><main id="main" data-kind="meetings">
<h1>نشست‌ها</h1>
<p>شمارهٔ <bdi dir="ltr">86935</bdi> در <span lang="en" dir="ltr">Osh</span>، با PDF</p>
<form action="/meetings/new" method="post"><input type="hidden" name="csrf_token" value="t">
<label for="title">عنوان</label><input id="title" name="title" aria-describedby="hint">
<p id="hint">هر طور که بنویسید</p><button>ثبت</button></form>
<img src="/static/a.png" alt=""></main></body></html>"""

FAULTS = {
    "two h1": ("</main>", "<h1>باز هم</h1></main>"),
    "another title": ("<title>نشست‌ها", "<title>دیدارها"),
    "no language": (' lang="fa"', ""),
    "the wrong direction": ('dir="rtl"', 'dir="ltr"'),
    "no data-kind": (' data-kind="meetings"', ""),
    "an unclosed element": ("</main>", "<div></main>"),
    "an id twice": ('<p id="hint">', '<p id="hint"><b id="title">ب</b>'),
    "a pointer to nothing": ('aria-describedby="hint"', 'aria-describedby="other"'),
    "a link to nothing here": ('href="#main"', 'href="#content"'),
    "a field without label": ('<label for="title">عنوان</label>', ""),
    "an inline style": ("<h1>", '<h1 style="color:red">'),
    "an inline handler": ("<h1>", '<h1 onclick="x()">'),
    "a style element": ("</head>", "<style>p{}</style></head>"),
    "an inline script": ("</head>", "<script>x()</script></head>"),
    "a data address": ('src="/static/a.png"', 'src="data:image/png,x"'),
    "a script from elsewhere": ('src="/static/site.js"', 'src="https://example.org/a.js"'),
    "a form without action": (' action="/meetings/new"', ""),
    "a form without token": ('value="t"', 'value=""'),
    "a token in the address": (' method="post"', ""),
    "an image without alt": (' alt=""', ""),
    "a nameless button": ("<button>ثبت</button>", "<button></button>"),
    "a link to nowhere": ("<h1>", "<a>برو</a><h1>"),
    "a tab order": ("<button>", '<button tabindex="3">'),
    "an English word": ("ثبت", "Save"),
    "an English label": ('<input id="title"', '<input placeholder="Title" id="title"'),
    "Latin digits": ("هر طور", "12 طور"),
    "nothing printed": ("هر طور که بنویسید", "None"),
    "an unfilled message": ("هر طور", "%(count)s طور"),
}


def test_a_sound_page_passes() -> None:
    assert problems(*parse(SOUND)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str) -> None:
    good, bad = FAULTS[fault]
    assert good in SOUND
    assert len(problems(*parse(SOUND.replace(good, bad, 1)))) >= 1


def test_persian_on_an_english_page_must_be_marked() -> None:
    page = SOUND.replace('lang="fa" dir="rtl"', 'lang="en" dir="ltr"')
    assert any("not in en: 'ثبت'" in problem for problem in problems(*parse(page)))
    marked = page.replace("<main", '<main lang="fa" dir="rtl"').replace(
        "برو به متن", "Skip to content"
    )
    assert problems(*parse(marked)) == []

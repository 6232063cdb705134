"""How a form is filled in by somebody who means no good, or whose browser is broken."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from tests.hostile.controls import Control, PostForm
from tests.hostile.words import Words

Pairs = list[tuple[str, str]]
# Beside the rows that a page shows: gaps, the last number there is, and numbers that are none.
ROWS = ("0", "1", "2", "7", "199", "9999", "10000", "-1", "²", "۳", "__n__", "0-0")
_KEPT = ("csrf_token",)


def fill(form: PostForm, words: Words) -> Pairs:
    """What is sent of the form: mostly as a person would fill it, in places as nobody would."""
    random = words.random
    malice = random.choice((0.03, 0.1, 0.1, 0.3, 0.9))
    pairs: Pairs = []
    for control in form.controls:
        if control.name in _KEPT:
            pairs.append((control.name, control.value))
        elif control.kind != "button":
            pairs.extend(_control(control, words, malice))
    pairs.extend(_button(form, words, malice))
    if form.pattern and random.random() < 0.4:
        for row in random.choices(ROWS, k=random.randrange(1, 4)):
            pairs.extend(_row(form, row, words, malice))
    if form.pattern and random.random() < 0.02:
        for number in range(230):
            pairs.extend(_row(form, str(number), words, 0))
    if random.random() < malice:
        pairs.append((words.hostile() or "x", words.hostile()))
    if random.random() < malice / 2:
        random.shuffle(pairs)
    return pairs


def _row(form: PostForm, number: str, words: Words, malice: float) -> Iterator[tuple[str, str]]:
    for control in form.pattern:
        if control.kind == "button":
            continue
        named = Control(
            control.name.replace("__n__", number),
            control.kind,
            control.value,
            control.choices,
            control.kinds,
            control.longest,
            control.is_on,
        )
        yield from _control(named, words, malice)


def _button(form: PostForm, words: Words, malice: float) -> Iterator[tuple[str, str]]:
    """The button that was pressed: now and then one that changes rows, or none that there is."""
    random = words.random
    buttons = [c for c in form.controls if c.kind == "button"]
    steps = [c for c in buttons if c.name not in ("add-row", "remove-row")]
    if steps:
        pressed = random.choice(steps)
        yield pressed.name, pressed.value if random.random() > malice else words.hostile()
    elif buttons and random.random() < 0.1:
        pressed = random.choice(buttons)
        yield pressed.name, pressed.value if random.random() > malice else words.hostile()


def _control(control: Control, words: Words, malice: float) -> Iterator[tuple[str, str]]:
    random = words.random
    if random.random() < malice:
        chance = random.random()
        if chance < 0.15:
            return
        if chance < 0.3:
            yield control.name, _value(control, words)
        yield control.name, _hostile(control, words)
    elif control.is_on or random.random() < 0.2:
        yield control.name, _value(control, words)


def _value(control: Control, words: Words) -> str:
    """What somebody would put there, or leave."""
    random = words.random
    if control.kind == "hidden" or random.random() < 0.3:
        return control.value
    if control.kind == "select":
        return random.choice(control.choices or [""])
    if control.kind in ("radio", "checkbox"):
        return control.value
    if control.kind == "date":
        return words.day()
    if control.kind == "link":
        return words.named_id(*control.kinds) if random.random() < 0.3 else words.text()
    return words.text()


def _hostile(control: Control, words: Words) -> str:
    random = words.random
    if control.name == "version":
        return random.choice(("", "0", "-1", "x", "²", "۱", "1" * 30, "99", "1.0", "\0"))
    if control.name == "submission":
        return random.choice(
            ("", "x", str(uuid.UUID(int=random.getrandbits(128))), "{}", "0" * 32)
        )
    if control.name.endswith("-id"):
        return words.named_id()
    if control.longest and random.random() < 0.3:
        return "ط" * (control.longest + random.randrange(3))
    return random.choice((words.hostile, words.hostile, words.day, words.number, words.id))()

"""Sends a form with a file, as a browser does."""

from __future__ import annotations

from io import BytesIO

from werkzeug.datastructures import FileStorage

from tests.page import JudgingClient, Page, filled_in


def send(
    client: JudgingClient,
    form: Page | str,
    content: bytes = b"a plain text",
    name: str = "note.txt",
    *,
    status: int = 303,
    **fields: str,
) -> Page:
    """Choose a file in the form of a page, fill in the rest, press the button."""
    page = client.get(form) if isinstance(form, str) else form
    values: dict[str, object] = {**filled_in(page.form()), **fields}
    values["file"] = FileStorage(BytesIO(content), name)
    return client.post(page.url, values, status=status, files=True)

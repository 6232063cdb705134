"""The words of a paper, and those of them that other programs find in the file again."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO

import pypdfium2
from pypdf import PdfReader

ZWNJ = "\u200c"
# Letters that fonts draw as one sign come back in an order that differs between programs.
_MANY_IN_ONE = re.compile("لا|لأ|لإ|لآ|لله|هٔ|ۀ")
_WORD = re.compile(rf"(?:[^\W\d_]|[{ZWNJ}\u0654])+")


def words_of(document: str) -> set[str]:
    """The distinct words of two letters or more that stand in the body of an HTML document."""
    body = document.partition("<body")[2].partition(">")[2]
    body = re.sub(r"<svg.*?</svg>", " ", body, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return {word.strip(ZWNJ) for word in _WORD.findall(text) if len(word) > 1}


def by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def by_poppler(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def extractors() -> dict[str, Callable[[bytes], str]]:
    """Poppler is a program of the system; where it is missing the other two speak."""
    found = {"pypdf": by_pypdf, "pdfium": by_pdfium}
    if shutil.which("pdftotext"):
        found["poppler"] = by_poppler
    return found


def found_again(words: set[str], text: str, *, ignoring_zwnj: bool) -> set[str]:
    if ignoring_zwnj:
        text = text.replace(ZWNJ, "")
        return {word for word in words if word.replace(ZWNJ, "") in text}
    return {word for word in words if word in text}


def plain(words: set[str]) -> set[str]:
    """Those without several letters in one sign."""
    return {word for word in words if not _MANY_IN_ONE.search(word)}

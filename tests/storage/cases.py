"""What each file is called, what is in it, and why it is not taken where it is not."""

from __future__ import annotations

from collections.abc import Callable

from tests.storage.corpus import (
    SCRIPT,
    SHEET,
    bomb,
    calling_paper,
    hidden_script_paper,
    huge_picture,
    launching_paper,
    locked_package,
    locked_paper,
    moving,
    office,
    open_document,
    package,
    paper,
    paper_holding,
    picture,
    relation,
    scripted_paper,
    thousands_of_parts,
)
from tracker.domain.documents import FileRefusal

HOSTILE: dict[str, tuple[str, Callable[[], bytes], FileRefusal]] = {
    "empty": ("a.pdf", lambda: b"", FileRefusal.EMPTY),
    "program": ("setup.exe", lambda: b"MZ", FileRefusal.NOT_TAKEN),
    "no ending": ("setup", lambda: b"x", FileRefusal.NOT_TAKEN),
    "two endings": ("a.pdf.html", lambda: b"<p>", FileRefusal.NOT_TAKEN),
    "svg": ("a.svg", lambda: b"<svg/>", FileRefusal.NOT_TAKEN),
    "html as pdf": ("a.pdf", lambda: b"<html>" + SCRIPT, FileRefusal.ANOTHER_TYPE),
    "html before pdf": ("a.pdf", lambda: b"<html>" + paper(), FileRefusal.ANOTHER_TYPE),
    "program as docx": ("a.docx", lambda: b"MZ\x90\0" + b"\0" * 99, FileRefusal.ANOTHER_TYPE),
    "png as jpg": ("a.jpg", picture, FileRefusal.ANOTHER_TYPE),
    "png as xlsx": ("a.xlsx", picture, FileRefusal.ANOTHER_TYPE),
    "gif and script as png": (
        "a.png",
        lambda: b"GIF89a/*" + b"*/=1;alert(1)",
        FileRefusal.ANOTHER_TYPE,
    ),
    "gif and script as text": ("a.txt", lambda: b"GIF89a=1;alert(1)", FileRefusal.ANOTHER_TYPE),
    "half a picture": ("a.png", lambda: picture()[:60], FileRefusal.DAMAGED),
    "huge picture": ("a.png", huge_picture, FileRefusal.PICTURE_TOO_LARGE),
    "moving picture": ("a.png", moving, FileRefusal.MOVING),
    "pdf and zip": ("a.pdf", lambda: paper() + package({"a.html": "x"}), FileRefusal.DAMAGED),
    "half a pdf": ("a.pdf", lambda: paper()[:-200], FileRefusal.DAMAGED),
    "no pdf inside": ("a.pdf", lambda: b"%PDF-1.7\nnothing\n%%EOF", FileRefusal.DAMAGED),
    "pdf with a script": ("a.pdf", scripted_paper, FileRefusal.ACTIVE),
    "pdf with a hidden script": ("a.pdf", hidden_script_paper, FileRefusal.ACTIVE),
    "pdf that launches": ("a.pdf", launching_paper, FileRefusal.ACTIVE),
    "pdf that calls": ("a.pdf", calling_paper, FileRefusal.ACTIVE),
    "pdf with a program": (
        "a.pdf",
        lambda: paper_holding("a.exe", b"MZ\0"),
        FileRefusal.HOLDS_FILES,
    ),
    "locked pdf": ("a.pdf", locked_paper, FileRefusal.ENCRYPTED),
    "pdf with rights": ("a.pdf", lambda: locked_paper(owner_only=True), FileRefusal.ENCRYPTED),
    "macro": (
        "a.docx",
        lambda: office(more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        FileRefusal.ACTIVE,
    ),
    "macro by its type": (
        "a.docx",
        lambda: office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        FileRefusal.ACTIVE,
    ),
    "docx as xlsx": ("a.xlsx", office, FileRefusal.ANOTHER_TYPE),
    "plain zip as docx": ("a.docx", lambda: package({"a.txt": "x"}), FileRefusal.ANOTHER_TYPE),
    "linked template": (
        "a.docx",
        lambda: office(relations=relation("attachedTemplate", "http://example.org/t.dotm")),
        FileRefusal.REACHES_OUT,
    ),
    "linked picture": (
        "a.docx",
        lambda: office(relations=relation("image", "http://example.org/p.png")),
        FileRefusal.REACHES_OUT,
    ),
    "held html": (
        "a.docx",
        lambda: office(relations=relation("aFChunk", "a.html", external=False)),
        FileRefusal.HOLDS_FILES,
    ),
    "held object": (
        "a.docx",
        lambda: office(more={"word/embeddings/o.bin": b"x"}),
        FileRefusal.HOLDS_FILES,
    ),
    "nested zip": (
        "a.docx",
        lambda: office(more={"word/media/x.png": package({"a": "x"})}),
        FileRefusal.HOLDS_FILES,
    ),
    "held program": (
        "a.docx",
        lambda: office(more={"word/media/x.png": b"MZ\x90"}),
        FileRefusal.HOLDS_FILES,
    ),
    "command in a field": (
        "a.docx",
        lambda: office(
            body="<r><instrText>DDE</instrText></r><r><instrText a='b'>AUTO cmd</instrText></r>"
        ),
        FileRefusal.ACTIVE,
    ),
    "entities": (
        "a.docx",
        lambda: office(
            more={"word/x.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}
        ),
        FileRefusal.ACTIVE,
    ),
    "no xml": ("a.docx", lambda: office(body="<p>"), FileRefusal.DAMAGED),
    "linked workbook": (
        "a.xlsx",
        lambda: office(SHEET, more={"xl/externalLinks/externalLink1.xml": "<x/>"}),
        FileRefusal.REACHES_OUT,
    ),
    "bomb": ("a.docx", bomb, FileRefusal.UNPACKS_TOO_LARGE),
    "thousands of parts": ("a.docx", thousands_of_parts, FileRefusal.UNPACKS_TOO_LARGE),
    "locked zip": ("a.docx", locked_package, FileRefusal.ENCRYPTED),
    "locked or old office": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,
        FileRefusal.OLD_FORMAT,
    ),
    "path that climbs": (
        "a.docx",
        lambda: office(more={"../../x.xml": "<x/>"}),
        FileRefusal.DAMAGED,
    ),
    "program before zip": ("a.docx", lambda: b"MZ" + office(), FileRefusal.ANOTHER_TYPE),
    "script after zip": ("a.docx", lambda: office() + SCRIPT, FileRefusal.DAMAGED),
    "another zip before": ("a.docx", lambda: package({"a": "x"}) + office(), FileRefusal.DAMAGED),
    "odt with a macro": (
        "a.odt",
        lambda: open_document(more={"Basic/Standard/M.xml": "<x/>"}),
        FileRefusal.ACTIVE,
    ),
    "odt that listens": (
        "a.odt",
        lambda: open_document(body="<script:event-listener/>"),
        FileRefusal.ACTIVE,
    ),
    "odt with a linked picture": (
        "a.odt",
        lambda: open_document(body='<draw:image xlink:href="http://example.org/p.png"/>'),
        FileRefusal.REACHES_OUT,
    ),
    "locked odt": (
        "a.odt",
        lambda: open_document(manifest="<m><encryption-data/></m>"),
        FileRefusal.ENCRYPTED,
    ),
    "table as odt": (
        "a.odt",
        lambda: open_document("application/vnd.oasis.opendocument.spreadsheet"),
        FileRefusal.ANOTHER_TYPE,
    ),
    "html as text": ("a.txt", lambda: b"Hello " + SCRIPT, FileRefusal.ANOTHER_TYPE),
    "bytes as text": ("a.txt", lambda: bytes(range(256)), FileRefusal.NOT_TEXT),
    "other bytes as text": ("a.txt", lambda: b"\x81\x8d\xff\xfa" * 9, FileRefusal.NOT_TEXT),
    "turned text": ("a.txt", lambda: "سلام \u202egpj.exe".encode(), FileRefusal.HIDDEN_SIGN),
    "blank text": ("a.txt", lambda: b" \n", FileRefusal.EMPTY),
    "too large": ("a.txt", lambda: b"x" * (25 * 2**20 + 1), FileRefusal.TOO_LARGE),
}

SOUND: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf": ("یادداشت تفاهم.pdf", paper),
    "pdf with data": ("briefing.pdf", lambda: paper_holding("facts.json", b'{"a": 1}')),
    "pdf in object streams": ("a.PDF", lambda: paper(linearize=True)),
    "png": ("a.png", picture),
    "jpeg": ("a.jpeg", lambda: picture("JPEG")),
    "grey jpeg": ("a.jpg", lambda: picture("JPEG", dpi=(300, 300))),
    "docx": ("a.docx", office),
    "docx with a link": (
        "a.docx",
        lambda: office(relations=relation("hyperlink", "https://example.org/")),
    ),
    "xlsx": ("a.xlsx", lambda: office(SHEET)),
    "odt": (
        "a.odt",
        lambda: open_document(body='<draw:image xlink:href="Pictures/a.png"/>'),
    ),
    "text": ("a.txt", lambda: "متن فارسی\nبند دوم ۱۲۳".encode()),
}

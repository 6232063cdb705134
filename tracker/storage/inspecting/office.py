"""Office files: of the kind they are called, without macros, files or content from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.domain.documents import FileRefusal, FileRefused, FileType, Treatment
from tracker.storage.inspecting import packages
from tracker.storage.inspecting.packages import Package

_TYPES = "[Content_Types].xml"
_MAIN = {
    FileType.DOCX: "wordprocessingml.document.main+xml",
    FileType.XLSX: "spreadsheetml.sheet.main+xml",
}
_ODT = b"application/vnd.oasis.opendocument.text"

# Parts that no plain paper or table has, by their names in small letters.
_PARTS: tuple[tuple[re.Pattern[str], FileRefusal], ...] = (
    (re.compile(r"(?:^|/)vba(?:project|data)"), FileRefusal.ACTIVE),
    (re.compile(r"(?:^|/)(?:activex|macrosheets|dialogsheets|customui)/"), FileRefusal.ACTIVE),
    (re.compile(r"^(?:basic|scripts|dialogs)/"), FileRefusal.ACTIVE),
    (re.compile(r"(?:^|/)embeddings/"), FileRefusal.HOLDS_FILES),
    (re.compile(r"(?:^|/)externallinks/"), FileRefusal.REACHES_OUT),
    (
        re.compile(r"\.(?:exe|dll|scr|js|vbs|bat|cmd|ps1|jar|html?|mht|hta|lnk|zip|pdf)$"),
        FileRefusal.HOLDS_FILES,
    ),
)
# A link that is clicked leads outside, as on any page; every other kind is followed unasked.
_CLICKED = "/hyperlink"
_HELD = ("/aFChunk", "/oleObject", "/package")
_FIELDS = re.compile(rb"<(?:\w+:)?(?:instrText[^>]*>([^<]*)|fldSimple[^>]*instr=\"([^\"]*))")
_DDE = re.compile(rb"\bDDE(?:AUTO)?\b", re.IGNORECASE)

# Elements of a text of OpenDocument that act, and those that may show what lies elsewhere.
_ACTING = {"event-listener", "script", "applet", "plugin", "dde-connection-decl", "dde-source"}
_SHOWING = {"image", "object", "object-ole", "floating-frame", "section-source", "fill-image"}
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|/|\.\./)", re.IGNORECASE)


def look(file_type: FileType, file: Path, _target: Path) -> list[Treatment]:
    """Refuse, or leave the file as it is."""
    with packages.opened(file) as package:
        _check_names(package.names)
        if file_type is FileType.ODT:
            _look_through_text(package)
        else:
            _look_through_office(package, _MAIN[file_type])
    return []


def _check_names(names: list[str]) -> None:
    for name in names:
        for pattern, reason in _PARTS:
            if pattern.search(name.lower()):
                raise FileRefused(reason)


def _look_through_office(package: Package, wanted: str) -> None:
    main = ""
    for name, content in package.parts():
        if name == _TYPES:
            main = _main_type(content)
        elif name.endswith(".rels"):
            _check_relations(content)
        elif name.endswith(".xml"):
            packages.check_xml(content)
            if _DDE.search(b"".join(one or other for one, other in _FIELDS.findall(content))):
                raise FileRefused(FileRefusal.ACTIVE)
    if not main.endswith(wanted):
        raise FileRefused(FileRefusal.ANOTHER_TYPE)


def _main_type(content: bytes) -> str:
    types = [of.get("ContentType", "") for _name, of in packages.elements(content)]
    if any("macroenabled" in each.lower() or "vba" in each.lower() for each in types):
        raise FileRefused(FileRefusal.ACTIVE)
    return next((each for each in types if each.endswith(".main+xml")), "")


def _check_relations(content: bytes) -> None:
    for name, of in packages.elements(content):
        kind = of.get("Type", "")
        if name != "Relationship" or kind.endswith(_CLICKED):
            continue
        if kind.endswith(_HELD):
            raise FileRefused(FileRefusal.HOLDS_FILES)
        if of.get("TargetMode", "").lower() == "external":
            raise FileRefused(FileRefusal.REACHES_OUT)


def _look_through_text(package: Package) -> None:
    mime = b""
    for name, content in package.parts():
        if name == "mimetype":
            mime = content
        elif name == "META-INF/manifest.xml":
            if any(each == "encryption-data" for each, _of in packages.elements(content)):
                raise FileRefused(FileRefusal.ENCRYPTED)
        elif name.endswith(".xml"):
            _check_text(content)
    if mime != _ODT or package.names[0] != "mimetype":
        raise FileRefused(FileRefusal.ANOTHER_TYPE)


def _check_text(content: bytes) -> None:
    for name, of in packages.elements(content):
        if name in _ACTING:
            raise FileRefused(FileRefusal.ACTIVE)
        if name in _SHOWING and _ELSEWHERE.match(of.get("href", "")):
            raise FileRefused(FileRefusal.REACHES_OUT)

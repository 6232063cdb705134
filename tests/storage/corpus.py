"""Files as people send them, and as attackers do: each made here, none kept in the repository."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from PIL import Image

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument."
WORD, SHEET = (f"{_KINDS}{each}" for each in (
    "wordprocessingml.document.main+xml", "spreadsheetml.sheet.main+xml",
))  # fmt: skip
_ODT = "application/vnd.oasis.opendocument.text"
SCRIPT = b"<script>alert(document.domain)</script>"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "seagreen").save(made, form, **options)
    return made.getvalue()


def photograph(place: str = "Mashhad") -> bytes:
    """Taken sideways, with the name of a place in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter
    exif[0x010E] = place
    return picture("JPEG", exif=exif, comment=b"a comment")


def moving() -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    made = BytesIO()
    frames[0].save(made, "PNG", save_all=True, append_images=frames[1:])
    return made.getvalue()


def huge_picture(width: int = 60_000, height: int = 60_000) -> bytes:
    """A small file that says it is three and a half thousand million points large."""
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))
        for name, data in chunks
    )


def paper(**options: object) -> bytes:
    """A PDF of one empty page; `root` adds to its catalogue, the rest is how it is saved."""
    root = options.pop("root", None)
    with pikepdf.new() as made:
        made.add_blank_page()
        if root is not None:
            root(made)
        file = BytesIO()
        made.save(file, **options)
    return file.getvalue()


def acting_paper(action: dict[str, object]) -> bytes:
    def add(made: pikepdf.Pdf) -> None:
        made.Root["/OpenAction"] = made.make_indirect(pikepdf.Dictionary(action))

    return paper(root=add)


def scripted_paper() -> bytes:
    return acting_paper({"/S": pikepdf.Name("/JavaScript"), "/JS": "app.alert(1)"})


def launching_paper() -> bytes:
    return acting_paper({"/S": pikepdf.Name("/Launch"), "/F": "cmd.exe"})


def calling_paper() -> bytes:
    return acting_paper({"/S": pikepdf.Name("/URI"), "/URI": "https://example.org/"})


def hidden_script_paper() -> bytes:
    """The script stands in an object stream, its name written with escapes."""
    plain = scripted_paper().replace(b"/JavaScript", b"/Java#53cript")
    with pikepdf.open(BytesIO(plain)) as made:
        file = BytesIO()
        made.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return file.getvalue()


def paper_holding(name: str, content: bytes) -> bytes:
    def add(made: pikepdf.Pdf) -> None:
        made.attachments[name] = pikepdf.AttachedFileSpec(made, content, filename=name)

    return paper(root=add)


def locked_paper(owner_only: bool = False) -> bytes:
    user = "" if owner_only else "secret"
    return paper(encryption=pikepdf.Encryption(owner="owner", user=user))


def package(
    parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED, **options: object
) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression, **options) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def office(
    kind: str = WORD,
    *,
    relations: str = "",
    body: str = "<p>یادداشت تفاهم</p>",
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    main = "word/document.xml" if kind == WORD else "xl/workbook.xml"
    return package(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{_TYPES}"><Override PartName="/{main}" ContentType="{kind}"/>'
                "</Types>"
            ),
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
            main: f'<?xml version="1.0" encoding="UTF-8"?><document>{body}</document>',
            **(more or {}),
        }
    )


def relation(kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def open_document(
    mime: str = _ODT, *, body: str = "", manifest: str = "<manifest/>",
    more: dict[str, str | bytes] | None = None,
) -> bytes:  # fmt: skip
    return package(
        {
            "mimetype": mime,
            "content.xml": f'<body xmlns:draw="d" xmlns:xlink="x" xmlns:script="s">{body}</body>',
            "META-INF/manifest.xml": manifest,
            **(more or {}),
        }
    )


def locked_package() -> bytes:
    """An office file whose entries say that they are encrypted."""
    made = bytearray(office())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(sign)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(sign, place + 4)
    return bytes(made)


def bomb() -> bytes:
    """Two hundred megabytes of spaces in a few hundred kilobytes."""
    return office(more={"word/media/image1.bin": b" " * (200 * 2**20)})


def thousands_of_parts() -> bytes:
    return office(more={f"word/p{number}.xml": "<p/>" for number in range(1_100)})

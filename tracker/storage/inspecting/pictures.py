"""Pictures: read as pictures and drawn anew, so that nothing but the picture is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from tracker.domain.documents import FileRefusal, FileRefused, FileType, Treatment

# An A3 sheet at 500 points an inch.
MOST_POINTS = 50_000_000
_OPENED_AS = {FileType.PNG: "PNG", FileType.JPEG: "JPEG"}
# What a file of this type can hold; anything else becomes RGB.
_MODES = {
    FileType.PNG: {"1", "L", "LA", "I;16", "P", "RGB", "RGBA"},
    FileType.JPEG: {"L", "RGB", "CMYK"},
}
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, EOFError, UnidentifiedImageError)


def look(file_type: FileType, file: Path, target: Path) -> list[Treatment]:
    """Write the picture to `target`: without EXIF, comments, profiles and whatever came after."""
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours
    try:
        with Image.open(file, formats=[_OPENED_AS[file_type]]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                raise FileRefused(FileRefusal.PICTURE_TOO_LARGE)
            if file_type is FileType.PNG and getattr(picture, "n_frames", 1) > 1:
                raise FileRefused(FileRefusal.MOVING)
            picture.load()
            _draw(picture, file_type, target)
    except _BROKEN as broken:
        raise FileRefused(FileRefusal.DAMAGED) from broken
    return [Treatment.REDRAWN]


def _draw(picture: Image.Image, file_type: FileType, target: Path) -> None:
    ImageOps.exif_transpose(picture, in_place=True)
    kept: dict[str, Any] = {}
    dpi = picture.info.get("dpi")
    if dpi and all(0 < each < 10_000 for each in dpi):
        kept["dpi"] = tuple(round(float(each)) for each in dpi)
    plain = picture if picture.mode in _MODES[file_type] else picture.convert("RGB")
    transparent = plain.info.get("transparency")
    plain.info = {} if transparent is None else {"transparency": transparent}
    if file_type is FileType.PNG:
        plain.save(target, "PNG", compress_level=4, **kept)
    elif plain.format == "JPEG":
        # By the tables it came with: what was lossy already loses next to nothing more.
        plain.save(target, "JPEG", quality="keep", **kept)
    else:
        plain.save(target, "JPEG", quality=92, **kept)

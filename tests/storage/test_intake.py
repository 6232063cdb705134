"""What is taken in and what is not, with real files of either kind."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.storage import corpus
from tests.storage.cases import HOSTILE, SOUND
from tracker.domain.documents import FileRefusal, FileRefused, FileType, Scan, Treatment
from tracker.storage import Storage
from tracker.storage.intake import TakenIn, taken_in
from tracker.storage.refusals import SENTENCES


def take(folder: Path, name: str, content: bytes) -> TakenIn:
    with taken_in(Storage(folder), BytesIO(content), name) as file:
        return file


@pytest.mark.parametrize("case", HOSTILE)
def test_what_could_harm_is_refused_and_leaves_nothing(tmp_path: Path, case: str) -> None:
    name, made, reason = HOSTILE[case]
    with pytest.raises(FileRefused) as refused:
        take(tmp_path, name, made())
    assert refused.value.reason is reason
    assert files_below(tmp_path) == []


@pytest.mark.parametrize("case", SOUND)
def test_what_people_send_is_kept(tmp_path: Path, case: str) -> None:
    name, made = SOUND[case]
    content = made()
    file = take(tmp_path, name, content)
    (kept,) = files_below(tmp_path)
    assert kept.name == file.kept.file_id.hex
    assert kept.stat().st_mode & 0o777 == 0o600
    assert file.name == name
    assert file.scan is Scan.UNSCANNED
    # All but pictures stay as they came, to the byte: a signature in them holds.
    if Treatment.REDRAWN not in file.treated:
        assert kept.read_bytes() == content


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_every_refusal_has_a_sentence() -> None:
    assert set(SENTENCES) == set(FileRefusal)


def test_a_picture_that_is_a_script_as_well_becomes_a_picture(tmp_path: Path) -> None:
    file = take(tmp_path, "a.png", corpus.picture() + corpus.SCRIPT)
    content = Storage(tmp_path).path(file.kept.file_id).read_bytes()
    assert b"script" not in content
    assert Image.open(BytesIO(content)).size == (40, 30)
    assert file.treated == (Treatment.REDRAWN,)
    assert file.received_sha256 != file.kept.sha256


def test_a_photograph_loses_its_exif_and_stands_upright(tmp_path: Path) -> None:
    file = take(tmp_path, "a.jpg", corpus.photograph("Mashhad"))
    content = Storage(tmp_path).path(file.kept.file_id).read_bytes()
    assert b"Mashhad" not in content
    assert b"comment" not in content
    picture = Image.open(BytesIO(content))
    assert not picture.getexif()
    assert picture.size == (30, 40)


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16"])
def test_an_old_text_is_turned_into_utf8_and_says_so(tmp_path: Path, encoding: str) -> None:
    text = "گزارش گفت‌وگو با شهردار اوش"
    file = take(tmp_path, "a.txt", text.encode(encoding))
    assert Storage(tmp_path).path(file.kept.file_id).read_text(encoding="utf-8") == text
    assert file.treated == (Treatment.TURNED_INTO_UTF8,)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("یادداشت تفاهم.txt", "یادداشت تفاهم.txt"),
        ("می‌خواهیم.txt", "می‌خواهیم.txt"),
        ("../../etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\me\\x.txt", "x.txt"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ("x\r\nSet-Cookie: a=b.txt", "xSet-Cookie: a=b.txt"),
        ("e\u0301.txt", "é.txt"),
        (".txt", "file.txt"),
        ("\udcff.TXT", "file.TXT"),
        ("ن" * 300 + ".txt", "ن" * 190 + ".txt"),
    ],
)
def test_names_are_kept_clean(tmp_path: Path, sent: str, kept: str) -> None:
    assert take(tmp_path, sent, b"plain").name == kept


def test_what_is_not_recorded_is_not_kept(tmp_path: Path) -> None:
    def record_none_of_it() -> None:
        with taken_in(Storage(tmp_path), BytesIO(b"plain"), "a.txt") as file:
            assert Storage(tmp_path).path(file.kept.file_id).is_file()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        record_none_of_it()
    assert files_below(tmp_path) == []


def test_a_line_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(4)

    with (
        pytest.raises(ConnectionResetError),
        taken_in(Storage(tmp_path), Broken(b"a plain text"), "a.txt"),
    ):
        pass
    assert files_below(tmp_path) == []


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    content = bytearray(corpus.office(more={"word/x.bin": b"y" * 3_000_000}))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        size = archive.getinfo("word/x.bin").file_size
    lied = bytes(content).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(FileRefused) as refused:
        take(tmp_path, "a.docx", lied)
    assert refused.value.reason is FileRefusal.DAMAGED


def test_endings_and_types_are_the_same_words() -> None:
    assert {name.rpartition(".")[2].lower() for name, _ in SOUND.values()} >= set(FileType)

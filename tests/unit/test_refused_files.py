"""What a file and its card must be, on both sides: the nearest file that is read, and the nearest that is refused."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from assets.received import InputFile, RoundKey
from pipelines.readers.raw_folder import CARD, RawFolder
from tests.stops import stops_by

KEY = RoundKey("p", 2024)
CONTENT = b"Kommun;Tal\nHemligt;5\n"
TITLE, DAY = "title: Lista\n", "date: 2024-01-01\n"
OTHER_LINES = "origin: o\nreality: synthetic\nlicence: l\n"
HASH = hashlib.sha256(CONTENT).hexdigest()
EXPORT_AGAIN = "Exportera filen på nytt."
CORRECT_THE_CARD = "Rätta kortet enligt raw/README.md."


def files(root: Path, name: str, content: bytes, card: str | None = None) -> list[InputFile]:
    """The round's files when one lies there, with a card that describes it unless another is given."""
    folder = root / KEY.programme / str(KEY.year)
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    described = f"{TITLE}{DAY}{OTHER_LINES}sha256: '{hashlib.sha256(content).hexdigest()}'\n"
    if card != "":
        (folder / (name + CARD)).write_text(card or described, "utf-8")
    return RawFolder(root).files(KEY)


def cells(root: Path, name: str, content: bytes, card: str | None = None) -> list[list[str | None]]:
    [file] = files(root, name, content, card)
    return [list(row) for row in file.sheets[0].rows]


READ = [["Kommun", "Tal"], ["Hemligt", "5"]]


@pytest.mark.rule("file_unreadable", holds=True)
def test_a_file_whose_last_byte_is_text_is_read(tmp_path: Path):
    assert cells(tmp_path, "a.csv", CONTENT + b" ")[:2] == READ


@pytest.mark.rule("file_unreadable")
def test_a_file_whose_last_byte_is_a_null_character_is_refused(tmp_path: Path):
    with stops_by("file_unreadable", where="p/2024/a.csv", todo=EXPORT_AGAIN, never=["Hemligt"]):
        files(tmp_path, "a.csv", CONTENT + b"\0")


@pytest.mark.rule("file_unreadable")
def test_a_text_that_calls_itself_a_workbook_is_refused(tmp_path: Path):
    with stops_by("file_unreadable", where="p/2024/a.xlsx", todo=EXPORT_AGAIN, never=["Hemligt"]):
        files(tmp_path, "a.xlsx", CONTENT)


SUBMISSION = {"a.json": b'[{"Kommun": "Hemligt", "Tal": 5}]', "A.XML": b"<s><Kommun>Hemligt</Kommun><Tal>5</Tal></s>"}


@pytest.mark.rule("file_unreadable", holds=True)
@pytest.mark.parametrize("name", SUBMISSION)
def test_a_submission_that_ends_is_read_as_a_row_under_its_paths(name: str, tmp_path: Path):
    [headers, [name_of_it, number]] = cells(tmp_path, name, SUBMISSION[name])
    assert [headers, [name_of_it, str(number)]] == READ


@pytest.mark.rule("file_unreadable")
@pytest.mark.parametrize("name", SUBMISSION)
def test_a_submission_that_lacks_its_last_byte_is_refused(name: str, tmp_path: Path):
    with stops_by("file_unreadable", where=f"p/2024/{name}", todo=EXPORT_AGAIN, never=["Hemligt"]):
        files(tmp_path, name, SUBMISSION[name][:-1])


@pytest.mark.rule("file_unreadable")
def test_an_archive_with_a_submission_that_cannot_be_read_is_refused_and_both_are_named(tmp_path: Path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("instance-7.xml", b"<s><Kommun>Hemligt</s>")
    with stops_by("file_unreadable", where="p/2024/a.zip: instance-7.xml", todo=EXPORT_AGAIN, never=["Hemligt"]):
        files(tmp_path, "a.zip", content.getvalue())


@pytest.mark.rule("file_empty")
@pytest.mark.parametrize(("name", "content"), [("a.json", b"[]"), ("a.json", b"[{}]"), ("a.xml", b"<s/>")])
def test_a_file_without_submissions_is_empty(name: str, content: bytes, tmp_path: Path):
    with stops_by("file_empty", where=f"p/2024/{name}", todo=EXPORT_AGAIN):
        files(tmp_path, name, content)


@pytest.mark.rule("file_empty", holds=True)
def test_a_file_with_one_filled_cell_is_read(tmp_path: Path):
    assert cells(tmp_path, "a.csv", b" ;x\n") == [[" ", "x"]]


@pytest.mark.rule("file_empty")
@pytest.mark.parametrize("content", [b"", b" ; \n", b"\n\n"])
def test_a_file_without_a_filled_cell_is_empty(content: bytes, tmp_path: Path):
    with stops_by("file_empty", where="p/2024/a.csv", todo=EXPORT_AGAIN):
        files(tmp_path, "a.csv", content)


@pytest.mark.rule("file_kind_unknown", holds=True)
def test_the_kind_of_a_file_may_be_written_in_capitals(tmp_path: Path):
    assert cells(tmp_path, "A.CSV", CONTENT) == READ


@pytest.mark.rule("file_kind_unknown")
def test_a_file_of_another_kind_is_refused_even_if_it_could_be_read(tmp_path: Path):
    told = "Lägg exporter direkt i omgångens mapp och annat någon annanstans."
    with stops_by("file_kind_unknown", where="p/2024/a.txt", todo=told, never=["Hemligt"]):
        files(tmp_path, "a.txt", CONTENT)


@pytest.mark.rule("card_missing", holds=True)
@pytest.mark.rule("card_invalid", holds=True)
@pytest.mark.rule("card_hash_differs", holds=True)
@pytest.mark.parametrize("digest", [HASH, HASH.upper()])
def test_a_file_with_its_card_is_read_whichever_case_the_hash_is_written_in(digest: str, tmp_path: Path):
    assert cells(tmp_path, "a.csv", CONTENT, f"{TITLE}{DAY}{OTHER_LINES}sha256: '{digest}'\n") == READ


@pytest.mark.rule("card_missing")
def test_a_file_without_a_card_is_refused(tmp_path: Path):
    with stops_by("card_missing", where="a.csv", todo="Skapa a.csv.card.yaml enligt raw/README.md.", never=["Hemligt"]):
        files(tmp_path, "a.csv", CONTENT, card="")


@pytest.mark.rule("card_invalid")
@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (DAY, "rad 1: nyckeln ”title” saknas"),
        (TITLE, "rad 1: nyckeln ”date” saknas"),
        (TITLE + "date: 2024-02-30\n", "rad 2: värdet finns inte"),
        (TITLE + DAY + "colour: S\n", "rad 3: det finns ingen nyckel ”colour”"),
        (TITLE + DAY + "replaces: [a, b]\n", "rad 3: värdet för ”replaces” ska vara en text"),
    ],
)
def test_a_card_that_lacks_a_line_or_has_a_wrong_one_is_refused_and_the_line_is_named(
    lines: str, told: str, tmp_path: Path
):
    card = f"{lines}{OTHER_LINES}sha256: '{HASH}'\n"
    with stops_by("card_invalid", where="a.csv.card.yaml", todo=CORRECT_THE_CARD, never=["Hemligt"]) as stop:
        files(tmp_path, "a.csv", CONTENT, card)
    assert told in str(stop.value)


@pytest.mark.rule("card_hash_differs")
def test_a_file_with_one_byte_more_than_its_card_describes_is_refused(tmp_path: Path):
    card = f"{TITLE}{DAY}{OTHER_LINES}sha256: '{HASH}'\n"
    with stops_by("card_hash_differs", where="p/2024/a.csv", todo="Återställ filen", never=["Hemligt", HASH]):
        files(tmp_path, "a.csv", CONTENT + b"\n", card)

"""Readers: every cell as text, whatever the encoding and delimiter; nothing hostile gets further than one sentence."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from assets.domain.reading.register import valid_in
from assets.received import RoundKey
from pipelines import settings
from pipelines.readers.raw_folder import RawFolder
from pipelines.readers.text_file import read_text
from pipelines.readers.unreadable import Unreadable
from pipelines.readers.workbook import read_workbook
from tests.stops import stops_by


def rows(content: bytes) -> list[list[str | None]]:
    return [list(row) for row in read_text(content)[0].rows]


def test_swedish_letters_survive_each_encoding():
    for encoding, name in [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252")]:
        sheet, told, _ = read_text("Kommun;Åmål – ”Habo”\r\n".encode(encoding))
        assert list(sheet.rows[0]) == ["Kommun", "Åmål – ”Habo”"], encoding
        assert told == name, encoding


def test_the_delimiter_is_the_one_that_makes_most_cells():
    for delimiter in [";", ",", "\t"]:
        text = (
            delimiter.join(["Namn", "Fråga (om bidrag; eller, annat)", "Tal"])
            .replace("Fråga", '"Fråga')
            .replace("annat)", 'annat)"')
        )
        sheet, _, told = read_text(f"{text}\na{delimiter}b{delimiter}c\n".encode())
        assert told == delimiter, delimiter
        assert list(sheet.rows[1]) == ["a", "b", "c"], delimiter


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks() -> None:
    content = b'a;"b;""c""\r\nd"\r\n1;2\r\n'
    assert rows(content) == [["a", 'b;"c"\r\nd'], ["1", "2"]]


def test_a_cell_that_is_not_there_differs_from_an_empty_one() -> None:
    assert rows(b"a;b;c\n1;\n") == [["a", "b", "c"], ["1", "", None]]


def test_blank_lines_keep_their_numbers() -> None:
    assert len(rows(b"a;b\n\n1;2\n")) == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"a;b\x00c\n", "null_characters"), (b"\x81\x8d", "not_text"), (b'a;"' + b"x" * 1_000_001, "cell_too_long")],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_text(content)


def book(*cells: object) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as written:
        sheet = written.add_worksheet("Blad")
        for column, cell in enumerate(cells):
            sheet.write(2, column, cell)
    return content.getvalue()


def test_workbook_cells_keep_their_types_and_their_row() -> None:
    cells = ["Åmål", 1_612_600, 12.5, dt.date(2023, 2, 15), "0114", True]
    [sheet] = read_workbook(book(*cells))
    assert sheet.name == "Blad"
    assert list(sheet.rows[2]) == ["Åmål", 1612600, Decimal("12.5"), dt.date(2023, 2, 15), "0114", True]
    assert list(sheet.rows[0]) == [None] * 6


def test_a_locked_or_damaged_workbook_is_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not a workbook")
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    for damaged, reason in ((locked, "workbook_locked"), (b"Namn;Tal", "no_workbook"), (inside.getvalue(), "damaged")):
        with pytest.raises(Unreadable, match=reason):
            read_workbook(damaged)


def test_a_cell_with_a_null_character_is_refused_as_in_a_text_file() -> None:
    with pytest.raises(Unreadable, match="null_in_cell"):
        read_workbook(book("DNR\x001"))
    assert read_workbook(book(r"DNR\u0000"))[0].rows[2][0] == r"DNR\u0000"


def test_a_workbook_that_unzips_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.LIMITS, "unzipped_mib=1")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * (1024 * 1024 + 1))
    with pytest.raises(Unreadable, match="too_large"):
        read_workbook(buffer.getvalue())


def test_commas_in_free_text_do_not_make_a_comma_the_delimiter() -> None:
    lines = ["Namn;Belopp;Beskriv", "A;1;ja, nej, kanske, vet ej, och, så, vidare, med, mera", "B;2;a, b"]
    sheet, _, delimiter = read_text("\n".join(lines).encode())
    assert delimiter == ";"
    assert {len(row) for row in sheet.rows} == {3}


def test_a_quote_that_does_not_end_does_not_swallow_the_rest_of_the_file() -> None:
    with pytest.raises(Unreadable, match="broken_quotes"):
        read_text(b'Namn;Kommentar\nA;"se bilaga\nB;\nC;\n')


CARD = 'title: t\norigin: o\ndate: 2024-01-01\nreality: synthetic\nlicence: l\nsha256: "{sha}"\n'
BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\ntitle: *b\n"


def raw_file(folder: Path, name: str, content: str, card: str = CARD) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content, "utf-8")
    sha = hashlib.sha256(content.encode()).hexdigest()
    (folder / f"{name}.card.yaml").write_text(card.replace("{sha}", sha), "utf-8")


@pytest.mark.rule("card_invalid")
@pytest.mark.parametrize(
    "card", [BOMB + CARD, CARD.replace("2024-01-01", "2024-13-45"), "- a list", "[" * 5000, "#" * 70_000, "title: t"]
)
def test_a_card_that_is_wrong_or_hostile_is_one_sentence(card: str, tmp_path: Path) -> None:
    raw_file(tmp_path / "p" / "2024", "a.csv", "Namn;Tal\n", card)
    todo = "Rätta kortet enligt raw/README.md"
    with stops_by("card_invalid", where="a.csv.card.yaml", todo=todo, never=["xxx", "[["]):
        RawFolder(tmp_path).files(RoundKey("p", 2024))


def register_of(root: Path, bodies: str, changes: str = "") -> RawFolder:
    """A folder whose register knows these municipalities, what is known of their time, and one county."""
    header = "municipality_code;municipality_name;county_code\n"
    for name, lines in (("municipalities.csv", bodies), ("fictitious.csv", "")):
        raw_file(root / "reference", name, header + lines)
    header = "recipient_code;recipient_name;kind;county_code;valid_from_date;valid_to_date\n"
    for name, lines in (("regions.csv", ""), ("changes.csv", changes), ("fictitious_others.csv", "")):
        raw_file(root / "reference", name, header + lines)
    for name in ("counties.csv", "fictitious_counties.csv"):
        raw_file(root / "reference", name, "county_code;county_name\n01;Stockholms län\n")
    return RawFolder(root)


@pytest.mark.rule("reference_broken")
@pytest.mark.parametrize(
    "bodies", ["", "0114;Upplands Väsby;01\n0115;Upplands väsby kommun;01\n", "0114;A;01\n0114;B;01\n", "0114;A;77\n"]
)
def test_a_register_in_which_a_name_or_code_is_not_one_bodys_is_a_stop(bodies: str, tmp_path: Path) -> None:
    never = ["Upplands", "0114", "77"]
    with stops_by("reference_broken", where="reference/municipalities.csv", todo="Återställ den", never=never):
        register_of(tmp_path, bodies).register()


@pytest.mark.rule("reference_broken", holds=True)
@pytest.mark.parametrize("bodies", ["0114;A;01\n", "0114;Upplands Väsby;01\n0115;Upplands Väsby s;01\n"])
def test_a_register_in_which_each_name_and_code_is_one_bodys_is_read(bodies: str, tmp_path: Path) -> None:
    assert len(register_of(tmp_path, bodies).register().bodies) == bodies.count("\n")


RENAMED = "0114;B;municipality;01;2008-01-01;\n"


@pytest.mark.rule("reference_broken", holds=True)
def test_a_name_may_change_with_the_year(tmp_path: Path) -> None:
    changes = f"0114;A;municipality;01;;2007-12-31\n{RENAMED}"
    bodies = register_of(tmp_path, "0114;B;01\n", changes).register().bodies
    assert [(body["recipient_name"], valid_in(body, 2007), valid_in(body, 2008)) for body in bodies] == [
        ("A", True, False),
        ("B", False, True),
    ]


@pytest.mark.rule("reference_broken")
@pytest.mark.parametrize(
    ("changes", "file"),
    [
        (f"0114;A;municipality;01;;2008-01-01\n{RENAMED}", "municipalities"),  # one day of the year after
        (f"0115;B;municipality;01;2008-12-31;\n{RENAMED}", "municipalities"),
        (RENAMED * 2, "changes"),
        ("0114;B;commune;01;;\n", "changes"),
        ("9001019802;B;other;01;;\n", "changes"),  # a person's number
        ("0114;B;municipality;01;;2007-12-32\n", "changes"),
    ],
)
def test_a_code_or_a_name_of_two_bodies_in_one_year_is_a_stop(changes: str, file: str, tmp_path: Path) -> None:
    with stops_by("reference_broken", where=f"reference/{file}.csv", todo="Återställ den", never=["0114", "commune"]):
        register_of(tmp_path, "0114;B;01\n", changes).register()

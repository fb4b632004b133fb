"""`statsbidrag names`: a list of names mapped to codes, how and how sure, and nothing written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.inquiries.name_list import COLUMNS
from tests.integration.command import ROOT, statsbidrag

Lines = list[dict[str, str]]


@pytest.fixture
def listed(tmp_path: Path):
    """A file with this content."""

    def write(name: str, content: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_text(content, encoding)
        return path

    return write


def names(file: Path, *arguments: str) -> tuple[int, Lines]:
    done = statsbidrag("names", file, *arguments)
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith(",".join(COLUMNS) + "\n"), done.stderr
    return done.returncode, list(csv.DictReader(io.StringIO(done.stdout)))


def codes(lines: Lines) -> list[tuple[str, str]]:
    return [(line["code"], line["how"]) for line in lines]


def test_one_name_per_line_is_one_row_per_line_in_order(listed) -> None:
    code, lines = names(listed("list.txt", "Norrälje kommun\nHabo och Mullsjö\n\nGävle\nFalu kommun\nGävle\n"))
    assert code == 1
    assert [line["name"] for line in lines] == [
        "Norrälje kommun",
        "Habo och Mullsjö",
        "",
        "Gävle",
        "Falu kommun",
        "Gävle",
    ]
    assert codes(lines) == [
        ("0188", "likeness"),
        ("", "several"),
        ("", ""),
        ("2180", "exact"),
        ("2080", "alias"),
        ("2180", "exact"),
    ]
    assert (lines[0]["official_name"], lines[0]["score"], lines[0]["suggestions"]) == ("Norrtälje", "89", "")
    assert lines[1]["suggestions"] == "Habo (0643), Mullsjö (0642)"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Gävle\nBorås Stad\n\n", 0),
        ("Region Skåne\n", 0),  # whoever asks for no programme asks for any body
        ("Gävle\nNorrälje\n", 1),
        ("Gävle\nAtlantis\n", 1),
    ],
)
def test_the_exit_code_says_whether_every_name_is_certain(content: str, code: int, listed) -> None:
    assert names(listed("list.txt", content))[0] == code


def test_a_programme_says_whom_it_is_for(listed) -> None:
    code, lines = names(listed("list.txt", "Region Skåne\nGävle\n"), "--programme", "stadigvarande-boende")
    assert (code, codes(lines)) == (1, [("", "region"), ("2180", "exact")])


def test_a_year_says_whose_name_it_was(listed) -> None:
    file = listed("list.txt", "Malung\nHeby\n")
    assert codes(names(file, "--year", "2006")[1]) == [("2023", "exact"), ("1917", "exact")]
    assert codes(names(file)[1]) == [("", "former_name"), ("0331", "exact")]


def test_a_table_has_its_names_and_counties_where_its_headers_say_so(listed) -> None:
    content = "Bidrag per kommun;;\r\nLän;Kommun;Belopp\r\nÖrebro;Nora;5\r\nDalarnas län;Nora;5\r\n;Åmål;5\r\n"
    done = statsbidrag("names", listed("table.csv", content, "cp1252"))
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert codes(lines) == [("1884", "exact"), ("", "county"), ("1492", "exact")]
    assert "Namn ur kolumnen ”Kommun”, län ur kolumnen ”Län”." in done.stderr
    assert "2 säkra, 0 tolkade, 1 utan kod." in done.stderr


@pytest.mark.parametrize("header", ["Län", "LÄN", "Lan", "Länsnamn", "County", "County name"])
def test_counties_are_read_under_any_usual_header(header: str, listed) -> None:
    done = statsbidrag("names", listed("table.csv", f"Kommun;{header}\nNora;Dalarnas län\n"))
    assert (done.returncode, "Nora,,,county,0" in done.stdout) == (1, True)
    assert f"län ur kolumnen ”{header}”" in done.stderr


def test_a_column_that_looks_like_counties_is_told_and_not_used(listed) -> None:
    table = "Kommun;Område;Anm\nNora;Dalarnas län;x\nHabo;Jönköping;\nÅmål;;\nAle;okänt;Skåne län\n"
    done = statsbidrag("names", listed("table.csv", table))
    assert codes(list(csv.DictReader(io.StringIO(done.stdout))))[0] == ("1884", "exact")
    # Two of three cells under ”Område” are counties, and one of two under ”Anm”.
    assert "Kolumnen ”Område” ser ut att vara län men används inte" in done.stderr
    assert "”Anm”" not in done.stderr
    used = statsbidrag("names", listed("table.csv", table.replace("Område", "Län")))
    assert "ser ut att vara län" not in used.stderr


def test_an_export_of_official_statistics_has_code_and_name_in_its_region(listed) -> None:
    table = "region;år;Folkmängd\n0114 Upplands Väsby;2023;49000\n0305 Håbo;2023;22000\n0643 Habo;2023;12000\n"
    code, lines = names(listed("scb.csv", table))
    assert (code, codes(lines)) == (0, [("0114", "simplified"), ("0305", "simplified"), ("0643", "simplified")])


def test_no_fictitious_body_is_suggested_unless_the_list_is_of_such_alone(listed) -> None:
    assert names(listed("list.txt", "Ale\nExemplekommun 12\n"))[1][1]["suggestions"] == ""
    assert codes(names(listed("list.txt", "Exempelkommun 13\nExemplekommun 12\n"))[1])[1] == ("9912", "likeness")


def test_a_comma_in_a_list_of_one_column_is_a_part_of_the_name(listed) -> None:
    _, lines = names(listed("list.csv", "Namn\nStockholms stad, socialförvaltningen\nAle\n"))
    assert codes(lines) == [("", "unknown"), ("1440", "exact")]
    assert (lines[0]["name"], lines[0]["suggestions"]) == ("Stockholms stad, socialförvaltningen", "Stockholm (0180)")


def test_a_list_in_a_csv_file_needs_no_header(listed) -> None:
    assert codes(names(listed("list.csv", "Gävle\nHabo\n"))[1]) == [("2180", "exact"), ("0643", "exact")]
    assert codes(names(listed("list.csv", "Kommun\nHabo\n"))[1]) == [("0643", "exact")]


def test_the_exports_of_the_sample_are_read_by_what_their_forms_call_a_name() -> None:
    folder = ROOT / "raw" / "stadigvarande-boende" / "2023"
    code, lines = names(folder / "aterrapport-2023.csv")
    assert (code, len(lines), len({line["code"] for line in lines})) == (1, 54, 54)
    assert [line["name"] for line in lines if line["how"] == "likeness"] == ["Norrälje kommun"]
    # The list of decisions ends with its total.
    code, lines = names(folder / "beslut-2023.xlsx")
    assert (code, len(lines), lines[-1]["name"], lines[-1]["how"]) == (1, 55, "Summa", "unknown")


@pytest.mark.rule("name_column_not_told")
@pytest.mark.parametrize(
    ("header", "arguments", "count"),
    [
        ("Kommun;Mottagare", [], 2),
        ("Person;Vad", [], 0),
        ("Kommun;Vad", ["--column", "Vem"], 0),
        ("Kommun;Kommun", ["--column", "Kommun"], 2),
    ],
)
def test_where_no_one_column_is_told_to_hold_names_one_is_asked_for(
    header: str, arguments: list[str], count: int, listed
) -> None:
    done = statsbidrag("names", listed("table.csv", f"{header}\nHabo;Hemligt\n"), *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"table.csv: {count} kolumner" in done.stderr
    assert "--column" in done.stderr
    assert "Hemligt" not in done.stderr


def test_a_column_can_be_chosen_by_its_header(listed) -> None:
    file = listed("table.csv", "Kommun;Mottagare;Vem\nHabo;Håbo;Nora\n")
    chosen = [names(file, "--column", column)[1][0]["code"] for column in ("Kommun", "mottagare", " Vem ")]
    assert chosen == ["0643", "0305", "1884"]


def test_two_sheets_with_names_ask_for_one(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for _ in range(2):
            book.add_worksheet().write_column(0, 0, ["Kommun", "Habo"])
    done = statsbidrag("names", path)
    assert done.returncode == 2
    assert "2 kolumner" in done.stderr


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula_to_a_spreadsheet(start: str, listed) -> None:
    _, [line] = names(listed("list.txt", f"{start}HYPERLINK(1)\n"))
    assert line["name"] == f"'{start}HYPERLINK(1)"


def test_nothing_in_a_file_steers_the_terminal(listed) -> None:
    done = statsbidrag("names", listed("table.csv", "Kommun;\x1b[2J\nHabo\x1b[2J\u202e;x\n"))
    assert "\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "är tom"),
        ("image.txt", b"\x89PNG\r\n\x00", "nolltecken"),
        ("image.csv", b"\x89PNG\r\n\x00", "nolltecken"),
        ("book.xlsx", b"PK", "ingen kalkylbok"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_wrong_use(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = statsbidrag("names", tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert told in done.stderr


@pytest.mark.parametrize(
    "arguments", [["finns-inte.txt"], ["README.md", "--programme", "x"], ["README.md", "--year", "1"], []]
)
def test_wrong_use_exits_2(arguments: list[str]) -> None:
    assert statsbidrag("names", *arguments).returncode == 2

"""What people take with them, read back by programs that are not ours: the same values, texts that are only texts."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from pipelines.downloads.chosen import USEFUL
from pipelines.downloads.csv_files import unguarded
from pipelines.downloads.workbook import NOTHING, UNKNOWN
from pipelines.warehouse.files import sha256_of
from pipelines.warehouse.layout import DOWNLOADS, MANIFEST
from tests.integration.publishing import PROGRAMME, current, rows


@pytest.fixture(scope="module")
def folder(sample_warehouse: Path) -> Path:
    return current(sample_warehouse) / DOWNLOADS / PROGRAMME


def published(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table as published; those with a name are by name in the files."""
    told = pq.read_table(folder.parents[1] / f"parquet/{name}.parquet").to_pylist()
    if "recipient_name" not in told[0]:
        return told
    bodies = pq.read_table(folder.parents[1] / "parquet/core_recipient.parquet").to_pylist()
    places = {(row["year"], row["recipient_code"]): row["name_no"] for row in bodies}
    return sorted(told, key=lambda row: (row["year"], places[row["year"], row["recipient_code"]]))


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


# -- which files ------------------------------------------------------------------------------------------------------
def test_the_manifest_lists_every_file_with_a_title_in_both_languages(sample_warehouse: Path):
    version = current(sample_warehouse)
    offered = json.loads((version / MANIFEST).read_text("utf-8"))["downloads"]
    there = {path.relative_to(version).as_posix() for path in (version / DOWNLOADS).rglob("*") if path.is_file()}
    assert {each["path"] for each in offered} == there
    assert all(each["title_sv"] and each["title_en"] for each in offered)


# -- the workbook -----------------------------------------------------------------------------------------------------
def test_the_workbook_has_a_cover_contents_one_table_a_sheet_codes_and_notes(folder: Path):
    book = openpyxl.load_workbook(folder / f"{PROGRAMME}.xlsx")
    names = book.sheetnames
    assert names[:2] == ["Omslag", "Innehåll"]
    assert names[-2:] == ["Koder", "Anmärkningar"]
    assert names[2] == "Tabell 1"
    for name in names[1:]:
        sheet = book[name]
        assert len(sheet.tables) == 1, name
        assert sheet.freeze_panes == "A5", name
        assert not sheet.merged_cells.ranges, name
        [table] = sheet.tables.values()
        assert table.ref.startswith("A4:"), name
    contents = [[cell.value for cell in row[:3]] for row in book["Innehåll"].iter_rows(min_row=5)]
    assert [row[0] for row in contents] == names[2:-1]
    assert [row[2] for row in contents][: len(USEFUL)] == list(USEFUL)


@pytest.mark.parametrize("name", ["out_annex", "core_account", "out_funds_by_year"])
def test_another_reader_finds_the_published_values_in_the_workbook(folder: Path, name: str):
    book = CalamineWorkbook.from_path(str(folder / f"{PROGRAMME}.xlsx"))
    sheet = book.get_sheet_by_name(f"Tabell {USEFUL.index(name) + 1}").to_python()[4:]
    for row, expected in zip(sheet, published(folder, name), strict=True):
        for cell, value in zip(row, expected.values(), strict=False):
            if isinstance(value, bool):
                assert cell == ("ja" if value else "nej")
            else:
                assert cell in ((UNKNOWN, NOTHING) if value is None else (value,))


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(folder: Path):
    book = openpyxl.load_workbook(folder / f"{PROGRAMME}.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink], sheet.title


def test_amounts_have_their_thousands_apart_and_codes_are_texts(folder: Path):
    book = openpyxl.load_workbook(folder / f"{PROGRAMME}.xlsx")
    sheet = book[f"Tabell {USEFUL.index('out_annex') + 1}"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    amount = sheet.cell(5, heads["Beviljade medel (kr)"])
    code = sheet.cell(5, heads["Mottagarens kod"])
    assert (amount.data_type, amount.number_format) == ("n", "#,##0")
    assert (code.data_type, code.number_format, len(code.value)) == ("s", "@", 4)


# -- CSV and its description ------------------------------------------------------------------------------------------
def test_the_description_has_every_file_with_its_hash_and_every_column_with_type_and_meaning(folder: Path):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["profile"] == "tabular-data-package"
    assert {each["path"] for each in package["resources"]} == {path.name for path in folder.glob("*.csv")}
    for each in package["resources"]:
        path = folder / each["path"]
        assert each["hash"] == f"sha256:{sha256_of(path)}"
        assert each["dialect"]["delimiter"] == ";"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        fields = each["schema"]["fields"]
        assert lines(path)[0] == [field["name"] for field in fields]
        assert all(field["title"] and field["description"] and field["type"] for field in fields)


READ = {"integer": int, "boolean": lambda text: text == "true", "number": lambda text: float(text.replace(",", "."))}


@pytest.mark.parametrize("name", ["out_annex", "core_account", "core_answer", "out_grant_by_year"])
def test_a_csv_file_is_read_back_to_the_published_values_by_its_description(folder: Path, name: str):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    [described] = [each for each in package["resources"] if each["name"] == name]
    fields = described["schema"]["fields"]
    for line, expected in zip(lines(folder / f"{name}.csv")[1:], published(folder, name), strict=True):
        for text, field in zip(line, fields, strict=True):
            read = READ.get(field["type"], unguarded)
            value = expected[field["name"]]
            assert (None if text == "" else read(text)) == (
                value.isoformat() if field["type"] == "date" and value else value
            )


def test_pandas_reads_a_mean_with_its_decimal_comma(folder: Path):
    [path] = folder.glob("out_table__*__7.csv")
    frame = pd.read_csv(path, sep=";", decimal=",", encoding="utf-8-sig")
    assert frame["mean"].dropna().between(1, 5).all()


# -- SPSS -------------------------------------------------------------------------------------------------------------
def test_spss_has_the_accounts_with_labels_and_their_sums(folder: Path):
    frame, meta = pyreadstat.read_sav(folder / "accounts.sav")
    accounts = published(folder, "core_account")
    assert frame["granted_sek"].sum() == sum(row["granted_sek"] or 0 for row in accounts)
    assert list(frame["recipient_code"]) == [row["recipient_code"] for row in accounts]
    assert meta.column_names_to_labels["granted_sek"] == "Beviljat (kr)"
    called = meta.variable_value_labels["status"]
    assert "i balans" in called.values()
    assert len(called) == len(set(called))


def test_spss_counts_the_answers_as_the_indicators_do(folder: Path):
    """Who chose an option, left a question blank or was not asked, as `out_indicator` has them."""
    frame, meta = pyreadstat.read_sav(folder / "answers_2023_survey_2023.sav", user_missing=True)
    query = "SELECT option, numerator, blank_count FROM out_indicator WHERE year = 2023 AND indicator = 'cooperation'"
    for option, numerator, blank in rows(folder.parents[1], query):
        column = frame[f"cooperation_{option}"]
        assert (column == 1).sum() == numerator, option
        assert (column == -1).sum() == blank, option
        assert meta.missing_ranges[f"cooperation_{option}"]
    assert meta.variable_value_labels[f"cooperation_{option}"] == {
        1: "ja",
        0: "nej",
        -1: "obesvarad",
        -2: "inte ställd",
    }
    usual, _ = pyreadstat.read_sav(folder / "answers_2023_survey_2023.sav")
    assert usual[f"cooperation_{option}"].isna().sum() == (frame[f"cooperation_{option}"] < 0).sum()


def test_a_file_for_spss_is_dated_by_the_figures_and_not_by_the_clock(folder: Path):
    [as_of] = {max(row["as_of_date"] for row in published(folder, "core_round"))}
    for path in folder.glob("*.sav"):
        _, meta = pyreadstat.read_sav(path, metadataonly=True)
        assert meta.creation_time.date() == as_of

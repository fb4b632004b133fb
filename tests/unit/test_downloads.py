"""Hostile texts in every cell of what people take with them: in Excel, CSV and SPSS each is the text that it is."""

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipelines.downloads.chosen import CODES, USEFUL, Chosen, Field, Sheet
from pipelines.downloads.csv_files import GUARDED, csv_file, guarded, unguarded
from pipelines.downloads.spss import spss_files
from pipelines.downloads.workbook import headers, workbook
from schemas.configuration import catalogue
from schemas.tables import RELEASED, project

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "'=1",
    "http://example.org/",
    "mailto:x@example.org",
    "0114",
    "1e5",
    "{=1}",
    'a";"b',
    "a;b\r\nc",
    "<script>alert(1)</script>",
    "_x0041_",
)


def sheet(name: str, column: str, values: tuple[str, ...]) -> Sheet:
    """A table with texts in one column; the others of their kind are empty."""
    schema = project.arrow_schema(RELEASED[name])
    fields = tuple(
        Field(each, schema.field(each).type, fact["sv"], fact["en"], None, None, (), fact["key"])
        for each, fact in project.facts(RELEASED[name]).items()
    )
    blank = dict.fromkeys(schema.names)
    return Sheet(name, "T", "t", fields, [blank | {column: value} for value in values])


def hostile() -> Chosen:
    columns = {"core_account": "grant_id", "core_recipient": "recipient_name", "out_annex": "name_as_reported"}
    useful = tuple(sheet(name, columns.get(name, "programme"), HOSTILE if name in columns else ()) for name in USEFUL)
    return Chosen(
        catalogue.programme("stadigvarande-boende"), dt.date(2024, 6, 30), useful, (), sheet(CODES, "value", ())
    )


def test_in_the_workbook_each_is_a_text():
    written = workbook(hostile())
    found = openpyxl.load_workbook(io.BytesIO(written))[f"Tabell {USEFUL.index('out_annex') + 1}"]
    column = next(cell.column for cell in found[4] if cell.value == "Mottagare enligt källan")
    cells = [found.cell(row, column) for row in range(5, 5 + len(HOSTILE))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    read = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_name(found.title).to_python()
    assert [row[column - 1] for row in read[4:]] == list(HOSTILE)


def test_in_csv_each_is_read_back_and_none_begins_as_a_formula_does():
    written = csv_file(sheet("out_annex", "name_as_reported", HOSTILE)).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(written, newline=""), delimiter=";"))
    assert [unguarded(row["name_as_reported"]) for row in read] == list(HOSTILE)
    assert not [row for row in read if row["name_as_reported"].startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.text())
def test_any_text_is_guarded_and_read_back(text: str):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple(set(GUARDED) - {"'"}))


def test_in_spss_each_is_a_text(tmp_path: Path):
    [(name, content)] = spss_files(hostile())
    (tmp_path / name).write_bytes(content)
    frame, _ = pyreadstat.read_sav(tmp_path / name)
    assert [text.rstrip() for text in frame["grant_id"]] == [text.rstrip() for text in HOSTILE]


ASKED = {"year": 2024, "form": "f", "form_title_sv": "Rapport", "provenance": "synthetic"}
ANSWERS = {
    ("cost", "amounts", "salaries"): ("answered", None, 500),
    ("cost", "amounts", "rent"): ("blank", None, None),
    ("mark", "rating", "4"): ("answered", True, None),
    ("mark", "rating", "5"): ("answered", False, None),
    ("use", "single", "all"): ("answered", False, None),
    ("use", "single", "none"): ("answered", True, None),
    ("why", "multiple", "time"): ("not_asked", None, None),
}


def test_in_spss_an_amount_a_rating_an_option_and_why_there_is_none_are_numbers(tmp_path: Path):
    made = hostile()
    sheets = {each.name: each for each in made.useful}
    options, answers = [], []
    for number, ((question, kind, option), (status, selected, amount)) in enumerate(ANSWERS.items(), start=1):
        said = {"question": question, "question_sv": question, "kind": kind, "option": option, "option_sv": option}
        options.append(ASKED | said | {"option_no": number})
        told = {"respondent_id": "r", "recipient_code": "9901", "question": question, "option": option}
        answers.append(ASKED | told | {"status": status, "selected": selected, "amount_kr": amount})
    sheets["out_question"] = replace(sheets["out_question"], rows=options)
    sheets["core_answer"] = replace(sheets["core_answer"], rows=answers)
    files = dict(spss_files(replace(made, useful=tuple(sheets.values()))))
    (tmp_path / "a.sav").write_bytes(files["answers_2024_f.sav"])
    frame, meta = pyreadstat.read_sav(tmp_path / "a.sav", user_missing=True)
    expected = {"cost_salaries": 500, "cost_rent": -1, "mark": 4, "use": 6, "why_time": -2}
    assert frame.iloc[0][list(expected)].to_dict() == expected
    assert meta.variable_value_labels["use"][6] == "none"
    assert meta.variable_value_labels["mark"][4] == "4"


def test_the_same_tables_give_the_same_bytes():
    made = hostile()
    assert workbook(made) == workbook(made)
    assert dict(spss_files(made)) == dict(spss_files(made))


def test_two_columns_of_one_label_are_told_apart():
    field = sheet("out_annex", "note", ()).fields[0]
    assert headers([field, replace(field, name="other")]) == ["Program (programme)", "Program (other)"]


@pytest.mark.parametrize("name", USEFUL)
def test_no_table_has_two_columns_of_one_header(name: str):
    said = headers(sheet(name, "programme", ()).fields)
    assert len({each.casefold() for each in said}) == len(said)

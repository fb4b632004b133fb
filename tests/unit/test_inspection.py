"""What a file is, before any form knows it: exports of every tool, written by hand, and files of none."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from assets.alone import compute_alone
from assets.domain.reading.forms import likeness
from assets.received import InputFile
from pipelines.inquiries import inspection_against, inspection_draft, inspection_told
from pipelines.inquiries.inspection import Inspected, document, inspect
from pipelines.readers.nested_file import read_nested
from pipelines.readers.text_file import read_text
from pipelines.reports.columns import laid_out
from schemas.configuration import yaml_source
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.configuration.questions import Base, Question
from schemas.configuration.validation import validated
from schemas.rules.rule import Stop
from schemas.words.vocabulary import LANGUAGES
from tests.exports import EXPORTS, LIMESURVEY_SWEDISH, MICROSOFT, PLAIN, QUALTRICS, WRITTEN, Export, written
from tests.rows import FOLDER, card, programme_of, received_of
from tests.stops import stops_by


def inspected(tmp_path: Path, export: Export) -> Inspected:
    return inspected_file(tmp_path, export.name, export.content)


def inspected_file(tmp_path: Path, name: str, content: bytes) -> Inspected:
    path = tmp_path / name
    path.write_bytes(content)
    return inspect(path)


def named(export: Export) -> str:
    return export.name


# -- tools ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("export", EXPORTS, ids=named)
def test_tool_header_rows_and_codings_are_those_of_the_export(tmp_path: Path, export: Export):
    found = inspected(tmp_path, export)
    by_letter = {column.letter: (column.guess.type, column.guess.coding) for column in found.columns}
    assert (found.tool, found.layout.header_rows, found.data_rows) == (export.tool, export.header_rows, 12)
    assert {letter: by_letter[letter] for letter in export.codings} == export.codings


@pytest.mark.parametrize(
    "content",
    [
        b"Timestamp,temp,pressure\n2024-01-01 10:00:00,3,4\n",
        b"id,name,text\n1,a,b\n",
        b"RespondentID,answer\n1,ja\n2,nej\n",
        b"ID,Start,End\n1,2,3\n",
        b"Variable / Field Name,Form Name,Field Type\nrecord_id,form_1,text\n",
        b"class\ttype/scale\tname\trelevance\ttext\nS\t\tsid\t1\t44\n",
        b"Status,Progress,Finished\nopen,10,no\n",
        b"start,end,today\n1,2,3\n",
        b"a,b\n1,2\n",
    ],
)
def test_no_tool_is_invented(tmp_path: Path, content: bytes):
    assert inspected_file(tmp_path, "file.csv", content).tool is None


# -- texts ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("encoding", "told", "odd"),
    [
        ("utf-8", "utf-8", []),
        ("utf-8-sig", "utf-8-sig", []),
        ("utf-16", "utf-16", []),
        ("utf-16-le", "utf-16-le", []),
        ("cp1252", "cp1252", []),
        ("iso-8859-1", "cp1252", []),
        ("mac_roman", "mac_roman", ["read_as_cp1252"]),
    ],
)
def test_the_encoding_is_told(tmp_path: Path, encoding: str, told: str, odd: list[str]):
    content = "Kommun;åtgärd\nVäxjö;Förebygga\nHåbo;Följa upp\n".encode(encoding)
    found = inspected_file(tmp_path, "a.csv", content)
    assert (found.encoding, found.delimiter) == (told, ";")
    assert [each.kind for each in found.oddities] == odd


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_of_the_headers_even_where_amounts_have_others(tmp_path: Path, delimiter: str):
    rows = [
        ["Kommun", "Belopp"],
        *[[f"Exempelkommun {number}", "1,5"] for number in range(4)],
        ["En; och en till", "2,5", "x"],
    ]
    assert inspected_file(tmp_path, "a.csv", written(rows, delimiter)).delimiter == delimiter


def test_a_stated_delimiter_is_obeyed_and_rows_are_counted_as_the_file_has_them(tmp_path: Path):
    found = inspected_file(tmp_path, "a.csv", b"sep=|\nKommun|Svar\nA,b|c,d\n")
    assert (found.delimiter, found.layout.header_row, found.data_rows) == ("|", 2, 1)


def test_numbers_alone_have_no_header(tmp_path: Path):
    found = inspected_file(tmp_path, "a.txt", b"189001019802\n189004119807\n")
    assert (found.layout.header_rows, found.data_rows) == (0, 2)


# -- values -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("export", EXPORTS, ids=named)
def test_free_text_is_told_nowhere(tmp_path: Path, export: Export):
    found = inspected(tmp_path, export)
    for language in LANGUAGES:
        told = "\n".join(laid_out(inspection_told.lines(found, None, language), None))
        for text in (told, json.dumps(document(found), ensure_ascii=False), inspection_draft.draft(found, language)):
            assert WRITTEN not in text
            assert "Egen rad" not in text


@pytest.mark.parametrize(
    "answers",
    [
        ["nej"] * 30 + [WRITTEN],
        ["Ja", "Nej"] * 20 + [WRITTEN],
        ["Ja; Nej", "Nej; Ja"] * 20 + [WRITTEN],
        [WRITTEN, "a", "b"],
    ],
)
def test_what_one_respondent_wrote_among_common_answers_is_not_told(tmp_path: Path, answers: list[str]):
    rows = [["Respondent", "Fråga"], *[[number, answer] for number, answer in enumerate(answers)]]
    found = inspected_file(tmp_path, "a.csv", written(rows))
    assert WRITTEN not in json.dumps(document(found), ensure_ascii=False)
    assert WRITTEN not in inspection_draft.draft(found, "sv")


@pytest.mark.parametrize(
    "header", ["Namn", "E-post", "Beslutsfattare", "Kommentar", "Annat (ange vad)", "Inskickad av"]
)
def test_who_somebody_is_and_words_of_ones_own_are_no_options_however_often_they_stand(tmp_path: Path, header: str):
    rows = [["Respondent", header], *[[number, "Anna Exempelsson"] for number in range(40)]]
    assert list(inspected_file(tmp_path, "a.csv", written(rows)).columns[1].guess.options) == []


def test_an_option_that_holds_the_separator_is_one_option(tmp_path: Path):
    answers = ["Ja, vissa av dem", "Nej, Ja, vissa av dem", "Nej", "Nej, Kanske", "Kanske"] * 8
    rows = [["Respondent", "Vad?"], *[[number, answer] for number, answer in enumerate(answers)]]
    guess = inspected_file(tmp_path, "a.csv", written(rows, ";")).columns[1].guess
    assert (guess.type, set(guess.options)) == ("multiple", {"Nej", "Ja, vissa av dem", "Kanske"})


# -- oddities ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rows", "odd"),
    [
        ([["A", "A"], ["b", "c"], ["d", "e"]], {"A1": "header_twice", "B1": "header_twice"}),
        ([["A", "", "C"], ["b", "c", "d"], ["d", "e", "f"]], {"B1": "header_missing"}),
        ([["A", "B"], ["b", "\ufeffc"], ["d", "e"]], {"B2": "mark_in_cell"}),
        ([["A", "B"], ["b", "Ã¤r"], ["d", "e"]], {"B2": "mixed_encodings"}),
        ([["A", "B"], ["b", "f\ufffdr"], ["d", "e"]], {"B2": "damaged_character"}),
        ([["A", "B"], ["b"], ["d", "e"]], {"2:2": "row_too_short"}),
        ([["A", "B"], ["b", "c", "x"], ["d", "e"]], {"2:2": "row_too_long"}),
        ([["A", "B"], [], ["d", "e"]], {"2:2": "blank_row"}),
        ([["A", "B"], ["b", "c "], ["d", "e"]], {"B2": "space_at_edge"}),
        ([["A", "B"], ["b", "=cmd"], ["d", "e"]], {"B2": "formula_like"}),
        ([["A", "B"], ["b", "-"], ["d", "-5"]], {}),
        ([["A", "B"], ["b", "Нej"], ["d", "e"]], {"B2": "letters_look_alike"}),
        ([["A", "B\nC"], ["b", "c"], ["d", "e"]], {"B1": "line_break_in_header"}),
        ([["A", "<b>B</b>"], ["b", "c"], ["d", "e"]], {"B1": "markup_in_header"}),
        ([["Titel"], ["A", "B"], ["b", "c"]], {"1:1": "title_row"}),
        ([["A", "B"], ["b", "c"], ["Summa", ""]], {"3:3": "total_row"}),
        ([["Respondent", "B"], ["1", "c"], ["1", "d"]], {}),
        ([["A", "B"], *[["b", str(n)] for n in range(9)], ["b", "många"]], {"B11": "text_among_numbers"}),
    ],
)
def test_what_is_odd_is_told_by_address(tmp_path: Path, rows: list[list[str]], odd: dict[str, str]):
    found = inspected_file(tmp_path, "a.csv", written(rows))
    assert {each.address: each.kind for each in found.oddities} == odd


def test_bytes_of_another_encoding_within_utf_8_are_told(tmp_path: Path):
    content = "Kommun,Svar\nÅre,åäö\nHåbo,åäö\n".encode() + "Mölle,x\n".encode("cp1252")
    assert [each.kind for each in inspected_file(tmp_path, "a.csv", content).oddities][:1] == ["mixed_encodings"]


# -- drafts -----------------------------------------------------------------------------------------------------------
def drafted(found: Inspected) -> tuple[Form, Programme]:
    """The draft as a form of a programme that asks what the draft says it asks."""
    text = inspection_draft.draft(found, "sv")
    source = yaml_source.parsed(text.encode(), "draft.yaml")
    form = validated(Form, source.content, source.place)
    asked: dict[str, Any] = (
        yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line.startswith("#:"))) or {}
    )
    questions = {name: Question.model_validate(each) for name, each in asked.get("questions", {}).items()}
    bases = {name: Base.model_validate(each) for name, each in asked.get("bases", {}).items()}
    return form, programme_of(form).model_copy(
        update={"questions": questions, "bases": bases, "forms": {form.form: form}}
    )


def received(export: Export, form: Form) -> InputFile:
    delimiter = None
    if export.name.endswith(".xml"):
        sheet, encoding = read_nested(export.content, ".xml")
    else:
        sheet, encoding, delimiter = read_text(export.content, lambda rows: likeness(rows, [form]))
    told = card(date=dt.date(2025, 1, 1))
    return InputFile(f"{FOLDER}/{export.name}", "0" * 64, len(export.content), encoding, delimiter, told, [sheet])


@pytest.mark.parametrize("export", EXPORTS, ids=named)
def test_a_draft_reads_the_file_as_it_stands(tmp_path: Path, export: Export):
    form, programme = drafted(inspected(tmp_path, export))
    tables = compute_alone(received_of(received(export, form)), programme)
    rules = Counter(each["rule"] for each in tables["core_finding"].to_pylist())
    unread = {"answer_unreadable", "date_unreadable", "amount_unreadable", "nothing_left_of_file", "id_missing"}
    assert not unread & set(rules)
    [funnel] = tables["core_funnel"].to_pylist()
    assert funnel["received_count"] == 12


def test_a_draft_reads_the_options_that_the_file_has(tmp_path: Path):
    form, _ = drafted(inspected(tmp_path, MICROSOFT))
    assert form.questions["vad_gjordes"].separator == ";"
    assert set(form.questions["vad_gjordes"].options.values()) == {"Stöd", "Råd"}
    assert form.questions["hur_gick_det"].options == {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5 (mycket bra)"}
    assert form.fields["respondent_id"] == "ID"


def test_a_draft_says_where_it_guessed_and_what_it_leaves_out(tmp_path: Path):
    text = inspection_draft.draft(inspected(tmp_path, MICROSOFT), "en")
    assert "GUESSED" in text
    assert "#   H Något mer? (free text)" in text


def test_a_header_with_anything_in_it_is_written_so_that_it_is_read_again(tmp_path: Path):
    header = 'a: {b} # "c" \\ d\u2028e'
    rows = [["Respondent", header], *[[number, "Ja"] for number in range(9)]]
    form, _ = drafted(inspected_file(tmp_path, "a.csv", written(rows)))
    [asked] = form.questions.values()
    assert asked.header == " ".join(header.split())


@pytest.mark.rule("draft_without_headers")
def test_a_file_without_headers_has_no_draft(tmp_path: Path):
    found = inspected_file(tmp_path, "a.txt", b"189001019802\n189004119807\n")
    with stops_by("draft_without_headers", where="a.txt", todo="rubrikrad", never=["189001019802"]):
        inspection_draft.draft(found, "sv")


# -- against a form -------------------------------------------------------------------------------------------------
def test_what_is_new_or_gone_against_a_form_is_told(tmp_path: Path):
    found = inspected(tmp_path, MICROSOFT)
    form, _ = drafted(found)
    same = inspection_against.against(found, "x/y", form)
    assert [column.header for column in same.new] == ["Starttid", "E-post", "Namn", "Något mer?"]
    assert (list(same.gone), list(same.options)) == ([], [])
    asked = form.questions["vad_gjordes"].model_copy(update={"options": {"stod": "Stöd"}})
    other = form.model_copy(update={"questions": {"vad_gjordes": asked}, "fields": {"respondent_id": "Nummer"}})
    differs = inspection_against.against(found, "x/y", other)
    assert (list(differs.gone), list(differs.options)) == (["Nummer"], [("F", "Råd")])


@pytest.mark.rule("form_not_there")
def test_a_form_that_is_not_there_is_refused_with_those_there_are():
    with stops_by("form_not_there", where="nope", todo="stadigvarande-boende/decisions"):
        inspection_against.form_called("nope")


@pytest.mark.rule("form_not_told")
def test_a_form_that_several_programmes_have_is_named_with_its_programme(monkeypatch: pytest.MonkeyPatch):
    from schemas.configuration import catalogue  # noqa: PLC0415 - only this test replaces a part of it

    one = catalogue.programme("stadigvarande-boende")
    monkeypatch.setattr(inspection_against.catalogue, "programme_names", lambda: ("a", "b"))
    monkeypatch.setattr(inspection_against.catalogue, "programme", lambda _: one)
    with stops_by("form_not_told", where="decisions", todo="a/decisions"):
        inspection_against.form_called("decisions")
    assert inspection_against.form_called("b/decisions")[0] == "b/decisions"


def test_every_oddity_type_role_and_coding_has_a_text_in_both_languages(tmp_path: Path):
    for export in (QUALTRICS, PLAIN, LIMESURVEY_SWEDISH):
        found = dataclasses.replace(inspected(tmp_path, export))
        for language in LANGUAGES:
            assert list(laid_out(inspection_told.lines(found, None, language), None))


@pytest.mark.parametrize(
    ("content", "why"), [("a,b\n" + "," * 20_000, "16384"), ("a,b\n" + "1,2\n" * 9_000 + "," * 15_000, "tusen")]
)
def test_what_would_cost_too_much_is_refused_as_a_run_would(tmp_path: Path, content: str, why: str):
    with pytest.raises(Stop) as stop:
        inspected_file(tmp_path, "a.csv", content.encode())
    assert why in str(stop.value)


def test_a_workbook_tells_what_it_hides_and_merges(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Svar")
        for number in range(5):
            sheet.write_row(number, 0, ["Respondent", "Belopp"] if not number else [number, number * 1000])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.merge_range("C2:C3", "x")
        book.add_worksheet("Annat").write(0, 0, "y")
    found = inspect(path)
    assert (found.sheet, found.data_rows) == ("Svar", 4)
    told = {(each.address, each.kind) for each in found.oddities}
    assert {("3:3", "hidden_row"), ("C2:C3", "merged_cells"), ("", "other_sheet")} <= told

"""Exports as form tools write them reach the published tables by their forms alone: tests/layouts/, a file each.

The exports are made up; their layouts are those of the tools. What is expected is read off the export by hand.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assets.domain.reading.forms import likeness
from assets.received import InputFile
from assets.round import compute
from pipelines.readers.nested_file import read_nested
from pipelines.readers.text_file import read_text
from schemas.configuration.forms import Form
from schemas.configuration.indicators import Indicators
from schemas.configuration.programme import Programme
from schemas.configuration.questions import Question
from tests.rows import FOLDER, PROGRAMME, card, file_of, programme_of, received_of

LAYOUTS = sorted((Path(__file__).parents[1] / "layouts").glob("*.yaml"))
DECIDED = {"recipient_name": "Exempelkommun 01", "granted_sek": "5", "decided_date": "2024-01-02"}
LIST = file_of(PROGRAMME.forms["decisions"], DECIDED, name="beslut.csv", date=dt.date(2024, 3, 1))


@cache
def declared(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


def form_of(told: dict[str, Any]) -> Form:
    return Form.model_validate({"form": "tool", "title": {"sv": "Svar", "en": "Answers"}, **told["form"]})


def programme_with(form: Form) -> Programme:
    """A programme that asks what the form asks."""
    label = {"sv": "x", "en": "x"}
    questions = {
        name: Question.model_validate({**label, "type": "multiple", "options": dict.fromkeys(asked.options, label)})
        for name, asked in form.questions.items()
    }
    decisions = PROGRAMME.forms["decisions"]
    only = {"questions": questions, "forms": {each.form: each for each in (decisions, form)}}
    return programme_of(decisions, form).model_copy(update={**only, "indicators": Indicators(), "reports": {}})


def received_file(told: dict[str, Any], form: Form) -> InputFile:
    content, name = told["export"].encode(), told["file"]
    if name.endswith(".xml"):
        sheet, encoding = read_nested(content, ".xml")
        delimiter = None
    else:
        sheet, encoding, delimiter = read_text(content, lambda rows: likeness(rows, [form]))
    of_card = card(date=dt.date(2024, 3, 1))
    return InputFile(f"{FOLDER}/{name}", "0" * 64, len(content), encoding, delimiter, of_card, [sheet])


@cache
def tables_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The round of an export and one decision."""
    told = declared(path)
    form = form_of(told)
    tables = compute(received_of(LIST, received_file(told, form)), programme_with(form))
    return {name: table.to_pylist() for name, table in tables.items()}


def answers(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By respondent and question: the options chosen, or the amounts by option, or why there are none."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        mine = found.setdefault(row["respondent_id"], {})
        if row["selected"] is not None:
            mine.setdefault(row["question"], []).extend([row["option"]] * row["selected"])
        elif row["question"] == "spent":
            mine.setdefault(row["question"], {})[row["option"]] = row["amount_sek"]
        else:
            mine[row["question"]] = row["status"]
    return found


def test_every_tool_has_a_layout():
    tools = "google_forms kobo limesurvey microsoft_forms open_eplatform plain_table qualtrics_2 qualtrics_3 redcap"
    assert [path.stem for path in LAYOUTS] == [*tools.split(), "surveymonkey_1", "surveymonkey_2"]


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_what_respondents_answered_is_published_as_they_answered(path: Path):
    assert answers(tables_of(path)["core_answer"]) == declared(path)["answers"]


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_every_respondent_counts_from_its_own_moment(path: Path):
    rows = {row["respondent_id"]: row for row in tables_of(path)["core_row"] if row["fate"] == "accepted"}
    expected = declared(path).get("submitted", dict.fromkeys(declared(path)["answers"]))
    assert {who: row["submitted_at"] for who, row in rows.items() if row["form"] == "tool"} == expected


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_nothing_is_found_that_is_not_there(path: Path):
    found = [[each["rule"], each["source_row"]] for each in tables_of(path)["core_finding"] if each["source_row"]]
    mine = [each for each in found if each[0] != "decision_without_report"]
    assert sorted(map(tuple, mine)) == sorted(map(tuple, declared(path).get("findings", [])))


def test_rows_of_one_respondent_are_one_row_and_are_listed_as_what_they_are():
    [path] = [path for path in LAYOUTS if path.stem == "redcap"]
    rows = [row for row in tables_of(path)["core_row"] if row["form"] == "tool"]
    assert [row["row_kind"] for row in rows] == declared(path)["kinds"]

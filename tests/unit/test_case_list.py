"""The list of what there is to do, where a recipient has several grants in a round; and the letters to it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from assets.received import RoundKey
from assets.tables import completed
from pipelines.inquiries import case_list, drafts
from pipelines.reports.columns import laid_out
from schemas.tables import TABLES, project

KEY = RoundKey("stadigvarande-boende", 2022)
OF_ROUND = {"programme": KEY.programme, "year": KEY.year, "provenance": "synthetic"}
NAMES = {"9901": "Exempelkommun 01", "9902": "Exempelkommun 02"}
GRANTS = {"EX 1/2022": ("9901", 1_000), "9901-1": ("9901", 2_000), "EX 2/2022": ("9902", 3_000)}
"""The grants by id, with recipient and amount. A case number is one where it is printed."""


def _rows(table: str) -> Iterator[dict[str, Any]]:
    if table == "core_round":
        yield {"as_of_date": dt.date(2023, 6, 1)}
    if table == "core_recipient":
        yield from ({"recipient_code": code, "recipient_name": name} for code, name in NAMES.items())
    if table == "out_standing":
        yield {"verdict": "to_do", "task_count": 3, "set_aside_count": 0}
    if table in ("core_decision", "core_recovery_case", "core_task", "core_candidate_ground"):
        for grant, (code, amount) in GRANTS.items():
            case_number = grant if grant.startswith("EX") else None
            yield {
                "grant_id": grant,
                "recipient_code": code,
                "case_number": case_number,
                "granted_sek": amount,
                "at_stake_sek": amount // 2,
                "kind": "case",
                "task": "decide_on_unused",
                "task_no": 1,
                "owner": "decider",
                "thing_count": 1,
                "unknown_count": 0,
                "is_overdue": False,
                "provision": "unused",
                "evidence_sv": f"{amount} kr",
            }


def listed() -> case_list.RoundCases:
    tables = {}
    for name in case_list.TABLES:
        schema = pa.schema([field.with_nullable(nullable=True) for field in project.arrow_schema(TABLES[name])])
        tables[name] = pa.Table.from_pylist(completed(name, _rows(name), OF_ROUND), schema)
    return case_list.round_cases(tables, KEY)


def of(todos: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    return {todo["grant_id"]: todo[name] for todo in todos}


def test_what_there_is_to_do_is_of_one_grant_with_its_own_decision_and_grounds():
    todos = listed().todos
    assert of(todos, "granted_sek") == {grant: amount for grant, (_, amount) in GRANTS.items()}
    grounds = {grant: [each["evidence_sv"] for each in found] for grant, found in of(todos, "candidates").items()}
    assert grounds == {grant: [f"{amount} kr"] for grant, (_, amount) in GRANTS.items()}


def test_a_grant_is_named_where_the_recipient_has_several():
    assert of(listed().todos, "grant") == {"EX 1/2022": "EX 1/2022", "9901-1": "9901-1", "EX 2/2022": None}
    lines = [line.split() for line in laid_out(case_list.lines([listed()], "sv")) if "Exempelkommun" in line]
    assert [line[2:4] for line in lines] == [["9901-1", "1"], ["EX", "1/2022"], ["EX", "2/2022"]]


def test_a_case_that_is_not_known_up_to_the_day_says_how_far_it_is():
    known = {"EX 1/2022": dt.date(2023, 5, 30), "9901-1": dt.date(2023, 6, 1), "EX 2/2022": None}
    told = [todo | {"known_through_date": known[todo["grant_id"]]} for todo in listed().todos]
    lines = list(laid_out(case_list.lines([replace(listed(), todos=told)], "sv")))
    assert [line.strip().endswith("känt till och med 2023-05-30") for line in lines if "Exempelkommun" in line] == [
        "EX 1/2022" in line for line in lines if "Exempelkommun" in line
    ]


def test_each_grant_of_a_recipient_has_a_letter_of_its_own():
    names = of([todo | {"name": drafts.file_name(todo)} for todo in listed().todos], "name")
    assert names == {
        "EX 1/2022": "kommunicering-9901-EX-1-2022.docx",
        "9901-1": "kommunicering-9901-9901-1.docx",
        "EX 2/2022": "kommunicering-9902.docx",
    }

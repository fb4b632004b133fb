"""Whether a round is all right, what is to be done by whom, what is at stake, and what nobody can tell.

All right is said only of a round in which nothing is left to do and everything about the money is known. Unknown is
never zero: what is repayable, and of which no file tells whether it came back, is at stake and has to be found out.
"""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.domain.standing.tasks import Task
from schemas.words import tasks as words
from schemas.words.cases import TODOS
from tests.spec.language import DECISIONS, EVENTS, PROGRAMME, REPORTS, computed, decisions, reports
from tests.spec.money_language import UNPAID, events, late
from tests.spec.placing_language import placed, stating
from tests.spec.rounds import programme_of

WHO = "Exempelkommun 01"
DUE = "2024-02-01"
GRANTED = decisions(f"{WHO}: 700 000", due=DUE)
PART_UNUSED = late(reports(f"{WHO}: 515 637 använt, 184 363 oanvänt"), "2024-01-30")
ALL_USED = late(reports(f"{WHO}: 700 000 använt, 0 oanvänt"), "2024-01-30")
SILENT = ("payment", "payment_withheld", "repaid", "repaid_after_recovery")
WITHOUT_REPAYMENTS = programme_of(
    PROGRAMME,
    DECISIONS,
    REPORTS,
    EVENTS.model_copy(
        update={"codes": {"event": {name: text for name, text in EVENTS.codes["event"].items() if name not in SILENT}}}
    ),
)
"""The case system tells neither of payments nor of repayments."""


def round_of(reported=(), told=(), *, as_of: str = "2024-05-01", granted=GRANTED, programme=UNPAID) -> dict[str, Any]:
    made = computed(granted, reported, told, as_of=as_of, programme=programme)
    return {"tasks": made["core_task"], "missing": made["core_not_reported"], **made["out_standing"][0]}


def things(this: dict[str, Any]) -> list[tuple[str, str, int | None, bool]]:
    return [(row["task"], row["owner"], row["at_stake_sek"], row["is_overdue"]) for row in this["tasks"]]


def test_a_round_in_which_everything_is_used_is_all_right():
    this = round_of(ALL_USED)
    assert (this["verdict"], this["at_stake_sek"], this["tasks"], this["missing"]) == ("all_right", 0, [], [])


def test_unused_money_that_nobody_has_decided_on_is_at_stake():
    this = round_of(PART_UNUSED)
    assert (this["verdict"], this["at_stake_sek"], this["not_known_sek"]) == ("to_do", 184_363, 0)
    assert things(this) == [("decide_on_unused", "decider", 184_363, False)]


def test_money_that_came_back_is_not_at_stake():
    repaid = events(f"{WHO} | 2024-02-10 | Återbetalning | 184 363 kr")
    assert round_of(PART_UNUSED, repaid)["verdict"] == "all_right"
    part = events(f"{WHO} | 2024-02-10 | Återbetalning | 184 362 kr")
    assert (round_of(PART_UNUSED, part)["verdict"], round_of(PART_UNUSED, part)["at_stake_sek"]) == ("to_do", 1)


def test_where_no_file_tells_of_repayments_nothing_to_do_is_never_said():
    this = round_of(PART_UNUSED, programme=WITHOUT_REPAYMENTS)
    assert (this["verdict"], this["repayable_sek"], this["outstanding_sek"]) == ("to_do", 184_363, None)
    assert (this["at_stake_sek"], this["not_known_sek"], this["outstanding_unknown_count"]) == (184_363, 184_363, 1)
    assert things(this) == [("fetch_repayments", "data_holder", 184_363, False)]
    assert this["tasks"][0]["is_at_most"]


def test_where_nothing_is_repayable_nobody_has_to_find_out_what_was_repaid():
    assert round_of(ALL_USED, programme=WITHOUT_REPAYMENTS)["verdict"] == "all_right"


@pytest.mark.parametrize(
    ("as_of", "verdict", "at_stake", "missing"),
    [(DUE, "all_right", 0, []), ("2024-02-02", "to_do", 700_000, [("report_missing", 1)])],
)
def test_who_has_not_reported_is_told_from_the_day_after_the_last(as_of, verdict, at_stake, missing):
    this = round_of(as_of=as_of)
    assert (this["verdict"], this["at_stake_sek"]) == (verdict, at_stake)
    assert [(row["outcome"], row["days_late_count"]) for row in this["missing"]] == missing
    assert this["not_reported_count"] == len(missing)


def test_what_the_recipient_was_to_do_by_a_day_is_overdue_after_it():
    asked = events(f"{WHO} | 2024-03-01 | Kommunicering | senast 2024-03-22")
    on_the_day, after = (round_of(PART_UNUSED, asked, as_of=day) for day in ("2024-03-22", "2024-03-23"))
    assert things(on_the_day) == [("await_hearing", "recipient", 184_363, False)]
    assert (on_the_day["waiting_count"], on_the_day["overdue_count"], on_the_day["overdue_sek"]) == (1, 0, 0)
    assert things(after) == [("decide_after_hearing", "decider", 184_363, True)]
    assert (after["waiting_count"], after["overdue_count"], after["overdue_sek"]) == (0, 1, 184_363)


def test_a_report_of_somebody_unknown_leaves_the_round_preliminary_and_is_the_registers_to_settle():
    this = round_of([*ALL_USED, *late(reports("Exempelby 77: 5 000 använt, 0 oanvänt"), "2024-01-30")])
    assert this["verdict"] == "preliminary"
    assert [(row["kind"], row["owner"], row["rule"]) for row in this["tasks"]] == [
        ("set_aside", "register_holder", "name_unknown")
    ]


def test_money_that_may_be_of_either_grant_is_one_thing_to_place():
    two = decisions(f"{WHO}: 100 000", f"{WHO}: 200 000", due=DUE)
    granted = [*stating(two[:1], "EX 1"), *stating(two[1:], "EX 2")]
    said = late(
        reports(f"{WHO}: 70 000 använt, 30 000 oanvänt", f"{WHO}: 170 000 använt, 30 000 oanvänt"), "2024-01-30"
    )
    told = placed(
        granted,
        [*stating(said[:1], "EX 1"), *stating(said[1:], "EX 2")],
        stating(events(f"{WHO} | 2024-02-20 | Återbetalning | 30 000 kr"), None),
    )
    placing = [row for row in told["core_task"] if row["task"] == "place_money"]
    assert [(row["at_stake_sek"], row["owner"], row["grant_id"]) for row in placing] == [(30_000, "accountant", None)]
    assert len([row for row in told["core_todo"] if row["todo"] == "place_money"]) == 2


# -- in which order, and by whom --------------------------------------------------------------------------------------
def test_everything_that_there_may_be_to_do_has_somebody_who_does_it():
    assert set(TODOS) <= set(words.OWNED_BY)
    assert set(words.OWNED_BY.values()) <= set(words.OWNERS)


TASK = st.builds(
    Task,
    kind=st.sampled_from(words.TASK_KINDS),
    task=st.sampled_from(words.TASKS),
    owner=st.sampled_from(words.OWNERS),
    provenance=st.just("synthetic"),
    at_stake_sek=st.none() | st.integers(0, 1_000_000),
    unknown_count=st.integers(0, 2),
    due_date=st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    is_overdue=st.booleans(),
)


@given(st.lists(TASK))
def test_those_at_most_risk_come_first(tasks: list[Task]):
    ordered = sorted(tasks, key=lambda task: task.order)
    unknown = [each.at_stake_sek is None and each.unknown_count > 0 for each in ordered]
    assert unknown == sorted(unknown, reverse=True)
    known = [each for each, is_unknown in zip(ordered, unknown, strict=True) if not is_unknown]
    amounts = [each.at_stake_sek or 0 for each in known if each.kind != words.OF_BOOKS]
    assert amounts == sorted(amounts, reverse=True)
    at_stake = [each.kind != words.OF_BOOKS and bool(each.at_stake_sek) for each in known]
    assert at_stake == sorted(at_stake, reverse=True)

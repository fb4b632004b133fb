"""A second decision row with the same case number: the form declares what it means, and nothing is guessed.

`same_case: replaces`: the later one holds. `same_case: adds`: the grant is the sum of the rows.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rows import body
from tests.spec.language import annex_of, decisions, reports, year_of
from tests.spec.money_language import events, late
from tests.spec.placing_language import Rows, Told, by_grant, found, placed, rules_of, stating
from tests.stops import stops_by

WHO = "Exempelkommun 01"


def decision(sum_: str, decided: str | None = None, due: str | None = None, case: str = "EX 1", **more: str) -> Rows:
    """A decision of a case. Args: more: what else the row says."""
    return [{**row, **more} for row in decisions(f"{WHO}: {sum_}", case=case, decided=decided, due=due)]


def granted(told: Told) -> dict[str, int]:
    return by_grant(told, "core_account", "granted_sek")


TWO = [*decision("100 000", "2023-06-01"), *decision("80 000", "2023-09-01")]


# -- not declared -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("same_case_undeclared")
def test_where_nothing_is_declared_the_round_stops_and_names_both_rows_and_what_to_declare():
    with stops_by("same_case_undeclared", where="decisions.csv A2, decisions.csv A3", todo="same_case: adds"):
        placed(TWO)


@pytest.mark.rule("same_case_undeclared", holds=True)
def test_nothing_need_be_declared_before_a_second_one_comes():
    assert granted(placed(TWO, as_of="2023-08-31")) == {"EX 1": 100_000}
    assert granted(placed([*TWO[:1], *decision("80 000", "2023-09-01", case="EX 2")])) == {
        "EX 1": 100_000,
        "EX 2": 80_000,
    }


def test_another_recipients_decision_with_the_same_number_is_no_second_one():
    shared = [*TWO[:1], *decisions("Exempelkommun 02: 5", case="EX 1")]
    assert granted(placed(shared)) == {"9901-EX 1": 100_000, "9902-EX 1": 5}


# -- replaces ---------------------------------------------------------------------------------------------------------
def test_the_later_one_replaces_from_its_day_on():
    on = {day: granted(placed(TWO, as_of=day, same_case="replaces")) for day in ("2023-08-31", "2023-09-01")}
    assert on == {"2023-08-31": {"EX 1": 100_000}, "2023-09-01": {"EX 1": 80_000}}
    told = placed(TWO, same_case="replaces")
    assert year_of(told)["granted_sek"] == 80_000
    [(where, said)] = found(told, "decision_replaced")
    assert (where, "det i decisions.csv A3 gäller" in said) == ("decisions.csv A2", True)


def test_the_last_day_to_report_is_that_of_the_decision_that_holds():
    both = [*decision("100 000", "2023-06-01", "2024-03-01"), *decision("80 000", "2023-09-01", "2024-02-01")]
    sent = [{**row, "submitted_at": "2024-02-15"} for row in reports(f"{WHO}: 0 oanvänt", case="EX 1")]
    told = placed(both, sent, same_case="replaces")
    assert [row["late"] for row in told["core_usage_report"]] == [True]
    assert [str(row["report_due_date"]) for row in told["core_decision"]] == ["2024-02-01"]


def test_of_one_day_the_number_decides():
    both = [
        *decision("80 000", "2023-06-01", submission_id="B10"),
        *decision("100 000", "2023-06-01", submission_id="B9"),
    ]
    assert granted(placed(both, same_case="replaces", numbered=True)) == {"EX 1": 80_000}


def test_of_one_day_and_without_a_number_the_one_before_holds_and_both_are_named():
    tied = [*decision("80 000", "2023-09-01"), *decision("70 000", "2023-09-01")]
    told = placed([*TWO[:1], *tied], same_case="replaces")
    assert granted(told) == {"EX 1": 100_000}
    assert [
        (where, beside in said)
        for (where, said), beside in zip(
            found(told, "decisions_tied"), ("decisions.csv A4", "decisions.csv A3"), strict=True
        )
    ] == [("decisions.csv A3", True), ("decisions.csv A4", True)]


def test_without_one_before_them_neither_holds():
    tied = [*decision("80 000", "2023-09-01"), *decision("70 000", "2023-09-01")]
    assert rules_of(placed(tied, same_case="replaces")) == ["decisions_tied"] * 2
    assert placed(tied, same_case="replaces")["core_decision"] == []


def test_two_that_say_the_same_are_one():
    told = placed([*TWO[:1], *TWO[:1]], same_case="replaces")
    assert granted(told) == {"EX 1": 100_000}
    assert rules_of(told) == ["decision_replaced"]


def test_without_a_day_on_each_nobody_knows_which_is_the_later():
    assert rules_of(placed([*TWO[:1], *decision("80 000")], same_case="replaces")) == ["decisions_tied"] * 2


# -- adds -------------------------------------------------------------------------------------------------------------
def test_the_grant_is_the_sum_and_one_grant():
    told = placed(TWO, same_case="adds")
    assert granted(told) == {"EX 1": 180_000}
    assert [line["granted_sek"] for line in annex_of(told)] == [180_000]
    assert (year_of(told)["granted_sek"], year_of(told)["recipient_count"]) == (180_000, 1)


def test_the_addresses_of_all_are_kept():
    told = placed(TWO, same_case="adds")
    [row] = told["core_decision"]
    assert (row["source_row"], row["decided_sek"], str(row["decided_date"])) == (2, 180_000, "2023-06-01")
    parts = [(part["source_row"], part["grant_id"], part["granted_sek"]) for part in told["core_decision_part"]]
    assert parts == [(2, "EX 1", 100_000), (3, "EX 1", 80_000)]
    assert [row["fate"] for row in told["core_row"] if row["row_kind"] == "data"] == ["accepted"] * 2


def test_each_row_adds_from_its_own_day_on_and_nothing_is_taken_back():
    made = placed(TWO, same_case="adds")["core_ledger_entry"]
    assert [(str(row["recorded_date"]), row["amount_sek"]) for row in made] == [
        ("2023-06-01", 100_000),
        ("2023-09-01", 80_000),
    ]


def test_the_report_is_held_against_the_sum():
    told = placed(TWO, reports(f"{WHO}: 150 000 använt, 30 000 oanvänt", case="EX 1"), same_case="adds")
    assert by_grant(told, "core_reconciliation", "outcome") == {"EX 1": "unused_reported"}
    assert by_grant(told, "core_reconciliation", "difference_sek") == {"EX 1": 180_000 - 150_000 - 30_000}


def test_what_is_repayable_goes_by_the_sum_that_was_granted_when_the_report_came():
    """A form that asks only for what was not used: the rest of both decisions was used."""
    report = [{**row, "submitted_at": "2023-10-01 12:00"} for row in reports(f"{WHO}: 40 000 oanvänt", case="EX 1")]
    paid = stating(events(f"{WHO} | 2023-09-02 | Utbetalning | 180 000 kr"), "EX 1")
    told = placed(TWO, report, paid, same_case="adds")
    assert by_grant(told, "core_account", "used_sek") == {"EX 1": 140_000}
    assert by_grant(told, "core_account", "repayable_sek") == {"EX 1": 40_000}


def test_a_grant_of_one_row_has_no_parts():
    assert placed(TWO[:1], same_case="adds")["core_decision_part"] == []


# -- the order of rows ------------------------------------------------------------------------------------------------
ROWS = st.lists(
    st.tuples(st.sampled_from(["EX 1", "EX 2"]), st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=5
)


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, meaning=st.sampled_from(["replaces", "adds"]), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_but_addresses(rows, meaning, order):
    def amounts(said):
        told = placed(
            [row for case, day, sek in said for row in decision(f"{sek} 000", f"2023-06-0{day}", case=case)],
            same_case=meaning,
        )
        entries = [
            {name: row[name] for name in ("entry_id", "amount_sek", "recorded_date")}
            for row in told["core_ledger_entry"]
        ]
        return told["core_account"], entries

    shuffled = list(rows)
    order.shuffle(shuffled)
    assert amounts(shuffled) == amounts(rows)


# -- a list as they are -----------------------------------------------------------------------------------------------
RECIPIENTS = [body(f"{1000 + number}", f"Exempelförening {number:03}") for number in range(277)]
SHARES = [393, 120, *[60] * 8, *[20] * 30, *[4] * 150, *[2] * 83, *[1] * 4]
"""How many decisions each recipient has: a few have very many, as in a list of projects."""


def test_a_list_of_2_363_decisions_of_277_recipients_goes_in_whole_and_in_seconds():
    assert (len(SHARES), sum(SHARES)) == (277, 2_363)
    whose = [who["recipient_name"] for who, share in zip(RECIPIENTS, SHARES, strict=True) for _ in range(share)]
    rows = [
        {
            "recipient_name": name,
            "case_number": f"EX {number}",
            "decided_date": f"2023-{1 + number % 12:02}-{1 + number % 28:02}",
            "granted_sek": str(100_000 + 53 * number),
        }
        for number, name in enumerate(whose)
    ]
    sent = [
        {
            "recipient_name": name,
            "case_number": f"EX {number}",
            "submission_status": "Inlämnad",
            "submitted_at": f"2024-{1 + number % 6:02}-{1 + number % 28:02}",
            "unused_sek": "0",
        }
        for number, name in enumerate(whose)
    ]
    began = time.process_time()
    told = placed(rows, sent, bodies=RECIPIENTS)
    assert time.process_time() - began < SECONDS
    assert year_of(told)["granted_sek"] == 2_363 * 100_000 + 53 * (2_362 * 2_363 // 2)
    assert (year_of(told)["recipient_count"], len(told["core_account"])) == (277, 2_363)
    assert rules_of(told) == []


SECONDS = 30
"""Much more than it takes: what grew with the square of the list took minutes."""


# -- a report between the two ------------------------------------------------------------------------------------------
SAID = late(reports(f"{WHO}: 60 000 använt, 40 000 oanvänt", case="EX 1"), "2023-07-01")


def outcome(told: Told) -> tuple[str, int]:
    [row] = told["core_reconciliation"]
    return row["outcome"], row["difference_sek"]


def test_a_report_is_held_against_the_sum_of_the_rows_of_its_day():
    """100 000 in June and 50 000 more in September; in July 100 000 is reported on, and all of that adds up."""
    more = [*TWO[:1], *decision("50 000", "2023-09-01")]
    assert outcome(placed(more, SAID, same_case="adds")) == ("unused_reported", 0)

    after_both = [{**row, "submitted_at": "2023-10-01"} for row in SAID]
    assert outcome(placed(more, after_both, same_case="adds")) == ("difference", 50_000)


def test_a_report_is_held_against_the_decision_that_held_on_its_day():
    assert outcome(placed(TWO, SAID, same_case="replaces")) == ("unused_reported", 0)


def test_a_later_decision_stands_for_what_adjusted_the_earlier_one():
    adjusted = events(f"{WHO} | 2023-07-01 | Ändrat beslut | 90 000 kr | nr 1")
    told = [{**row, "case_number": "EX 1"} for row in adjusted]
    assert granted(placed(TWO, (), told, same_case="replaces")) == {"EX 1": 80_000}
    assert granted(placed(TWO, (), told, same_case="replaces", as_of="2023-08-31")) == {"EX 1": 90_000}

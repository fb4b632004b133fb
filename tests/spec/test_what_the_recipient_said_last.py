"""What the recipient said last is what it says, also where a box of it cannot be read.

The report stands with that amount unknown, the older one is overtaken, and nothing of it is published as if it held.
The grant is of 60 000, to be reported by 16 February.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.words.vocabulary import LATE_POLICIES
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, PROGRAMME, REPORTS, Rows, computed, decisions
from tests.spec.money_language import WITHOUT_PAYMENTS

WHO, GRANTED, DUE = "Exempelkommun 01", 60_000, "2024-02-16"
STATUS = {"K": "Komplettering"}
STANDS, UNDONE = "accepted", "quarantined"
OVERTAKEN, SUPPLEMENTED = ("superseded", "superseded_submission"), ("superseded", "supplemented_submission")
NOBODY_KNOWS = ("quarantined", "duplicate_key")
NOT_A_NUMBER = ["ca 8 000", "se bilaga", "-", "–", "8 000 eller 9 000", "-8 000", "ja", "2024-01-01", None]
"""What stands in a box in the place of an amount."""


def sent(*lines: str) -> Rows:
    """Submissions: when | used | unused | number, and a K if it is a supplement."""
    return [_sent(*(part.strip() or None for part in line.split("|"))) for line in lines]


def _sent(at: str | None, used: str | None, unused: str | None, number: str | None = None, kind: str = "I") -> Any:
    said = {"submitted_at": at, "used_sek": used, "unused_sek": unused, "submission_id": number}
    return {"recipient_name": WHO, "submission_status": STATUS.get(kind, "Inlämnad"), **said}


def told(reported: Rows, events: Rows = (), *, late: str = "if_none_in_time", as_of: str = "2024-06-30") -> Any:
    """The tables of the round."""
    programme = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, WITHOUT_PAYMENTS, late_reports=late)
    granted = decisions(f"{WHO}: 60 000", due=DUE, decided="2023-06-01")
    return computed(granted, reported, events, as_of=as_of, programme=programme)


def account(reported: Rows, **more: Any) -> tuple[Any, ...]:
    """What was used and what was not, and how the grant stands."""
    [row] = told(reported, **more)["core_reconciliation"]
    return row["used_sek"], row["unused_sek"], row["outcome"]


def fates(reported: Rows, **more: Any) -> list[Any]:
    """What became of each submission: that it stands, or the fate and the rule."""
    rows = [row for row in told(reported, **more)["core_row"] if row["form"] == REPORTS.form and row["fate"]]
    return [row["fate"] if row["fate"] == STANDS else (row["fate"], row["rule"]) for row in rows]


UNREADABLE = sent("2024-02-09 11:00 | 52 000 | ca 8 000 | 5")


# -- a box that cannot be read ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("box", NOT_A_NUMBER)
def test_the_only_report_stands_with_the_amount_unknown(box: str | None):
    assert account(sent(f"2024-02-09 | 52 000 | {box or ''}")) == (52_000, None, "amount_unknown")


@pytest.mark.parametrize("box", [box for box in NOT_A_NUMBER if box])
def test_use_that_is_stated_and_cannot_be_read_is_unknown_and_not_derived(box: str):
    assert account(sent(f"2024-02-09 | {box} | 8 000")) == (None, 8_000, "amount_unknown")
    [of_ledger] = told(sent(f"2024-02-09 | {box} | 8 000"))["core_account"]
    assert (of_ledger["used_sek"], of_ledger["accepted_use_sek"], of_ledger["unused_sek"]) == (None, None, 8_000)


def test_both_boxes_may_be_unreadable():
    assert account(sent("2024-02-09 | ? | ?")) == (None, None, "amount_unknown")


def test_where_the_form_asks_only_for_what_was_not_used_use_is_unknown_with_it():
    assert account(sent("2024-02-09 | | ca 8 000")) == (None, None, "amount_unknown")
    assert account(sent("2024-02-09 | | 8 000")) == (GRANTED - 8_000, 8_000, "unused_reported")


def test_a_box_beside_what_was_used_and_not_used_leaves_both_as_they_are():
    [said] = sent("2024-02-09 | 52 000 | 8 000")
    reported = [{**said, "salary_sek": "ungefär hälften", "first_cost_date": "hösten"}]
    assert account(reported) == (52_000, 8_000, "unused_reported")


def test_the_box_alone_is_set_aside_with_its_finding():
    found = [row for row in told(UNREADABLE)["core_finding"] if row["source_file"].endswith(f"{REPORTS.form}.csv")]
    limit = ("set_aside_above_limit", "stop")  # the only grant of the round is more than five percent of it
    assert sorted((row["rule"], row["severity"]) for row in found) == [("amount_approximate", "quarantine"), limit]
    assert fates(UNREADABLE) == [STANDS]


def test_the_recipient_has_reported_and_is_asked_for_the_amount_and_gets_no_letter():
    tables = told(UNREADABLE)
    [of_ledger], [case], [todo] = (tables[name] for name in ("core_account", "core_recovery_case", "core_todo"))
    assert (of_ledger["status"], case["matter"], todo["todo"]) == ("amount_unknown", "amount_unknown", "ask_for_amount")
    assert todo["amount_sek"] is None


def test_the_matter_is_opened_when_the_report_came_also_where_no_amount_of_it_can_be_read():
    [case] = told(sent("2024-02-09 | 52 000 | 8 000 | 5", "2024-02-14 | ? | ? | 14"))["core_recovery_case"]
    assert (case["matter"], str(case["opened_date"])) == ("amount_unknown", "2024-02-14")


def test_a_supplement_that_was_asked_for_has_come_also_where_no_amount_of_it_can_be_read():
    asked = {"recipient_name": WHO, "event": "Begäran om komplettering", "event_date": "2024-02-20"}
    asked |= {"recorded_date": "2024-02-20", "due_date": "2024-03-10"}
    supplemented = sent("2024-02-09 | 52 000 | 8 000 | 5", "2024-03-02 | ? | ? | 15 | K")
    assert [row["todo"] for row in told(supplemented[:1], [asked])["core_todo"]] == ["close_supplement"]
    assert [row["todo"] for row in told(supplemented, [asked])["core_todo"]] == ["ask_for_amount"]


def test_the_annex_the_group_and_the_year_say_that_it_is_unknown():
    tables = told(UNREADABLE)
    [line], [year] = tables["out_annex"], tables["out_grant_by_year"]
    assert (line["granted_sek"], line["unused_sek"], line["unused_percent"]) == (GRANTED, None, None)
    assert (year["unused_sek"], year["use_unknown_count"], year["without_report_count"]) == (None, 1, 0)


def test_an_unknown_amount_has_no_entry_in_the_ledger():
    entries = [(row["event"], row["amount_sek"]) for row in told(UNREADABLE)["core_ledger_entry"]]
    assert sorted(entries) == [("decision", GRANTED), ("reported_use", 52_000)]


def test_an_amount_is_known_when_the_recipient_says_it_again():
    again = sent("2024-02-10 | 52 000 | 8 000 | 6")
    assert fates([*UNREADABLE, *again]) == [OVERTAKEN, STANDS]
    assert account([*UNREADABLE, *again]) == (52_000, 8_000, "unused_reported")


# -- what is overtaken ------------------------------------------------------------------------------------------------
LATE = sent("2024-03-01 12:00 | 60 000 | 0 | 13")


def test_a_late_report_does_not_stand_in_for_one_in_time_of_which_a_box_cannot_be_read():
    assert fates([*UNREADABLE, *LATE]) == [STANDS, ("excluded", "late_report_excluded")]
    assert account([*UNREADABLE, *LATE]) == (52_000, None, "amount_unknown")


def test_a_resubmission_of_which_a_box_cannot_be_read_overtakes_the_readable_one():
    reported = sent("2024-02-09 | 52 000 | 8 000 | 5", "2024-02-14 | 51 000 | okänt | 14")
    assert fates(reported) == [OVERTAKEN, STANDS]
    assert account(reported) == (51_000, None, "amount_unknown")
    entries = [row for row in told(reported)["core_ledger_entry"] if row["event"] == "reported_unused"]
    assert [row["amount_sek"] for row in entries] == [8_000, -8_000]


def test_a_supplement_of_which_a_box_cannot_be_read_stands():
    reported = sent("2024-02-09 | 52 000 | 8 000 | 5", "2024-03-02 | 51 000 | ? | 15 | K")
    assert fates(reported) == [SUPPLEMENTED, STANDS]
    assert account(reported) == (51_000, None, "amount_unknown")


def test_a_resubmission_after_a_supplement_is_newer_than_both():
    reported = sent(
        "2024-02-09 | 52 000 | 8 000 | 5", "2024-02-12 | 51 000 | ? | 6 | K", "2024-02-14 | 50 000 | 10 000"
    )
    assert fates(reported) == [OVERTAKEN, OVERTAKEN, STANDS]
    assert account(reported) == (50_000, 10_000, "unused_reported")


def test_what_was_known_before_the_unreadable_one_came_stays_known_as_of_that_day():
    reported = sent("2024-02-09 | 52 000 | 8 000 | 5", "2024-02-14 | 51 000 | okänt | 14")
    assert account(reported, as_of="2024-02-13") == (52_000, 8_000, "unused_reported")
    unused = [row for row in told(reported)["out_revision"] if row["measure"] == "unused"]
    assert [(str(row["as_of_date"]), row["amount_sek"]) for row in unused] == [
        ("2023-06-01", None),
        ("2024-02-09", 8_000),
        ("2024-02-14", None),
    ]


# -- of one moment ----------------------------------------------------------------------------------------------------
def both_ways(first: str, second: str, before: Sequence[str] = ()) -> list[Any]:
    """The account, whichever of the two rows stands first in the file."""
    return [account(sent(*before, *rows)) for rows in ((first, second), (second, first))]


def test_a_submission_that_is_there_twice_is_one():
    twice = "2024-02-09 11:00 | 52 000 | 8 000 | 5"
    assert fates(sent(twice, twice)) == [STANDS, ("superseded", "repeated_submission")]
    assert fates(sent("2024-02-09 | 52 000 | 8 000 | 6", "2024-02-09 | 52 000 | 8 000 | 5")) == [
        ("superseded", "repeated_submission"),
        STANDS,
    ]


def test_of_unlike_ones_of_one_moment_the_higher_number_counts():
    one, other = "2024-02-09 11:00 | 52 000 | 8 000 | 25-9", "2024-02-09 11:00 | 50 000 | 10 000 | 25-10"
    assert both_ways(one, other) == [(50_000, 10_000, "unused_reported")] * 2


@pytest.mark.parametrize(("one", "other"), [("", ""), ("5", ""), ("a8f", "c3"), ("A-1", "B-2")])
def test_where_no_number_tells_the_one_before_holds_and_both_are_named(one: str, other: str):
    rows = f"2024-02-09 11:00 | 52 000 | 8 000 | {one}", f"2024-02-09 11:00 | 50 000 | 10 000 | {other}"
    before = ["2024-02-01 09:00 | 55 000 | 5 000 | 1"]
    assert both_ways(*rows, before) == [(55_000, 5_000, "unused_reported")] * 2
    assert fates(sent(*before, *rows)) == [STANDS, NOBODY_KNOWS, NOBODY_KNOWS]


def test_without_one_before_them_neither_counts():
    rows = "2024-02-09 11:00 | 52 000 | 8 000", "2024-02-09 11:00 | 50 000 | 10 000"
    assert both_ways(*rows) == [(None, None, "report_quarantined")] * 2


def test_what_cannot_be_read_is_not_the_same_as_what_is_not_said():
    rows = "2024-02-09 11:00 | se bilaga | 10 000 | a", "2024-02-09 11:00 |  | 10 000 | a"
    assert both_ways(*rows) == [(None, None, "report_quarantined")] * 2


SUBMISSION = st.tuples(
    st.sampled_from(["2024-02-09 11:00", "2024-02-10", "2024-03-01", "1980-01-01", ""]),
    st.sampled_from(["52 000", "50 000", "se bilaga", ""]),
    st.sampled_from(["8 000", "10 000,50", "?", ""]),
    st.sampled_from(["25-9", "25-10", "a", ""]),
    st.sampled_from(["I", "I", "K"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(SUBMISSION, min_size=2, max_size=5), st.randoms(use_true_random=False), st.sampled_from(LATE_POLICIES))
def test_the_order_of_the_rows_never_decides(drawn: list[Any], random: Any, late: str):
    lines = [" | ".join(each) for each in drawn]
    assert account(sent(*lines), late=late) == account(sent(*random.sample(lines, len(lines))), late=late)


# -- late -------------------------------------------------------------------------------------------------------------
ALL_USED = "2024-02-09 | 60 000 | 0 | 5"


def test_a_late_report_that_tells_of_unused_money_opens_a_matter_of_that_money_and_moves_no_figure():
    tables = told(sent(ALL_USED, "2024-03-01 | 51 000 | 9 000 | 13"))
    [case], [line], [of_ledger] = (tables[name] for name in ("core_recovery_case", "out_annex", "core_account"))
    assert (case["matter"], case["amount_at_issue_sek"]) == ("report_excluded", 9_000)
    assert (line["unused_sek"], of_ledger["unused_sek"], of_ledger["repayable_sek"]) == (0, 0, 0)
    [found] = [row for row in tables["core_finding"] if row["rule"] == "late_report_excluded"]
    assert "9\u00a0000 kr" in found["message_sv"]


@pytest.mark.parametrize("late", ["60 000 | 0", "60 000 | ?"])
def test_a_late_report_that_tells_of_none_opens_none(late: str):
    assert told(sent(ALL_USED, f"2024-03-01 | {late} | 13"))["core_recovery_case"] == []


def test_a_late_report_of_no_more_than_is_known_opens_no_matter_beside():
    [case] = told(sent("2024-02-09 | 51 000 | 9 000 | 5", "2024-03-01 | 51 000 | 9 000 | 13"))["core_recovery_case"]
    assert case["matter"] == "unused_outstanding"


@pytest.mark.parametrize(("told_late", "matters"), [("9 000", []), ("12 000", ["report_excluded"])])
def test_what_is_repaid_of_it_leaves_a_matter_only_of_what_the_late_report_tells_of_more(
    told_late: str, matters: list[str]
):
    repaid = {"recipient_name": WHO, "event": "Återbetalning", "amount_sek": "9 000", "event_date": "2024-02-20"}
    reported = sent("2024-02-09 | 51 000 | 9 000 | 5", f"2024-03-01 | 48 000 | {told_late} | 13")
    cases = told(reported, [{**repaid, "recorded_date": "2024-02-20"}])["core_recovery_case"]
    assert [case["matter"] for case in cases] == matters


# -- the grant of its day ---------------------------------------------------------------------------------------------
def adjusted(on: str, amount: str, number: str = "1") -> Rows:
    """A decision that is adjusted on a day."""
    said = {"event": "Ändrat beslut", "event_date": on, "recorded_date": on, "event_no": number}
    return [{"recipient_name": WHO, "amount_sek": amount, **said}]


REPORTED = sent("2024-02-09 | 52 000 | 8 000")


def test_a_report_is_held_against_the_grant_of_its_day_though_it_is_adjusted_later():
    [row] = told(REPORTED, adjusted("2024-03-01", "50 000"))["core_reconciliation"]
    assert (row["granted_sek"], row["granted_when_reported_sek"]) == (50_000, 60_000)
    assert (row["difference_sek"], row["outcome"]) == (0, "unused_reported")


def test_a_report_is_held_against_the_decision_that_was_adjusted_before_it():
    [row] = told(REPORTED, adjusted("2024-02-09", "50 000"))["core_reconciliation"]
    assert (row["granted_when_reported_sek"], row["difference_sek"], row["outcome"]) == (50_000, -10_000, "difference")


def test_derived_use_is_what_was_granted_then_less_what_was_not_used():
    assert account(sent("2024-02-09 | | 8 000"), events=adjusted("2024-03-01", "50 000"))[:2] == (52_000, 8_000)


# -- a day that cannot be ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("day", ["1980-01-01", "1900-01-01", "2023-05-31", "2199-12-31", "9999-12-31"])
def test_a_day_before_the_decision_or_after_the_file_is_found_at_its_cell_and_is_not_in_time(day: str):
    said = rounds.file(REPORTS, *sent(f"{day} | 52 000 | 8 000"), made=rounds.day("2024-03-01"))
    granted = rounds.file(DECISIONS, *decisions(f"{WHO}: 60 000", due=DUE, decided="2023-06-01"))
    programme = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, late_reports="exclude")
    tables = rounds.tables_of(rounds.received([granted, said], BODIES), programme, rounds.day("2024-06-30"))
    [fate] = [row["fate"] for row in tables["core_row"] if row["form"] == REPORTS.form and row["fate"]]
    found = {(row["rule"], row["source_column"]) for row in tables["core_finding"] if row["source_column"]}
    assert fate == UNDONE
    assert found & {("day_impossible", "C"), ("date_unreadable", "C")}

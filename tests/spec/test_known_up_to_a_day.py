"""What has not come is said only as far as the export reaches that would tell of it; beyond that it is not known.

Each source card says through which day its export is complete: the day before its own date, if it says nothing else. A
report was due on 15 March and nobody knows of one. The decisions were exported on 1 June.
"""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec import rounds
from tests.spec.arrived import Made, as_of, export, made, round_of, statuses, todos
from tests.spec.language import DECISIONS, EVENTS, PROGRAMME, REPORTS, decisions, funds, reports
from tests.spec.money_language import events, late

GRANTED = made("2024-06-01", decisions("Exempelkommun 01: 700 000", due="2024-03-15", decided="2023-11-01"))
NOTHING_TOLD = made("2024-06-01", ())
USED_IN_PART = late(reports("Exempelkommun 01: 515 637 använt, 184 363 oanvänt"), "2024-02-20")
PAID = "Exempelkommun 01 | 2023-12-01 | Utbetalning | 700 000 kr"
CLAIM = "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 184 363 kr | av A. Chef | skäl: Medel är kvar"
INVOICE = "Exempelkommun 01 | 2024-04-03 | Faktura | 184 363 kr | senast 2024-05-03"


def reported(on: str, *rows: dict[str, object], **card: object) -> Made:
    return made(on, rows, **card)


# -- which day the figures are as of ----------------------------------------------------------------------------------
def test_an_export_has_everything_up_to_the_day_before_its_own_if_its_card_says_nothing():
    assert as_of(round_of(GRANTED, reported("2024-03-20"), made("2024-03-20", ()))) == "2024-05-31"


def test_an_export_that_was_made_at_the_end_of_its_day_says_so():
    whole_day = made("2024-06-01", GRANTED.rows, complete_through="2024-06-01")
    assert as_of(round_of(whole_day, reported("2024-03-20"), made("2024-03-20", ()))) == "2024-06-01"


def test_the_figures_are_as_of_the_latest_day_of_which_an_export_of_money_has_everything():
    told = made("2024-07-10", events(PAID))
    assert as_of(round_of(GRANTED, reported("2024-06-20"), told)) == "2024-07-09"


def test_a_slip_in_a_row_moves_no_day():
    told = made("2024-05-01", events("Exempelkommun 01 | 2032-04-03 | Faktura | 5 kr | senast 2032-05-03"))
    assert as_of(round_of(GRANTED, reported("2024-05-01"), told)) == "2024-05-31"


def test_funds_that_are_published_long_after_move_no_day():
    of_funds = EVENTS.model_copy(update={"codes": {"event": {"available_funds": "Disponibla medel"}}})
    programme = rounds.programme_of(PROGRAMME, DECISIONS, REPORTS, of_funds)
    available = made("2025-07-31", funds("disponibla medel: 900 000"))
    assert as_of(round_of(GRANTED, reported("2024-05-01"), available, programme=programme)) == "2024-05-31"


def test_what_came_on_the_day_of_the_export_counts_though_nothing_is_said_of_that_day():
    """Made at two in the afternoon of 1 June; the report had come that morning."""
    came = late(USED_IN_PART, "2024-06-01")
    found = round_of(GRANTED, made("2024-06-01", came), NOTHING_TOLD)
    assert as_of(found) == "2024-05-31"
    assert [row["unused_sek"] for row in found["core_account"]] == [184_363]
    assert "remind_of_report" not in todos(found)


# -- reports ----------------------------------------------------------------------------------------------------------
def test_a_report_is_missing_where_the_export_of_the_reports_tells_of_days_after_its_last():
    found = round_of(GRANTED, reported("2024-06-01"), NOTHING_TOLD)
    assert statuses(found) == [("no_report", None)]
    assert todos(found)[0] == "remind_of_report"


def test_whether_it_is_missing_is_not_known_where_the_export_ends_before_its_last_day():
    found = round_of(GRANTED, reported("2024-03-01"), NOTHING_TOLD)
    assert statuses(found) == [("not_known", "2024-03-01")]


@pytest.mark.parametrize(("complete_through", "status"), [("2024-03-15", "not_known"), ("2024-03-16", "no_report")])
def test_the_first_day_on_which_it_may_be_missing_must_be_told_of(complete_through: str, status: str):
    found = round_of(GRANTED, reported("2024-03-20", complete_through=complete_through), NOTHING_TOLD)
    assert [row["status"] for row in found["core_account"]] == [status]


def test_nobody_is_reminded_of_a_report_that_may_have_come():
    found = round_of(GRANTED, reported("2024-03-01"), NOTHING_TOLD)
    matters = {case["matter"] for case in found["core_recovery_case"]}
    assert (todos(found), matters, found["core_candidate_ground"]) == (["pay_grant"], {"money_due"}, [])


def test_a_person_is_told_to_put_in_a_newer_export():
    found = round_of(GRANTED, reported("2024-03-01"), NOTHING_TOLD)
    rules = {row["rule"] for row in found["core_finding"]}
    assert "report_not_known" in rules
    assert "decision_without_report" not in rules


def test_where_the_export_tells_of_some_days_after_the_last_one_it_says_up_to_which():
    """Complete through 19 March: on that day no report had come. What came since, nobody knows on 31 May."""
    found = round_of(GRANTED, reported("2024-03-20"), NOTHING_TOLD)
    assert statuses(found) == [("no_report", "2024-03-20")]
    [case] = found["core_recovery_case"]
    assert (str(case["known_through_date"]), str(case["exported_date"])) == ("2024-03-19", "2024-03-20")


def test_a_closed_form_is_complete_for_good():
    found = round_of(GRANTED, reported("2024-03-01", closed=True), NOTHING_TOLD)
    assert statuses(found) == [("no_report", None)]


def test_a_report_whose_last_day_nobody_knows_has_not_come_as_far_as_the_export_tells():
    granted = made("2024-06-01", decisions("Exempelkommun 01: 700 000"))
    assert statuses(round_of(granted, reported("2024-03-20"), NOTHING_TOLD)) == [("report_due_unknown", "2024-03-20")]


def test_before_its_last_day_a_report_is_awaited_whatever_the_export_tells():
    found = round_of(GRANTED, reported("2024-03-01"), NOTHING_TOLD, as_of="2024-03-15")
    assert statuses(found) == [("report_not_due", None)]


# -- as of a day ------------------------------------------------------------------------------------------------------
def test_long_after_the_exports_nothing_is_missing_or_overdue_by_the_calendar_alone():
    told = made("2024-04-10", events(PAID, CLAIM, INVOICE))
    found = round_of(GRANTED, made("2024-03-20", USED_IN_PART), told, as_of="2030-01-01")
    [case] = found["core_recovery_case"]
    assert (case["state"], case["is_overdue"], todos(found)) == ("invoiced", False, ["await_payment"])


def test_a_day_before_a_file_was_replaced_goes_by_the_file_that_held_then():
    """The first export ends before the last day; the next one, of 1 May, tells of it."""
    first = reported("2024-03-01")
    second = export(REPORTS, reported("2024-05-01", replaces="usage_report_2022.csv"), "nyare.csv")
    day_by_day = {
        day: [status for status, _ in statuses(round_of(GRANTED, first, NOTHING_TOLD, second, as_of=day))]
        for day in ("2024-04-30", "2024-05-01")
    }
    assert day_by_day == {"2024-04-30": ["not_known"], "2024-05-01": ["no_report"]}


# -- repayments -------------------------------------------------------------------------------------------------------
def test_unused_money_is_not_repaid_as_far_as_the_export_of_repayments_tells():
    told = made("2024-03-10", events(PAID))
    found = round_of(GRANTED, made("2024-06-01", USED_IN_PART), told)
    assert statuses(found) == [("unused_outstanding", "2024-03-10")]
    [case] = found["core_recovery_case"]
    assert (str(case["known_through_date"]), str(case["exported_date"])) == ("2024-03-09", "2024-03-10")


def test_what_was_reported_after_that_export_ends_may_have_been_repaid_already():
    told = made("2024-02-20", events(PAID))
    found = round_of(GRANTED, made("2024-06-01", USED_IN_PART), told)
    assert statuses(found) == [("not_known", "2024-02-20")]
    assert todos(found) == []


@pytest.mark.parametrize(("complete_through", "state"), [("2024-05-03", "invoiced"), ("2024-05-04", "overdue")])
def test_an_invoice_is_overdue_where_the_export_of_repayments_tells_of_the_day_after(complete_through: str, state: str):
    told = made("2024-05-20", events(PAID, CLAIM, INVOICE), complete_through=complete_through)
    found = round_of(GRANTED, made("2024-06-01", USED_IN_PART), told)
    [case] = found["core_recovery_case"]
    assert (case["state"], case["is_overdue"]) == (state, state == "overdue")


@pytest.mark.parametrize(
    ("complete_through", "state"), [("2024-03-22", "hearing_open"), ("2024-03-23", "hearing_overdue")]
)
def test_a_reply_is_late_where_the_export_of_the_cases_tells_of_the_day_after(complete_through: str, state: str):
    notice = "Exempelkommun 01 | 2024-03-01 | Kommunicering | senast 2024-03-22"
    told = made("2024-04-01", events(PAID, notice), complete_through=complete_through)
    found = round_of(GRANTED, made("2024-06-01", USED_IN_PART), told)
    assert [case["state"] for case in found["core_recovery_case"]] == [state]


# -- whatever the days are --------------------------------------------------------------------------------------------
DAYS = st.dates(dt.date(2024, 2, 1), dt.date(2024, 8, 1)).map(str)


@settings(deadline=None, max_examples=60)
@given(reports_made=DAYS, events_made=DAYS, on=DAYS)
def test_nothing_is_said_to_be_missing_on_a_day_that_no_export_tells_of(reports_made: str, events_made: str, on: str):
    told = made(events_made, [row for row in events(PAID, CLAIM, INVOICE) if row["event_date"] < events_made])
    found = round_of(GRANTED, reported(reports_made), told, as_of=on)
    through = str(dt.date.fromisoformat(reports_made) - dt.timedelta(1))
    for status, since in statuses(found):
        assert status != "no_report" or min(through, on) > "2024-03-15"
        assert status != "not_known" or (since is not None and since <= on)
    for case in found["core_recovery_case"]:
        assert not case["is_overdue"] or case["next_due_date"] < case["known_through_date"]
        assert str(case["known_through_date"]) <= on

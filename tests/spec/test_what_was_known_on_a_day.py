"""What was known on a day is what computing that day gives for what had been received by then, and nothing else.

A report that could not be used until it was corrected is known from that day on, and one that no longer counts is
reversed: what came later changes nothing of what was known before.
"""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.grant.account import account_of
from assets.domain.grant.entries import Entry, known_by, of_grants
from tests.rows import correction
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, REPORTS, SPECIFIED, decisions, reports
from tests.spec.money_words import LAST_DAY
from tests.spec.stories import DAYS, replaced_stories, stories
from tests.spec.time_language import EVERYTHING, START, known_on, received_of, said

# -- what could not be used, and what no longer counts ----------------------------------------------------------------
GRANTED = [{**row, "decided_date": "2023-11-01"} for row in decisions("Exempelkommun 01: 700 000")]
SENT, MENDED = "2024-01-30", dt.date(2024, 3, 1)


def corrected(column: str, old: str, new: str, said: str = "184 363 oanvänt") -> list[Entry]:
    """The ledger of a round with one report, of which one cell is read otherwise from 1 March on."""
    [report] = reports(f"Exempelkommun 01: {said}")
    sent = rounds.file(REPORTS, {**report, "submitted_at": SENT})
    files = [rounds.file(DECISIONS, *GRANTED), sent, rounds.file(EVENTS)]
    cell = {"file": sent.name, "row": 2, "column": REPORTS.headers()[column]}
    mended = correction(**cell, old=old, new=new, date=MENDED)
    return list(rounds.known(rounds.received(files, BODIES, [mended]), SPECIFIED, LAST_DAY).ledger)


def entered(made: list[Entry]) -> list[tuple[str, int, str]]:
    """When what was not used was entered or reversed, how much, and why."""
    return [(each.recorded_date.isoformat(), each.amount_sek, each.cause) for each in unused_of(made)]


def unused_of(made: list[Entry]) -> list[Entry]:
    """The entries of what was not used."""
    return [each for each in made if each.event == "reported_unused"]


def test_a_report_that_could_not_be_read_is_known_from_the_day_on_which_it_was_corrected():
    made = corrected("unused_sek", "ca 184 000", "184 363", said="ca 184 000 oanvänt")
    assert entered(made) == [("2024-03-01", 184_363, "correction")]
    assert known_on(made, "2024-02-29")["unused"] is None
    assert known_on(made, "2024-03-01")["unused"] == 184_363


def test_a_report_that_turns_out_to_be_a_test_is_reversed_on_that_day():
    made = corrected("submission_status", "Inlämnad", "Test")
    assert entered(made) == [("2024-01-30", 184_363, "report"), ("2024-03-01", -184_363, "correction")]
    assert known_on(made, "2024-02-29")["unused"] == 184_363
    assert known_on(made, "2024-03-01")["unused"] is None


def test_a_report_that_can_no_longer_be_read_is_reversed_on_that_day():
    made = corrected("unused_sek", "184 363", "oklart")
    assert entered(made) == [("2024-01-30", 184_363, "report"), ("2024-03-01", -184_363, "correction")]


def test_a_report_that_was_another_recipients_leaves_the_one_and_comes_to_the_other_on_that_day():
    made = corrected("recipient_name", "Exempelkommun 01", "Exempelkommun 02")
    told = [(each.recorded_date.isoformat(), each.recipient_code, each.amount_sek) for each in unused_of(made)]
    assert sorted(told) == [
        ("2024-01-30", "9901", 184_363),
        ("2024-03-01", "9901", -184_363),
        ("2024-03-01", "9902", 184_363),
    ]


def test_an_amount_that_was_another_is_reversed_and_entered_again():
    made = corrected("unused_sek", "184 363", "200 000")
    assert sorted(entered(made)) == [
        ("2024-01-30", 184_363, "report"),
        ("2024-03-01", -184_363, "correction"),
        ("2024-03-01", 200_000, "correction"),
    ]


# -- the ledger day by day, and every day computed whole --------------------------------------------------------------
@settings(max_examples=12, deadline=None)
@given(st.one_of(replaced_stories(), stories().map(received_of)))
def test_the_ledger_of_every_day_comes_to_what_computing_that_day_whole_gives(received: rounds.Received):
    """Files that replace others, corrections, reports and events, with only what had been received by each day."""
    ledger = rounds.known(received, SPECIFIED, LAST_DAY).ledger
    for on in (START, *DAYS):
        by_day = {grant: account_of(mine, EVERYTHING) for grant, mine in of_grants(known_by(ledger, on)).items()}
        whole = rounds.known(rounds.by_day(received, on), SPECIFIED, on)
        assert {each.grant.grant_id: each.account for each in whole.grants} == {
            grant: account for grant, account in by_day.items() if account != NOTHING
        }, on


@settings(max_examples=8, deadline=None)
@given(st.one_of(replaced_stories(), stories().map(received_of)))
def test_what_stands_in_the_ledger_on_a_day_is_what_the_rows_that_count_on_it_say(received: rounds.Received):
    """However it came about: a ledger that knows this day only, and nothing that was reversed, comes to the same."""
    for on in (START, *DAYS):
        made = of_grants(rounds.known(received, SPECIFIED, on).ledger)
        at_once = of_grants(rounds.stated_on(received, SPECIFIED, on))
        accounts = {grant: account_of(mine, EVERYTHING) for grant, mine in made.items()}
        assert {grant: account_of(mine, EVERYTHING) for grant, mine in at_once.items()} == {
            grant: account for grant, account in accounts.items() if account != NOTHING
        }, on


NOTHING = account_of([], EVERYTHING)
"""The account of a grant of which nothing stands any more."""


def test_a_round_that_is_computed_as_of_a_day_says_what_its_ledger_said_then():
    """The same for the published tables of one story."""
    received = received_of(
        [
            said(10, "2023-11-01", "Exempelkommun 01", what="beslut", amounts={"granted_sek": 700_000}),
            said(11, "2023-11-05", "Exempelkommun 01", what="rapport", amounts=AMOUNTS | {"unused_sek": 184_363}),
            said(12, "2023-11-08", "Exempelkommun 01", what="rättelse", amounts=AMOUNTS | {"unused_sek": 200_000}),
        ]
    )
    published = [
        rounds.tables_of(received, SPECIFIED, dt.date(2023, 11, day))["core_account"][0]["unused_sek"]
        for day in (4, 5, 7, 8)
    ]
    assert published == [None, 184_363, 184_363, 200_000]


AMOUNTS = {"used_sek": 500_000}

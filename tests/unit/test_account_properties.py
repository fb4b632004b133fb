"""What holds for whatever happens to the money of two grants of a recipient, contradictions included, on every day."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.grant.account import Account, measures
from assets.domain.grant.follow import Followed
from assets.domain.grant.todo import todos_of
from pipelines.inquiries.drafts import LETTERS
from schemas.words.vocabulary import ACCOUNT_MEASURES
from tests.rows import Record
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, REPORTS, SPECIFIED

WHO, FIRST, SECOND = "Exempelkommun 01", "EX 1", "EX 2"
START = dt.date(2022, 11, 15)
KINDS = (
    "recovery_decided",
    "recovery_decided",
    "recovery_waived",
    "repaid",
    "repaid",
    "refunded",
    "written_off",
    "interest_charged",
    "use_disallowed",
    "invoiced",
    "payment",
    "payment_withheld",
    "decision_adjusted",
    "repaid_after_recovery",
)
TEXTS = EVENTS.codes["event"]
SEK = st.sampled_from([1, 5_000, 10_000, 20_000, 40_000, 60_000, 100_000])
DAYS = st.integers(5, 220)
NUMBERS = [None, *(f"H{number}" for number in range(1, 9))]
REMINDERS = [todo for todo, letter in LETTERS.items() if letter == "reminder_of_payment"]
many = settings(max_examples=60, deadline=None)
some = settings(max_examples=25, deadline=None)


def on(days: int) -> str:
    return str(START + dt.timedelta(days))


@st.composite
def happenings(draw: st.DrawFn) -> list[Record]:
    """Events of two grants, numbered or not, that may replace and reverse what is there and what is not."""
    found = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        kind = draw(st.sampled_from(KINDS))
        is_numbered = draw(st.booleans())
        row: dict[str, Any] = {
            "event": TEXTS[kind],
            "event_no": f"H{number}" if is_numbered else None,
            "recipient_name": WHO,
            "case_number": draw(st.sampled_from([FIRST, FIRST, SECOND])),
            "event_date": (day := on(draw(DAYS))),
            "recorded_date": day,
            "due_date": on(250),
            "amount_sek": draw(SEK),
            "decided_by": "A. Chef",
            "reason": "Skäl",
        }
        if kind.startswith("recovery"):
            row |= {"covers": draw(st.sampled_from([None, *list(EVENTS.codes["covers"].values())[:3]]))}
            row |= {"ground": draw(st.sampled_from([None, *list(EVENTS.codes["ground"].values())[:2]]))}
            row |= {"replaces_no": draw(st.sampled_from(NUMBERS))}
        elif kind != "decision_adjusted":
            row |= {"reverses_no": draw(st.sampled_from([None, None, *NUMBERS]))}
        found.append(row)
    return found


@st.composite
def reported(draw: st.DrawFn) -> list[Record]:
    """A report of the first grant, or none."""
    if draw(st.booleans()):
        return []
    used = draw(st.sampled_from([None, 0, 20_000, 60_000, 100_000, 120_000]))
    unused = draw(st.sampled_from([0, 20_000, 40_000, 100_000]))
    came = f"{on(draw(DAYS))} 12:00"
    same = {"recipient_name": WHO, "submission_status": "Inlämnad", "case_number": FIRST, "submitted_at": came}
    return [{**same, "used_sek": used, "unused_sek": unused}]


GRANTED = [
    {"recipient_name": WHO, "case_number": case, "granted_sek": 100_000, "decided_date": str(START)}
    for case in (FIRST, SECOND)
]
PAID = [
    {"event": TEXTS["payment"], "recipient_name": WHO, "case_number": case, "event_date": on(5), "amount_sek": 100_000}
    for case in (FIRST, SECOND)
]


def known(reports: Sequence[Record], events: Sequence[Record], day: int) -> rounds.Known:
    forms = ((DECISIONS, GRANTED), (REPORTS, reports), (EVENTS, [*PAID, *events]))
    files = [rounds.file(form, *rows) for form, rows in forms]
    return rounds.known(rounds.received(files, BODIES), SPECIFIED, START + dt.timedelta(day))


def accounts(reports: Sequence[Record], events: Sequence[Record], day: int) -> dict[str, Account]:
    return {each.grant.grant_id: each.account for each in known(reports, events, day).grants}


def identities(account: Account) -> list[str]:
    """Those that do not hold."""
    of = {name: account.measure(name) or 0 for name in ACCOUNT_MEASURES}
    negative = [name for name, amount in measures(account).items() if amount < 0 and name != "received"]
    wrong = {
        "paid": of["paid"] != of["accepted_use"] + of["repayable"] + of["unaccounted"] - of["to_pay_out"],
        "repayable": of["repayable"]
        != of["received"] + of["waived"] + of["written_off"] + of["outstanding"] - of["overpaid"],
        "outstanding": of["outstanding"] != of["claim_left"] + of["notified"] + of["undecided"],
        "both ways": bool(of["outstanding"] and of["overpaid"]),
        "left above the claim": of["claim_left"] > of["claimed"],
        "above what was paid": of["repayable"] > of["paid"],
    }
    return negative + [name for name, is_wrong in wrong.items() if is_wrong]


@many
@given(reported(), happenings(), st.integers(0, 400))
def test_the_identities_hold_on_every_day_and_every_term_is_at_least_zero(
    reports: list[Record], events: list[Record], day: int
):
    found = accounts(reports, events, day)
    assert {grant: identities(account) for grant, account in found.items() if identities(account)} == {}


@some
@given(reported(), happenings(), st.randoms())
def test_the_order_of_rows_changes_nothing(reports: list[Record], events: list[Record], order: Any):
    shuffled = events[:]
    order.shuffle(shuffled)
    assert accounts(reports, events, 400) == accounts(reports, shuffled, 400)


@some
@given(reported(), happenings(), SEK)
def test_a_claim_and_its_reversal_are_neither(reports: list[Record], events: list[Record], amount: int):
    claim = {
        "event": TEXTS["recovery_decided"],
        "event_no": "H91",
        "recipient_name": WHO,
        "case_number": FIRST,
        "event_date": on(230),
        "recorded_date": on(230),
        "amount_sek": amount,
        "decided_by": "A. Chef",
        "reason": "Skäl",
    }
    back = {**claim, "event_no": "H92", "reverses_no": "H91", "event_date": on(231), "recorded_date": on(231)}
    assert accounts(reports, [*events, claim, back], 400) == accounts(reports, events, 400)


@some
@given(reported(), happenings(), SEK)
def test_a_repayment_lowers_no_other_grants_debt_and_moves_no_accepted_use(
    reports: list[Record], events: list[Record], amount: int
):
    paid = {
        "event": TEXTS["repaid"],
        "recipient_name": WHO,
        "case_number": FIRST,
        "event_date": on(240),
        "recorded_date": on(240),
        "amount_sek": amount,
    }
    before, after = accounts(reports, events, 400), accounts(reports, [*events, paid], 400)
    assert after[SECOND] == before[SECOND]
    assert after[FIRST].accepted_use_sek == before[FIRST].accepted_use_sek
    assert (after[FIRST].outstanding_sek or 0) <= (before[FIRST].outstanding_sek or 0)


@some
@given(reported(), happenings(), st.integers(0, 400))
def test_no_letter_asks_for_more_than_is_claimed_or_notified_and_left(
    reports: list[Record], events: list[Record], day: int
):
    for followed in known(reports, events, day).grants:
        account = followed.account
        left = (account.claim_left_sek or 0) + (account.notified_sek or 0)
        assert all(amount <= left for amount in asked(followed))


def asked(followed: Followed) -> list[int]:
    """What reminders and invoices ask to be paid."""
    todos = todos_of(followed.case) if followed.case else ()
    return [each.amount_sek or 0 for each in todos if each.todo in ("confirm_cover", "send_invoice", *REMINDERS)]


@some
@given(reported(), happenings(), st.integers(0, 400))
def test_the_ledger_from_day_to_day_gives_the_account_of_that_day(
    reports: list[Record], events: list[Record], day: int
):
    """The account by the entries of a ledger that goes on is that of the round as of the day."""
    late = known(reports, events, 400)
    on_the_day = START + dt.timedelta(day)
    entries = [entry for entry in late.ledger if entry.recorded_date <= on_the_day]
    again = known(reports, events, day)
    assert sorted(map(repr, entries)) == sorted(map(repr, again.ledger))

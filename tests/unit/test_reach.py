"""How far what has not come is told of: by the exports that would tell of it, the one that ends first among them."""

import datetime as dt
from dataclasses import replace
from typing import Any

from assets.domain.grant.account import account_of
from assets.domain.grant.case import Facts, case_of
from assets.domain.grant.reach import latest_complete_day, reach_of
from assets.domain.grant.records import Reach, Told
from assets.domain.reading.forms import Export
from schemas.configuration.forms import Form
from tests.grants import decision, event, grant, report
from tests.rows import exports_of
from tests.spec.arrived import export, made
from tests.spec.language import DECISIONS, EVENTS, REPORTS

FAR = dt.date(2024, 12, 31)
REPLIES, REPAYMENTS = "hearing_answered", "repaid"


def telling(*events: str) -> Form:
    words = EVENTS.codes["event"]
    return EVENTS.model_copy(update={"codes": {"event": {name: words[name] for name in events}}})


def exported(form: Form, on: str, **card: Any) -> Export:
    [found] = exports_of([export(form, made(on, (), **card), f"{on}.csv")], form)
    return found


def told(day: str, on: str) -> Told:
    return Told(dt.date.fromisoformat(day), dt.date.fromisoformat(on))


def test_each_thing_is_told_of_as_far_as_its_own_export_reaches():
    exports = [
        exported(REPORTS, "2024-03-02"),
        exported(telling(REPAYMENTS), "2024-04-02"),
        exported(telling(REPLIES), "2024-05-02"),
    ]
    found = reach_of(exports, FAR)
    assert found.reports == told("2024-03-01", "2024-03-02")
    assert found.payments == told("2024-04-01", "2024-04-02")
    assert found.replies == told("2024-05-01", "2024-05-02")


def test_of_several_exports_that_tell_of_repayments_the_one_that_ends_first_decides():
    exports = [exported(telling(REPAYMENTS), on) for on in ("2024-04-02", "2024-03-02", "2024-05-02")]
    assert reach_of(exports, FAR).payments == told("2024-03-01", "2024-03-02")


def test_a_closed_export_is_no_end_while_another_goes_on():
    exports = [exported(telling(REPAYMENTS), "2024-03-02", closed=True), exported(telling(REPAYMENTS), "2024-04-02")]
    assert reach_of(exports, FAR).payments == told("2024-04-01", "2024-04-02")
    assert reach_of(exports[:1], FAR).payments == Told(dt.date.max, dt.date(2024, 3, 2))


def test_what_no_export_tells_of_has_no_end():
    assert reach_of([exported(DECISIONS, "2024-03-02")], FAR).payments == Told()


def test_the_day_of_a_round_is_that_of_decisions_reports_events_and_not_of_others():
    exports = [exported(DECISIONS, "2024-03-02"), exported(telling("available_funds"), "2024-09-02")]
    assert latest_complete_day(exports) == dt.date(2024, 3, 1)
    assert latest_complete_day([*exports, exported(REPORTS, "2024-04-02")]) == dt.date(2024, 4, 1)
    assert latest_complete_day([*exports, exported(telling(REPLIES), "2024-05-02")]) == dt.date(2024, 5, 1)


def test_a_case_waits_for_what_would_end_it():
    """Repayments are told through 4 May, replies through 1 March: an invoice of 3 May is overdue, a notice is not."""
    reach = Reach(payments=told("2024-05-04", "2024-05-05"), replies=told("2024-03-01", "2024-03-02"))
    due = {"due_date": dt.date(2024, 5, 3), "event_date": dt.date(2024, 2, 1)}
    states = {}
    for name in ("hearing_opened", "invoiced"):
        events = [event("recovery_decided", 5, event_date=dt.date(2024, 1, 1)), event(name, 5, **due)]
        known = replace(grant(decision(9), report(5), *events), reach=reach)
        account = account_of([], frozenset())
        found = case_of(
            Facts(known, replace(account, claimed_sek=5, claim_left_sek=5), [], "under_recovery", None, None, FAR)
        )
        assert found
        states[name] = (found.state, found.is_overdue, str(found.known_through))
    unreported = replace(grant(decision(9), event("hearing_opened", **due)), reach=reach)
    heard = case_of(Facts(unreported, account_of([], frozenset()), [], "no_report", None, None, FAR))
    assert heard
    assert (heard.matter, heard.told) == ("report_missing", reach.replies)
    assert states == {
        "hearing_opened": ("hearing_open", False, "2024-03-01"),
        "invoiced": ("overdue", True, "2024-05-04"),
    }

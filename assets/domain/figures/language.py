"""The words of the language, declared once: what can be asked of a grant, a recipient, an application or the round.

docs/figures.md is made of this. Functions are declared in `functions`.
"""

from __future__ import annotations

from dataclasses import dataclass

from assets.domain.figures.values import APPLICATION, DATE, GRANT, RECIPIENT, SEK
from schemas.words.events import RECEIVED_EVENTS
from schemas.words.vocabulary import (
    ACCOUNT_MEASURES,
    ACCOUNT_STATUSES,
    APPLICATION_OUTCOMES,
    RECIPIENT_KINDS,
    RECONCILIATION_OUTCOMES,
)

FLAG, WORD = "flag", "word"


@dataclass(frozen=True)
class Origin:
    """Where a fact comes from: a table whose rows were read from a file, the slot, and of events which they are."""

    table: str
    slot: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One fact of a row: its unit, the column that has it, and where it comes from. `words`: its values, if closed."""

    unit: str
    table: str
    column: str
    origins: tuple[Origin, ...]
    meaning: str
    words: tuple[str, ...] | None = None


def _events(*balances: str) -> tuple[str, ...]:
    return tuple(name for name, kind in RECEIVED_EVENTS.items() if set(kind.adds_to) & set(balances))


DECIDED = (
    Origin("core_decision", "granted_sek"),
    Origin("core_decision_part", "granted_sek"),
    Origin("core_event", "amount_sek", _events("granted")),
)
UNUSED = (Origin("core_usage_report", "unused_sek"),)
USED = (Origin("core_usage_report", "used_sek"), *UNUSED)
LEDGER = (*DECIDED, *USED, Origin("core_event", "amount_sek", tuple(RECEIVED_EVENTS)))

RECONCILED = {
    "granted": Fact(SEK, "core_reconciliation", "granted_sek", DECIDED, "granted, as last adjusted"),
    "used": Fact(SEK, "core_reconciliation", "used_sek", USED, "used, as reported, or granted less unused"),
    "unused": Fact(SEK, "core_reconciliation", "unused_sek", UNUSED, "not used, as reported"),
    "repaid_after_recovery": Fact(
        SEK,
        "core_reconciliation",
        "repaid_after_recovery_sek",
        (Origin("core_event", "amount_sek", ("repaid_after_recovery",)),),
        "repaid after a decision on recovery, where the source tells only that",
    ),
    "salaries": Fact(
        SEK, "core_usage_report", "salary_sek", (Origin("core_usage_report", "salary_sek"),), "of the use, salaries"
    ),
}
OF_ACCOUNT = {
    name: Fact(SEK, "core_account", f"{name}_sek", LEDGER, f"of the account: {name.replace('_', ' ')}")
    for name in ACCOUNT_MEASURES
    if name not in RECONCILED
}
USE = ("used", "unused")
"""Amounts that are not known of a grant whose report does not count."""

MONEY = RECONCILED | OF_ACCOUNT
"""Amounts of a grant; of a recipient they are those of its grants together."""

DATES = {
    "decided_date": Fact(DATE, "core_decision", "decided_date", (Origin("core_decision", "decided_date"),), "decided"),
    "due_date": Fact(
        DATE, "core_decision", "report_due_date", (Origin("core_decision", "report_due_date"),), "report due"
    ),
    "submitted_date": Fact(
        DATE, "core_usage_report", "submitted_at", (Origin("core_usage_report", "submitted_at"),), "report sent in"
    ),
}
FLAGS = {
    "reported": Fact(FLAG, "out_annex", "left_out", UNUSED, "a report tells what was not used, and counts"),
    "without_report": Fact(FLAG, "out_annex", "left_out", UNUSED, "there is no report, or it is not due yet"),
    "derived": Fact(FLAG, "core_reconciliation", "used_derived", USED, "what was used is granted less unused"),
    "late": Fact(
        FLAG, "core_usage_report", "late", (Origin("core_usage_report", "submitted_at"),), "the report came late"
    ),
}
OF_BODY = {
    "recipient": Fact(WORD, "core_recipient", "recipient_code", (), "code of the recipient"),
    "county": Fact(WORD, "core_recipient", "county_name", (), "name of its county"),
    "county_code": Fact(WORD, "core_recipient", "county_code", (), "code of its county"),
    "kind": Fact(WORD, "core_recipient", "kind", (), "kind of body", RECIPIENT_KINDS),
}
STATES = {
    "status": Fact(WORD, "core_account", "status", LEDGER, "where its money stands", ACCOUNT_STATUSES),
    "outcome": Fact(
        WORD, "core_reconciliation", "outcome", (*DECIDED, *USED), "of the reconciliation", RECONCILIATION_OUTCOMES
    ),
}
APPLIED = {
    "applied": Fact(
        SEK, "core_application", "applied_sek", (Origin("core_application", "applied_sek"),), "sum applied for"
    ),
    "received_date": Fact(
        DATE, "core_application", "received_date", (Origin("core_application", "received_date"),), "came in"
    ),
    "outcome": Fact(
        WORD,
        "core_application",
        "outcome",
        (Origin("core_application", "outcome"),),
        "what was decided of it",
        APPLICATION_OUTCOMES,
    ),
}
FACTS: dict[str, dict[str, Fact]] = {
    GRANT: MONEY | DATES | FLAGS | OF_BODY | STATES,
    RECIPIENT: MONEY | {name: FLAGS[name] for name in ("reported", "without_report")} | OF_BODY,
    APPLICATION: APPLIED | OF_BODY,
}
"""What a condition can name, by what it is about."""

FUNDS = {
    "available": ("available_funds",),
    "administration": ("administration_allowed",),
    "distributable": ("available_funds", "administration_allowed"),
    "undistributed": ("available_funds", "administration_allowed"),
}
"""The funds of a round, and the events that tell of them."""

ROUND_DATES = ("as_of_date", "cost_period_start_date", "cost_period_end_date")

"""The words for what happens to money after the decision. A line is an event as a case officer would note it.

    events("Exempelkommun 01 | 2024-03-01 | Kommunicering | senast 2024-03-22",
           "Exempelkommun 01 | 2024-04-02 | Beslut om återkrav | 184 363 kr | av A. Chef | skäl: Medel är kvar")
    cases(decisions(...), reports(...), events(...), as_of="2024-05-01")     each recipient's case, by name

All recipients are fictitious. What is granted counts as paid out.
"""

from typing import Any

import narwhals as nw

from assets import cases as assets_cases
from assets.domain import accounts, ledger
from assets.domain import cases as domain
from assets.domain.frames import Frame, nothing
from assets.domain.grounds import candidate_grounds
from assets.domain.reconciliation import reconcile_funds
from assets.frames import records_of
from assets.ports import RoundKey
from schemas.words.events import RECEIVED_EVENTS
from tests.frames import Record, rows_left_out, table
from tests.spec.language import NAME, PROGRAMME, code, day, kronor, reports

WORDS = {text: event for event, text in PROGRAMME.forms["events"].codes["event"].items()}
TOLD = frozenset(RECEIVED_EVENTS) - {"payment", "payment_withheld"}
ROUND = RoundKey("p", 2023)
PERIOD = {"cost_period_start_date": day("2022-07-07"), "cost_period_end_date": day("2022-12-31")}


def events(*lines: str) -> Frame:
    """Events of cases, as they were noted. A line: who | when | what | how much | by when ..."""
    return table("core_event", *map(_event, lines))


def _event(line: str) -> Record:
    name, happened, what, *more = (part.strip() for part in line.split("|"))
    said = dict(map(_part, more))
    return {"recipient_code": code(name), "event": WORDS[what], "event_date": day(happened), **said}


def _part(text: str) -> tuple[str, Any]:
    word, _, rest = text.partition(" ")
    match word:
        case "senast":
            return "due_date", day(rest)
        case "av":
            return "decided_by", rest
        case "skäl:":
            return "reason", rest
        case "nr":
            return "event_no", rest
        case "återför":
            return "reverses_no", rest
        case _:
            return "amount_sek", kronor(text.removesuffix(" kr"))


def late(reported: Frame, came: str) -> Frame:
    """The reports, come in after their last day."""
    return reported.with_columns(submitted_at=nw.lit(came), late=nw.lit(value=True))


def case_events(told: Frame) -> Frame:
    """The events that stand, with what came before each."""
    return domain.case_events(told.with_columns(recorded_date=nw.col("event_date")))


def cases(
    granted: Frame,
    reported: Frame | None = None,
    told: Frame | None = None,
    *,
    as_of: str,
    reported_on: str | None = None,
) -> dict[str, dict[str, Any]]:
    """Each recipient's case as it stood on a day, by its name, with what there is `todo` and the candidate `grounds`.

    reported_on: the day that every report came in; not known if it is not said.
    """
    made = tables(granted, reports() if reported is None else reported, told, as_of, reported_on)
    opened = domain.recovery_cases(*(made[name] for name in OPENED_FROM))
    todos = {row["recipient_code"]: row for row in records_of(domain.todos(opened))}
    grounds = records_of(candidate_grounds(opened, made, suggestions()))
    return {
        NAME + case["recipient_code"][2:]: case
        | {"todo": todos.get(case["recipient_code"], {}).get("todo")}
        | {"grounds": [each for each in grounds if each["recipient_code"] == case["recipient_code"]]}
        for case in records_of(opened)
    }


def suggestions() -> Frame:
    """Which evidence suggests which provision of the sample's ordinance."""
    return assets_cases.suggestions_of(PROGRAMME.ordinance, ROUND)


OPENED_FROM = (
    "core_account",
    "core_reconciliation",
    "core_decision",
    "core_ledger_entry",
    "core_case_event",
    "core_round",
)


def tables(
    granted: Frame, reported: Frame, told: Frame | None, as_of: str, reported_on: str | None
) -> dict[str, Frame]:
    """Everything that cases are made of, as it was known on the day."""
    every = events() if told is None else told
    known = every.filter(nw.col("event_date") <= nw.lit(day(as_of))).with_columns(recorded_date=nw.col("event_date"))
    rounds = table("core_round", {"as_of_date": day(as_of), **PERIOD})
    account = reconcile_funds(granted, reported, known, rounds, rows_left_out())
    entries = nw.concat([_stated(granted, reported, reported_on), _posted(known)], how="vertical")
    return {
        "core_account": accounts.accounts(entries, account, TOLD),
        "core_reconciliation": account,
        "core_decision": granted,
        "core_usage_report": reported,
        "core_ledger_entry": entries,
        "core_case_event": domain.case_events(known),
        "core_round": rounds,
    }


def _stated(granted: Frame, reported: Frame, reported_on: str | None) -> Frame:
    """What decisions and reports state, as entries."""
    said = {"recorded_date": day(reported_on), "recorded_is_assumed": reported_on is None}
    amounts = [
        {"recipient_code": row["recipient_code"], "event": event, "amount_sek": row[column], **said}
        for frame, event, column in (
            (granted, "decision", "granted_sek"),
            (reported, "reported_use", "used_sek"),
            (reported, "reported_unused", "unused_sek"),
        )
        for row in records_of(frame)
        if row[column] is not None
    ]
    return table("core_ledger_entry", *amounts).select(*ledger.ENTRY)


def _posted(known: Frame) -> Frame:
    days = {name: nothing("recorded_date") for name in ("since_date", "until_date")}
    dated = known.with_columns(recorded_is_assumed=nw.lit(value=False), **days)
    return ledger.entries_of_events(dated)


def proposes(amount: int | None, *, candidate_grounds: list[str]) -> dict[str, object]:
    """What a case puts before an official: how much it is about, and the grounds that may hold."""
    return {"amount_sek": amount, "candidate_grounds": candidate_grounds}


def proposed(case: dict[str, Any]) -> dict[str, object]:
    """What the case does put before an official."""
    return proposes(
        case["amount_at_issue_sek"], candidate_grounds=sorted({each["provision"] for each in case["grounds"]})
    )

"""Money over time, in words: a line is what became known on a day, and the ledger is made of the lines.

    book(
        "2023-11-01 Exempelkommun 01 beslut 700 000",
        "2024-01-30 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt",
        "2024-02-20 Exempelkommun 01 rättelse 500 000 använt, 200 000 oanvänt",
        "2024-07-31 Exempelkommun 01 återkrävt och återbetalt 110 191",
    )

A correction is of the last report before it. A line that ends with "(antaget datum)" has the day of its file.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw
import pyarrow as pa

from assets.domain import accounts, ledger, vintages
from assets.domain.frames import Frame
from assets.domain.reconciliation import KEY
from assets.frames import frame_of, records_of
from schemas.words.events import EVENTS
from schemas.words.vocabulary import ACCOUNT_MEASURES, CAUSES
from tests.frames import FILE, ROUND, table
from tests.spec.language import NAME, code, day, kronor

EVERYTHING = frozenset(EVENTS)
"""Sources that would tell of every event: then what is not told has not happened."""

NOTHING_ELSE = frozenset({"repaid_after_recovery"})
"""Sources as those of 2023: payments, waivers and repayments have none."""

REPORTS = {"rapport": "report", "sen rapport": "late_report", "komplettering": "supplement"}
EVENT_WORDS = {
    "ändrat beslut": "decision_adjusted",
    "utbetalt": "payment",
    "innehållet": "payment_withheld",
    "ej godtaget": "use_disallowed",
    "återkrävt": "recovery_decided",
    "efterskänkt": "recovery_waived",
    "återbetalt": "repaid",
    "återkrävt och återbetalt": "repaid_after_recovery",
    "avskrivet": "written_off",
}
LINE = re.compile(
    rf"(?P<day>\S+) (?P<who>{NAME}\d\d) (?P<what>[a-zåäö ]+?) (?P<said>\d.*?)(?P<assumed> \(antaget datum\))?"
)
DAYS = ("since_date", "until_date", "event_date")
STATED = pa.schema(
    [
        *((name, pa.string()) for name in ("programme", "source_file", "source_sheet", "known_at", "cause")),
        *((name, pa.string()) for name in ("recipient_code", "case_number", "provenance")),
        *((name, pa.int64()) for name in ("year", "source_row")),
        *((name, pa.int64()) for name in ("granted_sek", "used_sek", "salary_sek", "unused_sek")),
        *((name, pa.bool_()) for name in ("recorded_is_assumed", "is_last")),
        *((name, pa.date32()) for name in DAYS),
    ]
)
Said = dict[str, Any]


def book(*lines: str) -> Frame:
    """The ledger of the round that these lines tell of, as table core_ledger_entry."""
    return book_of([_read(number, line) for number, line in enumerate(lines, 1)])


def book_of(said: Iterable[Said]) -> Frame:
    """The same of lines that are read already, in whatever order they came in."""
    rows = list(said)
    events = _events([row for row in rows if row["what"] in EVENT_WORDS])
    decided = _with_last([row | {"cause": "decision"} for row in rows if row["what"] == "beslut"])
    frames = [
        ledger.entries_of_decisions(frame_of(decided, STATED), events),
        ledger.entries_of_reports(frame_of(_reported(rows), STATED)),
        ledger.entries_of_events(events),
    ]
    return nw.concat(frames, how="vertical")


def _read(number: int, line: str) -> Said:
    told = LINE.fullmatch(line)
    assert told, line
    amounts = _amounts(told["what"], told["said"])
    row = said(number, told["day"], told["who"], what=told["what"], amounts=amounts)
    return row | {"recorded_is_assumed": bool(told["assumed"])}


def said(number: int, on: str, who: str, *, what: str, amounts: dict[str, int]) -> Said:
    """One line in its parts; the number is the row in which it stands."""
    return {
        **ROUND,
        "source_file": FILE,
        "source_row": number,
        "recipient_code": code(who),
        "what": what,
        "known_at": f"{on} 00:00:00",
        "recorded_is_assumed": False,
        **amounts,
    }


def _amounts(what: str, text: str) -> dict[str, int]:
    if what == "beslut" or what in EVENT_WORDS:
        return {"granted_sek" if what == "beslut" else "amount_sek": kronor(text)}
    used, unused = (part.rpartition(" ")[0] for part in text.split(", "))
    return {"used_sek": kronor(used), "unused_sek": kronor(unused)}


def _order(row: Said) -> tuple[str, int]:
    """By when rows became known, then as they stand in the file."""
    return row["known_at"], row["source_row"]


def _with_last(rows: Sequence[Said]) -> list[Said]:
    last = {row["recipient_code"]: row["source_row"] for row in sorted(rows, key=_order)}
    return [row | {"is_last": last[row["recipient_code"]] == row["source_row"]} for row in rows]


def _reported(rows: Sequence[Said]) -> list[Said]:
    """Reports as they were read at first and after each correction."""
    sent = _with_last([row | {"cause": REPORTS[row["what"]]} for row in rows if row["what"] in REPORTS])
    readings = {row["source_row"]: [row] for row in sent}
    for correction in sorted((row for row in rows if row["what"] == "rättelse"), key=_order):
        of_whom = [row for row in sent if row["recipient_code"] == correction["recipient_code"]]
        if before := [row for row in of_whom if row["known_at"] < correction["known_at"]]:
            number = max(before, key=_order)["source_row"]
            *_, last = readings[number]
            on = day(correction["known_at"][:10])
            amounts = {name: correction[name] for name in ("used_sek", "unused_sek")}
            readings[number][-1] = last | {"until_date": on}
            readings[number].append(last | {"since_date": on, **amounts})
    return [row for each in readings.values() for row in each]


def _events(rows: Sequence[Said]) -> Frame:
    files = table("core_source_file", {"known_date": day("2000-01-01")})
    known = (
        row | {"event": EVENT_WORDS[row["what"]], "recorded_date": day(row["known_at"][:10]), "event_no": None}
        for row in rows
    )
    assumed = {row["source_row"] for row in rows if row["recorded_is_assumed"]}
    events = ledger.dated_events(table("core_event", *known), files)
    return events.with_columns(recorded_is_assumed=nw.col("source_row").is_in(sorted(assumed) or [0]))


# -- what is asked of a book ------------------------------------------------------------------------------------------
def known_on(entries: Frame, on: str, told: frozenset[str] = EVERYTHING) -> dict[str, int | None]:
    """Every measure of the round as it was known on a day."""
    rows = standing(until(entries, on), told)
    return {
        name: sum(known) if (known := [row[f"{name}_sek"] for row in rows if row[f"{name}_sek"] is not None]) else None
        for name in ACCOUNT_MEASURES
    }


def revised(entries: Frame, told: frozenset[str] = EVERYTHING) -> dict[str, list[tuple[str, int | None]]]:
    """The revision table: each measure with every day and what it was then."""
    rows = sorted(records_of(vintages.revisions(entries, told)), key=lambda row: row["as_of_date"])
    found: dict[str, list[tuple[str, int | None]]] = {}
    for row in rows:
        found.setdefault(row["measure"], []).append((row["as_of_date"].isoformat(), row["amount_sek"]))
    return found


def bridge(entries: Frame, since: str, until: str, told: frozenset[str] = EVERYTHING) -> list[dict[str, Any]]:
    """Every change between two days, in order."""
    before, added = vintages.split_by_day(entries, nw.lit(day(since)), nw.lit(day(until)))
    rows = records_of(vintages.bridge(before, added, told))
    return sorted(rows, key=lambda row: (row["recipient_code"], row["recorded_date"], CAUSES.index(row["cause"])))


def changes(measure: str, rows: Iterable[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """The changes of one measure: who, why, and by how much the sum of what is known changed."""
    return [
        (NAME + row["recipient_code"][2:], row["cause"], (row["after_sek"] or 0) - (row["before_sek"] or 0))
        for row in rows
        if row["measure"] == measure
    ]


def until(entries: Frame, on: str) -> Frame:
    """The entries that were known on a day."""
    return entries.filter(nw.col("recorded_date") <= day(on))


def standing(entries: Frame, told: frozenset[str] = EVERYTHING) -> list[dict[str, Any]]:
    """The balances of every recipient with a decision."""
    rows = records_of(accounts.balances(entries, KEY, told))
    return [row for row in rows if row["granted_sek"] is not None]


START = dt.date(2023, 11, 1)

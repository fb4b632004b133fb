"""Money over time, in words: a line is what became known on a day, and the ledger is made of the lines.

    book(
        "2023-11-01 Exempelkommun 01 beslut 700 000",
        "2024-01-30 Exempelkommun 01 rapport 515 637 använt, 184 363 oanvänt",
        "2024-02-20 Exempelkommun 01 rättelse 500 000 använt, 200 000 oanvänt",
        "2024-07-31 Exempelkommun 01 återkrävt och återbetalt 110 191",
    )

A correction is of the last report before it. A line that ends with "(antaget datum)" has the day of its file. Who sends
a late report ("sen rapport") had until the day before to send it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assets.domain import past
from assets.domain.grant.account import account_of
from assets.domain.grant.entries import Entry, known_by, of_grants
from assets.received import Received
from schemas.configuration.corrections import Correction
from schemas.words.vocabulary import ACCOUNT_MEASURES, CAUSES
from tests.rows import correction
from tests.spec import rounds
from tests.spec.language import BODIES, DECISIONS, EVENTS, NAME, REPORTS, SPECIFIED, kronor, name_of
from tests.spec.money_words import DECIDED_BY, LAST_DAY

EVERYTHING = frozenset(EVENTS.codes["event"])
"""Sources that would tell of every event: then what is not told has not happened."""

NOTHING_ELSE = frozenset({"repaid_after_recovery"})
"""Sources as those of 2023: payments, waivers and repayments have none."""

LATE, CORRECTED = "sen rapport", "rättelse"
STATUSES = {"rapport": "Inlämnad", LATE: "Inlämnad", "komplettering": "Komplettering"}
EVENT_WORDS = {
    "ändrat beslut": "Ändrat beslut",
    "utbetalt": "Utbetalning",
    "innehållet": "Innehållen utbetalning",
    "ej godtaget": "Ej godtagen användning",
    "återkrävt": "Beslut om återkrav",
    "efterskänkt": "Efterskänkt återkrav",
    "återbetalt": "Återbetalning",
    "återkrävt och återbetalt": "Återkrävt och återbetalt",
    "avskrivet": "Avskrivning",
}
LINE = re.compile(
    rf"(?P<day>\S+) (?P<who>{NAME}\d\d) (?P<what>[a-zåäö ]+?) (?P<said>\d.*?)(?P<assumed> \(antaget datum\))?"
)
START = dt.date(2023, 11, 1)
Said = dict[str, Any]
Book = Sequence[Entry]


def book(*lines: str) -> Book:
    """The ledger of the round that these lines tell of."""
    return book_of([_read(number, line) for number, line in enumerate(lines, 1)])


def book_of(said: Iterable[Said]) -> Book:
    """The same of lines that are read already, in whatever order they came in."""
    return rounds.known(received_of(said), SPECIFIED, LAST_DAY).ledger


def _read(number: int, line: str) -> Said:
    told = LINE.fullmatch(line)
    assert told, line
    row = said(number, told["day"], told["who"], what=told["what"], amounts=_amounts(told["what"], told["said"]))
    return row | {"is_assumed": bool(told["assumed"])}


def said(  # noqa: PLR0913 - one argument per part of a line
    number: int, on: str, who: str, *, what: str, amounts: dict[str, int], case: str | None = None
) -> Said:
    """One line in its parts; of one day, the line with the higher number came later."""
    at = f"{on} {number // 60:02}:{number % 60:02}"
    line = {"number": number, "on": on, "at": at, "who": who, "what": what, "amounts": amounts, "case": case}
    return line | {"is_assumed": False}


def _amounts(what: str, text: str) -> dict[str, int]:
    if what == "beslut" or what in EVENT_WORDS:
        return {"granted_sek" if what == "beslut" else "amount_sek": kronor(text)}
    used, unused = (part.rpartition(" ")[0] for part in text.split(", "))
    return {"used_sek": kronor(used), "unused_sek": kronor(unused)}


# -- the files that say so --------------------------------------------------------------------------------------------
def received_of(said: Iterable[Said]) -> Received:
    """The round's files and corrections."""
    lines = list(said)
    sent, events = ([row for row in lines if row["what"] in words] for words in (STATUSES, EVENT_WORDS))
    files = [
        rounds.file(DECISIONS, *(_decision(row, lines) for row in lines if row["what"] == "beslut")),
        rounds.file(REPORTS, *map(report, sent)),
        rounds.file(EVENTS, *map(_event, events), date=_file_date(events)),
    ]
    return rounds.received(files, BODIES, list(_corrections(lines, sent)))


def _texts(row: Said) -> dict[str, str | None]:
    amounts = {name: str(amount) for name, amount in row["amounts"].items()}
    return {"recipient_name": row["who"], "case_number": row["case"], **amounts}


def _decision(row: Said, lines: Sequence[Said]) -> rounds.Record:
    late = min((each["on"] for each in lines if (each["who"], each["what"]) == (row["who"], LATE)), default=None)
    due = str(dt.date.fromisoformat(late) - dt.timedelta(days=1)) if late else None
    return {**_texts(row), "decided_date": row["on"], "report_due_date": due}


def report(row: Said) -> rounds.Record:
    """A line as a row of the form."""
    return {**_texts(row), "submitted_at": row["at"], "submission_status": STATUSES[row["what"]]}


def _event(row: Said) -> rounds.Record:
    recorded = None if row["is_assumed"] else row["on"]
    of_event = {"event": EVENT_WORDS[row["what"]], "event_date": recorded, "recorded_date": recorded}
    return {**_texts(row), **of_event, **DECIDED_BY}


def _file_date(events: Iterable[Said]) -> dt.date:
    """The day of the only file whose rows may have none of their own."""
    days = {row["on"] for row in events if row["is_assumed"]}
    assert len(days) <= 1
    return dt.date.fromisoformat(days.pop()) if days else rounds.LONG_AGO


def _corrections(lines: Sequence[Said], sent: Sequence[Said]) -> Iterator[Correction]:
    """Corrections of the last report before each. Of one report only the first: a log may name a cell once."""
    touched = set()
    for line in sorted((row for row in lines if row["what"] == CORRECTED), key=lambda row: row["at"]):
        before = [row for row in sent if row["who"] == line["who"] and row["on"] < line["on"]]
        if before and (last := max(before, key=lambda row: row["at"]))["number"] not in touched:
            touched.add(last["number"])
            yield from _of_cells(last, sent.index(last) + 2, line)


def _of_cells(sent: Said, row: int, line: Said) -> Iterator[Correction]:
    headers, on = REPORTS.headers(), dt.date.fromisoformat(line["on"])
    cell = {"file": f"{REPORTS.form}.csv", "row": row}
    for name, amount in line["amounts"].items():
        old = sent["amounts"][name]
        if old != amount:
            yield correction(**cell, column=headers[name], old=str(old), new=str(amount), date=on)


# -- what is asked of a book ------------------------------------------------------------------------------------------
def known_on(entries: Book, on: str, told: frozenset[str] = EVERYTHING) -> dict[str, int | None]:
    """Every measure of the round as it was known on a day."""
    accounts = standing(until(entries, on), told)
    known = {name: [row[f"{name}_sek"] for row in accounts] for name in ACCOUNT_MEASURES}
    return {name: sum(filter(None, amounts)) if any_known(amounts) else None for name, amounts in known.items()}


def any_known(amounts: Iterable[int | None]) -> bool:
    """Whether any amount is known."""
    return any(amount is not None for amount in amounts)


def revised(entries: Book, told: frozenset[str] = EVERYTHING) -> dict[str, list[tuple[str, int | None]]]:
    """The revision table: each measure with every day and what it was then."""
    found: dict[str, list[tuple[str, int | None]]] = {}
    for row in revisions(entries, told):
        found.setdefault(row["measure"], []).append((row["as_of_date"].isoformat(), row["amount_sek"]))
    return found


def revisions(entries: Book, told: frozenset[str] = EVERYTHING) -> list[dict[str, Any]]:
    """The same as rows of out_revision, in order of days."""
    return sorted(past.revisions(entries, told), key=lambda row: row["as_of_date"])


def bridge(entries: Book, since: str, until: str, told: frozenset[str] = EVERYTHING) -> list[dict[str, Any]]:
    """Every change between two days, in order."""
    first, last = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    before, added = known_by(entries, first), [each for each in entries if first < each.recorded_date <= last]
    found = past.bridge(before, added, told)
    return sorted(found, key=lambda row: (row["recipient_code"], row["recorded_date"], CAUSES.index(row["cause"])))


def changes(measure: str, found: Iterable[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """The changes of one measure: who, why, and by how much the sum of what is known changed."""
    return [
        (name_of(row["recipient_code"]), row["cause"], (row["after_sek"] or 0) - (row["before_sek"] or 0))
        for row in found
        if row["measure"] == measure
    ]


def until(entries: Book, on: str) -> Book:
    """The entries that were known on a day."""
    return known_by(entries, dt.date.fromisoformat(on))


def standing(entries: Book, told: frozenset[str] = EVERYTHING) -> list[dict[str, Any]]:
    """The accounts of every grant with a decision."""
    accounts = (vars(account_of(mine, told)) for mine in of_grants(entries).values())
    return [account for account in accounts if account["granted_sek"] is not None]

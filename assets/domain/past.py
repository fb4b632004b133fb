"""What was known when: the ledger day by day, what it came to, and the bridge between two days or versions.

Nothing is patched backwards. A day is computed as the round is; only those of whom something became known are followed
anew, and what lies between two days is the difference of their answers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Any

from assets.domain.clusters import Cluster, clusters_of
from assets.domain.counting import Counted, count_alone, count_recipient, owner
from assets.domain.grant.account import Account, account_of, measures
from assets.domain.grant.entries import Entry, of_grants
from assets.domain.grant.ledger import CORRECTION, REPLACEMENT, Book, Posting, postings
from assets.domain.placing import Cases, numbers_of, states_a_case
from assets.domain.reading.history import History
from assets.domain.reading.rows import Row
from assets.domain.reading.spans import Span, spans_of
from assets.domain.reality import provenance_of
from schemas.words.vocabulary import ACCOUNT_MEASURES, CAUSES

Record = dict[str, Any]
Why = Callable[[dt.date], Callable[[Posting], str | None]]
Count = Callable[[Sequence[Row], Sequence[Row], dt.date], Sequence[Counted]]
UNEXPLAINED = "rule_or_code"
"""The cause of what no entry explains: the same entries are read by other rules or other code."""


# -- from day to day --------------------------------------------------------------------------------------------------
def ledger_of(history: History, as_of: dt.date, late_reports: str) -> list[Entry]:
    """Every entry of the round that was made by a day, in the order in which each recipient's were made."""
    why = cache(partial(_why, history))
    owned = spans_by_owner(history)
    stating = spans_stating(span for (kind, _), spans in owned.items() if kind == "recipient" for span in spans)
    cases = cache(partial(_cases, stating))

    def counted(rows: Sequence[Row], beside: Sequence[Row], day: dt.date) -> Sequence[Counted]:
        return count_recipient(rows, day, late_reports, cases(day), beside)

    entries: list[Entry] = []
    funds: list[Span] = []
    for (kind, _), spans in owned.items():
        if kind == "recipient":
            for cluster in clusters_of(spans):
                mine = [*cluster.spans, *_beside(cluster.spans, stating)]
                days = sorted({*days_of(mine, as_of), *(day for day in cluster.days if day <= as_of)})
                entries += _entries(cluster, days, why, counted)
        elif kind == "row":
            funds += (span for span in spans if "core_event" in span.row.form.fills)
    return entries + _entries(Cluster(funds), days_of(funds, as_of), why, _alone)


def spans_stating(spans: Iterable[Span]) -> dict[str, list[Span]]:
    """The decisions and applications that state each case number, with the days on which they may count."""
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if states_a_case(span.row):
            found[span.row.values["case_number"]].append(span)
    return found


def _cases(stating: Mapping[str, Sequence[Span]], day: dt.date) -> Cases:
    return Cases(lambda case: [span.row for span in stating.get(case, ()) if span.holds(day)])


def _beside(spans: Iterable[Span], stating: Mapping[str, Sequence[Span]]) -> Iterator[Span]:
    """The rows that say whose the case numbers of these rows are: on their days it changes."""
    for case in numbers_of([span.row for span in spans]):
        yield from stating.get(case, ())


def spans_by_owner(history: History) -> dict[tuple[str, str], list[Span]]:
    """The rows of each recipient, of each respondent, and of nobody, with the days on which they may count."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for readings in history.rows.values():
        for span in spans_of(readings):
            found[owner(span.row)].append(span)
    return found


def _entries(cluster: Cluster, days: Iterable[dt.date], why: Why, count: Count) -> list[Entry]:
    """The entries of a cluster of rows, or of the funds of a round, made on the days on which anything changed."""
    book = Book.empty()
    for day in days:
        rows, beside = ([span.row for span in spans if span.holds(day)] for spans in (cluster.spans, cluster.beside))
        book.turn(day, postings(count(rows, beside, day)), why(day))
    return book.entries


def _alone(rows: Sequence[Row], _: Sequence[Row], day: dt.date) -> list[Counted]:
    return [count_alone(row, day) for row in rows]


def days_of(spans: Iterable[Span], as_of: dt.date) -> list[dt.date]:
    """The days, up to one, on which something of these rows became known, was read anew or no longer counts."""
    return sorted({day for span in spans for day in (span.first, span.last) if day <= as_of})


def _why(history: History, day: dt.date) -> Callable[[Posting], str | None]:
    """Why a posting is read otherwise on a day than before: its cell is corrected, or its file replaced."""
    corrected = history.corrected.get(day, frozenset())
    turned = {export.path for export in history.exports if day in (export.start, export.end)}

    def why(posting: Posting) -> str | None:
        if posting.row.address in corrected:
            return CORRECTION
        return REPLACEMENT if posting.row.export.path in turned else None

    return why


# -- what it came to --------------------------------------------------------------------------------------------------
@dataclass
class _Sums:
    """What the accounts with a decision come to while the days go by."""

    amounts: dict[str, int]
    known: dict[str, int]
    unknown_granted: dict[str, int]
    accounts: dict[str, tuple[dict[str, int], str]]

    def put(self, grant_id: str, account: Account, provenance: str) -> None:
        before, _ = self.accounts.pop(grant_id, ({}, ""))
        now = measures(account) if account.granted_sek is not None else {}
        for name in ACCOUNT_MEASURES:
            self.amounts[name] += now.get(name, 0) - before.get(name, 0)
            self.known[name] += (name in now) - (name in before)
            self.unknown_granted[name] += _unknown(now, name) - _unknown(before, name)
        if account.granted_sek is not None:
            self.accounts[grant_id] = now, provenance


def _unknown(measured: Mapping[str, int], name: str) -> int:
    """What was granted by a grant of which a measure is not known."""
    return 0 if name in measured else measured.get("granted", 0)


def revisions(ledger: Sequence[Entry], told: Collection[str]) -> Iterator[Record]:
    """What the accounts came to on each day on which something was recorded, as rows of out_revision.

    An account is computed on its own days only. Like `balances_of_round` it counts grants with a decision.
    Args: told: the events that the round's sources can tell of.
    """
    nothing = dict.fromkeys(ACCOUNT_MEASURES, 0)
    sums = _Sums(nothing.copy(), nothing.copy(), nothing.copy(), {})
    made: dict[str, list[Entry]] = defaultdict(list)
    before: dict[str, int | None] = {}
    for day, entries in _by_day(ledger):
        for grant_id, mine in of_grants(entries).items():
            known = made[grant_id]
            known += mine
            sums.put(grant_id, account_of(known, told), provenance_of(entry.source.provenance for entry in known))
        now = {name: sums.amounts[name] if sums.known[name] else None for name in ACCOUNT_MEASURES}
        yield from _of_day(day, entries, sums, now, before)
        before = now


def _by_day(ledger: Iterable[Entry]) -> Iterator[tuple[dt.date, list[Entry]]]:
    ordered = sorted(ledger, key=lambda entry: entry.recorded_date)
    return ((day, list(entries)) for day, entries in groupby(ordered, key=lambda entry: entry.recorded_date))


def _of_day(
    day: dt.date,
    entries: Sequence[Entry],
    sums: _Sums,
    now: Mapping[str, int | None],
    before: Mapping[str, int | None],
) -> Iterator[Record]:
    people = {provenance for _, provenance in sums.accounts.values()}
    provenance = provenance_of(people or {entry.source.provenance for entry in entries})
    for number, name in enumerate(ACCOUNT_MEASURES, start=1):
        amount, earlier = now[name], before.get(name)
        yield {
            "measure": name,
            "as_of_date": day,
            "measure_no": number,
            "amount_sek": amount,
            "known_count": sums.known[name],
            "unknown_count": len(sums.accounts) - sums.known[name],
            "unknown_granted_sek": sums.unknown_granted[name],
            "change_sek": None if amount is None or earlier is None else amount - earlier,
            "is_assumed": any(entry.recorded_is_assumed for entry in entries),
            "provenance": provenance,
        }


# -- the bridge -------------------------------------------------------------------------------------------------------
def bridge(before: Iterable[Entry], added: Iterable[Entry], told: Collection[str]) -> list[Record]:
    """What each grant's measures became by the added entries, step by step.

    A step is what one cause recorded on one day; steps follow each other by day, and within a day in the order of
    CAUSES. Each changes a measure by what it changes when all earlier steps are made, so that the changes of a measure
    add up to the difference, whatever the measure is derived from.

    Returns: one row per grant, step and measure that it changes: grant_id, recipient_code, recorded_date, cause,
        measure, before_sek, after_sek, is_assumed, provenance. None is unknown: an amount that becomes known changes
        the sum of what is known by all of itself.
    """
    known = of_grants(before)
    changes: list[Record] = []
    for grant_id, entries in of_grants(added).items():
        made = list(known.get(grant_id, ()))
        last = known_measures(made, told)
        for (day, _), step in groupby(sorted(entries, key=_step), key=_step):
            of_step = list(step)
            made += of_step
            now = known_measures(made, told)
            changes += _changed(last, now, of_step, day)
            last = now
    return changes


def _step(entry: Entry) -> tuple[dt.date, int]:
    return entry.recorded_date, CAUSES.index(entry.cause)


def known_measures(entries: Iterable[Entry], told: Collection[str]) -> dict[str, int]:
    """The known measures of a grant; none of one without a decision, which is in no sum of the round."""
    account = account_of(entries, told)
    return measures(account) if account.granted_sek is not None else {}


def _changed(
    last: Mapping[str, int], now: Mapping[str, int], step: Sequence[Entry], day: dt.date | None
) -> Iterator[Record]:
    for name in ACCOUNT_MEASURES:
        if last.get(name) != now.get(name):
            yield {
                "grant_id": step[0].grant_id,
                "recipient_code": step[0].recipient_code,
                "recorded_date": day,
                "cause": step[0].cause,
                "measure": name,
                "before_sek": last.get(name),
                "after_sek": now.get(name),
                "is_assumed": any(entry.recorded_is_assumed for entry in step),
                "provenance": provenance_of(entry.source.provenance for entry in step),
            }


def unexplained(accounts: Iterable[Record], before: Iterable[Entry], told: Collection[str]) -> Iterator[Record]:
    """What a version published of accounts beside what its entries come to by present rules and code.

    Args: accounts: core_account of that version; before: the entries that it had, as they are read now.
    Returns: rows as `bridge`, of the cause UNEXPLAINED and without a day.
    """
    now = of_grants(before)
    for account in accounts:
        if account["granted_sek"] is None:
            continue
        mine = known_measures(now.get(account["grant_id"], ()), told)
        for name in ACCOUNT_MEASURES:
            published = account[f"{name}_sek"]
            if published != mine.get(name):
                yield {
                    **{key: account[key] for key in ("grant_id", "recipient_code", "provenance")},
                    "recorded_date": None,
                    "cause": UNEXPLAINED,
                    "measure": name,
                    "before_sek": published,
                    "after_sek": mine.get(name),
                    "is_assumed": False,
                }

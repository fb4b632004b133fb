"""Across rounds and programmes: what one round of a recipient says of another. Hints to look into, never verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from assets.domain.shares import grouped
from schemas.texts.catalogue import text
from schemas.words.vocabulary import (
    CLAIM_CARRIED_OVER,
    FIGURE_REPEATED,
    FUNDED_TWICE,
    LANGUAGES,
    MAGNITUDE_DIFFERS,
    MIXED,
)

TENFOLD = 10
"""One digit too many or too few makes an amount ten times as large or as small; grants seldom change that much."""

OF_ALL = ("programme", "year", "recipient_code", "provenance")
READ = {
    "core_round": ("programme", "year"),
    "core_usage_report": (*OF_ALL, "used_sek", "unused_sek"),
    "core_account": (*OF_ALL, "granted_sek", "used_sek", "repayable_sek", "outstanding_sek"),
}
"""What is read of the tables of all rounds: no more, since they grow with the rounds."""

REPEATABLE = ("used", "unused")
COMPARABLE = ("granted", "used")
NOT_TOLD = "–"

Record = dict[str, Any]
Key = tuple[str, int, str]
"""Programme, year and recipient."""


def across(tables: Mapping[str, Sequence[Mapping[str, Any]]], purposes: Mapping[str, str]) -> list[Record]:
    """Every hint about a recipient in a round from another round or programme (table out_across).

    Args: tables: those in READ, of all rounds, by name; purposes: of the programmes that declare one.
    """
    reports, accounts = (by_recipient(tables[name]) for name in ("core_usage_report", "core_account"))
    before = rounds_before(tables["core_round"])
    hints = [
        *(hint for measure in REPEATABLE for hint in _repeated(reports, before, measure)),
        *(hint for measure in COMPARABLE for hint in _of_another_magnitude(accounts, before, measure)),
        *_funded_twice(accounts, purposes),
        *_carried_over(accounts, before),
    ]
    return [_worded(hint) for hint in hints]


def by_recipient(rows: Iterable[Mapping[str, Any]]) -> dict[Key, Record]:
    """Amounts summed over the grants of each recipient in a round; unknown if one of them is."""
    found: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["programme"], row["year"], row["recipient_code"]].append(row)
    return {key: _added(mine) for key, mine in found.items()}


def _added(rows: Sequence[Mapping[str, Any]]) -> Record:
    if len(rows) == 1:
        return dict(rows[0])
    amounts = {name: [row[name] for row in rows] for name in rows[0] if name.endswith("_sek")}
    sums = {name: None if None in each else sum(each) for name, each in amounts.items()}
    provenances = {row["provenance"] for row in rows}
    return {**rows[0], **sums, "provenance": provenances.pop() if len(provenances) == 1 else MIXED}


def rounds_before(rounds: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], int]:
    """The year of the nearest earlier round of the same programme; the first rounds have none."""
    years: dict[str, list[int]] = defaultdict(list)
    for row in sorted(rounds, key=lambda row: row["year"]):
        years[row["programme"]].append(row["year"])
    return {(name, year): earlier for name, mine in years.items() for earlier, year in pairwise(mine)}


def _repeated(reports: Mapping[Key, Record], before: Mapping[tuple[str, int], int], measure: str) -> Iterator[Record]:
    """The same amount as in the round before, to the krona: that year's figure may have been copied."""
    for row, other in _with_round_before(reports, before):
        amount, earlier = row[f"{measure}_sek"], other[f"{measure}_sek"]
        if amount is not None and amount == earlier and amount > 0:
            yield _hint(FIGURE_REPEATED, measure, row, other, amount, earlier)


def _of_another_magnitude(
    accounts: Mapping[Key, Record], before: Mapping[tuple[str, int], int], measure: str
) -> Iterator[Record]:
    """At least ten times as much as in the round before, or at most a tenth. Nothing is compared with zero."""
    for row, other in _with_round_before(accounts, before):
        amount, earlier = row[f"{measure}_sek"] or 0, other[f"{measure}_sek"] or 0
        if amount > 0 and earlier > 0 and (amount >= earlier * TENFOLD or earlier >= amount * TENFOLD):
            yield _hint(MAGNITUDE_DIFFERS, measure, row, other, amount, earlier)


def _with_round_before(
    rows: Mapping[Key, Record], before: Mapping[tuple[str, int], int]
) -> Iterator[tuple[Record, Record]]:
    for (programme, year, code), row in rows.items():
        other = rows.get((programme, before.get((programme, year), 0), code))
        if other:
            yield row, other


def _funded_twice(accounts: Mapping[Key, Record], purposes: Mapping[str, str]) -> Iterator[Record]:
    """Money granted in the same year by two programmes of the same purpose; each of the two rounds has the hint."""
    granted: dict[tuple[str, int, str], list[Record]] = defaultdict(list)
    for row in accounts.values():
        if (row["granted_sek"] or 0) > 0 and row["programme"] in purposes:
            granted[row["recipient_code"], row["year"], purposes[row["programme"]]].append(row)
    for rows in granted.values():
        for row in rows:
            for other in rows:
                if other["programme"] != row["programme"]:
                    yield _hint(FUNDED_TWICE, "granted", row, other, row["granted_sek"], other["granted_sek"])


def _carried_over(accounts: Mapping[Key, Record], before: Mapping[tuple[str, int], int]) -> Iterator[Record]:
    """What is still owed of an earlier round, or not known to be repaid, of a recipient that was granted money again.

    What is known to be outstanding is pointed out in every later round; that no source tells of a repayment only in the
    next: it would be said of all earlier rounds in each. Where nothing is repayable, or nobody knows yet what is, it
    does not matter that no repayment is told of.
    """
    mine: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in accounts.values():
        if row["granted_sek"] is not None:
            mine[row["programme"], row["recipient_code"]].append(row)
    for rows in mine.values():
        for row in rows:
            for other in rows:
                is_next = other["year"] == before.get((row["programme"], row["year"]))
                if other["year"] < row["year"] and (_is_outstanding(other) or (is_next and _may_be_owed(other))):
                    owed = other["outstanding_sek"]
                    yield _hint(CLAIM_CARRIED_OVER, "outstanding", row, other, row["granted_sek"], owed)


def _is_outstanding(account: Mapping[str, Any]) -> bool:
    return (account["outstanding_sek"] or 0) > 0


def _may_be_owed(account: Mapping[str, Any]) -> bool:
    return account["outstanding_sek"] is None and (account["repayable_sek"] or 0) > 0


def _hint(  # noqa: PLR0913, PLR0917 - one argument per fact
    kind: str, measure: str, row: Record, other: Record, amount: int, other_amount: int | None
) -> Record:
    """A hint without its words; what two rounds say is as made up as either of them."""
    agree = row["provenance"] == other["provenance"]
    return {
        "kind": kind,
        **{name: row[name] for name in ("programme", "year", "recipient_code")},
        "measure": measure,
        "other_programme": other["programme"],
        "other_year": other["year"],
        "amount_sek": amount,
        "other_amount_sek": other_amount,
        "provenance": row["provenance"] if agree else MIXED,
    }


def said_by(hint: Mapping[str, Any]) -> str:
    """The name of the text that words a hint: with the measure where it may be of several."""
    kind = hint["kind"]
    if kind in (FIGURE_REPEATED, MAGNITUDE_DIFFERS):
        return f"hint_{kind}_{hint['measure']}"
    is_unknown = kind == CLAIM_CARRIED_OVER and hint["other_amount_sek"] is None
    return f"hint_{kind}_unknown" if is_unknown else f"hint_{kind}"


def _worded(hint: Record) -> Record:
    amounts = {name: hint[f"{name}_sek"] for name in ("amount", "other_amount")}
    shown = {name: NOT_TOLD if value is None else grouped(value) for name, value in amounts.items()}
    named = {**hint, **shown}
    return hint | {f"message_{each}": text(said_by(hint), each).format_map(named) for each in LANGUAGES}

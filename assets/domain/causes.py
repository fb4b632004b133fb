"""What findings come to: one thing for each cause, how much money each touches, and which to look at first.

A misspelt name in three files is one thing to put right, however many rows have it; the rows of a file that another
replaced are one thing to know. What more than half of a round's recipients do is a thing of the round, not of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.rules.rule import asked_by, rules
from schemas.words.vocabulary import (
    ACT,
    BY_COLUMN,
    BY_FILE,
    FINDING_KINDS,
    INFORMATION,
    MATCHED,
    REVERSED,
    SET_ASIDE_BOOKING,
    SET_ASIDE_DECISION,
    SET_ASIDE_EVENT,
    SET_ASIDE_REPORT,
    SEVERITIES,
    FindingKind,
)

Record = Mapping[str, Any]
Address = tuple[str, int]
"""A file and a row of it."""

MOST = 2
"""What hits more than one recipient in this many is told once, of the round."""


@dataclass(frozen=True)
class Stakes:
    """What the money of a round hangs on: of received rows that have an amount of their own, of grants, of recipients.

    Amounts are kronor, None where nobody knows; `of_rows`: by file and row; `grants`: the grants of each recipient.
    """

    of_rows: Mapping[Address, int | None]
    grant_of_row: Mapping[Address, str]
    granted: Mapping[str, int | None]
    grants: Mapping[str, Sequence[str]]

    def of(self, finding: Record) -> dict[object, int | None]:
        """The money that a finding touches, by what it is of: the row itself, its grant, or its recipient's grants."""
        at = address(finding)
        if at in self.of_rows:
            return {at: self.of_rows[at]}
        if at in self.grant_of_row:
            return {self.grant_of_row[at]: self.granted.get(self.grant_of_row[at])}
        return {grant: self.granted.get(grant) for grant in self.grants.get(finding["recipient_code"] or "", ())}


OF_MONEY = (SET_ASIDE_DECISION, SET_ASIDE_REPORT, SET_ASIDE_EVENT, SET_ASIDE_BOOKING)


def stakes_of(rows: Mapping[str, Sequence[Record]]) -> Stakes:
    """What the money of a round hangs on. Args: rows: of its tables READ, by name."""
    set_aside = {address(row): row["granted_sek"] for row in rows["core_set_aside"] if row["kind"] in OF_MONEY}
    waiting = {address(row): _size(row["amount_sek"]) for row in rows["core_unplaced"]}
    apart = (row for row in rows["core_book_match"] if row["result"] not in (MATCHED, REVERSED))
    booked = {address(row): _apart(row) for row in apart}
    grants: dict[str, list[str]] = defaultdict(list)
    for row in rows["core_account"]:
        grants[row["recipient_code"]].append(row["grant_id"])
    return Stakes(
        of_rows={**set_aside, **waiting, **booked},
        grant_of_row={address(row): row["grant_id"] for row in rows["core_row"] if row["grant_id"]},
        granted={row["grant_id"]: row["granted_sek"] for row in rows["core_account"]},
        grants=grants,
    )


READ = ("core_set_aside", "core_unplaced", "core_book_match", "core_account", "core_row")


def _apart(match: Record) -> int:
    """By how much ledger and books are apart; where they agree on it and not on the day, the amount."""
    amount: int = match["difference_sek"] or match["booked_sek"] or match["ledger_sek"] or 0
    return abs(amount)


def _size(amount: int | None) -> int | None:
    return None if amount is None else abs(amount)


@dataclass(frozen=True)
class Cause:
    """One thing that was found, however many findings tell of it."""

    rule: str
    findings: Sequence[Record]
    stake_sek: int | None
    """The money that it touches, each grant once: the sum of what is known; None if nothing is or it is of none."""

    unknown_count: int
    """Of how many grants or rows that it touches it is not known how much they are about."""

    @property
    def kind(self) -> FindingKind:
        """What it asks of somebody."""
        return INFORMATION if self.is_waived else asked_by(self.rule)

    @property
    def is_waived(self) -> bool:
        """Whether somebody has decided that nothing of it needs to be done for now."""
        return all(finding["waiver_reason"] for finding in self.findings)

    @property
    def recipients(self) -> list[str]:
        """Whom it is about, in order."""
        return sorted({finding["recipient_code"] for finding in self.findings if finding["recipient_code"]})


def causes_of(
    findings: Iterable[Record], names: Mapping[Address, str | None], stakes: Stakes, recipient_count: int
) -> list[Cause]:
    """Everything that was found of a round, one thing for each cause, those to act on with the most at stake first.

    Args: names: how each row names its recipient; recipient_count: how many have a decision in the round.
    """
    groups: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    every = list(findings)
    common = _common(every, recipient_count)
    for finding in every:
        groups[_thing(finding, names, common)].append(finding)
    return sorted((_cause(found, stakes) for found in groups.values()), key=_order)


def address(row: Record) -> Address:
    """The file and the row that something stands in."""
    return row["source_file"] or "", row["source_row"] or 0


def _common(findings: Iterable[Record], recipient_count: int) -> set[str]:
    """The rules that most recipients break."""
    of_rule: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding["recipient_code"]:
            of_rule[finding["rule"]].add(finding["recipient_code"])
    return {rule for rule, codes in of_rule.items() if len(codes) * MOST > recipient_count}


def _thing(finding: Record, names: Mapping[Address, str | None], common: set[str]) -> tuple[object, ...]:
    """What a finding is one with; a waiver covers what it says and nothing beside it."""
    rule, at = finding["rule"], address(finding)
    own = rule, finding["waiver_reason"] is not None
    one = rules()[rule].one if rule in rules() else None
    if one == BY_COLUMN:
        return *own, finding["source_file"], finding["source_column"]
    if one == BY_FILE:
        return *own, finding["source_file"]
    if rule in common or asked_by(rule) != ACT:
        return own
    return *own, finding["recipient_code"] or _plain(names.get(at)) or at


def _plain(name: str | None) -> str | None:
    """A name as it is compared: without regard to case and spaces."""
    return " ".join(name.casefold().split()) if name else None


def _cause(findings: Sequence[Record], stakes: Stakes) -> Cause:
    touched: dict[object, int | None] = {}
    for finding in findings:
        touched |= stakes.of(finding)
    known = [amount for amount in touched.values() if amount is not None]
    return Cause(
        rule=findings[0]["rule"],
        findings=findings,
        stake_sek=sum(known) if known else None,
        unknown_count=len(touched) - len(known),
    )


def _order(cause: Cause) -> tuple[Any, ...]:
    """What asks most of somebody first, then what stops, then by money; what nobody knows comes before nothing."""
    severity = SEVERITIES.index(cause.findings[0]["severity"])
    is_stop = severity == 0
    rank = FINDING_KINDS.index(cause.kind)
    return rank, not is_stop, -(cause.stake_sek or 0), -cause.unknown_count, severity, -len(cause.findings), cause.rule

"""Rows that count for nothing until somebody has looked at them, and how much granted money they are about.

A decision of the agency that is set aside stops the round. A report that is stops it only together with others, above
the programme's limit; until then the round is preliminary. A waiver lets either pass, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.counting import Counted
from assets.domain.grant.records import Grant, source_of
from assets.domain.waivers import Subject, covering
from schemas.configuration.programme import Waiver
from schemas.words.vocabulary import (
    QUARANTINED,
    SET_ASIDE_ANSWERS,
    SET_ASIDE_APPLICATION,
    SET_ASIDE_BOOKING,
    SET_ASIDE_DECISION,
    SET_ASIDE_EVENT,
    SET_ASIDE_REPORT,
)

Record = dict[str, Any]

DECISION_RULE, LIMIT_RULE = "decision_set_aside", "set_aside_above_limit"
WOULD_BE = {
    "core_decision": SET_ASIDE_DECISION,
    "core_usage_report": SET_ASIDE_REPORT,
    "core_application": SET_ASIDE_APPLICATION,
    "core_event": SET_ASIDE_EVENT,
    "core_booking": SET_ASIDE_BOOKING,
}
"""What a row of each table is; of one that fills several, the first."""


@dataclass(frozen=True)
class SetAside:
    """A row that is set aside: what it would have been, of which grant, and how much was granted by that.

    `granted_sek`: of a decision what it says itself, of a report what was granted by what it reports on.
    """

    counted: Counted
    kind: str
    grant_id: str | None
    granted_sek: int | None

    @property
    def is_decision(self) -> bool:
        """Whether it is a decision of the agency."""
        return self.kind == SET_ASIDE_DECISION

    @property
    def case_number(self) -> str | None:
        """The case number that the row states."""
        number: str | None = self.counted.row.values.get("case_number")
        return number

    def waiver(self, waivers: Sequence[Waiver]) -> Waiver | None:
        """The waiver that lets it pass, if there is one."""
        row = self.counted.row
        rule = DECISION_RULE if self.is_decision else LIMIT_RULE
        return covering(waivers, rule, Subject(row.export.path, row.number, self.case_number))


def set_aside(counted: Iterable[Counted], grants: Iterable[Grant]) -> list[SetAside]:
    """Every row of a round that is set aside on a day, in order of address. Args: grants: of the round on that day."""
    decided = {grant.grant_id: grant for grant in grants if grant.granted_sek is not None}
    return [_set_aside(each, decided) for each in counted if _is_set_aside(each)]


def _is_set_aside(each: Counted) -> bool:
    """In quarantine; or a report that counts, of which a box cannot be read."""
    return each.fate == QUARANTINED or (each.is_accepted and bool(each.row.unknown))


def _set_aside(each: Counted, decided: Mapping[str, Grant]) -> SetAside:
    kinds = [kind for table, kind in WOULD_BE.items() if table in each.row.tables]
    kind = SET_ASIDE_REPORT if each.is_accepted else kinds[0] if kinds else SET_ASIDE_ANSWERS
    if kind == SET_ASIDE_DECISION:
        return SetAside(each, kind, each.grant_id, each.row.values.get("granted_sek"))
    grant = _grant_of(each, decided)
    granted = _reported_on(each, grant, decided) if kind == SET_ASIDE_REPORT else None
    return SetAside(each, kind, grant.grant_id if grant else None, granted)


def _grant_of(each: Counted, decided: Mapping[str, Grant]) -> Grant | None:
    """The grant that a row is of: as it was placed, or by its case number alone, whatever is wrong with its name."""
    case = each.row.values.get("case_number")
    return decided.get(each.grant_id or "") or decided.get(str(case))


def _reported_on(each: Counted, grant: Grant | None, decided: Mapping[str, Grant]) -> int | None:
    """What was granted by what a report is about; of a recipient with several grants the largest; else as it says."""
    if grant:
        return grant.granted_sek
    recipient = each.row.recipient_code
    of_recipient = [other.granted_sek or 0 for other in decided.values() if other.recipient_code == recipient]
    return max(of_recipient) if of_recipient else _as_stated(each.row.values)


def _as_stated(values: Mapping[str, Any]) -> int | None:
    stated: int | None = values.get("granted_as_reported_sek")
    used, unused = values.get("used_sek"), values.get("unused_sek")
    return stated if stated is not None or used is None or unused is None else used + unused


# -- how much together ------------------------------------------------------------------------------------------------
def together(found: Iterable[SetAside], grants: Iterable[Grant]) -> int:
    """What reports that are set aside are about, in kronor granted: each grant once.

    A report of which nothing tells the amount is taken to be on the largest grant that nobody has reported on.
    """
    reports = [each for each in found if each.kind == SET_ASIDE_REPORT]
    known = {each.grant_id or each.counted.row.address: each.granted_sek for each in reports}
    unknown = sum(amount is None for amount in known.values())
    largest = sorted(grant.granted_sek or 0 for grant in grants if not grant.report and grant.grant_id not in known)
    return sum(amount or 0 for amount in known.values()) + sum(largest[::-1][:unknown])


def records_of(
    found: Sequence[SetAside], grants: Sequence[Grant], waivers: Sequence[Waiver], percent: int
) -> Iterator[Record]:
    """Rows of core_set_aside. Args: waivers: in force; percent: how much of what is granted may be set aside."""
    covered = [each.waiver(waivers) for each in found]
    in_sum = together([each for each, waiver in zip(found, covered, strict=True) if not waiver], grants)
    limit = sum(grant.granted_sek or 0 for grant in grants) * percent // 100
    for each, waiver in zip(found, covered, strict=True):
        counts = each.kind == SET_ASIDE_REPORT and waiver is None
        yield {
            **vars(source_of(each.counted)),
            "kind": each.kind,
            "rule": each.counted.rule or each.counted.row.broken_rule,
            "recipient_code": each.counted.row.recipient_code,
            "grant_id": each.grant_id,
            "case_number": each.case_number,
            "granted_sek": each.granted_sek,
            "together_sek": in_sum if counts else None,
            "limit_sek": limit,
            "waived_until_date": waiver.expires if waiver else None,
            "waiver_reason": waiver.reason if waiver else None,
            "waived_by": waiver.by if waiver else None,
        }


def of_round(found: Sequence[SetAside]) -> Record:
    """What the round says of itself (columns of core_round): preliminary while anything is set aside."""
    money = [each for each in found if each.kind in (SET_ASIDE_DECISION, SET_ASIDE_REPORT)]
    amounts = {(each.kind, each.grant_id or each.counted.row.address): each.granted_sek for each in money}
    known = [amount for amount in amounts.values() if amount is not None]
    return {
        "is_preliminary": bool(found),
        "set_aside_count": len(found),
        "set_aside_granted_sek": sum(known) if len(known) == len(amounts) else None,
    }

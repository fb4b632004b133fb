"""The figures of a round: the grant in one row, its funds, its applications, and the annex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assets.domain.evaluation.dimensions import CATEGORY, Category
from assets.domain.evaluation.left_out import added, why
from assets.domain.evaluation.set_aside import SetAside
from assets.domain.grant.account import Account
from assets.domain.grant.reconciliation import Reconciliation
from assets.domain.grant.records import Event, Grant, what_is_left
from assets.domain.reality import provenance_of
from assets.domain.shares import grouped, percent
from schemas.texts.catalogue import text
from schemas.words.vocabulary import ACCOUNT_MEASURES, NO_REPORT, REPORT_NOT_DUE, SET_ASIDE_APPLICATION

APPROVED = ("approved", "partly_approved", "approved_wholly_or_partly")
Record = dict[str, Any]


def grant_by_year(grants: Sequence[Reconciliation], set_aside: Sequence[SetAside] = ()) -> list[Record]:
    """The round in one row (table out_grant_by_year): granted, used, unused, and how many used all, part, nothing.

    The share of unused money has as its base the grants whose use is known; the others are left out, and counted.
    """
    if not grants:
        return []
    decided = [each for each in grants if each.granted_sek is not None]
    repaid = [each.repaid_after_recovery_sek for each in grants if each.repaid_after_recovery_sek is not None]
    return [
        _sums(decided)
        | _decisions_set_aside(set_aside)
        | {
            "repaid_after_recovery_sek": sum(repaid) if repaid else None,
            **_by_use(decided),
            "provenance": provenance_of(each.provenance for each in grants),
        }
    ]


def _decisions_set_aside(found: Iterable[SetAside]) -> Record:
    decisions = [each for each in found if each.is_decision]
    return {"set_aside_count": len(decisions), "set_aside_granted_sek": added(each.granted_sek for each in decisions)}


def grant_by_group(grants: Iterable[Reconciliation], categories: Mapping[str, Sequence[Category]]) -> list[Record]:
    """What was granted, used and left by what the recipients are (table out_grant_by_group).

    Args: categories: of each recipient, of the dimensions that are wanted.
    """
    found: dict[Category, list[Reconciliation]] = defaultdict(list)
    for each in grants:
        if each.granted_sek is not None:
            for category in categories.get(each.recipient_code, ()):
                found[category].append(each)
    return [
        dict(zip(CATEGORY, category.columns, strict=True))
        | _sums(mine)
        | {"provenance": provenance_of(each.provenance for each in mine)}
        for category, mine in found.items()
    ]


def _sums(decided: Sequence[Reconciliation]) -> Record:
    """What grants come to: use only where all of it is known, what is not used of those of which it is."""
    reported = [each for each in decided if why(each) is None]
    used = [each.used_sek for each in reported if each.used_sek is not None]
    granted, of_reported = (sum(each.granted_sek or 0 for each in mine) for mine in (decided, reported))
    unused = sum(each.unused_sek or 0 for each in reported)
    return {
        "recipient_count": len({each.recipient_code for each in decided}),
        "granted_sek": granted,
        "used_sek": sum(used) if len(used) == len(decided) else None,
        "reported_granted_sek": of_reported,
        "unused_sek": unused if reported else None,
        "unused_percent": percent(unused, of_reported),
        "left_out_count": len(decided) - len(reported),
        "left_out_granted_sek": granted - of_reported,
    }


USES = ("used_all", "used_part", "used_nothing", "without_report", "use_unknown")


def _by_use(decided: Iterable[Reconciliation]) -> Record:
    """How many recipients used all, a part, or nothing of their grants, and of how many that is not known."""
    recipients: dict[str, list[Reconciliation]] = defaultdict(list)
    for each in decided:
        recipients[each.recipient_code].append(each)
    words = [_use(mine) for mine in recipients.values()]
    return {f"{word}_count": words.count(word) for word in USES}


def _use(grants: Sequence[Reconciliation]) -> str:
    """A report that does not count, or cannot be, is not a missing one; one that is missing is told first."""
    reasons = {why(each) for each in grants}
    if reasons & {NO_REPORT, REPORT_NOT_DUE}:
        return "without_report"
    if reasons != {None}:
        return "use_unknown"
    unused, granted = (sum(getattr(each, name) or 0 for each in grants) for name in ("unused_sek", "granted_sek"))
    if unused == 0:
        return "used_all"
    return "used_nothing" if unused >= granted else "used_part"


def funds_by_year(grants: Iterable[Grant], events: Iterable[Event], set_aside: Sequence[SetAside] = ()) -> list[Record]:
    """The round's funds in one row (table out_funds_by_year): available = administration + granted + undistributed.

    A fund of which no event stands is unknown, not zero, and so is what cannot be computed without it.
    """
    decided = [grant for grant in grants if grant.decision]
    funds = [event for event in events if event.event in ("available_funds", "administration_allowed")]
    available, administration = (_fund(funds, name) for name in ("available_funds", "administration_allowed"))
    granted = sum(grant.granted_sek or 0 for grant in decided)
    sources = [*(grant.decision.source for grant in decided if grant.decision), *(event.source for event in funds)]
    if not sources:
        return []
    left = None if available is None or administration is None else available - administration
    return [
        {
            "available_sek": available,
            "administration_sek": administration,
            "distributable_sek": left,
            "granted_sek": granted,
            "undistributed_sek": None if left is None else left - granted,
            **_decisions_set_aside(set_aside),
            "provenance": provenance_of(source.provenance for source in sources),
        }
    ]


def _fund(events: Sequence[Event], name: str) -> int | None:
    standing = [left for event, left in what_is_left(events) if event.event == name]
    return sum(standing) if standing else None


def application_by_year(applications: Sequence[Record], set_aside: Sequence[SetAside] = ()) -> list[Record]:
    """Applications by outcome (table out_application_by_year). Dismissed and withdrawn ones are applications too."""
    if not applications:
        return []
    outcomes = [each["outcome"] for each in applications]
    approved = sum(outcome in APPROVED for outcome in outcomes)
    counts = {f"{name}_count": outcomes.count(name) for name in ("rejected", "dismissed", "withdrawn")}
    return [
        {
            "application_count": len(outcomes),
            "approved_count": approved,
            **counts,
            "approval_percent": percent(approved, len(outcomes)),
            "set_aside_count": sum(each.kind == SET_ASIDE_APPLICATION for each in set_aside),
            "provenance": provenance_of(each["provenance"] for each in applications),
        }
    ]


def annex(
    grants: Iterable[Reconciliation], names: Mapping[str, str], as_reported: Mapping[str, str]
) -> Iterator[Record]:
    """One line per grant (table out_annex). Args: names: of recipients, by code; as_reported: by grant.

    What is not used above the grant is shown and remarked upon, and is in no share.
    """
    for each in grants:
        if each.granted_sek is not None:
            reason = why(each)
            yield {
                "grant_id": each.grant_id,
                "recipient_code": each.recipient_code,
                "recipient_name": names[each.recipient_code],
                "name_as_reported": as_reported[each.grant_id],
                "granted_sek": each.granted_sek,
                "unused_sek": each.unused_sek,
                "unused_percent": None if reason else percent(each.unused_sek, each.granted_sek),
                "left_out": reason,
                "note": " ".join(_remarks(each, reason)) or None,
                "provenance": each.provenance,
            }


def _remarks(each: Reconciliation, reason: str | None) -> Iterator[str]:
    if reason:
        yield text(f"left_out_{reason}_one", "sv")
    if (repaid := each.repaid_after_recovery_sek or 0) > 0:
        yield text("annex_note", "sv").format(amount=grouped(repaid))


def balances_of_round(accounts: Sequence[tuple[Account, str]]) -> Iterator[Record]:
    """The accounts of a round added up (table out_balance): one row per measure. Args: accounts, and how real each."""
    decided = [(account, provenance) for account, provenance in accounts if account.granted_sek is not None]
    if not decided:
        return
    for number, measure in enumerate(ACCOUNT_MEASURES, start=1):
        known = [amount for account, _ in decided if (amount := account.measure(measure)) is not None]
        unknown = [account.granted_sek or 0 for account, _ in decided if account.measure(measure) is None]
        yield {
            "measure": measure,
            "measure_no": number,
            "amount_sek": sum(known) if known else None,
            "known_count": len(known),
            "unknown_count": len(unknown),
            "unknown_granted_sek": sum(unknown),
            "provenance": provenance_of(provenance for _, provenance in decided),
        }

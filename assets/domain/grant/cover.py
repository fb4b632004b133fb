"""How much of a grant is repayable: what was not used, what is not accepted, and what decisions on recovery cover.

What a decision says that it covers holds. Where it is silent it covers what is outstanding (unused money and use that
is not accepted), then what is not accounted for, and only last accepted use, which somebody has to confirm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assets.domain.grant.payments import Payments
from assets.domain.grant.recovery import Act, first_claim
from assets.domain.grant.use import Use
from schemas.words.recovery import (
    ABOVE_COVER,
    COVER_NOT_TOLD,
    DOUBTS,
    REACHES_USE,
    REPORT_SINCE,
    UNACCOUNTED,
    UNUSED,
    USE,
    WAIVED_ABOVE_LEFT,
)


@dataclass(frozen=True)
class Cover:
    """What of a paid grant is accepted, repayable and not accounted for, in whole kronor, and what the acts come to.

    `unasked` was repaid before anything was claimed. `waived` is what waivers took; `waived_later` the part of those
    that came by themselves.
    """

    accepted: int
    repayable: int
    unaccounted: int
    unasked: int
    waived: int
    waived_later: int
    acts: Sequence[Act]


@dataclass(frozen=True)
class _Layers:
    """A paid grant in layers, and which of them are taken: use that is not accepted, use in the grant, the rest."""

    use: Use
    paid: int
    not_accepted: int
    told_unaccounted: int

    @property
    def outstanding(self) -> int:
        """What is repayable without any claim that is silent."""
        return self.use.unused + self.not_accepted + self.told_unaccounted

    def split(self, repayable: int) -> tuple[int, int]:
        """Accepted use and what is not accounted for, where so much is repayable: a claim takes the latter first."""
        beyond = max(0, repayable - self.outstanding)
        gap = self.use.unaccounted - self.told_unaccounted
        accepted = self.use.in_grant - self.not_accepted - max(0, beyond - gap)
        return max(0, accepted), max(0, gap - beyond)


def cover_of(  # noqa: PLR0913 - one keyword per fact
    use: Use, acts: Sequence[Act], payments: Payments, *, paid: int, disallowed: int, is_receipt_told: bool
) -> Cover:
    """How much is repayable of one grant. Args: paid, disallowed: in whole kronor.

    Use that is not accepted is taken from what was used beyond the grant and from what was not paid of it first.
    """
    of_use = max(0, disallowed - use.beyond)
    never_paid = max(0, use.in_grant - paid)
    use = replace(use, in_grant=use.in_grant - min(of_use, never_paid, use.in_grant))
    of_use = max(0, of_use - never_paid)
    (told_use, told_unaccounted), above = _told(acts, use)
    layers = _Layers(
        use=use,
        paid=paid,
        not_accepted=min(use.in_grant, max(of_use, told_use)),
        told_unaccounted=min(told_unaccounted, use.unaccounted),
    )
    first = first_claim(acts)
    beside = max(0, of_use - told_use) + max(0, use.unaccounted - told_unaccounted)
    open_to_claims = use.unused + min(beside, use.in_grant + use.unaccounted)
    unasked = min(payments.before(first), open_to_claims) if first else 0

    asked, judged = 0, []
    for number, act in enumerate(acts):
        more, doubt = _asked(act, use, unasked + asked, open_to_claims)
        doubt = ABOVE_COVER if number in above else doubt
        asked += more
        silent = more and not is_receipt_told and any(cover is None for cover, _ in _covered(act))
        judged.append(_doubted(act, doubt, COVER_NOT_TOLD if silent else None, _came_since(act, use.report_day)))
    claimed = unasked + asked + told_use + told_unaccounted
    repayable = min(paid, max(layers.outstanding, claimed))
    return _waived(layers, repayable, unasked, judged, payments)


def _told(acts: Sequence[Act], use: Use) -> tuple[tuple[int, int], Collection[int]]:
    """What decisions say that they cover of use, and of what is not accounted for; and which say more than there is.

    A decision from before the report stands as it was made, until it is reconsidered.
    """
    room = {USE: use.in_grant, UNACCOUNTED: use.unaccounted}
    told = {USE: 0, UNACCOUNTED: 0}
    above = set()
    for number, act in enumerate(acts):
        is_before_report = use.report_day is None or act.day < use.report_day
        for cover, amount in _covered(act):
            if cover in (USE, UNACCOUNTED):
                left = max(0, room[cover] - told[cover])
                told[cover] += amount if is_before_report else min(amount, left)
                above |= {number} if amount > left and not is_before_report else set()
    return (told[USE], told[UNACCOUNTED]), above


def _covered(act: Act) -> Iterator[tuple[str | None, int]]:
    """Of which money an act says that it is, and how much: what it claims, and what it waives with that."""
    if not act.waives_with_a_claim:
        return
    covers = {claim.row.covers for claim in act.claims}
    of_all = next(iter(covers)) if len(covers) == 1 else None
    yield from ((claim.row.covers, claim.amount_sek) for claim in act.claims)
    yield from ((waiver.covers or of_all, waiver.amount_sek) for waiver in act.waivers)


def _asked(act: Act, use: Use, before: int, open_to_claims: int) -> tuple[int, str | None]:
    """How much an act asks for that it does not say is use or unaccounted for, and what there is to doubt about it.

    A claim on unused money alone never reaches accepted use. Args: before: what was repaid or claimed before it.
    """
    asked, doubt = 0, None
    for cover, amount in _covered(act):
        if cover == UNUSED and use.is_reported:
            room = max(0, use.unused + use.unaccounted - before - asked)
            doubt = ABOVE_COVER if amount > room else doubt
            asked += min(amount, room)
        elif cover in (None, UNUSED):
            if use.is_reported and before + asked + amount > open_to_claims:
                doubt = doubt or REACHES_USE
            asked += amount
    return asked, doubt


def _doubted(act: Act, *doubts: str | None) -> Act:
    """The act with the first of what there is to doubt about it, in the order of DOUBTS."""
    found = [doubt for doubt in (act.doubt, *doubts) if doubt]
    return replace(act, doubt=min(found, key=DOUBTS.index, default=None))


def _came_since(act: Act, report_day: dt.date | None) -> str | None:
    """A report that came after the decision: the claim stands, and is to be reconsidered."""
    return REPORT_SINCE if report_day and act.claims and act.day < report_day else None


def _waived(layers: _Layers, repayable: int, unasked: int, acts: Sequence[Act], payments: Payments) -> Cover:
    """What waivers take that came by themselves, of what is left to repay and then of what is not accounted for.

    What is left over moves nothing. Last, what was repaid unasked is repayable by that, as long as no report accounts
    for it.
    """
    waived = together = sum(act.waived_sek for act in acts if act.waives_with_a_claim)
    judged = []
    for act in acts:
        if not act.waives_with_a_claim and act.waivers:
            left = max(0, repayable - payments.by(act.day) - waived)
            _, unaccounted = layers.split(repayable)
            taken = min(act.waived_sek, left)
            further = min(act.waived_sek - taken, unaccounted)
            repayable, waived = repayable + further, waived + taken + further
            judged.append(_doubted(act, WAIVED_ABOVE_LEFT if taken + further < act.waived_sek else None))
        else:
            judged.append(act)
    _, unaccounted = layers.split(repayable)
    repayable += min(max(0, payments.received + waived - repayable), unaccounted)
    accepted, unaccounted = layers.split(repayable)
    return Cover(accepted, repayable, unaccounted, unasked, waived, waived - together, judged)

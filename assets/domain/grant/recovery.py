"""Decisions on recovery: each is one act, of which the newest word holds, and what cannot be told is named.

An act is what one day says of one grant: what is claimed, on which ground and of which money, and what is waived. An
act that replaces another stands from that one's day. Of two that do not say so the same ground replaces and another
ground stands beside; where no ground is told the lower one holds until somebody says which.

Source: SFS 2022:1416 sections 10 (grounds of repayment) and 11 (recovery and waiver).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from assets.domain.grant.moves import Move
from assets.domain.grant.payments import Payments
from assets.domain.grant.replacing import Rival, can_be_told
from schemas.words.events import CLAIMING, WAIVING
from schemas.words.recovery import ABOVE_PAID, MOVES_NOTHING, REPLACES_NOTHING, TWO_ON_ONE_DAY, TWO_WITHOUT_GROUND


@dataclass(frozen=True)
class Claim:
    """What an act claims back on one ground, or on several with one amount; whole kronor, net of what is waived.

    `since`: the day from which payments are payments of it: its own, or that of the decision that it stands for.
    """

    row: Move
    amount_sek: int
    since: dt.date
    received_sek: int = 0


@dataclass(frozen=True)
class Act:
    """One decision on recovery, with what holds of it.

    `doubt`: why something of it does not hold or cannot be told, and `rival` the row that it cannot be told from.
    """

    rows: Sequence[Move]
    claims: Sequence[Claim]
    waivers: Sequence[Move]
    doubt: str | None = None
    rival: Move | None = None

    @property
    def day(self) -> dt.date:
        """The day on which it was decided."""
        return self.rows[0].day

    @property
    def claimed_sek(self) -> int:
        """What it claims, of what holds of it."""
        return sum(claim.amount_sek for claim in self.claims)

    @property
    def waived_sek(self) -> int:
        """What it waives, of what holds of it."""
        return sum(waiver.amount_sek for waiver in self.waivers)

    @property
    def received_sek(self) -> int:
        """What came in of what it claims."""
        return sum(claim.received_sek for claim in self.claims)

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of its rows."""
        return frozenset(row.event_no for row in self.rows if row.event_no)

    @property
    def replaces(self) -> frozenset[str]:
        """The numbers of the rows that it says it replaces."""
        return frozenset(row.replaces_no for row in self.rows if row.replaces_no)

    @property
    def waives_with_a_claim(self) -> bool:
        """Whether what it waives is a part of what it claims, or of what it replaces; else it came by itself."""
        return bool(self.claims) or bool(self.replaces)

    def void(self, doubt: str | None = None) -> Act:
        """The same, of which nothing holds."""
        return replace(self, claims=(), waivers=(), doubt=doubt or self.doubt)


def acts_of(moves: Iterable[Move], paid: int, known_numbers: AbstractSet[str]) -> list[Act]:
    """The decisions on recovery of one grant in the order in which they were made, each with what holds of it.

    Args: paid: what was paid of the grant, the most that can be claimed back. known_numbers: the numbers of every
    claim and waiver that was ever entered; one that is reversed may have been replaced before.
    """
    rows = sorted((move for move in moves if move.event in (*CLAIMING, *WAIVING)), key=lambda row: row.order)
    days = groupby(rows, key=lambda row: row.day)
    told = [act for _, of_day in days for act in _of_day(list(of_day))]
    return _within(_one_after_the_other(_replaced([_held_against(act, paid, known_numbers) for act in told])), paid)


# -- one day ----------------------------------------------------------------------------------------------------------
def _of_day(rows: Sequence[Move]) -> Iterator[Act]:
    """What one day says: one act, and another where a row of the day replaces one of the same day."""
    numbers = {row.event_no for row in rows if row.event_no}
    later = [row for row in rows if row.replaces_no in numbers and row.replaces_no != row.event_no]
    first = [row for row in rows if row not in later]
    if not first or not later:
        yield _act(rows)
        return
    yield _act(first)
    yield from _of_day(later)


def _act(rows: Sequence[Move]) -> Act:
    printed = [row for row in rows if row.is_printed]
    told = [row for row in rows if row.event in CLAIMING and not row.is_printed and row.amount_sek]
    claims, unlike = _that_hold(told)
    waivers, also_unlike = _that_hold([row for row in rows if row.event in WAIVING])
    waived = sum(row.amount_sek for row in waivers)
    rivals = [*unlike, *also_unlike]
    return Act(
        rows=rows,
        claims=[Claim(row, amount, row.day) for row, amount in [*_net(claims, waived), *_net(printed, 0)]],
        waivers=waivers,
        doubt=TWO_ON_ONE_DAY if rivals else None,
        rival=rivals[0] if rivals else None,
    )


def _net(claims: Sequence[Move], waived: int) -> Iterator[tuple[Move, int]]:
    """What each row claims, without what is waived where it is told with that."""
    for row in claims:
        off = min(waived, row.amount_sek) if row.includes_waived else 0
        waived -= off
        yield row, row.amount_sek - off


def _that_hold(rows: Sequence[Move]) -> tuple[list[Move], list[Move]]:
    """Of the rows of one day those that hold: parts of one decision beside each other, of rivals one; and the rivals.

    Where numbers do not tell which of two rivals came last, the lower amount holds.
    """
    holding: list[Move] = []
    unlike: list[Move] = []
    for group in _alike(rows):
        if can_be_told([Rival(row.day, row.event_no, (row.amount_sek, row.ground, row.covers)) for row in group]):
            holding.append(group[-1])
        else:
            lowest = min(group, key=lambda row: (row.amount_sek, row.order))
            holding.append(lowest)
            unlike += [row for row in group if row is not lowest]
    return holding, unlike


def _alike(rows: Iterable[Move]) -> list[list[Move]]:
    """The rows in groups of which nothing tells that they stand beside each other."""
    groups: list[list[Move]] = []
    for row in rows:
        rivals = [group for group in groups if any(not stands_beside(row, each) for each in group)]
        others = [group for group in groups if group not in rivals]
        groups = [*others, [*(each for group in rivals for each in group), row]]
    return groups


def stands_beside(row: Move, other: Move) -> bool:
    """Whether two claims say that they are of different money: another ground, or another part of the grant."""
    if row.is_printed or other.is_printed:
        return True
    if row.ground and other.ground and row.ground != other.ground:
        return True
    return bool(row.covers and other.covers and row.covers != other.covers)


# -- from act to act --------------------------------------------------------------------------------------------------
def _held_against(act: Act, paid: int, known_numbers: AbstractSet[str]) -> Act:
    """The act, void where it replaces nothing that there is or asks for more than was ever paid."""
    if not act.replaces <= known_numbers or act.replaces & act.numbers:
        return act.void(REPLACES_NOTHING)
    above = act.claimed_sek > 0 and act.claimed_sek + act.waived_sek > paid
    return act.void(ABOVE_PAID) if above else act


def _replaced(acts: Sequence[Act]) -> list[Act]:
    """The acts, void where another says that it replaces them; what replaces stands from the first one's day."""
    replacing = [act for act in acts if act.replaces and act.doubt not in MOVES_NOTHING]
    gone = {number for act in replacing for number in act.replaces}
    return [_in_its_place(act, acts, gone) for act in acts]


def _in_its_place(act: Act, acts: Sequence[Act], gone: Collection[str]) -> Act:
    earlier = _behind(act, acts)
    if act in earlier:
        return act.void(REPLACES_NOTHING)
    if not act.numbers.isdisjoint(gone):
        return act.void()
    since = min(each.day for each in [act, *earlier])
    return replace(act, claims=[replace(claim, since=since) for claim in act.claims])


def _behind(act: Act, acts: Sequence[Act]) -> list[Act]:
    """The acts that one replaces, and those that they replaced in their turn."""
    found: list[Act] = []
    to_see = [act]
    while to_see:
        replaced = to_see.pop().replaces
        further = [each for each in acts if not each.numbers.isdisjoint(replaced) and each not in found]
        found += further
        to_see += further
    return found


def _one_after_the_other(acts: Sequence[Act]) -> list[Act]:
    """The acts with those of their claims that hold, where they do not say what they replace."""
    holding: list[tuple[int, Claim]] = []
    doubts: dict[int, Move] = {}
    for number, act in enumerate(acts):
        for claim in act.claims:
            others = [each for each in holding if each[0] != number and not stands_beside(each[1].row, claim.row)]
            rivals = [each for each in others if not _replaces_any(act, acts) or act.replaces & acts[each[0]].replaces]
            last = (number, claim)
            stays = last if all(is_same_ground(each.row, claim.row) for _, each in rivals) else _lowest([*rivals, last])
            if stays is not last or (rivals and not is_same_ground(rivals[0][1].row, claim.row)):
                doubts[number] = rivals[0][1].row
            since = min(each.since for _, each in [*rivals, last])
            holding = [each for each in holding if each not in rivals]
            holding.append((stays[0], replace(stays[1], since=since)))
    return [_left_of(number, act, holding, doubts.get(number)) for number, act in enumerate(acts)]


def _replaces_any(act: Act, acts: Sequence[Act]) -> bool:
    """Whether what it says that it replaces is there; not where that was reversed."""
    return any(not act.replaces.isdisjoint(each.numbers) for each in acts)


def _lowest(claims: Iterable[tuple[int, Claim]]) -> tuple[int, Claim]:
    return min(claims, key=lambda each: (each[1].amount_sek, each[0]))


def _within(acts: Iterable[Act], paid: int) -> list[Act]:
    """The acts, void from where they come to more together than was ever paid."""
    found: list[Act] = []
    left = paid
    for act in acts:
        asked = act.claimed_sek + act.waived_sek if act.claims else 0
        found.append(act if asked <= left else act.void(ABOVE_PAID))
        left -= asked if asked <= left else 0
    return found


def _left_of(number: int, act: Act, holding: Iterable[tuple[int, Claim]], rival: Move | None) -> Act:
    """One act with its claims that hold. Where none does, nothing is waived by it either."""
    claims = [claim for of, claim in holding if of == number]
    waivers = act.waivers if claims or not act.claims else ()
    told = replace(act, claims=claims, waivers=waivers)
    return told if rival is None else replace(told, doubt=TWO_WITHOUT_GROUND, rival=rival)


def is_same_ground(row: Move, other: Move) -> bool:
    """Whether two claims that do not stand beside each other tell the same ground."""
    return row.ground is not None and row.ground == other.ground


def first_claim(acts: Iterable[Act]) -> dt.date | None:
    """The day from which payments are payments of a claim; None where nothing is claimed."""
    return min((claim.since for act in acts for claim in act.claims), default=None)


def with_received(acts: Sequence[Act], payments: Payments) -> list[Act]:
    """The acts with what came in of each claim, the earliest first; what came before a claim is no payment of it."""
    claims = sorted((claim for act in acts for claim in act.claims), key=lambda each: (each.since, each.row.order))
    paid = dict.fromkeys(claims, 0)
    for day, amount in payments.principal:
        left = amount
        for claim in (each for each in claims if each.since <= day):
            part = min(left, claim.amount_sek - paid[claim])
            paid[claim] += part
            left -= part
    paid_back = max(0, sum(paid.values()) - payments.since(claims[0].since)) if claims else 0
    for claim in reversed(claims):
        part = min(paid_back, paid[claim])
        paid[claim] -= part
        paid_back -= part
    return [replace(act, claims=[replace(each, received_sek=paid[each]) for each in act.claims]) for act in acts]

"""What events move that take back others: never more than is left of those."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assets.domain.counting import Counted
from assets.domain.grant.replacing import numbered


def moved(accepted: Sequence[Counted]) -> Mapping[int, int]:
    """What every event moves, by the identity of its row, in whole kronor.

    A reversal moves back what it reverses of an event of its own grant, and forth what that one reversed. What reverses
    nothing that there is moves nothing and is not there.
    """
    events = [each for each in accepted if "event" in each.row.values and each.row.values["amount_sek"] is not None]
    first = {_named(each, "event_no"): each for each in reversed(events) if each.row.values.get("event_no")}
    reversing: dict[int, list[Counted]] = {}
    for each in sorted(events, key=_order):
        if (undone := first.get(_named(each, "reverses_no"))) and undone is not each:
            reversing.setdefault(id(undone), []).append(each)
    found: dict[int, int] = {}

    def move(each: Counted, sign: int, most: int) -> int:
        left: int = min(most, each.row.values["amount_sek"])
        found[id(each)] = sign * left
        for other in reversing.get(id(each), ()):
            left -= move(other, -sign, left)
        return left

    for each in events:
        if not each.row.values.get("reverses_no"):
            move(each, 1, each.row.values["amount_sek"])
    return found


def _named(each: Counted, number: str) -> object:
    values = each.row.values
    return each.grant_id, values["event"], values.get(number)


def _order(each: Counted) -> tuple[object, ...]:
    """Sorts as events happened, and then by number and amount."""
    values = each.row.values
    return values.get("event_date") or each.row.known_date, numbered(values.get("event_no")), values["amount_sek"]

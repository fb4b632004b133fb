"""Several answers in one cell: split by the known options only, since an option's own text may hold the separator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

Parts = tuple[str, ...]


def parts_of(text: str | None, separator: str) -> Parts:
    """What stands between the separators of a text, without spaces around it; nothing where nothing stands."""
    return tuple(part for each in (text or "").split(separator) if (part := each.strip()))


def read_two_ways(options: Sequence[str], separator: str) -> bool:
    """Whether some joined answer could be read in two ways.

    As codes are told apart: what two readings of one text leave over is followed until it is an option itself.
    """
    codes = {parts_of(text, separator) for text in options}
    left = {rest for one in codes for other in codes if one != other and (rest := _rest(one, other))}
    seen: set[Parts] = set()
    while left:
        if left & codes:
            return True
        seen |= left
        pairs = [pair for each in left for code in codes for pair in ((each, code), (code, each))]
        left = {rest for one, other in pairs if (rest := _rest(one, other))} - seen
    return False


def _rest(one: Parts, other: Parts) -> Parts:
    """What the first has more than the second, where it begins with it."""
    return one[len(other) :] if other and one[: len(other)] == other else ()


@cache
def split(text: str, separator: str, options: tuple[str, ...]) -> Parts:
    """The options that a joined answer consists of, and the parts of it that belong to none."""
    codes = sorted(((parts_of(option, separator), option) for option in options), key=lambda each: -len(each[0]))
    return tuple(_matched(parts_of(text, separator), codes))


def _matched(parts: Parts, codes: Sequence[tuple[Parts, str]]) -> Sequence[str]:
    """The options whose parts follow each other. No text has two readings: the form was refused otherwise."""
    ends: dict[int, list[str]] = {len(parts): []}
    for at in range(len(parts) - 1, -1, -1):
        ways = [
            [option, *ends[at + len(code)]]
            for code, option in codes
            if code and parts[at : at + len(code)] == code and at + len(code) in ends
        ]
        known = {option for _, option in codes}
        every = [*ways, [parts[at], *ends[at + 1]]]
        ends[at] = min(every, key=lambda way: sum(each not in known for each in way))
    return ends[0]

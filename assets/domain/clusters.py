"""Which rows of one recipient follow from each other: those of one case number, and those that state none together.

A recipient may have hundreds of grants. What becomes known of one is no reason to count the rows of the others anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assets.domain.placing import is_of_grant, numbers_of
from assets.domain.reading.rows import Row
from assets.domain.reading.spans import Span

Key = tuple[str, ...]
REST: Key = ()
"""Stands for the rows that no case number of their recipient's places: they rest on how many grants it has."""

NUMBERS = ("submission_id", "event_no", "reverses_no")


@dataclass(frozen=True)
class Cluster:
    """Rows about grants that are counted together.

    `beside`: the decisions of the recipient's other grants, where it matters how many there are; `days`: when it does.
    """

    spans: Sequence[Span]
    beside: Sequence[Span] = ()
    days: frozenset[dt.date] = frozenset()


def clusters_of(spans: Sequence[Span]) -> list[Cluster]:
    """The rows about grants of one recipient, in clusters that do not rest on each other."""
    mine = [span for span in spans if is_of_grant(span.row)]
    decided = _decisions(mine)
    groups, keys = _Groups(), [_keys(span, decided) for span in mine]
    for each in keys:
        groups.join(each)
    counts = list(_grants_by_day(mine))
    if any(REST in each for each in keys):
        for _, grants in counts:
            if len(grants) == 1:
                groups.join([REST, *grants])
    found: dict[Key, list[Span]] = defaultdict(list)
    for span, each in zip(mine, keys, strict=True):
        found[groups.find(each[0])].append(span)
    rest = groups.find(REST)
    return [_of_the_rest(rows, mine, counts) if key == rest else Cluster(rows) for key, rows in found.items()]


def _of_the_rest(rows: list[Span], every: Sequence[Span], counts: Iterable[tuple[dt.date, list[Key]]]) -> Cluster:
    own = set(map(id, rows))
    others = [span for span in every if _decides(span.row) and id(span) not in own]
    return Cluster(rows, others, frozenset(_changes(counts)))


def _changes(counts: Iterable[tuple[dt.date, list[Key]]]) -> Iterator[dt.date]:
    """The days on which it changes whether a recipient has no grant, one or several, or which is the only one."""
    before: object = ()
    for day, grants in counts:
        now = tuple(grants) if len(grants) < 2 else True  # noqa: PLR2004 - several
        if now != before:
            yield day
        before = now


def _decides(row: Row) -> bool:
    return "core_decision" in row.form.fills


def _decisions(spans: Iterable[Span]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if _decides(span.row) and (case := span.row.values.get("case_number")):
            found[case].append(span)
    return found


def _keys(span: Span, decided: Mapping[str, Sequence[Span]]) -> list[Key]:
    """What a row is counted with: its case numbers, while they are of decisions, and the number of its own."""
    cases = numbers_of([span.row])
    known = [("case", case) for case in sorted(cases & decided.keys())]
    is_placed = len(known) == len(cases) == 1 and (_decides(span.row) or _is_covered(span, decided[known[0][1]]))
    own = [("number", span.row.form.form, number) for name in NUMBERS if (number := span.row.values.get(name))]
    return [*known, *([] if is_placed else [REST]), *own]


def _is_covered(span: Span, decisions: Iterable[Span]) -> bool:
    """Whether a decision with its case number holds on each of its days."""
    day = span.first
    for each in sorted(decisions, key=lambda decision: decision.first):
        if each.first <= day:
            day = max(day, each.last)
    return day >= span.last


def _grants_by_day(spans: Iterable[Span]) -> Iterator[tuple[dt.date, list[Key]]]:
    """The grants of a recipient from each day on which a decision begins or ends to hold; at most two of them."""
    turns: dict[dt.date, list[tuple[Key, int]]] = defaultdict(list)
    for span in spans:
        if _decides(span.row):
            case = span.row.values.get("case_number")
            key: Key = ("case", case) if case else ("date", str(span.row.values.get("decided_date")))
            turns[span.first].append((key, 1))
            turns[span.last].append((key, -1))
    held: Counter[Key] = Counter()
    for day in sorted(turns):
        for key, change in turns[day]:
            held[key] += change
            if not held[key]:
                del held[key]
        yield day, [key for key, _ in zip(held, range(2), strict=False)]


class _Groups:
    """Keys that are one: joined as rows tie them together."""

    def __init__(self) -> None:
        self._of: dict[Key, Key] = {}

    def find(self, key: Key) -> Key:
        while (other := self._of.get(key, key)) != key:
            key = other
        return key

    def join(self, keys: Iterable[Key]) -> None:
        first, *rest = sorted({self.find(key) for key in keys})
        for key in rest:
            self._of[key] = first

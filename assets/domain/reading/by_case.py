"""Rows whose name cannot be read, and whose case number says whose they are: they are matched by it, and listed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assets.domain.reading.checks import Check, first_blocking
from assets.domain.reading.rows import Row
from assets.domain.reading.spans import Address, Readings, Span, spans_of
from schemas.words.vocabulary import MIXED

UNREADABLE = ("name_unknown", "name_taken")
"""What a name breaks that says nothing, as one that is missing; one of several, or against its code, says more."""

OF_CASES = ("core_usage_report", "core_event", "core_booking")
BY_CASE = Check("name_by_case_number", lambda _: True, "recipient_name")


def named_by_case(rows: Mapping[Address, Readings]) -> dict[Address, Readings]:
    """Every row; those without a readable name with the recipient whose case number they state, while it is one's."""
    nameless = {address: readings for address, readings in rows.items() if any(is_nameless(row) for _, row in readings)}
    decided = decisions_by_case(rows.values()) if nameless else {}
    return {**rows, **{address: list(_named(readings, decided)) for address, readings in nameless.items()}}


def decisions_by_case(rows: Iterable[Readings]) -> dict[str, list[Span]]:
    """The decisions that state each case number, with the days on which they may count."""
    found: dict[str, list[Span]] = defaultdict(list)
    for readings in rows:
        for span in spans_of(readings) if "core_decision" in readings[0][1].form.fills else ():
            if case := span.row.values.get("case_number"):
                found[case].append(span)
    return found


def is_nameless(row: Row) -> bool:
    """Whether a row is about a case and its name says nothing."""
    is_of_case = row.form.identity == "recipient" and not set(OF_CASES).isdisjoint(row.form.fills)
    return row.is_data and is_of_case and row.recipient_code is None and any(map(_is_unreadable, row.faults))


def _is_unreadable(fault: Check) -> bool:
    return fault.rule in UNREADABLE or (fault.rule, fault.slot) == ("value_missing", "recipient_name")


def _named(readings: Readings, decided: Mapping[str, Sequence[Span]]) -> Iterator[tuple[dt.date | None, Row]]:
    """The readings of a row, and those from each day on which its case number became another's, or nobody's."""
    ends = [since for since, _ in readings[1:]]
    for (since, row), until in zip(readings, [*ends, None], strict=True):
        spans = decided.get(row.values.get("case_number") or "", ()) if is_nameless(row) else ()
        start = since or dt.date.min
        last = _read(row, spans, start)
        yield since, last
        for day in sorted({day for span in spans for day in (span.first, span.last)}):
            now = _read(row, spans, day)
            if start < day < (until or dt.date.max) and now != last:
                yield day, now
                last = now


def _read(row: Row, spans: Iterable[Span], day: dt.date) -> Row:
    """The row with the only recipient that its case number is of on a day, if there is one."""
    owners = {span.row.recipient_code: span.row for span in spans if span.holds(day)}
    if len(owners) != 1 or None in owners:
        return row
    [(recipient, decision)] = owners.items()
    faults = (*(fault for fault in row.faults if not _is_unreadable(fault)), BY_CASE)
    return replace(
        row,
        recipient_code=recipient,
        respondent_id=recipient,
        faults=faults,
        broken_rule=first_blocking(faults, row.form),
        provenance=decision.provenance if row.provenance == MIXED else row.provenance,
    )

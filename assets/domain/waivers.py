"""Rules that a round sets aside for a while: which waivers hold today, and which of them covers a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from schemas.configuration.programme import Waiver


@dataclass(frozen=True)
class Subject:
    """What a finding is about, as far as a waiver may be narrowed to it."""

    file: str | None = None
    row: int | None = None
    case_number: str | None = None


def in_force(waivers: Iterable[Waiver], today: dt.date) -> list[Waiver]:
    """The round's waivers on the day of the run: to set a rule aside is done now, whatever date figures are as of."""
    return [waiver for waiver in waivers if waiver.date <= today <= waiver.expires]


def subject_of(file: str | None, row: int | None, cases: Mapping[tuple[str, int], str]) -> Subject:
    """What stands at an address. Args: cases: the case numbers that rows state, by file and row."""
    return Subject(file, row, cases.get((file or "", row or 0)))


def covering(waivers: Sequence[Waiver], rule: str, subject: Subject) -> Waiver | None:
    """The waiver that covers a finding of a rule, if any does: of several the narrowest."""
    mine = [waiver for waiver in waivers if waiver.rule == rule and _covers(waiver, subject)]
    return min(mine, key=lambda waiver: waiver.is_wide, default=None)


def _covers(waiver: Waiver, subject: Subject) -> bool:
    if waiver.case_number is not None:
        return waiver.case_number == subject.case_number
    if waiver.file is not None:
        return waiver.file == PurePosixPath(subject.file or "").name and waiver.row == subject.row
    return True

"""In which format the dates of a column are written, told by what all of them can be read by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

ISO = re.compile(
    r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
TIMES = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", " %H.%M", " %H.%M.%S")
DAYS = ("%Y/%m/%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m/%d/%y", "%d-%m-%Y", "%Y%m%d", "%d.%m.%y", "%Y.%m.%d")
FORMATS = tuple(day + time for day in DAYS for time in TIMES if not (day == "%Y%m%d" and time))
LOOKS = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*|(?:19|20)[0-9]{6}")
LONGEST = 40
MOST = 0.9


def dates_in(counts: Mapping[str, int]) -> tuple[str | None, float]:
    """The format of most values, empty for ISO, and of how many (0 to 1); None where they are no dates."""
    values = [value for value in counts if len(value) <= LONGEST]
    if sum(map(bool, map(LOOKS.fullmatch, values))) < MOST * len(counts):
        return None, 0.0
    iso = sum(map(_is_iso, values)) / len(counts)
    if iso >= MOST:
        return "", iso
    shares = {form: sum(_reads(value, form) for value in values) / len(counts) for form in _plausible(values)}
    best = max(shares, key=lambda form: shares[form], default="")
    return (best, shares[best]) if best and shares[best] >= MOST else (None, 0.0)


def _plausible(values: list[str]) -> list[str]:
    """The formats that read some of the first values."""
    return [form for form in FORMATS if any(_reads(value, form) for value in values[:20])]


def _is_iso(value: str) -> bool:
    if not ISO.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


def _reads(value: str, form: str) -> bool:
    try:
        dt.datetime.strptime(value, form)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        return False
    return True


def is_doubtful(values: Mapping[str, int], form: str) -> bool:
    """Whether day and month could as well be the other way round in every value."""
    swapped = form.replace("%m", "%x").replace("%d", "%m").replace("%x", "%d")
    return form[:2] in ("%m", "%d") and all(_reads(value, swapped) for value in values if _reads(value, form))

"""In which format the dates of a column are written, told by what all of them can be read by."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from schemas.configuration.date_formats import iso, parsed

TIMES = (
    "",
    " %H:%M:%S",
    " %H:%M",
    " %I:%M:%S %p",
    " %I:%M %p",
    " %H.%M",
    " %H.%M.%S",
    " %I:%M:%S %p GMT%z",
    " %H:%M:%S GMT%z",
)
DAYS = ("%Y/%m/%d", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%m/%d/%y", "%d-%m-%Y", "%Y%m%d", "%d.%m.%y", "%Y.%m.%d")
FORMATS = tuple(day + time for day in DAYS for time in TIMES if not (day == "%Y%m%d" and time))
LOOKS = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*|(?:19|20)[0-9]{6}")
LONGEST, TRIED = 40, 20
MOST = 0.9


def dates_in(counts: Mapping[str, int]) -> tuple[str | None, float]:
    """The format of most values, empty for ISO, and of how many (0 to 1); None where they are no dates."""
    values = [value for value in counts if len(value) <= LONGEST and LOOKS.fullmatch(value)]
    if len(values) < MOST * len(counts):
        return None, 0.0
    share = sum(iso(value) is not None for value in values) / len(counts)
    if share >= MOST:
        return "", share
    shares = {form: sum(map(bool, _read(values, form))) / len(counts) for form in _plausible(values)}
    best = max(shares, key=lambda form: shares[form], default="")
    return (best, shares[best]) if best and shares[best] >= MOST else (None, 0.0)


def _plausible(values: list[str]) -> list[str]:
    """The formats that read some of the first values."""
    return [form for form in FORMATS if any(_read(values[:TRIED], form))]


def _read(values: Collection[str], form: str) -> list[bool]:
    return [parsed(value, form) is not None for value in values]


def is_doubtful(values: Collection[str], form: str) -> bool:
    """Whether day and month could as well be the other way round in every value."""
    swapped = form.replace("%m", "%x").replace("%d", "%m").replace("%x", "%d")
    return form[:2] in ("%m", "%d") and all(_read([value for value in values if any(_read([value], form))], swapped))

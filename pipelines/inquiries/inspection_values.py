"""What the cells of one column are, taken together: amounts, dates, a rating, options, several options, or free text.

A value is told only where many cells hold it, or where it is a short number or a word for yes and no: what somebody
wrote in words of their own never leaves the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.inquiries.inspection_dates import dates_in

ID, DATE, AMOUNT, RATING, SINGLE, MULTIPLE, FREE_TEXT, EMPTY = TYPES = (
    "id",
    "date",
    "amount",
    "rating",
    "single",
    "multiple",
    "free_text",
    "empty",
)
"""What a column may be taken for."""

MOST_OPTIONS, MOST_PARTS = 25, 40
LONGEST_OPTION = 150
RATING_TO = 11
CODES, HIGHEST_CODE = 12, 20
SHORTEST_SCALE, MOSTLY = 3, 0.8
SEVERAL, FEW_CELLS = 3, 30
"""A value that so many cells hold is an option; twice is enough where there are few cells."""

AMOUNT_TEXT = re.compile(
    r"[~±]?\s*[-+−]?\s*(?:kr|sek|\$|€)?\s*[0-9][0-9 \u00a0\u202f.,']*\s*(?:kr\.?|sek|kronor|:-|€|%)?", re.IGNORECASE
)
WHOLE = re.compile(r"-?[0-9]+")
POINT, COMMA = re.compile(r"-?[0-9]+\.[0-9]+"), re.compile(r"-?[0-9]+,[0-9]{1,2}")
RATED = re.compile(r"([0-9]{1,2})(?:[ .:=–(-]+[^\W\d].*)?", re.DOTALL)
CODE = re.compile(r"-?[0-9]{1,3}")
PERSONAL = re.compile(
    r"[^@\s]+@[^@\s]+|\+?[0-9() -]{8,}|(?:19|20)?[0-9]{6}[-+]?[0-9]{4}|https?://.*|[0-9a-f:.]{7,39}", re.IGNORECASE
)
WORDS = (
    ("0", "1"), ("yes", "no"), ("ja", "nej"), ("true", "false"), ("sant", "falskt"), ("checked", "unchecked"),
    ("selected", "not selected"), ("vald", "ej vald"), ("y", "n"), ("j", "n"),
)  # fmt: skip
"""Words for chosen and not chosen, or for yes and no."""

NOT_APPLICABLE = ("n/a", "na", "ej relevant", "ej aktuellt", "vet ej", "don't know", "-")
SEPARATORS = ("\n", "; ", ";", " | ", "|", ", ", ",")
THOUSANDS = re.compile(r"[0-9],[0-9]{3}(?![0-9])")


@dataclass(frozen=True)
class Guess:
    """What a column is taken for, how it is written, its options, and how sure that is, from 0 to 1."""

    type: str
    coding: str
    confidence: float
    options: Sequence[str] = ()
    is_whole: bool = True
    """Whether the options are all that stands in the column."""
    separator: str = ""
    not_asked: str = ""
    """What stands where the question was not put."""

    date_format: str | None = None


Counts = Mapping[str, int]
"""Every value of a column that says something, and how many cells hold it."""

Known = frozenset[str]
"""Values that are options in other columns: they may be told where few cells hold them."""


@dataclass(frozen=True)
class About:
    """What is known of a column beside its cells.

    `is_open`: its header asks for words. `joins_by_space`, `writes_codes`: how its tool writes options. `known`: the
    options of the other columns.
    """

    is_open: bool = False
    joins_by_space: bool = False
    writes_codes: bool = False
    known: Known = frozenset()


def guessed(counts: Counts, about: About) -> Guess:
    """What the values are."""
    if not counts:
        return Guess(EMPTY, "", 1.0)
    if found := _dates(counts) or _pair(counts) or _rating(counts, about.known):
        return found
    if about.writes_codes and (found := _codes(counts)):
        return found
    if found := _amounts(counts):
        return found if found.is_whole else _closed(counts, about.known) or found
    if about.is_open:
        return Guess(FREE_TEXT, "words", 0.9)
    joined = _joined(counts, (*SEPARATORS, " ") if about.joins_by_space else SEPARATORS)
    return joined or _closed(counts, about.known) or Guess(FREE_TEXT, "words", 0.7)


def _codes(counts: Counts) -> Guess | None:
    """Small whole numbers, where a tool writes options so."""
    if len(counts) > CODES or not all(value.isdecimal() and int(value) <= HIGHEST_CODE for value in counts):
        return None
    return Guess(SINGLE, "codes", 0.4, sorted(counts, key=int))


def total(counts: Counts) -> int:
    """How many cells say something."""
    return sum(counts.values())


def enough(counts: Counts) -> int:
    """How many cells must hold a value for it to be an option."""
    return SEVERAL if total(counts) >= FEW_CELLS else 2


def _often(counts: Counts) -> int:
    """How often a value of a closed question stands on average at least: more often where there are few cells."""
    return 2 if total(counts) >= FEW_CELLS else 3


def _dates(counts: Counts) -> Guess | None:
    form, share = dates_in(counts)
    if form is None:
        return None
    return Guess(DATE, form or "ISO", round(0.95 * share, 2), is_whole=False, date_format=form or None)


def pair_in(values: Sequence[str]) -> str | None:
    """The words for chosen and not chosen, as they are written, where every value is one of them."""
    folded = {value.casefold() for value in values}
    for pair in WORDS:
        if folded and folded <= set(pair):
            return _as_written(pair, values)
    return None


def _as_written(pair: Sequence[str], values: Sequence[str]) -> str:
    """A pair in the case of the values: TRUE/FALSE, Yes/No."""
    one = next(iter(values))
    case = str.upper if (one.isupper() and len(one) > 1) or (one.isupper() and len(pair[0]) == 1) else str.lower
    shaped = [case(word) for word in pair]
    return "/".join(shaped if one.isupper() or one.islower() or one.isdecimal() else [w.capitalize() for w in shaped])


def _pair(counts: Counts) -> Guess | None:
    coding = pair_in(list(counts))
    if coding is None or (len(counts) == 1 and coding == "0/1"):
        return None
    return Guess(SINGLE, coding, 0.8 if len(counts) > 1 else 0.5, sorted(counts))


def _rating(counts: Counts, known: Known) -> Guess | None:
    """Whole numbers from 0 or 1 to at most 11, the end points perhaps with words; and what stands for no answer."""
    rated = {value: int(found[1]) for value in counts if (found := RATED.fullmatch(value))}
    others = [value for value in counts if value not in rated]
    if not rated or any(value.casefold() not in NOT_APPLICABLE for value in others) or len(rated) > RATING_TO + 1:
        return None
    numbers, worded = sorted(rated.values()), [value for value in rated if not value.isdecimal()]
    if len(set(numbers)) < len(numbers) or numbers[-1] > RATING_TO:
        return None
    is_scale = len(numbers) > SHORTEST_SCALE and total(counts) >= 2 * len(numbers)
    told = {value for value in rated if value.isdecimal() or counts[value] >= enough(counts) or value in known}
    options = sorted(told, key=lambda value: rated[value])
    if is_scale or (worded and len(numbers) >= SHORTEST_SCALE):
        coding = (
            "numbers, words at some"
            if worded and len(worded) < len(numbers)
            else "numbers and words"
            if worded
            else "numbers"
        )
        return Guess(RATING, coding, 0.85 if is_scale else 0.6, [*options, *others], len(told) == len(rated))
    if not worded and not others and total(counts) >= 2 * len(numbers):
        return Guess(SINGLE, "codes", 0.5, options)
    return None


def _amounts(counts: Counts) -> Guess | None:
    numbers = sum(count for value, count in counts.items() if AMOUNT_TEXT.fullmatch(value))
    share = numbers / total(counts)
    if share < MOSTLY or any(
        PERSONAL.fullmatch(value) and not WHOLE.fullmatch(value) for value in counts if not AMOUNT_TEXT.fullmatch(value)
    ):
        return None
    written = [value for value in counts if AMOUNT_TEXT.fullmatch(value)]
    if all(WHOLE.fullmatch(value) for value in written):
        coding = "whole numbers"
    elif all(WHOLE.fullmatch(value) or POINT.fullmatch(value) for value in written):
        coding = "decimal point"
    elif all(WHOLE.fullmatch(value) or COMMA.fullmatch(value) for value in written):
        coding = "decimal comma"
    else:
        coding = "numbers as text"
    return Guess(AMOUNT, coding, round(0.9 * share, 2), is_whole=share == 1)


def _closed(counts: Counts, known: Known) -> Guess | None:
    """One of few options, each in several cells; a value that stands alone is somebody's own and is not told."""
    shared = {value: count for value, count in counts.items() if count >= enough(counts) or value in known}
    is_few = len(counts) <= MOST_OPTIONS or (len(shared) <= MOST_OPTIONS and total(shared) >= 0.97 * total(counts))
    if (
        not shared
        or not is_few
        or total(shared) < MOSTLY * total(counts)
        or total(counts) < _often(counts) * len(counts)
    ):
        return None
    if any(len(value) > LONGEST_OPTION or PERSONAL.fullmatch(value) for value in counts):
        return None
    options = sorted(shared, key=lambda value: (-shared[value], value))
    codes = all(CODE.fullmatch(value) for value in options)
    is_sure = total(counts) >= FEW_CELLS and len(shared) == len(counts)
    return Guess(
        SINGLE, "codes" if codes else "labels", 0.9 if is_sure else 0.6, options, is_whole=len(shared) == len(counts)
    )


# -- several options in one cell ------------------------------------------------------------------------------------
def _joined(counts: Counts, separators: Sequence[str]) -> Guess | None:
    return next((found for mark in separators if (found := _joined_by(counts, mark))), None)


def _joined_by(counts: Counts, mark: str) -> Guess | None:
    """Options from a small stock, joined by a mark in some of the cells."""
    if not any(mark in value for value in counts) or (mark == "," and any(map(THOUSANDS.search, counts))):
        return None
    answers = Counter[tuple[str, ...]]()
    for value, count in counts.items():
        answers[tuple(part.strip() for part in value.split(mark) if part.strip())] += count
    if mark in (", ", ",", " "):
        answers = _mended(answers, mark)
    parts = Counter[str]()
    for answer, count in answers.items():
        parts.update(dict.fromkeys(answer, count))
    several = sum(count for answer, count in answers.items() if len(answer) > 1)
    ends = sum(count for value, count in counts.items() if value.endswith(mark.strip() or mark))
    if not several or (several < max(2, 0.04 * total(counts)) and ends < total(counts)):
        return None
    return _of_parts(parts, total(counts), mark, ends=ends == total(counts))


def _of_parts(parts: Counter[str], cells: int, mark: str, *, ends: bool) -> Guess | None:
    least = SEVERAL if cells >= FEW_CELLS else 2
    shared = {part: count for part, count in parts.items() if count >= least}
    told = sum(shared.values())
    if (
        len(shared) == 1
        or not shared
        or len(shared) > MOST_PARTS
        or told < 0.9 * parts.total()
        or parts.total() < 3 * len(shared)
    ):
        return None
    if any(len(part) > LONGEST_OPTION or PERSONAL.fullmatch(part) for part in shared):
        return None
    options = sorted(shared, key=lambda part: (-shared[part], part))
    named = "line break" if mark == "\n" else f'"{mark}"'
    coding = f"joined by {named}{' and at the end' if ends else ''}"
    return Guess(MULTIPLE, coding, 0.9 if cells >= FEW_CELLS else 0.7, options, len(shared) == len(parts), mark)


def _mended(answers: Counter[tuple[str, ...]], mark: str) -> Counter[tuple[str, ...]]:
    """The answers with an option put together again that holds the mark itself: its rest begins in a small letter."""
    alone, followed = Counter[str](), Counter[tuple[str, str]]()
    for answer, count in answers.items():
        for part in answer:
            alone[part] += count
        for pair in pairwise(answer):
            followed[pair] += count
    rests = {pair for pair, count in followed.items() if pair[1][:1].islower() and alone[pair[1]] == count}
    if not rests or mark == " ":
        return answers
    mended = Counter[tuple[str, ...]]()
    for answer, count in answers.items():
        whole: list[str] = []
        for part in answer:
            if whole and (whole[-1].rpartition(mark)[2], part) in rests:
                whole[-1] += mark + part
            else:
                whole.append(part)
        mended[tuple(whole)] += count
    return mended


def without_values(guess: Guess) -> Guess:
    """The same guess, telling no options."""
    return replace(guess, options=(), is_whole=False)

"""What respondents answered in two versions of a round: each question of each on its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.changed.causes import Address, Between, Cause, settled

Record = Mapping[str, Any]
Key = tuple[str, str, str]
"""Form, respondent and question."""


@dataclass(frozen=True)
class Said:
    """What was answered to a question: the options that were chosen, an amount, or why there is neither."""

    statuses: tuple[str, ...]
    chosen: tuple[str, ...]
    amounts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class AnswerChange:
    """One respondent's answer to a question that is not as it was. None: was not there, or is not.

    `question`: None where the whole respondent came or went. `causes`: one where it is shown.
    """

    respondent: str
    recipient_code: str | None
    question: str | None
    before: Said | None
    after: Said | None
    causes: tuple[Cause, ...]


def answer_changes(then: Iterable[Record], now: Iterable[Record], between: Between) -> list[AnswerChange]:
    """Every answer that differs, in order of respondent and question."""
    old, new = _by_question(then), _by_question(now)
    differing = [key for key in sorted(old.keys() | new.keys()) if _said(old.get(key)) != _said(new.get(key))]
    groups = _whole(differing, old, new)
    causes = settled([between.of(_places(old, keys), _places(new, keys)) for keys in groups], between)
    return [_change(keys, old, new, why) for keys, why in zip(groups, causes, strict=True)]


def _by_question(rows: Iterable[Record]) -> dict[Key, list[Record]]:
    found: dict[Key, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["form"], row["respondent_id"], row["question"]].append(row)
    return found


def _said(rows: Sequence[Record] | None) -> Said | None:
    if rows is None:
        return None
    return Said(
        tuple(sorted({row["status"] for row in rows})),
        tuple(sorted(row["option"] for row in rows if row["selected"])),
        tuple(sorted((row["option"], row["amount_sek"]) for row in rows if row["amount_sek"] is not None)),
    )


def _whole(differing: Iterable[Key], old: Mapping[Key, Any], new: Mapping[Key, Any]) -> list[list[Key]]:
    """The questions that differ, one by one; all of a respondent's together where the respondent came or went."""
    respondents = [{key[:2] for key in each} for each in (old, new)]
    came_or_went = respondents[0] ^ respondents[1]
    groups: dict[tuple[str, ...], list[Key]] = {}
    for key in differing:
        groups.setdefault(key[:2] if key[:2] in came_or_went else key, []).append(key)
    return list(groups.values())


def _places(rows: Mapping[Key, Sequence[Record]], keys: Iterable[Key]) -> list[Address]:
    found = (row for key in keys for row in rows.get(key, ()))
    return [(row["source_file"], row.get("source_sheet"), row["source_row"], row["source_column"]) for row in found]


def _change(
    keys: Sequence[Key],
    old: Mapping[Key, Sequence[Record]],
    new: Mapping[Key, Sequence[Record]],
    why: tuple[Cause, ...],
) -> AnswerChange:
    [first] = keys[:1]
    rows = new.get(first) or old[first]
    is_whole = (first in old) != (first in new) and not any(key in old and key in new for key in keys)
    question = None if is_whole and len(keys) > 1 else first[2]
    return AnswerChange(
        first[1], rows[0]["recipient_code"], question, _said(old.get(first)), _said(new.get(first)), why
    )

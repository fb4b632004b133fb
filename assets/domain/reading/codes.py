"""Numbers that somebody else gave: of cases, vouchers, submissions, events. A cell that is none is not read as one.

What is written there reaches everybody, so it must look like a code and not like a person.
"""

from __future__ import annotations

import re

from assets.domain.reading.personal import found_in
from schemas.tables import FILLED_BY_FORMS, TABLES, project
from schemas.tables.base import CODES

UNREADABLE, PERHAPS_PERSONAL = "code_unreadable", "code_perhaps_personal"

LONGEST = 64
LETTERS = "A-Za-zÅÄÖåäö"
LONGEST_WORD = 8
"""Letters that stand together in a code: EX, Dnr, uuid."""

SHAPE = re.compile(
    rf"(?!.*[{LETTERS}]{{{LONGEST_WORD + 1}}})(?:[{LETTERS}]+[ .:/_-]?)?(?=[^ ]*[0-9])[^ ]+(?: [^ ]*[0-9][^ ]*)*"
)
"""Words of digits and letters, of which only the first may have no digit."""

WRITTEN = re.compile(f"[{CODES}]{{1,{LONGEST}}}")

CODED = frozenset(
    name
    for table in FILLED_BY_FORMS
    for name, fact in project.facts(TABLES[table]).items()
    if fact["characters"] == CODES and name != "grant_id"
)
"""The fields of forms that are such numbers."""

WORD_ALONE = re.compile(f"[{LETTERS}]{{1,{LONGEST_WORD}}}")
CALLED_BY_A_WORD = ("account_no",)
"""What may also be a word alone: the programme declares its accounts."""


def fault_of(field: str, text: str, *, is_released: bool) -> str | None:
    """Why a text is no code; None if it is one.

    Ten digits may be a person's number. Somebody releases them by name: a correction of the cell says who and why.
    """
    told = found_in(text)
    if told == "bare_digits":
        return None if is_released else PERHAPS_PERSONAL
    is_called = field in CALLED_BY_A_WORD and WORD_ALONE.fullmatch(text)
    return None if told is None and (is_code(text) or is_called) else UNREADABLE


def is_code(text: str) -> bool:
    """Whether a text has the shape of a code, whatever it tells."""
    return bool(WRITTEN.fullmatch(text) and SHAPE.fullmatch(text))

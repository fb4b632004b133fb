"""Who could have answered a question and is not in its base: how many, and what they were granted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.evaluation.indicators import RESPONDENT, Answers, members, wanted_numbers, wanted_shares
from assets.domain.evaluation.left_out import TOGETHER, LeftOut, added
from schemas.words.vocabulary import (
    ANSWER_SET_ASIDE,
    ANSWERED,
    BLANK_ANSWER,
    CATEGORY_NOT_TOLD,
    EVERYONE,
    FILTER_BLANK,
    LEFT_BLANK,
    NO_ANSWER,
    NOT_ASKED,
    NOT_TOLD_WHICH,
)

Record = dict[str, Any]
Key = tuple[str, str, str, str]
"""Question, option, what it is broken down by, and category."""

NOTHING: Mapping[str, int] = MappingProxyType({})

Person = tuple[str, str]
"""Form and respondent."""


class Missing:
    """Who is missing in the answers of a round, question by question."""

    def __init__(
        self, answers: Answers, reasons: Mapping[str, str], provenance: str, set_aside: Mapping[str, int] = NOTHING
    ) -> None:
        """Look for them.

        Args: reasons: why recipients have no report that counts, by code; provenance: that of the round; set_aside:
        how many rows of each form are.
        """
        self._answers = answers
        self._reasons = reasons
        self._set_aside = set_aside
        self._provenance = provenance
        self._unfiltered: dict[str, frozenset[Person]] = {}
        self.left: dict[Key, list[LeftOut]] = defaultdict(list)
        broken_down = {(question, across) for question, across, _ in self._wanted()}
        for question in pc.unique(answers.table["question"]).to_pylist():
            for across in sorted({EVERYONE, *(by for name, by in broken_down if name == question)}):
                self._look(question, across)

    def _wanted(self) -> Iterator[tuple[str, str, str]]:
        yield from wanted_shares(self._answers.programme)
        yield from wanted_numbers(self._answers.programme)

    def of(self, question: str, option: str, across: str = EVERYONE, category: str = EVERYONE) -> Record:
        """How many are missing in the base of a figure, and what they were granted."""
        found = self.left.get((question, option, across, category), [])
        return {"missing_count": len(found), "missing_granted_sek": added(each.granted_sek for each in found)}

    def all(self) -> list[LeftOut]:
        """All that are missing, figure by figure."""
        return [each for found in self.left.values() for each in found]

    def _look(self, question: str, across: str) -> None:
        rows = self._answers.to(question)
        options = [*pc.unique(rows["option"]).to_pylist(), TOGETHER]
        belongs = members(self._answers, across) if across != EVERYONE else {}
        for reason, granted, code in self._absent(rows):
            for category in self._categories_of(code, across):
                self._add(question, options, across, category, reason, granted)
        for person, code, blank in self._blank(rows):
            for category in [each.category for each in belongs.get(person, ())] or [_nowhere(across)]:
                self._add(question, [*blank, TOGETHER], across, category, BLANK_ANSWER, self._granted(code))
        for person, code in self._perhaps_asked(rows).items():
            for category in [each.category for each in belongs.get(person, ())] or [_nowhere(across)]:
                self._add(question, options, across, category, FILTER_BLANK, self._granted(code))
        if across != EVERYONE:
            for code in self._unplaced(rows, belongs):
                self._add(question, options, across, NOT_TOLD_WHICH, CATEGORY_NOT_TOLD, self._granted(code))

    def _granted(self, code: str | None) -> int | None:
        return self._answers.granted.get(code) if code else None

    def _add(  # noqa: PLR0913, PLR0917 - one argument per fact
        self, question: str, options: Sequence[str], across: str, category: str, reason: str, granted: int | None
    ) -> None:
        for option in options:
            left = LeftOut(question, reason, granted, self._provenance, option, across, category)
            self.left[question, option, across, category].append(left)

    def _absent(self, rows: pa.Table) -> Iterator[tuple[str, int | None, str | None]]:
        """Those that answered nothing: why, what they were granted, and who, where respondents are recipients."""
        codes = set(pc.unique(rows["recipient_code"]).to_pylist())
        if None in codes:
            respondents = rows.group_by(list(RESPONDENT)).aggregate([]).num_rows
            set_aside = sum(self._set_aside.get(form, 0) for form in pc.unique(rows["form"]).to_pylist())
            for number in range(self._answers.decision_count - respondents):
                yield (ANSWER_SET_ASIDE if number < set_aside else NO_ANSWER), None, None
            return
        for code, granted in self._answers.granted.items():
            if code not in codes:
                yield self._reasons.get(code, NO_ANSWER), granted, code

    def _perhaps_asked(self, rows: pa.Table) -> dict[Person, str | None]:
        """Those of whom it is not known whether a question was put to them: what decides that they left blank.

        Not where the version of their form does not have the question.
        """
        not_asked = rows.filter(pc.and_(pc.equal(rows["status"], NOT_ASKED), pc.is_valid(rows["source_column"])))
        people = not_asked.select(["question", *RESPONDENT, "recipient_code"]).to_pylist()
        return {
            (row["form"], row["respondent_id"]): row["recipient_code"]
            for row in people
            if (row["form"], row["respondent_id"]) in self._undecided(row["form"], row["question"])
        }

    def _undecided(self, form: str, question: str) -> frozenset[Person]:
        """Those that left the question blank which decides whether another one is put, or were perhaps not asked it."""
        asked = self._answers.programme.forms[form].questions[question]
        condition = self._answers.programme.bases[asked.base].asked_if
        if condition is None:
            return frozenset()
        if (earlier := condition.question) not in self._unfiltered:
            rows = self._answers.to(earlier)
            blank = {person for person, _, _ in self._blank(rows)}
            self._unfiltered[earlier] = frozenset({*blank, *self._perhaps_asked(rows)})
        return self._unfiltered[earlier]

    def _categories_of(self, code: str | None, across: str) -> list[str]:
        if across == EVERYONE:
            return [EVERYONE]
        mine = self._answers.recipients.get(code, ()) if code else ()
        return [each.category for each in mine if each.across == across] or [NOT_TOLD_WHICH]

    @staticmethod
    def _blank(rows: pa.Table) -> Iterator[tuple[Person, str | None, list[str]]]:
        """Those that left any of the question blank, and what of it."""
        found: dict[Person, list[str]] = defaultdict(list)
        codes: dict[Person, str | None] = {}
        blank = rows.filter(pc.equal(rows["status"], LEFT_BLANK)).select([*RESPONDENT, "recipient_code", "option"])
        for row in blank.to_pylist():
            person = row["form"], row["respondent_id"]
            found[person].append(row["option"])
            codes[person] = row["recipient_code"]
        return ((person, codes[person], options) for person, options in found.items())

    @staticmethod
    def _unplaced(rows: pa.Table, belongs: Mapping[Person, Any]) -> Iterator[str | None]:
        """Those that answered, and of whom it is not told which category they belong to."""
        answered = rows.filter(pc.equal(rows["status"], ANSWERED))
        people = answered.group_by([*RESPONDENT, "recipient_code"], use_threads=False).aggregate([]).to_pylist()
        return (row["recipient_code"] for row in people if not belongs.get((row["form"], row["respondent_id"])))


def _nowhere(across: str) -> str:
    return EVERYONE if across == EVERYONE else NOT_TOLD_WHICH

"""The survey held against the amounts: who answered against who was granted money, what was said against what was used.

Where respondents are not named nobody can hold one answer against one amount; but how many there are of each is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.evaluation.indicators import RESPONDENT, Answers
from schemas.configuration.indicators import UseQuestion
from schemas.words.vocabulary import ANSWERED, MIXED, RESPONDENTS

Record = dict[str, Any]
USES = ("used_all", "used_part", "used_nothing")
NOT_KNOWN = ("without_report_count", "use_unknown_count")


def answer_check(answers: Answers, year: Mapping[str, Any] | None) -> Iterator[Record]:
    """What the answers of each form say, beside what the amounts say (rows of out_answer_check).

    Args: year: the round's row of out_grant_by_year; None where nothing was granted, and then there is nothing to say.
    """
    asked = answers.programme.indicators.use_question
    for form in sorted(pc.unique(answers.table["form"]).to_pylist()) if year else ():
        rows = answers.table.filter(pc.equal(answers.table["form"], form))
        if year and answers.programme.forms[form].identity == "respondent":
            yield _row(form, RESPONDENTS, len(_people(rows)), 0, year["recipient_count"], 0, rows)
        if year and asked and asked.question in answers.programme.forms[form].questions:
            yield from _uses(form, rows, asked, year)


def _uses(form: str, rows: pa.Table, asked: UseQuestion, year: Mapping[str, Any]) -> Iterator[Record]:
    """How many said that they used all, a part or nothing; and how many did by what they were granted and had left."""
    mine = rows.filter(pc.equal(rows["question"], asked.question))
    answered = _people(mine.filter(pc.equal(mine["status"], ANSWERED)))
    silent = max(0, year["recipient_count"] - len(answered))
    unknown = sum(year[name] for name in NOT_KNOWN)
    for use in USES:
        options: Sequence[str] = getattr(asked, use)
        chosen = pc.and_(
            pc.is_in(mine["option"], pa.array(options, pa.string())), pc.fill_null(mine["selected"], fill_value=False)
        )
        yield _row(form, use, len(_people(mine.filter(chosen))), silent, year[f"{use}_count"], unknown, rows)


def _people(rows: pa.Table) -> set[tuple[Any, ...]]:
    return set(zip(*(rows[name].to_pylist() for name in RESPONDENT), strict=True))


def _row(  # noqa: PLR0913, PLR0917 - one argument per fact
    form: str, measure: str, said: int, silent: int, by_amounts: int, unknown: int, rows: pa.Table
) -> Record:
    reality = pc.unique(rows["provenance"]).to_pylist()
    return {
        "form": form,
        "measure": measure,
        "said_count": said,
        "said_at_most_count": said + silent,
        "amounts_count": by_amounts,
        "amounts_at_most_count": by_amounts + unknown,
        "provenance": reality[0] if len(reality) == 1 else MIXED,
    }

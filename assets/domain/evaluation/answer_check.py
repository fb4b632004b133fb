"""The survey held against the amounts: who answered against who was granted money, what was said against what was used.

Where respondents are not named nobody can hold one answer against one amount; but how many there are of each is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.evaluation.indicators import RESPONDENT, Answers
from assets.domain.reality import provenance_of
from schemas.configuration.indicators import UseQuestion
from schemas.words.vocabulary import ANSWERED, RESPONDENTS, USED_ALL, USED_NOTHING, USED_PART

Record = dict[str, Any]
Year = Mapping[str, Any]
"""The round's row of out_grant_by_year."""

NOT_KNOWN = ("without_report_count", "use_unknown_count")


def answer_check(answers: Answers, year: Year | None) -> Iterator[Record]:
    """What the answers to each form say, beside what the amounts say (rows of out_answer_check).

    Args: year: None where nothing was granted, and then there is nothing to hold answers against.
    """
    if year is None:
        return
    for form in sorted(pc.unique(answers.table["form"]).to_pylist()):
        rows = answers.table.filter(pc.equal(answers.table["form"], form))
        provenance = provenance_of([*pc.unique(rows["provenance"]).to_pylist(), year["provenance"]])
        for counted in _of_form(answers, form, rows, year):
            yield {"form": form, "provenance": provenance} | counted


def _of_form(answers: Answers, form: str, rows: pa.Table, year: Year) -> Iterator[Record]:
    asked, declared = answers.programme.indicators.use_question, answers.programme.forms[form]
    if declared.identity == "respondent":
        yield _counted(RESPONDENTS, len(_people(rows)), 0, year["recipient_count"], 0)
    if asked and asked.question in declared.questions:
        yield from _uses(rows, asked, year)


def _uses(rows: pa.Table, asked: UseQuestion, year: Year) -> Iterator[Record]:
    """How many said that they used all, a part or nothing; and how many did by what they were granted and had left."""
    mine = rows.filter(pc.equal(rows["question"], asked.question))
    answered = _people(mine.filter(pc.equal(mine["status"], ANSWERED)))
    silent, unknown = max(0, year["recipient_count"] - len(answered)), sum(year[name] for name in NOT_KNOWN)
    chosen = mine.filter(pc.fill_null(mine["selected"], fill_value=False))
    for use in (USED_ALL, USED_PART, USED_NOTHING):
        options = pa.array(getattr(asked, use), pa.string())
        said = _people(chosen.filter(pc.is_in(chosen["option"], options)))
        yield _counted(use, len(said), silent, year[f"{use}_count"], unknown)


def _people(rows: pa.Table) -> set[tuple[Any, ...]]:
    return set(zip(*(rows[name].to_pylist() for name in RESPONDENT), strict=True))


def _counted(measure: str, said: int, silent: int, by_amounts: int, unknown: int) -> Record:
    return {
        "measure": measure,
        "said_count": said,
        "said_at_most_count": said + silent,
        "amounts_count": by_amounts,
        "amounts_at_most_count": by_amounts + unknown,
    }

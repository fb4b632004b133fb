"""Questions as they are compared between years, through the declared crosswalk; never by matching text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.evaluation.indicators import RESPONDENT, Answers, KnowsMissing, grouped, summed, whole, with_columns
from assets.domain.shares import percent
from schemas.configuration.indicators import ComparedOption, Comparison
from schemas.configuration.programme import Programme
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES

Record = dict[str, Any]


def comparisons(answers: Answers, missing: KnowsMissing, year: int, provenance: str) -> Iterator[Record]:
    """One year of every comparison (rows of out_comparison).

    A common option is chosen where any of the options that it stands for is. Args: provenance: that of the round.
    """
    for name, comparison in answers.programme.indicators.comparisons.items():
        for number, (common, option) in enumerate(comparison.options.items(), start=1):
            counts = _counted(answers, comparison.question, option)
            reason = why_not(answers.programme, comparison, option.any_of, year)
            yield {
                "comparison": name,
                "option": common,
                "option_no": number,
                "option_label_sv": option.sv,
                "option_label_en": option.en,
                "numerator": counts.get("numerator"),
                "denominator": counts.get("denominator"),
                **(missing.of(comparison.question, asked) if (asked := _asked(answers, comparison, option)) else {}),
                "percent": percent(counts.get("numerator"), counts.get("denominator")),
                "base": base_of(answers.programme, comparison.question, option.any_of, year),
                "is_comparable": reason is None,
                **{f"why_not_{each}": reason and text(reason, each) for each in LANGUAGES},
                "provenance": counts.get("provenance", provenance),
            }


def _asked(answers: Answers, comparison: Comparison, option: ComparedOption) -> str | None:
    """The first of the options that stand for a common one, of those that were asked."""
    asked = set(pc.unique(answers.to(comparison.question)["option"]).to_pylist())
    return next((each for each in option.any_of if each in asked), None)


def _counted(answers: Answers, question: str, option: ComparedOption) -> Record:
    """How many respondents chose any of the options, of how many that answered; nothing if nobody was asked."""
    rows = answers.to(question)
    rows = rows.filter(pc.is_in(rows["option"], pa.array(option.any_of, pa.string())))
    people = grouped(rows, RESPONDENT, ("numerator", "denominator"))
    counted = {name: whole(pc.greater(people[name], 0)) for name in ("numerator", "denominator")}
    everybody = with_columns(people, **counted, everybody=pa.array([""] * len(people), pa.string()))
    return next(iter(summed(everybody, ["everybody"], list(counted))), {})


def why_not(programme: Programme, comparison: Comparison, options: tuple[str, ...], year: int) -> str | None:
    """Why a year's figure cannot be compared: it was not asked that year, or in no other, or of others; or None."""
    bases = {one: base_of(programme, comparison.question, options, one) for one in programme.rounds}
    others = {base for one, base in bases.items() if one != year and base}
    if bases[year] is None:
        return "comparison_not_asked"
    if not others:
        return "comparison_alone"
    return None if others == {bases[year]} else "comparison_bases_differ"


def base_of(programme: Programme, question: str, options: tuple[str, ...], year: int) -> str | None:
    """Of whom a year's form asks a question with any of these options; None if none does."""
    for name in programme.rounds[year].forms:
        asked = programme.forms[name].questions.get(question)
        if asked and set(options) & set(asked.options):
            return asked.base
    return None

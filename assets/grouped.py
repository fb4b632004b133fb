"""What a programme declares of its indicators, as small frames' records: groups, breakdowns, crosswalk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from schemas.configuration.indicators import Comparison, IndicatorSpec
from schemas.configuration.programme import Programme
from schemas.texts.catalogue import text
from schemas.words.vocabulary import EVERYONE, LANGUAGES, SHARE, SHARE_OF_MONEY

WANTED = pa.schema([(name, pa.string()) for name in ("question", "across", "measure")])
CROSSWALK = pa.schema([(name, pa.string()) for name in ("comparison", "question", "common_option", "option")])
MEMBERS = pa.schema(
    [
        ("recipient_code", pa.string()),
        ("category", pa.string()),
        ("category_no", pa.int64()),
        ("category_label_sv", pa.string()),
        ("category_label_en", pa.string()),
    ]
)
COMPARED = pa.schema(
    [
        ("programme", pa.string()),
        ("year", pa.int64()),
        ("provenance", pa.string()),
        ("comparison", pa.string()),
        ("common_option", pa.string()),
        ("option_no", pa.int64()),
        ("option_label_sv", pa.string()),
        ("option_label_en", pa.string()),
        ("base", pa.string()),
        ("is_comparable", pa.bool_()),
        ("why_not_sv", pa.string()),
        ("why_not_en", pa.string()),
    ]
)


def members(programme: Programme) -> Iterator[dict[str, Any]]:
    """The recipients that a group names."""
    for number, (name, group) in enumerate(programme.indicators.groups.items(), start=1):
        for code in group.codes:
            yield {
                "recipient_code": code,
                "category": name,
                "category_no": number,
                "category_label_sv": group.sv,
                "category_label_en": group.en,
            }


def wanted_shares(programme: Programme) -> Iterator[dict[str, str]]:
    """Every share by group that is declared; the shares of all respondents are in a table of their own."""
    for name, spec in programme.indicators.indicators.items():
        if programme.questions[name].type == "amounts":
            continue
        for across in (*spec.by, *spec.across):
            yield {"question": name, "across": across, "measure": SHARE}
        if SHARE_OF_MONEY in spec.measures:
            for across in _broken_down(spec):
                yield {"question": name, "across": across, "measure": SHARE_OF_MONEY}


def wanted_numbers(programme: Programme) -> Iterator[dict[str, str]]:
    """Every mean and sum that is declared, in all and by group."""
    for name, spec in programme.indicators.indicators.items():
        for measure in spec.measures:
            if measure != SHARE_OF_MONEY:
                for across in _broken_down(spec):
                    yield {"question": name, "across": across, "measure": measure}


def _broken_down(spec: IndicatorSpec) -> tuple[str, ...]:
    return (EVERYONE, *spec.by, *spec.across)


def crosswalk(programme: Programme) -> Iterator[dict[str, str]]:
    """Which options of a question each common option of a comparison stands for."""
    for name, comparison in programme.indicators.comparisons.items():
        for common, option in comparison.options.items():
            for each in option.any_of:
                yield {
                    "comparison": name,
                    "question": comparison.question,
                    "common_option": common,
                    "option": each,
                }


def compared_options(programme: Programme, this_round: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every common option of every comparison, and whether this year's answers can be compared with the others'."""
    for name, comparison in programme.indicators.comparisons.items():
        for number, (common, option) in enumerate(comparison.options.items(), start=1):
            reason = why_not(programme, comparison, option.any_of, this_round["year"])
            base = base_of(programme, comparison.question, option.any_of, this_round["year"])
            yield {
                **{key: this_round[key] for key in ("programme", "year", "provenance")},
                "comparison": name,
                "common_option": common,
                "option_no": number,
                "option_label_sv": option.sv,
                "option_label_en": option.en,
                "base": base,
                "is_comparable": reason is None,
                **{f"why_not_{each}": reason and text(reason, each) for each in LANGUAGES},
            }


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

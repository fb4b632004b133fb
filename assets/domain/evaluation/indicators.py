"""Indicators: how many chose an option, of how many that answered. Every share states its base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assets.domain.evaluation.answers import described_options, options_by_name
from assets.domain.evaluation.dimensions import CATEGORY, EVERYBODY, Category, of_answer
from assets.domain.shares import percent, rounded
from schemas.configuration.indicators import IndicatorSpec
from schemas.configuration.programme import Programme
from schemas.words.vocabulary import (
    ANSWERED,
    EVERYONE,
    LEFT_BLANK,
    MEAN,
    MIXED,
    NOT_ASKED,
    PROVENANCES,
    SHARE,
    SHARE_OF_MONEY,
)

Record = dict[str, Any]
HUNDREDTHS = 100
TOGETHER, TOGETHER_SV, TOGETHER_EN = "all_together", "Tillsammans", "Together"
"""The options of a question together: of a rating there is nothing else."""

AFTER_ALL = 1000
"""The place of all options together, below any that a form may have."""

RESPONDENT = ["form", "respondent_id"]


@dataclass(frozen=True)
class Answers:
    """The answers of a round and what they are broken down by.

    `frame`: core_answer as Arrow-typed pandas, with a whole number for each count. `granted`: kronor by recipient.
    `recipients`: the categories of each recipient by its code. `decision_count`: how many could have answered.
    """

    frame: pd.DataFrame
    programme: Programme
    granted: Mapping[str, int]
    recipients: Mapping[str, Sequence[Category]]
    decision_count: int


COUNTS = ["numerator", "denominator", "asked_count", "blank_count"]


def with_counts(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers with a 1 or 0 for each count that they may add to."""
    return answers.assign(
        numerator=answers["selected"].fillna(value=False).astype("int64"),
        denominator=(answers["status"] == ANSWERED).astype("int64"),
        asked_count=(answers["status"] != NOT_ASKED).astype("int64"),
        blank_count=(answers["status"] == LEFT_BLANK).astype("int64"),
    )


def summed(frame: pd.DataFrame, by: Sequence[str], sums: Sequence[str]) -> list[Record]:
    """Sums of whole numbers by group, with the provenance of the group: as its rows are if they agree, else mixed."""
    if frame.empty:
        return []
    # As numbers: of texts pandas finds the least group by group in Python, which takes half of a round's time.
    ranked = frame.assign(rank=frame["provenance"].map(PROVENANCES.index).astype("int64"))
    groups = ranked.groupby(list(by), sort=False)
    totals = groups[list(sums)].sum()
    ends = zip(groups["rank"].min(), groups["rank"].max(), strict=True)
    totals["provenance"] = [PROVENANCES[lowest] if lowest == highest else MIXED for lowest, highest in ends]
    return [
        {str(name): _plain(value) for name, value in row.items()} for row in totals.reset_index().to_dict("records")
    ]


def _plain(value: Any) -> Any:  # noqa: ANN401 - a number of numpy's, or a text
    return value.item() if hasattr(value, "item") else value


# -- shares of all ----------------------------------------------------------------------------------------------------
def indicators(answers: Answers) -> Iterator[Record]:
    """Count and share per option, and what the share would be had all that did not answer said no, or yes.

    Returns: rows of table out_indicator; the denominator is those that answered the question. Who did not report at all
    is taken to have been asked.
    """
    described = {
        (each["form"], each["question"], each["option"]): each for each in described_options(answers.programme)
    }
    frame = answers.frame.assign(respondents=1)
    for row in summed(frame, ["form", "question", "option"], [*COUNTS, "respondents"]):
        option = described[row["form"], row["question"], row["option"]]
        if option["type"] != "amounts":
            yield _indicator(row, option, answers.decision_count)


def _indicator(row: Record, option: Record, decision_count: int) -> Record:
    missing = max(0, decision_count - row["respondents"]) + row["blank_count"]
    numerator, denominator = row["numerator"], row["denominator"]
    everybody = denominator + missing
    labels = ("option", "option_no", "option_label_sv", "option_label_en", "base", "base_inferred")
    return {
        "indicator": row["question"],
        **{name: option[name] for name in labels},
        **{name: row[name] for name in (*COUNTS, "provenance")},
        "percent": percent(numerator, denominator),
        "missing_count": missing,
        "lowest_percent": percent(numerator, everybody),
        "highest_percent": percent(numerator + missing, everybody),
    }


# -- by group ---------------------------------------------------------------------------------------------------------
def indicators_by_group(answers: Answers) -> Iterator[Record]:
    """Shares of respondents and of money, in all and by group (table out_indicator_by_group).

    Money is what the recipient was granted; who was granted nothing known has no weight.
    """
    for question, across, measure in wanted_shares(answers.programme):
        rows = _in_categories(answers, question, across)
        if measure == SHARE_OF_MONEY:
            weight = rows["recipient_code"].map(dict(answers.granted)).fillna(0).astype("int64")
            rows = rows.assign(numerator=rows["numerator"] * weight, denominator=rows["denominator"] * weight)
        for row in summed(rows, ["option", "category"], ["numerator", "denominator"]):
            if measure == SHARE or row["denominator"] > 0:
                yield _by_group(row, question, measure) | {
                    "option": row["option"],
                    "numerator": row["numerator"],
                    "denominator": row["denominator"],
                    "percent": percent(row["numerator"], row["denominator"]),
                    "unit": "sek" if measure == SHARE_OF_MONEY else "count",
                }


def _by_group(row: Record, question: str, measure: str) -> Record:
    category: Category = row["category"]
    named = dict(zip(CATEGORY, category.columns, strict=True))
    return {"indicator": question, "measure": measure, **named, "provenance": row["provenance"]}


def measures_by_group(answers: Answers) -> Iterator[Record]:
    """Means of ratings and sums of amounts, in all and by group (table out_measure_by_group).

    A mean is rounded half up to hundredths. A sum is given for each option and for all of them together. Both leave out
    what was left blank, and say how many respondents left anything so.
    """
    labels = options_by_name(described_options(answers.programme))
    for question, across, measure in wanted_numbers(answers.programme):
        rows = _numbers(_in_categories(answers, question, across), measure)
        parts = [rows.assign(option=TOGETHER)] if measure == MEAN else [rows, rows.assign(option=TOGETHER)]
        for part in parts:
            for row in _of_respondents(part):
                yield _by_group(row, question, measure) | _measured(row, measure, labels.get((question, row["option"])))


def _numbers(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The number that each answer adds, and whether it is an answer."""
    if measure == MEAN:
        is_answer = rows["numerator"] == 1
        rating = rows["option"].where(is_answer, "0").astype("int64")
        return rows.assign(total=rating, answers=is_answer.astype("int64"))
    amount = rows["amount_sek"]
    return rows.assign(total=amount.fillna(0).astype("int64"), answers=amount.notna().astype("int64"))


def _of_respondents(rows: pd.DataFrame) -> list[Record]:
    """What each respondent says, then summed: who left several amounts blank is one that left any."""
    people = pd.DataFrame(summed(rows, ["option", "category", *RESPONDENT], ["total", "answers", "blank_count"]))
    if people.empty:
        return []
    counts = {"answer_count": people["answers"].gt(0), "blank_count": people["blank_count"].gt(0)}
    people = people.assign(**{name: is_true.astype("int64") for name, is_true in counts.items()})
    return summed(people, ["option", "category"], ["total", *counts])


def _measured(row: Record, measure: str, option: Record | None) -> Record:
    total, answered = row["total"], row["answer_count"]
    sum_of = total if answered > 0 else None
    return {
        "option": row["option"],
        "option_no": option["option_no"] if option else AFTER_ALL,
        "option_label_sv": option["option_label_sv"] if option else TOGETHER_SV,
        "option_label_en": option["option_label_en"] if option else TOGETHER_EN,
        "total": total,
        "answer_count": answered,
        "blank_count": row["blank_count"],
        "value": rounded(HUNDREDTHS * total, answered) if measure == MEAN else sum_of,
        "unit": "hundredths" if measure == MEAN else "sek",
    }


def _in_categories(answers: Answers, question: str, across: str) -> pd.DataFrame:
    """The answers to a question, once for each category of the dimension or question that the respondent is in."""
    rows = answers.frame[answers.frame["question"] == question]
    if across == EVERYONE:
        return rows.assign(category=[EVERYBODY] * len(rows))
    members = pd.DataFrame(list(_members(answers, across)), columns=[*RESPONDENT, "category"])
    return rows.merge(members, on=RESPONDENT, how="inner")


def _members(answers: Answers, across: str) -> Iterator[tuple[str, str, Category]]:
    """Each respondent with its categories. A respondent without a recipient is in none but those of its answers."""
    if across in answers.programme.questions:
        labels = options_by_name(described_options(answers.programme))
        chosen = answers.frame[(answers.frame["question"] == across) & (answers.frame["numerator"] == 1)]
        for form, who, option in zip(chosen["form"], chosen["respondent_id"], chosen["option"], strict=True):
            yield form, who, of_answer(across, labels[across, option])
        return
    people = answers.frame.drop_duplicates(RESPONDENT)
    for form, who, code in zip(people["form"], people["respondent_id"], people["recipient_code"], strict=True):
        if isinstance(code, str):
            yield from ((form, who, each) for each in answers.recipients.get(code, ()) if each.across == across)


# -- what is declared -------------------------------------------------------------------------------------------------
Wanted = Iterator[tuple[str, str, str]]
"""Question, what it is broken down by, and measure."""


def wanted_shares(programme: Programme) -> Wanted:
    """Every share by group that is declared; the shares of all respondents are in a table of their own."""
    for name, spec in programme.indicators.indicators.items():
        if programme.questions[name].type == "amounts":
            continue
        yield from ((name, across, SHARE) for across in (*spec.by, *spec.across))
        if SHARE_OF_MONEY in spec.measures:
            yield from ((name, across, SHARE_OF_MONEY) for across in _broken_down(spec))


def wanted_numbers(programme: Programme) -> Wanted:
    """Every mean and sum that is declared, in all and by group."""
    for name, spec in programme.indicators.indicators.items():
        for measure in spec.measures:
            if measure != SHARE_OF_MONEY:
                yield from ((name, across, measure) for across in _broken_down(spec))


def _broken_down(spec: IndicatorSpec) -> tuple[str, ...]:
    return (EVERYONE, *spec.by, *spec.across)

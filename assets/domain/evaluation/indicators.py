"""Indicators: how many chose an option, of how many that answered. Every share states its base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.evaluation.answers import described_options, options_by_name
from assets.domain.evaluation.dimensions import CATEGORY, EVERYBODY, Category, of_answer
from assets.domain.evaluation.left_out import TOGETHER
from assets.domain.shares import percent, rounded
from schemas.configuration.indicators import IndicatorSpec
from schemas.configuration.programme import Programme
from schemas.words.vocabulary import ANSWERED, EVERYONE, LEFT_BLANK, MEAN, MIXED, NOT_ASKED, SHARE, SHARE_OF_MONEY

Record = dict[str, Any]
HUNDREDTHS = 100
TOGETHER_SV, TOGETHER_EN = "Tillsammans", "Together"
"""What is called TOGETHER: the options of a question together: of a rating there is nothing else."""

AFTER_ALL = 1000
"""The place of all options together, below any that a form may have."""

RESPONDENT = ("form", "respondent_id")
COUNTS = ("numerator", "denominator", "asked_count", "blank_count")


@dataclass(frozen=True)
class Answers:
    """The answers of a round and what they are broken down by.

    `table`: core_answer. `granted`: kronor by recipient. `recipients`: the categories of each recipient by its code.
    `decision_count`: how many could have answered.
    """

    table: pa.Table
    programme: Programme
    granted: Mapping[str, int]
    recipients: Mapping[str, Sequence[Category]]
    decision_count: int

    @cached_property
    def counted(self) -> pa.Table:
        """The answers with a 1 or 0 for each of COUNTS that they add to."""
        status = self.table["status"]
        is_added = {
            "numerator": pc.fill_null(self.table["selected"], fill_value=False),
            "denominator": pc.equal(status, ANSWERED),
            "asked_count": pc.not_equal(status, NOT_ASKED),
            "blank_count": pc.equal(status, LEFT_BLANK),
        }
        return with_columns(self.table, **{name: whole(is_true) for name, is_true in is_added.items()})

    @cached_property
    def people(self) -> list[tuple[str, str, str]]:
        """Form, id and recipient of each respondent that is a recipient."""
        columns = (self.table[name].to_pylist() for name in (*RESPONDENT, "recipient_code"))
        people = {(form, who): code for form, who, code in zip(*columns, strict=True)}
        return [(form, who, code) for (form, who), code in people.items() if code]

    def to(self, question: str) -> pa.Table:
        """The answers to one question, with their counts."""
        return self.counted.filter(pc.equal(self.counted["question"], question))


def whole(is_true: pa.ChunkedArray) -> pa.ChunkedArray:
    """Truths as whole numbers that can be added up."""
    return is_true.cast(pa.int64())


def with_columns(table: pa.Table, **columns: Any) -> pa.Table:  # noqa: ANN401 - an array of Arrow, or a list of values
    """The table with columns put in, or put in the place of those of the same names."""
    for name, values in columns.items():
        at = table.schema.get_field_index(name)
        table = table.append_column(name, values) if at < 0 else table.set_column(at, name, values)
    return table


def grouped(table: pa.Table, by: Sequence[str], sums: Sequence[str]) -> pa.Table:
    """Sums by group, in order of appearance; the provenance of a group is as its rows' is if they agree, else mixed."""
    placed = with_columns(table, place=pa.array(range(len(table)), pa.int64()))
    wanted = [*((name, "sum") for name in sums), ("provenance", "min"), ("provenance", "max"), ("place", "min")]
    found = placed.group_by(list(by), use_threads=False).aggregate(wanted).sort_by("place_min")
    lowest, highest = found["provenance_min"], found["provenance_max"]
    totals = {name: found[f"{name}_sum"] for name in sums}
    provenance = pc.if_else(pc.equal(lowest, highest), lowest, MIXED)
    return with_columns(found.select(list(by)), **totals, provenance=provenance)


def summed(table: pa.Table, by: Sequence[str], sums: Sequence[str]) -> list[Record]:
    """As `grouped`, as records."""
    records: list[Record] = grouped(table, by, sums).to_pylist()
    return records


class KnowsMissing(Protocol):
    """Whoever knows how many are missing in the base of a figure."""

    def of(self, question: str, option: str, across: str = EVERYONE, category: str = EVERYONE) -> Record:
        """How many, and what they were granted: `missing_count` and `missing_granted_sek`."""


# -- shares of all ----------------------------------------------------------------------------------------------------
def indicators(answers: Answers, missing: KnowsMissing) -> Iterator[Record]:
    """Count and share per option, and what the share would be had all that did not answer said no, or yes.

    Returns: rows of table out_indicator; the denominator is those that answered the question. Who did not report at all
    is taken to have been asked.
    """
    described = {
        (each["form"], each["question"], each["option"]): each for each in described_options(answers.programme)
    }
    for row in summed(answers.counted, ["form", "question", "option"], COUNTS):
        option = described[row["form"], row["question"], row["option"]]
        if option["type"] != "amounts":
            yield _indicator(row, option, missing.of(row["question"], row["option"]))


def _indicator(row: Record, option: Record, missing: Record) -> Record:
    numerator, denominator = row["numerator"], row["denominator"]
    everybody = denominator + missing["missing_count"]
    labels = ("option", "option_no", "option_label_sv", "option_label_en", "base", "base_inferred")
    return {
        "indicator": row["question"],
        **{name: option[name] for name in labels},
        **{name: row[name] for name in (*COUNTS, "provenance")},
        "percent": percent(numerator, denominator),
        **missing,
        "lowest_percent": percent(numerator, everybody),
        "highest_percent": percent(numerator + missing["missing_count"], everybody),
    }


# -- by group ---------------------------------------------------------------------------------------------------------
def indicators_by_group(answers: Answers, missing: KnowsMissing) -> Iterator[Record]:
    """Shares of respondents and of money, in all and by group (table out_indicator_by_group).

    Money is what the recipient was granted; who was granted nothing known has no weight.
    """
    for question, across, measure in wanted_shares(answers.programme):
        rows, categories = _in_categories(answers, question, across)
        if measure == SHARE_OF_MONEY:
            rows = _weighted(rows, answers.granted)
        for row in summed(rows, ["option", "category"], ["numerator", "denominator"]):
            if measure == SHARE or row["denominator"] > 0:
                category = categories[row["category"]]
                yield _by_group(row, category, question, measure) | {
                    **missing.of(question, row["option"], category.across, category.category),
                    "option": row["option"],
                    "numerator": row["numerator"],
                    "denominator": row["denominator"],
                    "percent": percent(row["numerator"], row["denominator"]),
                    "unit": "sek" if measure == SHARE_OF_MONEY else "count",
                }


def _weighted(rows: pa.Table, granted: Mapping[str, int]) -> pa.Table:
    weight = pa.array([granted.get(code, 0) for code in rows["recipient_code"].to_pylist()], pa.int64())
    return with_columns(rows, **{name: pc.multiply(rows[name], weight) for name in ("numerator", "denominator")})


def _by_group(row: Record, category: Category, question: str, measure: str) -> Record:
    named = dict(zip(CATEGORY, category.columns, strict=True))
    return {"indicator": question, "measure": measure, **named, "provenance": row["provenance"]}


def measures_by_group(answers: Answers, missing: KnowsMissing) -> Iterator[Record]:
    """Means of ratings and sums of amounts, in all and by group (table out_measure_by_group).

    A mean is rounded half up to hundredths. A sum is given for each option and for all of them together. Both leave out
    what was left blank, and say how many respondents left anything so.
    """
    labels = options_by_name(described_options(answers.programme))
    for question, across, measure in wanted_numbers(answers.programme):
        found, categories = _in_categories(answers, question, across)
        rows = _numbers(found, measure)
        together = with_columns(rows, option=pa.array([TOGETHER] * len(rows), pa.string()))
        for part in [together] if measure == MEAN else [rows, together]:
            for row in _of_respondents(part):
                label, category = labels.get((question, row["option"])), categories[row["category"]]
                absent = missing.of(question, row["option"], category.across, category.category)
                yield _by_group(row, category, question, measure) | _measured(row, measure, label) | absent


def _numbers(rows: pa.Table, measure: str) -> pa.Table:
    """The number that each answer adds, and whether it is an answer."""
    if measure == MEAN:
        is_answer = pc.equal(rows["numerator"], 1)
        return with_columns(
            rows, total=pc.if_else(is_answer, rows["option"], "0").cast(pa.int64()), answers=whole(is_answer)
        )
    amount = rows["amount_sek"]
    return with_columns(rows, total=pc.fill_null(amount, 0), answers=whole(pc.is_valid(amount)))


def _of_respondents(rows: pa.Table) -> list[Record]:
    """What each respondent says, then summed: who left several amounts blank is one that left any."""
    people = grouped(rows, ["option", "category", *RESPONDENT], ["total", "answers", "blank_count"])
    counts = {"answer_count": people["answers"], "blank_count": people["blank_count"]}
    people = with_columns(people, **{name: whole(pc.greater(values, 0)) for name, values in counts.items()})
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


def _in_categories(answers: Answers, question: str, across: str) -> tuple[pa.Table, list[Category]]:
    """The answers to a question, once for each category of the dimension or question that the respondent is in.

    Returns: the answers with column `category`, a place in the list of categories; and that list.
    """
    rows = answers.to(question)
    if across == EVERYONE:
        return with_columns(rows, category=pa.array([0] * len(rows), pa.int64())), [EVERYBODY]
    belongs = members(answers, across)
    numbers: dict[Category, int] = {}
    of_each: dict[tuple[str, str], list[int]] = {}
    taken: list[int] = []
    places: list[int] = []
    for at, who in enumerate(zip(*(rows[name].to_pylist() for name in RESPONDENT), strict=True)):
        if who not in of_each:
            of_each[who] = [numbers.setdefault(each, len(numbers)) for each in belongs.get(who, ())]
        taken += [at] * len(of_each[who])
        places += of_each[who]
    return with_columns(rows.take(pa.array(taken, pa.int64())), category=pa.array(places, pa.int64())), list(numbers)


def members(answers: Answers, across: str) -> dict[tuple[str, str], list[Category]]:
    """Each respondent with its categories in a breakdown; one without a recipient is in those of its answers only."""
    found: dict[tuple[str, str], list[Category]] = defaultdict(list)
    if across in answers.programme.questions:
        labels = options_by_name(described_options(answers.programme))
        rows = answers.to(across)
        for row in rows.filter(pc.equal(rows["numerator"], 1)).select([*RESPONDENT, "option"]).to_pylist():
            found[row["form"], row["respondent_id"]].append(of_answer(across, labels[across, row["option"]]))
        return found
    for form, who, code in answers.people:
        found[form, who] += [each for each in answers.recipients.get(code, ()) if each.across == across]
    return found


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

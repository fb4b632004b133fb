"""Indicators: how many chose an option, of how many that answered. Every share states its base."""

from __future__ import annotations

import narwhals as nw

from assets.domain.dimensions import CATEGORY
from assets.domain.frames import ROUND_KEY, Frame, constant, counted, first_of, is_true, summed
from assets.domain.money import percent, rounded
from assets.domain.reconciliation import KEY
from schemas.words.vocabulary import ANSWERED, LEFT_BLANK, MEAN, NOT_ASKED, SHARE_OF_MONEY

OPTION = ("form", "question", "option")
LABELS = ("option", "option_no", "option_label_sv", "option_label_en")
HUNDREDTHS = 100
TOGETHER, TOGETHER_SV, TOGETHER_EN = "all_together", "Tillsammans", "Together"
"""The options of a question together: of a rating there is nothing else."""

AFTER_ALL = 1000
"""The place of all options together, below any that a form may have."""


def indicators(answers: Frame, described: Frame, decisions: Frame) -> Frame:
    """Count and share per option, and what the share would be had all that did not answer said no, or yes.

    Args:
        answers: core_answer of one round. decisions: core_decision: who could have answered.
        described: one row per form, question and option with option_no, labels, base and base_inferred.
    Returns: rows as table out_indicator; the denominator is those that answered the question. Who did not report at all
    is taken to have been asked.
    """
    by = [*ROUND_KEY, *OPTION]
    sums = summed(answers, by, {**_counts(), "respondents": _one()})
    granted = summed(decisions, ROUND_KEY, {"population": _one()}).select(*ROUND_KEY, "population")
    rows = sums.join(granted, on=list(ROUND_KEY), how="left")
    silent = nw.col("population").fill_null(0) - nw.col("respondents")
    missing = nw.when(silent > 0).then(silent).otherwise(nw.lit(0)).cast(nw.Int64) + nw.col("blank_count")
    rows = rows.with_columns(percent=_share(), missing_count=missing)
    all_of_them = nw.col("denominator") + nw.col("missing_count")
    shares = rows.with_columns(
        lowest_percent=percent(nw.col("numerator"), all_of_them),
        highest_percent=percent(nw.col("numerator") + nw.col("missing_count"), all_of_them),
    )
    named = shares.join(described.filter(nw.col("type") != "amounts"), on=list(OPTION), how="inner")
    return named.rename({"question": "indicator"})


def _one() -> nw.Expr:
    return counted(~nw.col("provenance").is_null())


def _counts() -> dict[str, nw.Expr]:
    return {
        "numerator": counted(nw.col("selected")),
        "denominator": counted(nw.col("status") == ANSWERED),
        "asked_count": counted(nw.col("status") != NOT_ASKED),
        "blank_count": counted(nw.col("status") == LEFT_BLANK),
    }


def _share() -> nw.Expr:
    return percent(nw.col("numerator"), nw.col("denominator"))


def indicators_by_group(answers: Frame, categories: Frame, wanted: Frame, decisions: Frame) -> Frame:
    """Shares of respondents and of money, in all and by group (table out_indicator_by_group).

    Args: categories as from `categories_of_respondents`; wanted: (question, across, measure) that are declared;
        decisions: core_decision. Money is what the recipient was granted; who was granted nothing known has no weight.
    """
    rows = _in_categories(answers, categories, wanted)
    money = decisions.select(*KEY, "granted_sek")
    rows = rows.join(money, on=KEY, how="left")
    by = [*ROUND_KEY, "question", "option", *CATEGORY, "measure"]
    is_money = nw.col("measure") == SHARE_OF_MONEY
    weight = nw.when(is_money).then(nw.col("granted_sek").fill_null(0)).otherwise(nw.lit(1))
    rows = rows.with_columns(weight=weight)
    weighed = {name: counted_of * nw.col("weight") for name, counted_of in _counts().items() if "_" not in name}
    sums = summed(rows, by, weighed)
    unit = first_of([(is_money, "sek")], otherwise=constant("count", "question"))
    known = sums.filter(~is_money | (nw.col("denominator") > 0))
    return known.with_columns(percent=_share(), unit=unit).rename({"question": "indicator"})


def measures_by_group(answers: Frame, categories: Frame, wanted: Frame, described: Frame) -> Frame:
    """Means of ratings and sums of amounts, in all and by group (table out_measure_by_group).

    Args: described: labels of options (question, option, option_no, option_label_sv, option_label_en).
    A mean is rounded half up to hundredths. A sum is given for each option and for all of them together. Both leave out
    what was left blank, and say how many respondents left anything so.
    """
    rows = _in_categories(answers, categories, wanted)
    is_mean = nw.col("measure") == MEAN
    is_rated = is_mean & is_true(nw.col("selected"))
    rating = nw.when(is_rated).then(nw.col("option")).cast(nw.Int64)
    rows = rows.with_columns(
        number=nw.when(is_mean).then(rating).otherwise(nw.col("amount_sek")),
        is_answer=counted(is_rated | (~is_mean & ~nw.col("amount_sek").is_null())),
        is_blank=counted(nw.col("status") == LEFT_BLANK),
    )
    together = rows.with_columns(option=constant(TOGETHER, "question"))
    sums = nw.concat([_of_options(rows.filter(~is_mean)), _of_options(together)], how="vertical")
    mean = rounded(HUNDREDTHS * nw.col("total"), nw.col("answer_count"))
    total = nw.when(nw.col("answer_count") > 0).then(nw.col("total"))
    unit = first_of([(is_mean, "hundredths")], otherwise=constant("sek", "question"))
    value = nw.when(is_mean).then(mean).otherwise(total)
    return _labelled(sums, described).with_columns(value=value, unit=unit).rename({"question": "indicator"})


def _of_options(rows: Frame) -> Frame:
    """What each respondent says of each option, summed: who left several amounts blank is one that left any."""
    by = [*ROUND_KEY, "question", "option", *CATEGORY, "measure"]
    numbers = {"total": nw.col("number"), "answers": nw.col("is_answer"), "blanks": nw.col("is_blank")}
    people = summed(rows, [*by, "form", "respondent_id"], numbers)
    counts = {"answer_count": counted(nw.col("answers") > 0), "blank_count": counted(nw.col("blanks") > 0)}
    return summed(people, by, {"total": nw.col("total"), **counts})


def _labelled(sums: Frame, described: Frame) -> Frame:
    """The sums with the order and the label of their option; all options together come last."""
    labels = described.select("question", *LABELS).unique(["question", "option"])
    rows = sums.join(labels, on=["question", "option"], how="left")
    return rows.with_columns(
        option_no=nw.col("option_no").fill_null(AFTER_ALL),
        option_label_sv=nw.col("option_label_sv").fill_null(TOGETHER_SV),
        option_label_en=nw.col("option_label_en").fill_null(TOGETHER_EN),
    )


def _in_categories(answers: Frame, categories: Frame, wanted: Frame) -> Frame:
    """The answers of each category that is asked for, once for each measure."""
    asked = answers.join(wanted, on="question", how="inner")
    return asked.join(categories, on=["form", "respondent_id", "across"], how="inner")


def comparisons(answers: Frame, crosswalk: Frame, asked: Frame) -> Frame:
    """One year of each comparison (table out_comparison).

    Args: crosswalk: (comparison, question, common_option, option); asked: per comparison and common option whether it
        can be compared and why not, its labels and its base; the round's columns on each row.
    A common option is chosen where any of the options that it stands for is.
    """
    rows = answers.join(crosswalk, on=["question", "option"], how="inner")
    by = [*ROUND_KEY, "form", "respondent_id", "comparison", "common_option"]
    chosen = {"chosen": counted(nw.col("selected")), "answered": counted(nw.col("status") == ANSWERED)}
    people = summed(rows, by, chosen)
    counts = summed(
        people,
        [*ROUND_KEY, "comparison", "common_option"],
        {"numerator": counted(nw.col("chosen") > 0), "denominator": counted(nw.col("answered") > 0)},
    )
    of_round = ["comparison", "common_option"]
    shares = counts.with_columns(percent=_share(), of_answers=nw.col("provenance")).drop(*ROUND_KEY, "provenance")
    rows = asked.join(shares, on=of_round, how="left").rename({"common_option": "option"})
    return rows.with_columns(provenance=nw.coalesce(nw.col("of_answers"), nw.col("provenance")))

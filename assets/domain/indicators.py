"""Indicators: how many chose an option, of how many that answered. Every share states its base."""

from __future__ import annotations

import narwhals as nw

from assets.domain.dimensions import CATEGORY
from assets.domain.frames import ROUND_KEY, Frame, constant, counted, first_of, is_true, summed, with_group
from assets.domain.money import percent, rounded
from assets.domain.reconciliation import KEY
from schemas.vocabulary import ANSWERED, LEFT_BLANK, MEAN, NOT_ASKED, SHARE_OF_MONEY

OPTION = ("form", "question", "option")
RESPONSE = ("form", "respondent_id", "question")
HUNDREDTHS = 100


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


def measures_by_group(answers: Frame, categories: Frame, wanted: Frame) -> Frame:
    """Means of ratings and sums of amounts, in all and by group (table out_measure_by_group).

    A mean is rounded half up to hundredths. Both leave out what was left blank, and say how many did: of a rating the
    respondents, who have a row for each of its options.
    """
    rows = _in_categories(answers, categories, wanted)
    rows = with_group(rows, RESPONSE, first_option=nw.col("option").min())
    is_mean = nw.col("measure") == MEAN
    is_rated = is_mean & is_true(nw.col("selected"))
    rating = nw.when(is_rated).then(nw.col("option")).cast(nw.Int64)
    rows = rows.with_columns(
        option=first_of([(is_mean, "all")], otherwise=nw.col("option")),
        number=nw.when(is_mean).then(rating).otherwise(nw.col("amount_sek")),
        is_answer=counted(is_rated | (~is_mean & ~nw.col("amount_sek").is_null())),
        is_blank=counted((nw.col("status") == LEFT_BLANK) & (~is_mean | (nw.col("option") == nw.col("first_option")))),
    )
    by = [*ROUND_KEY, "question", "option", *CATEGORY, "measure"]
    sums = summed(
        rows,
        by,
        {"total": nw.col("number"), "answer_count": nw.col("is_answer"), "blank_count": nw.col("is_blank")},
    )
    mean = rounded(HUNDREDTHS * nw.col("total"), nw.col("answer_count"))
    total = nw.when(nw.col("answer_count") > 0).then(nw.col("total"))
    unit = first_of([(is_mean, "hundredths")], otherwise=constant("sek", "question"))
    value = nw.when(is_mean).then(mean).otherwise(total)
    return sums.with_columns(value=value, unit=unit).rename({"question": "indicator"})


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

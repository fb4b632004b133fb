"""Indicators: how many chose an option, of how many that answered. Every share states its base."""

from __future__ import annotations

import narwhals as nw

from assets.domain.frames import ROUND_KEY, Frame, counted, summed
from assets.domain.money import percent
from schemas.vocabulary import ANSWERED, LEFT_BLANK, NOT_ASKED


def indicators(answers: Frame, described: Frame) -> Frame:
    """Count and share per option.

    Args:
        answers: core_answer of one round.
        described: one row per form, question and option with option_no, labels, base and base_inferred.
    Returns: rows as table out_indicator; the denominator is those that answered the question.
    """
    by = [*ROUND_KEY, "form", "question", "option"]
    sums = summed(
        answers,
        by,
        {
            "numerator": counted(nw.col("selected")),
            "denominator": counted(nw.col("status") == ANSWERED),
            "asked_count": counted(nw.col("status") != NOT_ASKED),
            "blank_count": counted(nw.col("status") == LEFT_BLANK),
        },
    )
    shares = sums.with_columns(percent=percent(nw.col("numerator"), nw.col("denominator")))
    named = shares.join(described, on=["form", "question", "option"], how="inner")
    return named.rename({"question": "indicator"})

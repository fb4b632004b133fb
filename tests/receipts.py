"""What tests of the receipts share: the words that would anticipate a decision."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.words.vocabulary import Language

ANTICIPATES: Mapping[Language, str] = {
    "sv": (
        r"återkrav|återkräv|\bkräv|\bkrav|fordr|\bgrund(?:en|er|erna)?\b|på den grund|återbetal|betala|faktur|skuld"
        r"|skyldig|påminn|eftergi|ränta|felaktigt utbetal|oriktig|sanktion|påföljd"
    ),
    "en": r"recover|claim|repay|\bpay|\bowe|debt|demand|\bground|invoice|liable|refund|remind|sanction|penalt|waiv",
}
"""Demand, recovery, ground, and what belongs to them: no receipt has any of it."""

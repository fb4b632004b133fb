"""The words of decisions on recovery: what they cover, and what there is to doubt about them. Declared once, here."""

from __future__ import annotations

COVERS = UNUSED, USE, UNACCOUNTED, PRINCIPAL = ("unused", "use", "unaccounted", "principal")
"""Of which money a row says that it is: money that was not used, use that is not accepted, what no report accounts for;
and of a payment, that it is not of interest."""

DOUBTS = (
    TWO_ON_ONE_DAY,
    TWO_WITHOUT_GROUND,
    REPLACES_NOTHING,
    ABOVE_PAID,
    ABOVE_COVER,
    REPORT_SINCE,
    REACHES_USE,
    COVER_NOT_TOLD,
    WAIVED_ABOVE_LEFT,
) = (
    "two_on_one_day",
    "two_without_ground",
    "replaces_nothing",
    "above_paid",
    "above_cover",
    "report_since",
    "reaches_use",
    "cover_not_told",
    "waived_above_left",
)
"""Why something of a decision does not hold, or has to be confirmed; the first that is true."""

MOVES_NOTHING = (REPLACES_NOTHING, ABOVE_PAID)
"""Doubts of a decision of which nothing holds."""

TO_SETTLE = (TWO_ON_ONE_DAY, TWO_WITHOUT_GROUND, REPLACES_NOTHING, ABOVE_PAID, ABOVE_COVER)
"""Doubts that somebody has to settle before any letter goes."""

TO_CONFIRM = (REACHES_USE, COVER_NOT_TOLD)
"""Doubts that somebody has to confirm before an invoice."""

NO_DOUBT = "none"

NOT_TOLD = "not_told"
"""Stands for the ground of what no row tells the ground of."""

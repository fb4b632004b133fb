"""What is computed from answers beyond the share of each option: measures, breakdowns, comparisons between years."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.configuration.declared import Declared, Label

Dimension = Literal["county", "group", "grant_size"]
Measure = Literal["share_of_money", "mean", "sum"]


class Group(Label):
    """Recipients that are shown together."""

    codes: tuple[str, ...]
    """Their codes in the register."""


class IndicatorSpec(Declared):
    """What is computed of one question, beside the share of each option among all that answered it."""

    measures: tuple[Measure, ...] = ()
    """What its recipients were granted (share_of_money), the mean of a rating, or the sum of amounts."""
    by: tuple[Dimension, ...] = ()
    """What the recipients are: its shares and measures are broken down by each."""
    across: tuple[str, ...] = ()
    """Other questions: its shares and measures are broken down by what was answered to each."""


class ComparedOption(Label):
    """An option as it is compared between years."""

    any_of: tuple[str, ...]
    """Options of the question: the common option was chosen where any of them was."""


class Comparison(Label):
    """The crosswalk of one question between the years and versions of the forms that ask it."""

    question: str
    """The question that is compared."""
    options: dict[str, ComparedOption]
    """The common options, by ids of their own."""


class UseQuestion(Declared):
    """The question in which recipients say how much of the grant they used, which their amounts tell too."""

    question: str
    """The question."""
    used_all: tuple[str, ...] = ()
    """The options that mean all of it."""
    used_part: tuple[str, ...] = ()
    """Those that mean a part of it."""
    used_nothing: tuple[str, ...] = ()
    """Those that mean nothing of it."""


class Indicators(Declared):
    """What `indicators.yaml` declares. Every question has the share of each option without being named here."""

    grant_sizes: tuple[int, ...] = ()
    """The kronor from which each larger size of grant counts, rising."""
    groups: dict[str, Group] = Field(default_factory=dict)
    """Recipients that are shown together; those that none names are together too."""
    grants_by: tuple[Dimension, ...] = ()
    """What granted, used and unused money is broken down by."""
    indicators: dict[str, IndicatorSpec] = Field(default_factory=dict)
    """More than shares, by question."""
    use_question: UseQuestion | None = None
    """What answers are held against amounts in; without it only how many answered is."""
    comparisons: dict[str, Comparison] = Field(default_factory=dict)
    """Questions that are compared between years."""

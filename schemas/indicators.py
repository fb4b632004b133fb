"""What is computed from answers beyond the share of each option: measures, breakdowns, comparisons between years."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.declared import Declared, Label

Dimension = Literal["county", "group", "grant_size"]
Measure = Literal["share_of_money", "mean", "sum"]


class Group(Label):
    """Recipients that are shown together, by their codes."""

    codes: tuple[str, ...]


class IndicatorSpec(Declared):
    """What is computed of one question, beside the share of each option among all that answered it.

    `by` breaks its shares and measures down by what the recipient is; `across` by what was answered to other questions.
    """

    measures: tuple[Measure, ...] = ()
    by: tuple[Dimension, ...] = ()
    across: tuple[str, ...] = ()


class ComparedOption(Label):
    """An option as it is compared between years: chosen where any of these options of the question was."""

    any_of: tuple[str, ...]


class Comparison(Label):
    """The crosswalk of one question between the years and versions of the forms that ask it."""

    question: str
    options: dict[str, ComparedOption]


class Indicators(Declared):
    """What `indicators.yaml` declares. `grant_sizes` are the kronor from which each larger size of grant counts."""

    grant_sizes: tuple[int, ...] = ()
    groups: dict[str, Group] = Field(default_factory=dict)
    grants_by: tuple[Dimension, ...] = ()
    indicators: dict[str, IndicatorSpec] = Field(default_factory=dict)
    comparisons: dict[str, Comparison] = Field(default_factory=dict)

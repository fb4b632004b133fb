"""What a grant programme is: its rounds, its legal ground, its forms and reports. Reading the YAML is elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas.declared import Declared, Label, all_known
from schemas.forms import Base, Form, Question
from schemas.indicators import Indicators
from schemas.reports import Report
from schemas.rules import Rule, rules
from schemas.texts import text
from schemas.vocabulary import Language, RecipientKind


class CostPeriod(Declared):
    """When costs may arise; not the dates of reports, recoveries and bookings."""

    from_: dt.date | None = Field(alias="from")
    to: dt.date


class Waiver(Declared):
    """A rule set aside for a while: its findings stay listed, marked as waived, and neither block nor fail a check.

    It holds while the round's as-of date is not after `expires`; never by the clock, so that a run can be repeated.
    """

    rule: str
    reason: Annotated[str, StringConstraints(min_length=10)]
    by: Annotated[str, StringConstraints(min_length=1)]
    date: dt.date
    expires: dt.date

    @model_validator(mode="after")
    def _can_be_waived(self) -> Self:
        if self.rule not in rules() or not rules()[self.rule].waivable:
            possible = ", ".join(rule.id for rule in rules().values() if rule.waivable)
            raise ValueError(f"waivers: {self.rule} is no rule that can be waived; those are {possible}")
        if self.expires < self.date:
            raise ValueError(f"waivers: {self.rule} expires before its date")
        return self


class RoundSpec(Declared):
    """One year of the programme."""

    cost_period: CostPeriod
    late_reports: Literal["accept", "if_none_in_time", "exclude"]
    forms: tuple[str, ...]
    waivers: tuple[Waiver, ...] = ()

    @model_validator(mode="after")
    def _one_waiver_a_rule(self) -> Self:
        waived = [waiver.rule for waiver in self.waivers]
        if twice := next((rule for rule in waived if waived.count(rule) > 1), None):
            raise ValueError(f"waivers: {twice} is waived more than once; renew a waiver by moving its dates")
        return self


class Ordinance(Declared):
    """The legal ground, and whether its text has been read."""

    reference: str
    status: Literal["preliminary", "confirmed"]
    provisions: dict[str, Label] = Field(default_factory=dict)

    def ground(self, provision: str, language: Language) -> str:
        """A provision as a rule's ground: section and ordinance, and whether its text has been read."""
        section = self.provisions[provision].sentence(language)
        said = text("source_provision", language).format(section=section, reference=self.reference)
        return said if self.status == "confirmed" else f"{said} ({text('source_preliminary', language)})"


class Programme(Declared):
    """A grant programme, whole: what `programme.yaml`, `questions.yaml`, `forms/` and `reports/` declare."""

    programme: str
    title: Label
    agency: str
    ordinance: Ordinance
    recipients: Annotated[tuple[RecipientKind, ...], Field(min_length=1)]
    """The kinds of body that may apply; the register knows others too."""
    rounds: dict[int, RoundSpec]
    aliases: dict[str, str] = Field(default_factory=dict)
    bases: dict[str, Base]
    questions: dict[str, Question]
    forms: dict[str, Form]
    indicators: Indicators = Indicators()
    reports: dict[str, Report]

    def ground(self, rule: Rule, language: Language) -> str:
        """On what ground a rule stands: a provision of the ordinance, or a source that all programmes share."""
        _, _, provision = rule.source.partition("provision:")
        if provision:
            return self.ordinance.ground(provision, language)
        return text(f"source_{rule.source}", language)

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        grounds = [rule.source.removeprefix("provision:") for rule in rules().values() if ":" in rule.source]
        all_known("ordinance.provisions", grounds, self.ordinance.provisions)
        for year, spec in self.rounds.items():
            all_known(f"rounds.{year}.forms", spec.forms, self.forms)
        for name, base in self.bases.items():
            if condition := base.asked_if:
                all_known(f"bases.{name}", [condition.question], self.questions)
                all_known(f"bases.{name}", condition.options, self.questions[condition.question].options)
        for name, form in self.forms.items():
            all_known(f"{name}.questions", form.questions, self.questions)
            for question, asked in form.questions.items():
                all_known(f"{name}.{question}.base", [asked.base], self.bases)
                all_known(f"{name}.{question}.options", asked.options, self.questions[question].options)
        all_known("indicators", self.indicators.indicators, self.questions)
        for name, measured in self.indicators.indicators.items():
            all_known(f"indicators.{name}.across", measured.across, self.questions)
        for name, comparison in self.indicators.comparisons.items():
            all_known(f"comparisons.{name}", [comparison.question], self.questions)
            asked_options = self.questions[comparison.question].options
            for option in comparison.options.values():
                all_known(f"comparisons.{name}.options", option.any_of, asked_options)
        for report in self.reports.values():
            self._check_report(report)
        return self

    def _check_report(self, report: Report) -> None:
        all_known(f"{report.report}.rounds", [*report.rounds, report.annex], self.rounds)
        for number, table in report.tables.items():
            place, rows = f"{report.report}.tables.{number}", table.rows
            all_known(place, filter(None, (rows.indicator, rows.mean_of, rows.sum_of)), self.questions)
            all_known(place, filter(None, [rows.comparison]), self.indicators.comparisons)
            years = [year for year in (rows.year, *(column.year for column in table.columns.values())) if year]
            all_known(place, years, report.rounds)

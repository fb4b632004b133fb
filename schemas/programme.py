"""What a grant programme is: rounds, forms, questions, reports. Models over the YAML; reading it is elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from schemas import project
from schemas.rules import Rule, rules
from schemas.tables import TABLES
from schemas.tables.base import TAIL
from schemas.texts import text
from schemas.vocabulary import Language

SUBMISSION_FIELDS = ("recipient_name", "respondent_id", "submission_id", "submission_status", "submitted_at")
"""Fields any form may have, whatever table it fills."""

RECORDED_FIELDS = ("submitted_at", "recorded_date", "decided_date", "received_date")
"""Fields that say when a row became known: what an as-of date is held against."""


class Declared(BaseModel):
    """A declaration: unknown keys are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Declared):
    """A text in both languages."""

    sv: str
    en: str

    def sentence(self, language: Language) -> str:
        """The text in one language."""
        return self.sv if language == "sv" else self.en


class AskedIf(Declared):
    """A question is asked only of those that chose one of these options of an earlier question."""

    question: str
    options: tuple[str, ...]


class Base(Label):
    """Who is asked: the base of a share."""

    asked_if: AskedIf | None = None
    inferred: bool = False


class Question(Label):
    """What is asked, whichever form asks it."""

    type: Literal["single", "multiple"]
    options: dict[str, Label]


class FormQuestion(Declared):
    """Where one form carries a question, and how its cells are written."""

    layout: Literal["single", "joined", "column_per_option"]
    header: str
    base: str
    options: dict[str, str]
    separator: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ";"
    chosen: str = "1"
    not_chosen: str = "0"

    def headers(self, question: str) -> dict[str, str]:
        """Slot name to header text: one slot for the question, or one per option."""
        if self.layout != "column_per_option":
            return {question: self.header}
        return {slot(question, option): self.header.format(option=text) for option, text in self.options.items()}


def slot(question: str, option: str) -> str:
    """The name of the column that carries one option of a question."""
    return f"{question}.{option}"


class TotalRow(Declared):
    """How the total row below the data is known, and which field it sums."""

    field: str
    text: str
    sums: str


class ExcludedWhen(Declared):
    """Rows that do not count, told by the text in one field."""

    field: str
    text: str
    rule: str


class Form(Declared):
    """One layout of one export: its headers, what they carry, and which table its rows fill."""

    form: str
    title: Label
    fills: str | None = None
    identity: Literal["recipient", "respondent"]
    fields: dict[str, str]
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    total_row: TotalRow | None = None
    excluded_when: tuple[ExcludedWhen, ...] = ()
    questions: dict[str, FormQuestion] = Field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """Slot name to header text, for every column the form has."""
        of_questions = {name: text for q, asked in self.questions.items() for name, text in asked.headers(q).items()}
        return {**self.fields, **of_questions}

    @model_validator(mode="after")
    def _fields_exist(self) -> Self:
        if self.fills and self.fills not in TABLES:
            raise ValueError(f"fills: there is no table {self.fills}")
        allowed = {*SUBMISSION_FIELDS, *(project.columns(TABLES[self.fills]) if self.fills else ())} - set(TAIL)
        if unknown := sorted(set(self.fields) - allowed):
            raise ValueError(f"fields: {', '.join(unknown)} is no column of {self.fills}")
        _known("codes", self.codes, self.fields)
        _known("excluded_when", [exclusion.field for exclusion in self.excluded_when], self.fields)
        _known("excluded_when", [exclusion.rule for exclusion in self.excluded_when], rules())
        _known("total_row", [self.total_row.field, self.total_row.sums] if self.total_row else [], self.fields)
        return self


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
    late_reports: Literal["accept", "exclude"]
    forms: tuple[str, ...]
    waivers: tuple[Waiver, ...] = ()

    @model_validator(mode="after")
    def _one_waiver_a_rule(self) -> Self:
        waived = [waiver.rule for waiver in self.waivers]
        if twice := next((rule for rule in waived if waived.count(rule) > 1), None):
            raise ValueError(f"waivers: {twice} is waived more than once; renew a waiver by moving its dates")
        return self


class TableRows(Declared):
    """Where a printed table's rows come from: the options of an indicator in one year, or a table's years."""

    indicator: str | None = None
    year: int | None = None
    table: Literal["out_grant_by_year"] | None = None


class TableColumn(Label):
    """One column of a printed table: which value, in which unit."""

    value: str
    unit: Literal["sek", "percent", "count"]


class ReportTable(Declared):
    """One printed table."""

    title: Label
    rows: TableRows
    row_header: Label
    columns: dict[Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")], TableColumn]


class Report(Declared):
    """A report: which rounds it covers, and its tables by number."""

    report: str
    title: Label
    rounds: tuple[int, ...]
    annex: int
    tables: dict[int, ReportTable]


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
    rounds: dict[int, RoundSpec]
    aliases: dict[str, str] = Field(default_factory=dict)
    bases: dict[str, Base]
    questions: dict[str, Question]
    forms: dict[str, Form]
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
        _known("ordinance.provisions", grounds, self.ordinance.provisions)
        for year, spec in self.rounds.items():
            _known(f"rounds.{year}.forms", spec.forms, self.forms)
        for name, base in self.bases.items():
            if condition := base.asked_if:
                _known(f"bases.{name}", [condition.question], self.questions)
                _known(f"bases.{name}", condition.options, self.questions[condition.question].options)
        for name, form in self.forms.items():
            _known(f"{name}.questions", form.questions, self.questions)
            for question, asked in form.questions.items():
                _known(f"{name}.{question}.base", [asked.base], self.bases)
                _known(f"{name}.{question}.options", asked.options, self.questions[question].options)
        for report in self.reports.values():
            _known(f"{report.report}.rounds", [*report.rounds, report.annex], self.rounds)
            indicators = [table.rows.indicator for table in report.tables.values() if table.rows.indicator]
            _known(f"{report.report}.tables", indicators, self.questions)
        return self


def _known(where: str, names: Iterable[object], declared: Container[object]) -> None:
    if unknown := [str(name) for name in names if name not in declared]:
        raise ValueError(f"{where}: {', '.join(unknown)} is not declared")

"""What a grant programme is: its rounds, its legal ground, its forms and reports. Reading the YAML is elsewhere."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic_core import InitErrorDetails

from schemas.configuration.accounting import Accounting
from schemas.configuration.declared import Declared, Label, Loc, Reference, fault, named_twice
from schemas.configuration.forms import GROUND, Form
from schemas.configuration.indicators import Indicators
from schemas.configuration.provisions import Ordinance
from schemas.configuration.questions import Base, Question
from schemas.configuration.reports import Report, ReportTable, TableRows
from schemas.rules.rule import Rule, rules
from schemas.tables import FILLED_IN_EVERY_ROUND
from schemas.texts.catalogue import text
from schemas.words.vocabulary import MEAN, SUM, Language, RecipientCodes, RecipientKind

STANDS_IN = {
    "bases": "questions.yaml",
    "questions": "questions.yaml",
    "forms": "forms/",
    "indicators": "indicators.yaml",
    "reports": "reports/",
}
"""In which file of its folder a key of a programme stands; the others stand in `programme.yaml`."""


REGISTER_PATH = re.compile(r"[a-z][a-z0-9-]*/[^/.][^/]*")
"""A file in one of the folders of `raw/`: below a round's folder it would be an export."""


class CostPeriod(Declared):
    """When costs may arise; not the dates of reports, recoveries and bookings."""

    from_: dt.date | None = Field(alias="from")
    """The first day; null if it is not known."""
    to: dt.date
    """The last day."""


class Waiver(Declared):
    """A rule set aside for a while: its findings stay listed, marked as waived, and neither block nor fail a check.

    It covers every finding of the rule, or only those of one row (`file` and `row`) or of one case number. It holds on
    the days of runs from `date` through `expires`; no figure depends on it.
    """

    rule: str
    """The rule that is set aside."""
    reason: Annotated[str, StringConstraints(min_length=10)]
    """Why, in ten letters at least; reports print it."""
    by: Annotated[str, StringConstraints(min_length=1)]
    """Who answers for it."""
    date: dt.date
    """The day it was decided."""
    expires: dt.date
    """The last day it holds."""
    file: Annotated[str, StringConstraints(min_length=1)] | None = None
    """The name of the only file it is about; `row` goes with it."""
    row: Annotated[int, Field(ge=1)] | None = None
    """The only row of the file that it is about, counted from 1."""
    case_number: Annotated[str, StringConstraints(min_length=1)] | None = None
    """The only case number that it is about, instead of a file and a row."""

    @property
    def is_wide(self) -> bool:
        """Whether it covers every finding of the rule."""
        return self.file is None and self.case_number is None

    def references(self) -> Iterator[Reference]:
        """The rule, which must be one that can be waived."""
        yield Reference("waivable", ("rule",), self.rule, [rule.id for rule in rules().values() if rule.waivable])

    def faults(self) -> Iterator[InitErrorDetails]:
        """A waiver that has expired before it was given."""
        if self.expires < self.date:
            yield fault("waiver_backwards", ("expires",), name=self.rule)
        if (self.file is None) != (self.row is None) or (self.file and self.case_number):
            yield fault("waiver_narrowed_badly", (), name=self.rule)


class RoundSpec(Declared):
    """One year of the programme."""

    cost_period: CostPeriod
    """When costs of the round may arise."""
    late_reports: Literal["accept", "if_none_in_time", "exclude"]
    """What becomes of a report that came after its deadline: it counts, or only where none came in time, or never."""
    forms: tuple[str, ...]
    """The exports that must be there: one file each. Until the first report is due, only the decisions must.

    A round has decisions and usage reports. What none of its forms tells, such as applications or funds, is unknown.
    """
    waivers: tuple[Waiver, ...] = ()
    """Rules that are set aside for a while."""

    def faults(self) -> Iterator[InitErrorDetails]:
        """A form that stands twice, and a rule that is waived twice for the same."""
        yield from named_twice(self.forms, ("forms",))
        waived = [(waiver.rule, waiver.file, waiver.row, waiver.case_number) for waiver in self.waivers]
        for number, same in enumerate(waived):
            if same in waived[:number]:
                yield fault("waived_twice", ("waivers", number, "rule"), name=same[0])


class Programme(Declared):
    """A grant programme, whole: what `programme.yaml`, `questions.yaml`, `forms/` and `reports/` declare."""

    programme: str
    """The programme's id: the name of its folder here and in `raw/`."""
    title: Label
    """What readers see it called."""
    agency: str
    """The agency that hands out the grant."""
    purpose: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")] | None = None
    """What the grant is for, as one word (a–z, 0–9, hyphen) that programmes of the same purpose share.

    A recipient that two of them granted money in one year is pointed out in the validation report.
    """
    ordinance: Ordinance
    """The legal ground."""
    reply_days: Annotated[int, Field(ge=1)] | None = None
    """Within how many days a recipient is asked to reply to a notice; without it the official writes the day."""
    set_aside_percent: Annotated[int, Field(ge=0, le=100)] = 5
    """How much of the granted money reports that are set aside may be about before the round stops, in percent."""
    least_base: Annotated[int, Field(ge=1)] = 10
    """The fewest that a printed share or mean may be of; of fewer, counts are printed in its place."""
    recipients: Annotated[tuple[RecipientKind, ...], Field(min_length=1)]
    """The kinds of body that may apply; the register knows others too."""
    recipient_codes: RecipientCodes = "four_digits"
    """What the bodies of `raw/reference/` that count go by: the four digits of municipalities and regions, or
    organisation numbers (ten digits). Those of `registers` count whatever stands here."""
    registers: tuple[str, ...] = ()
    """The programme's own registers: companies, associations and others by organisation number, in files below `raw/`.

    As `reference/foreningar.csv`, or `my-grant/mottagare.xlsx` beside the rounds. A file has a header row, with
    `organisation_number`, `recipient_name` and `kind`; where they are known also `county_code`, `valid_from_date` and
    `valid_to_date`; and `recipient_code`, five digits of your own choice, which a sole trader must have.
    """
    rounds: dict[int, RoundSpec]
    """The rounds by year."""
    tolerance_sek: Annotated[int, Field(ge=0)] = 1
    """Differences up to so many kronor, öre that were rounded, count as agreeing; they are shown all the same.

    Of a report or a repayment that was told in öre, and of the ledger with the books.
    """
    accounting: Accounting | None = None
    """How the books of the agency are compared with the ledger; without it they are not."""
    aliases: dict[str, str] = Field(default_factory=dict)
    """Names that no general rule maps to the register: each spelling with its code.

    A spelling stands in lower case, without “kommun” or “stad”.
    """
    bases: dict[str, Base]
    """Whom a question was put to: what its shares are shares of."""
    questions: dict[str, Question]
    """What is asked, whichever form asks it, by ids that stay when the texts change."""
    forms: dict[str, Form]
    """The forms, a file each in `forms/`."""
    indicators: Indicators = Indicators()
    """What is computed from answers beyond the share of each option, in `indicators.yaml`."""
    reports: dict[str, Report]
    """The reports, a file each in `reports/`."""

    @property
    def has_numbers(self) -> bool:
        """Whether any recipients go by organisation numbers."""
        return bool(self.registers) or self.recipient_codes == "organisation_number"

    def told_events(self, year: int) -> frozenset[str]:
        """The events that some form of a round can tell of: of all others nothing is known."""
        return self.told_by(self.rounds[year].forms)

    def told_by(self, forms: Iterable[str]) -> frozenset[str]:
        """The events that some of these forms can tell of."""
        return frozenset(event for name in forms for event in self.forms[name].codes.get("event", ()))

    def ground(self, rule: Rule, language: Language) -> str:
        """On what ground a rule stands: a provision of the ordinance, or a source that all programmes share."""
        _, _, provision = rule.source.partition("provision:")
        if provision:
            return self.ordinance.ground(provision, language)
        return text(f"source_{rule.source}", language)

    def references(self) -> Iterator[Reference]:
        """What rounds, bases, forms and reports take from each other."""
        for year, spec in self.rounds.items():
            for number, form in enumerate(spec.forms):
                yield Reference("form", ("rounds", year, "forms", number), form, self.forms)
        for name, base in self.bases.items():
            if condition := base.asked_if:
                yield Reference("question", ("bases", name, "asked_if", "question"), condition.question, self.questions)
                at: Loc = ("bases", name, "asked_if", "options")
                options: dict[Loc, str] = {(*at, number): option for number, option in enumerate(condition.options)}
                yield from self._references_of_options(condition.question, options)
        yield from self._references_of_forms()
        yield from self._references_of_indicators()
        yield from self._references_of_reports()

    def _references_of_forms(self) -> Iterator[Reference]:
        for name, form in self.forms.items():
            for ground in form.codes.get(GROUND, ()):
                place: Loc = ("forms", name, "codes", GROUND, ground)
                yield Reference("provision", place, ground, self.ordinance.provisions)
            for question, asked in form.questions.items():
                at: Loc = ("forms", name, "questions", question)
                yield Reference("question", at, question, self.questions)
                yield Reference("base", (*at, "base"), asked.base, self.bases)
                options: dict[Loc, str] = {(*at, "options", option): option for option in asked.options}
                yield from self._references_of_options(question, options)

    def _references_of_options(self, question: str, options: dict[Loc, str]) -> Iterator[Reference]:
        """Options, by their places, of a question; one that is not declared has a fault of its own."""
        if question in self.questions:
            known = self.questions[question].options
            yield from (Reference("option", at, option, known) for at, option in options.items())

    def _references_of_indicators(self) -> Iterator[Reference]:
        for name, spec in self.indicators.indicators.items():
            at: Loc = ("indicators", "indicators", name)
            yield Reference("question", at, name, self.questions)
            for number, across in enumerate(spec.across):
                yield Reference("question", (*at, "across", number), across, self.questions)
        if asked := self.indicators.use_question:
            yield Reference("question", ("indicators", "use_question", "question"), asked.question, self.questions)
            for use in ("used_all", "used_part", "used_nothing"):
                place: Loc = ("indicators", "use_question", use)
                said = {(*place, number): option for number, option in enumerate(getattr(asked, use))}
                yield from self._references_of_options(asked.question, said)
        for name, comparison in self.indicators.comparisons.items():
            at = ("indicators", "comparisons", name)
            yield Reference("question", (*at, "question"), comparison.question, self.questions)
            options: dict[Loc, str] = {
                (*at, "options", common, "any_of", number): option
                for common, each in comparison.options.items()
                for number, option in enumerate(each.any_of)
            }
            yield from self._references_of_options(comparison.question, options)

    def _references_of_reports(self) -> Iterator[Reference]:
        for name, report in self.reports.items():
            for number, year in enumerate(report.rounds):
                yield Reference("round", ("reports", name, "rounds", number), year, self.rounds)
            yield Reference("round", ("reports", name, "annex"), report.annex, self.rounds)
            for number, table in report.tables.items():
                yield from self._references_of_table(("reports", name, "tables", number), table)

    def _references_of_table(self, at: Loc, table: ReportTable) -> Iterator[Reference]:
        rows = table.rows
        if rows.year:
            yield Reference("round", (*at, "rows", "year"), rows.year, self.rounds)
        if rows.comparison:
            yield Reference("comparison", (*at, "rows", "comparison"), rows.comparison, self.indicators.comparisons)
        for key, question in (("indicator", rows.indicator), ("mean_of", rows.mean_of), ("sum_of", rows.sum_of)):
            if question and rows.year in self.rounds:
                yield Reference("asked", (*at, "rows", key), question, sorted(self._asked(rows.year)))
        for name, column in table.columns.items():
            if column.category:
                place: Loc = (*at, "columns", name, "category")
                yield from self._references_of_options(str(column.across), {place: column.category})
            if column.year:
                yield Reference("round", (*at, "columns", name, "year"), column.year, self.rounds)
            if column.across and rows.indicator:
                yield self._breakdown((*at, "columns", name, "across"), rows.indicator, column.across)
        yield from self._references_of_measures((*at, "rows"), rows)

    def _references_of_measures(self, at: Loc, rows: TableRows) -> Iterator[Reference]:
        """What is computed only where `indicators.yaml` asks for it: means, sums, and what they are broken down by."""
        specs = self.indicators.indicators
        for key, measure, question in (("mean_of", MEAN, rows.mean_of), ("sum_of", SUM, rows.sum_of)):
            if question:
                known = [name for name, spec in specs.items() if measure in spec.measures]
                yield Reference("measured", (*at, key), question, known)
                if rows.across:
                    yield self._breakdown((*at, "across"), question, rows.across)
        if rows.grants_by:
            yield Reference("granted_by", (*at, "grants_by"), rows.grants_by, self.indicators.grants_by)

    def _breakdown(self, at: Loc, question: str, across: str) -> Reference:
        spec = self.indicators.indicators.get(question)
        return Reference("across", at, across, (*spec.by, *spec.across) if spec else ())

    def _asked(self, year: int) -> set[str]:
        """The questions that the forms of a round ask; a form that is not declared has a fault of its own."""
        forms = [self.forms[name] for name in self.rounds[year].forms if name in self.forms]
        return {question for form in forms for question in form.questions}

    def faults(self) -> Iterator[InitErrorDetails]:
        """What is missing or stands twice, bases that a form cannot tell, forms that claim one export."""
        for rule in rules().values():
            _, _, provision = rule.source.partition("provision:")
            if provision and provision not in self.ordinance.provisions:
                yield fault("key_missing", ("ordinance", "provisions", provision), key=f"provisions.{provision}")
        for name, form in self.forms.items():
            for field in form.fields_missing():
                yield fault("key_missing", ("forms", name, "fields", field), key=f"fields.{field}")
            yield from self._bases_not_asked(name, form)
        yield from named_twice(self.registers, ("registers",))
        for number, path in enumerate(self.registers):
            if not REGISTER_PATH.fullmatch(path):
                yield fault("register_misplaced", ("registers", number), name=path)
        yield from self._incomplete_rounds()
        yield from self._overlaps()

    def _bases_not_asked(self, name: str, form: Form) -> Iterator[InitErrorDetails]:
        """Questions whose base rests on an answer that the form does not ask for."""
        for question, asked in form.questions.items():
            base = self.bases.get(asked.base)
            if base and (condition := base.asked_if) and condition.question in self.questions:
                options = set(condition.options) & set(self.questions[condition.question].options)
                earlier = form.questions.get(condition.question)
                if earlier is None or not options <= set(earlier.options):
                    at = ("forms", name, "questions", question, "base")
                    yield fault("base_not_asked", at, name=asked.base, question=condition.question)

    def _incomplete_rounds(self) -> Iterator[InitErrorDetails]:
        """Rounds without a form for the decisions, or for the reports that are held against them."""
        for year, spec in self.rounds.items():
            if set(spec.forms) <= set(self.forms):
                filled = [table for name in spec.forms for table in self.forms[name].fills]
                for table in FILLED_IN_EVERY_ROUND:
                    if table not in filled:
                        yield fault("round_without_form", ("rounds", year, "forms"), name=str(year), table=table)
                both = [name for name in spec.forms if len(self.forms[name].fills) > 1]
                if both and (len(set(filled)) < len(filled) or spec.late_reports != "accept"):
                    yield fault("decided_and_reported", ("rounds", year, "forms"), name=both[0])

    def _overlaps(self) -> Iterator[InitErrorDetails]:
        """Forms of a round of which one claims every export of the other: as `assets.domain.forms.claims` does."""
        for spec in self.rounds.values():
            versions = [
                (name, self.forms[name].header_texts(version))
                for name in spec.forms
                if name in self.forms
                for version in self.forms[name].versions or [""]
            ]
            for (one, ours), (other, theirs) in itertools.combinations(versions, 2):
                if one != other and (ours <= theirs or theirs <= ours):
                    smaller, larger = (one, other) if len(ours) <= len(theirs) else (other, one)
                    yield fault("forms_overlap", ("forms", smaller, "form"), other=("forms", larger, "form"))

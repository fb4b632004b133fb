"""What is asked and where it stands: questions, the forms that ask them, and how their cells are written."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas import project
from schemas.constraints import Between, Compare, SumsTo, columns_of
from schemas.declared import Declared, Label, all_known
from schemas.rules import rules
from schemas.tables import TABLES
from schemas.tables.base import TAIL

SUBMISSION_FIELDS = (
    "recipient_name",
    "county_name",
    "recipient_code",
    "respondent_id",
    "submission_id",
    "submission_status",
    "submitted_at",
    "comment",
)
"""Fields any form may have, whatever table it fills."""

BESIDE_THE_NAME = ("county_name", "recipient_code")
"""Fields that a name is held against; they name nobody by themselves, and may be empty."""

RECORDED_FIELDS = ("submitted_at", "recorded_date", "decided_date", "received_date")
"""Fields that say when a row became known: what an as-of date is held against."""


class AskedIf(Declared):
    """A question is asked only of those that chose one of these options of an earlier question."""

    question: str
    options: tuple[str, ...]


class Base(Label):
    """Who is asked: the base of a share."""

    asked_if: AskedIf | None = None
    inferred: bool = False


class Question(Label):
    """What is asked, whichever form asks it. The options of a rating are whole numbers; those of amounts name each."""

    type: Literal["single", "multiple", "rating", "amounts"]
    options: dict[str, Label]

    @model_validator(mode="after")
    def _ratings_are_numbers(self) -> Self:
        if self.type == "rating" and (words := [option for option in self.options if not option.isdecimal()]):
            raise ValueError(f"options: {', '.join(words)} is no whole number, as the options of a rating are")
        return self


Layout = Literal["single", "joined", "column_per_option", "amount_per_option"]


class FormQuestion(Declared):
    """Where one form carries a question, and how its cells are written."""

    layout: Layout
    header: str
    base: str
    options: dict[str, str]
    separator: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ";"
    chosen: str = "1"
    not_chosen: str = "0"
    none_of_them: str | None = None
    """What a joined answer says that chooses nothing: an answer, unlike a blank."""

    @model_validator(mode="after")
    def _says_none_in_a_joined_cell(self) -> Self:
        if self.none_of_them and self.layout != "joined":
            raise ValueError("none_of_them: only a joined answer says it in words")
        return self

    def headers(self, question: str) -> dict[str, str]:
        """Slot name to header text: one slot for the question, or one per option."""
        if self.layout in ("single", "joined"):
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


class SupplementWhen(Declared):
    """Rows that supplement an earlier submission and replace it, told by the text in one field."""

    field: str
    text: str


class Denial(Declared):
    """A free text that says that nothing was used, and the amount that it contradicts."""

    field: str
    phrases: tuple[str, ...]
    contradicts: str


class FormConstraint(Declared):
    """What the amounts of one row must meet: one kind of the vocabulary of rules, over fields and slots of amounts."""

    says: str
    compare: Compare | None = None
    sums_to: SumsTo | None = None
    between: Between | None = None

    @property
    def holds(self) -> Compare | SumsTo | Between:
        """The one constraint that is said."""
        return next(each for each in (self.compare, self.sums_to, self.between) if each)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(each is not None for each in (self.compare, self.sums_to, self.between)) != 1:
            raise ValueError("a constraint has exactly one of compare, sums_to, between")
        return self


class FormVersion(Declared):
    """How one version of a form differs from the form: other headers, and none (null) where it does not ask."""

    fields: dict[str, str | None] = Field(default_factory=dict)
    questions: dict[str, str | None] = Field(default_factory=dict)


class Form(Declared):
    """One layout of one export: its headers, what they carry, and which table its rows fill.

    `sums` are fields that no column carries: each is the sum of a question's amounts. `versions` are told apart by
    their headers; an export may hold several, side by side.
    """

    form: str
    title: Label
    fills: str | None = None
    identity: Literal["recipient", "respondent"]
    fields: dict[str, str]
    sums: dict[str, str] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    total_row: TotalRow | None = None
    excluded_when: tuple[ExcludedWhen, ...] = ()
    supplement_when: SupplementWhen | None = None
    denial: Denial | None = None
    constraints: tuple[FormConstraint, ...] = ()
    questions: dict[str, FormQuestion] = Field(default_factory=dict)
    versions: dict[str, FormVersion] = Field(default_factory=dict)

    def headers(self, version: str = "") -> dict[str, str]:
        """Slot name to header text, for every column that the form has in one version."""
        changed = self.versions[version] if version else FormVersion()
        fields = {**self.fields, **changed.fields}
        asked = {
            name: question.model_copy(update={"header": changed.questions.get(name, question.header)})
            for name, question in self.questions.items()
        }
        of_questions = {
            at: text
            for name, question in asked.items()
            if question.header
            for at, text in question.headers(name).items()
        }
        return {**{field: text for field, text in fields.items() if text}, **of_questions}

    def amounts(self) -> tuple[str, ...]:
        """Every slot that carries an amount."""
        asked = (
            at for q, each in self.questions.items() if each.layout == "amount_per_option" for at in each.headers(q)
        )
        return (*(field for field in self.fields if field.endswith("_sek")), *asked)

    def parts(self, field: str) -> tuple[str, ...]:
        """The slots whose amounts a field of `sums` is the sum of."""
        return tuple(self.questions[self.sums[field]].headers(self.sums[field]))

    def _must_have(self, field: str) -> bool:
        columns = project.columns(TABLES[self.fills]) if self.fills else {}
        return field == "recipient_name" or (field in columns and not columns[field].nullable)

    @model_validator(mode="after")
    def _fields_exist(self) -> Self:
        if self.fills and self.fills not in TABLES:
            raise ValueError(f"fills: there is no table {self.fills}")
        allowed = {*SUBMISSION_FIELDS, *(project.columns(TABLES[self.fills]) if self.fills else ())} - set(TAIL)
        if unknown := sorted({*self.fields, *self.sums} - allowed):
            raise ValueError(f"fields: {', '.join(unknown)} is no column of {self.fills}")
        if "recipient_name" not in self.fields:
            all_known("fields", self.fields, {*self.fields} - {*BESIDE_THE_NAME})
        all_known("codes", self.codes, self.fields)
        all_known("sums", self.sums.values(), self.questions)
        all_known("excluded_when", [exclusion.field for exclusion in self.excluded_when], self.fields)
        all_known("excluded_when", [exclusion.rule for exclusion in self.excluded_when], rules())
        all_known("total_row", [self.total_row.field, self.total_row.sums] if self.total_row else [], self.fields)
        amounts = {*self.amounts(), *self.sums}
        for constraint in self.constraints:
            all_known("constraints", columns_of(constraint.holds), amounts)
        if self.denial:
            all_known("denial", [self.denial.field], self.fields)
            all_known("denial", [self.denial.contradicts], amounts)
        if self.supplement_when:
            all_known("supplement_when", [self.supplement_when.field], self.fields)
        for name, version in self.versions.items():
            all_known(f"versions.{name}", version.fields, self.fields)
            all_known(f"versions.{name}", version.questions, self.questions)
            if self.fills and (gone := [at for at, text in version.fields.items() if not text and self._must_have(at)]):
                raise ValueError(f"versions.{name}: {self.fills} cannot be filled without {', '.join(gone)}")
        return self

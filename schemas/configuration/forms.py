"""What is asked and where it stands: questions, the forms that ask them, and how their cells are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints
from pydantic_core import InitErrorDetails

from schemas.configuration.declared import Declared, Label, Loc, Reference, fault, shared_texts, stray_braces
from schemas.rules.constraints import Compare, Operator, SumsTo
from schemas.rules.rule import received_rules
from schemas.tables import FILLED_BY_FORMS, TABLES, project
from schemas.tables.base import TAIL, RoundTable

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

RECORDED_FIELDS = ("submitted_at", "recorded_date", "decided_date", "received_date", "booked_date")
"""Fields that say when a row became known: what an as-of date is held against."""


IDENTITY_FIELDS = {"recipient": "recipient_name", "respondent": "respondent_id"}
"""The field that a form must have to tell whose its rows are."""

NAMED_BY_US = ("recipient_code", "grant_id", "name_as_reported", "decided_sek")
"""Columns that no form has to give: the register, the decision, the name in the row, and the events do."""

AMOUNTS = "amount_per_option"
"""The layout in which each option has an amount."""

OPTION = "option"
"""What stands in braces in the header of a question with a column per option."""


def plain(text: str | None) -> str:
    """A header or cell without marks and stray spaces, on one line."""
    return " ".join(unicodedata.normalize("NFC", text or "").replace("\ufeff", "").split())


class AskedIf(Declared):
    """A question is asked only of those that chose one of these options of an earlier question."""

    question: str
    """The earlier question, which the form must ask as well."""
    options: tuple[str, ...]
    """The options of it that lead to the question."""


class Base(Label):
    """Who is asked: the base of a share."""

    asked_if: AskedIf | None = None
    """The earlier answer on which the question was put; without it everybody was asked."""
    inferred: bool = False
    """Whether the source states a number but not whom it counts, so that the base is our conclusion."""


class Question(Label):
    """What is asked, whichever form asks it."""

    type: Literal["single", "multiple", "rating", "amounts"]
    """Whether one option may be chosen or several, or one whole number (rating), or amounts are stated for each."""
    options: dict[str, Label]
    """What may be answered, in the order of the form, by ids that stay when the texts change.

    The ids of a rating's options are the numbers.
    """

    def faults(self) -> Iterator[InitErrorDetails]:
        """Options of a rating that are no numbers."""
        if self.type == "rating":
            words = [option for option in self.options if not option.isdecimal()]
            yield from (fault("rating_no_number", ("options", option), name=option) for option in words)


Layout = Literal["single", "joined", "column_per_option", "amount_per_option"]


class FormQuestion(Declared):
    """Where one form carries a question, and how its cells are written."""

    layout: Layout
    """One answer in one cell (single), several in one cell (joined), a column or an amount for each option."""
    header: str
    """The header of the column. With a column per option, `{option}` stands where each option's text does."""
    base: str
    """Who was asked: a base of `questions.yaml`."""
    options: dict[str, str]
    """How the cells, or the headers with a column per option, write each option of the question."""
    separator: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ";"
    """The sign between the answers of a joined cell: a line break where XML or JSON repeats them."""
    chosen: str = "1"
    """What the cell holds where an option with a column of its own was chosen."""
    not_chosen: str = "0"
    """What the cell holds where it was not."""
    none_of_them: str | None = None
    """What a joined answer says that chooses nothing: an answer, unlike a blank."""

    @property
    def in_one_cell(self) -> bool:
        """Whether one cell holds the whole question."""
        return self.layout in ("single", "joined")

    def headers(self, question: str) -> dict[str, str]:
        """Slot name to header text: one slot for the question, or one per option."""
        if self.in_one_cell:
            return {question: self.header}
        return {slot(question, option): self.header.format(option=text) for option, text in self.options.items()}

    def faults(self) -> Iterator[InitErrorDetails]:
        """A header that does not name the option once, and two options that are written alike."""
        if not self.in_one_cell and self.header.count(f"{{{OPTION}}}") * (not stray_braces(self.header, OPTION)) != 1:
            yield fault("header_without_option", ("header",), name=OPTION)
        yield from shared_texts((("options", option), option, text) for option, text in self.options.items())
        if self.none_of_them and self.layout != "joined":
            yield fault("none_not_joined", ("none_of_them",))


def slot(question: str, option: str) -> str:
    """The name of the column that carries one option of a question."""
    return f"{question}.{option}"


class TotalRow(Declared):
    """How the total row below the data is known, and which field it sums."""

    field: str
    """The field whose text tells the row."""
    text: str
    """That text."""
    sums: str
    """The amount that the row gives the sum of."""


class ExcludedWhen(Declared):
    """Rows that do not count, told by the text in one field."""

    field: str
    """The field whose text tells the rows."""
    text: str
    """That text, as the export writes it."""
    rule: str
    """The rule that says why they do not count."""


class SupplementWhen(Declared):
    """Rows that supplement an earlier submission and replace it, told by the text in one field."""

    field: str
    """The field whose text tells the rows."""
    text: str
    """That text, as the export writes it."""


class Denial(Declared):
    """A free text that may say that nothing was used, and the amount that it would contradict."""

    field: str
    """The field with the text."""
    phrases: tuple[str, ...]
    """What says so, in whatever case."""
    contradicts: str
    """The amount: a field, a sum or an amount of a question (`question.option`)."""


class ComparedAmounts(Declared):
    """One amount held against another."""

    left: str
    """An amount: a field, a sum or an amount of a question (`question.option`)."""
    operator: Operator
    """How the left one must stand to the right one."""
    right: str
    """The other amount."""


class SummedAmounts(Declared):
    """An amount that must be the sum of others."""

    total: str
    """The sum."""
    parts: tuple[str, ...]
    """What it is the sum of."""


class FormConstraint(Declared):
    """What the amounts of one row must meet. Where one is not known, nothing is held against it."""

    says: str
    """The constraint in words, as findings print it."""
    compare: ComparedAmounts | None = None
    """Two amounts; instead of a sum."""
    sums_to: SummedAmounts | None = None
    """A sum; instead of two amounts."""

    @property
    def holds(self) -> Compare | SumsTo:
        """The constraint in the vocabulary of rules."""
        if self.compare:
            return Compare(self.compare.left, self.compare.operator, self.compare.right)
        summed = self.sums_to or SummedAmounts(total="", parts=())
        return SumsTo(summed.total, summed.parts)

    def faults(self) -> Iterator[InitErrorDetails]:
        """A constraint of both kinds, or of none."""
        if (self.compare is None) == (self.sums_to is None):
            yield fault("constraint_unclear", ())

    def amounts(self) -> dict[Loc, str]:
        """The amounts that it names, by their places."""
        if self.compare:
            return {("compare", "left"): self.compare.left, ("compare", "right"): self.compare.right}
        summed = self.sums_to or SummedAmounts(total="", parts=())
        parts: dict[Loc, str] = {("sums_to", "parts", number): part for number, part in enumerate(summed.parts)}
        return {("sums_to", "total"): summed.total, **parts}


class FormVersion(Declared):
    """How one version of a form differs from the form."""

    fields: dict[str, str | None] = Field(default_factory=dict)
    """Fields with other headers; null where the version does not ask."""
    questions: dict[str, str | None] = Field(default_factory=dict)
    """Questions with other headers; null where the version does not ask."""


class Form(Declared):
    """One layout of one export: its headers, what they carry, and which table its rows fill."""

    form: str
    """The form's id, by which rounds name it. One file holds one form."""
    title: Label
    """What readers see it called."""
    fills: str | None = None
    """The table that its rows fill; a form that only asks questions fills none."""
    identity: Literal["recipient", "respondent"]
    """Whose a row is: a recipient's, told by `recipient_name`, or a respondent's, told by `respondent_id`."""
    fields: dict[str, str]
    """Which column each field stands in: the field's name in the table, and the column's header (or path)."""
    hidden: Literal["count", "exclude"] = "count"
    """Whether rows and sheets that the file hides count. Either way they are told."""
    merged: Literal["refuse", "fill"] = "refuse"
    """What becomes of a cell that is merged over several rows of data: it is refused, or holds for each of them."""
    sums: dict[str, str] = Field(default_factory=dict)
    """Fields that no column carries: each is the sum of the amounts of a question."""
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    """How the export writes what a field has codes for: by field, code and text."""
    total_row: TotalRow | None = None
    """The row below the data that sums it up, if the export has one."""
    excluded_when: tuple[ExcludedWhen, ...] = ()
    """Rows that do not count, such as tests and drafts."""
    supplement_when: SupplementWhen | None = None
    """Rows that supplement an earlier submission and count in its place."""
    denial: Denial | None = None
    """A free text that is held against an amount."""
    constraints: tuple[FormConstraint, ...] = ()
    """What the amounts of one row must meet; a breach is listed and the row is kept."""
    questions: dict[str, FormQuestion] = Field(default_factory=dict)
    """The questions that the form asks, and in which columns."""
    versions: dict[str, FormVersion] = Field(default_factory=dict)
    """Its versions, told apart by their headers; an export may hold several, side by side. None: it has one."""

    def headers(self, version: str = "") -> dict[str, str]:
        """Slot name to header text, for every column that the form has in one version; of all slots without one."""
        changed = self.versions[version] if version else FormVersion()
        fields = {**self.fields, **changed.fields}
        asked = {
            name: question.model_copy(update={"header": changed.questions.get(name, question.header)})
            for name, question in self.questions.items()
        }
        of_questions = {
            at: text for name, each in asked.items() if each.header for at, text in each.headers(name).items()
        }
        return {**{field: text for field, text in fields.items() if text}, **of_questions}

    def header_texts(self, version: str = "") -> set[str]:
        """The headers of a version as they are compared with a file's."""
        return {plain(text) for text in self.headers(version).values()}

    def amounts(self) -> tuple[str, ...]:
        """Every slot that carries an amount."""
        asked = (at for q, each in self.questions.items() if each.layout == AMOUNTS for at in each.headers(q))
        return (*(field for field in self.fields if field.endswith("_sek")), *asked)

    def parts(self, field: str) -> tuple[str, ...]:
        """The slots whose amounts a field of `sums` is the sum of."""
        return tuple(self.questions[self.sums[field]].headers(self.sums[field]))

    def fields_missing(self) -> list[str]:
        """Those of the fields that it needs and does not have."""
        return [field for field in self.fields_needed() if field not in {*self.fields, *self.sums}]

    def fields_needed(self) -> list[str]:
        """The fields without which the form's rows have no owner, or leave a column empty that may not be."""
        given = {*RoundTable.to_schema().columns, *TAIL, *NAMED_BY_US}
        filled = [name for name, each in self._columns().items() if not each.nullable and name not in given]
        return [IDENTITY_FIELDS[self.identity], *filled]

    def references(self) -> Iterator[Reference]:
        """Its table, the table's columns and their words, its own fields, and rules."""
        if self.fills:
            yield Reference("table", ("fills",), self.fills, FILLED_BY_FORMS)
        if self.fills is None or self.fills in FILLED_BY_FORMS:
            allowed = sorted({*SUBMISSION_FIELDS, *self._columns()} - {*TAIL, "grant_id"})
            kind = "column" if self.fills else "submission_field"
            yield from (Reference(kind, ("fields", field), field, allowed) for field in self.fields)
            yield from (Reference(kind, ("sums", field), field, allowed) for field in self.sums)
        yield from self._references_of_codes()
        yield from self._references_of_exclusions()
        yield from self._references_of_amounts()
        yield from self._references_of_versions()
        if self.total_row:
            amounts = [field for field in self.fields if field.endswith("_sek")]
            yield Reference("field", ("total_row", "field"), self.total_row.field, self.fields)
            yield Reference("amount", ("total_row", "sums"), self.total_row.sums, amounts)

    def _references_of_codes(self) -> Iterator[Reference]:
        for field, codes in self.codes.items():
            yield Reference("field", ("codes", field), field, self.fields)
            if words := self._words(field):
                yield from (Reference("code", ("codes", field, code), code, words) for code in codes)

    def _references_of_exclusions(self) -> Iterator[Reference]:
        excluding = [rule.id for rule in received_rules()]
        for number, exclusion in enumerate(self.excluded_when):
            at: Loc = ("excluded_when", number)
            yield Reference("field", (*at, "field"), exclusion.field, self.fields)
            yield Reference("rule", (*at, "rule"), exclusion.rule, excluding)
            if texts := self.codes.get(exclusion.field):
                yield Reference("text", (*at, "text"), exclusion.text, texts.values())
        if supplement := self.supplement_when:
            yield Reference("field", ("supplement_when", "field"), supplement.field, self.fields)
            if texts := self.codes.get(supplement.field):
                yield Reference("text", ("supplement_when", "text"), supplement.text, texts.values())

    def _references_of_amounts(self) -> Iterator[Reference]:
        asked = [name for name, each in self.questions.items() if each.layout == AMOUNTS]
        yield from (Reference("amounts", ("sums", field), question, asked) for field, question in self.sums.items())
        amounts = [*self.amounts(), *self.sums]
        for number, constraint in enumerate(self.constraints):
            for at, name in constraint.amounts().items():
                yield Reference("amount", ("constraints", number, *at), name, amounts)
        if self.denial:
            yield Reference("field", ("denial", "field"), self.denial.field, self.fields)
            yield Reference("amount", ("denial", "contradicts"), self.denial.contradicts, amounts)

    def _references_of_versions(self) -> Iterator[Reference]:
        for name, version in self.versions.items():
            at: Loc = ("versions", name)
            yield from (Reference("field", (*at, "fields", field), field, self.fields) for field in version.fields)
            for question in version.questions:
                yield Reference("question", (*at, "questions", question), question, self.questions)

    def _faults_of_versions(self) -> Iterator[InitErrorDetails]:
        """A version without a column that the table needs, and two versions that no header tells apart."""
        needed = {*self.fields_needed(), *(exclusion.field for exclusion in self.excluded_when)}
        texts: list[tuple[str, set[str]]] = []
        for name, version in self.versions.items():
            for field in (field for field, text in version.fields.items() if text is None and field in needed):
                yield fault("version_lacks", ("versions", name, "fields", field), name=field)
            mine = self.header_texts(name)
            if other := next((earlier for earlier, theirs in texts if theirs == mine), None):
                yield fault("versions_alike", ("versions", name), name=name, other=other)
            texts.append((name, mine))

    def faults(self) -> Iterator[InitErrorDetails]:
        """Two columns of one header, two codes that are written alike, and versions that cannot be."""
        if not all(self.questions.keys() >= each.questions.keys() for each in self.versions.values()):
            return  # told as a reference
        yield from self._faults_of_versions()
        if "recipient_name" not in self.fields:
            for field in filter(self.fields.__contains__, BESIDE_THE_NAME):
                yield fault("key_missing", ("fields", field), key="fields.recipient_name")
        of_fields = [((("fields", field)), field, plain(text)) for field, text in self.fields.items()]
        of_questions = [
            (("questions", question, "header"), name, plain(text))
            for question, asked in self.questions.items()
            for name, text in asked.headers(question).items()
        ]
        yield from shared_texts([*of_fields, *of_questions])
        for field in self.fields:
            if self._words(field) and field not in self.codes:
                yield fault("key_missing", ("codes", field), key=f"codes.{field}")
        for field, codes in self.codes.items():
            yield from shared_texts((("codes", field, code), code, text) for code, text in codes.items())

    def _words(self, field: str) -> tuple[str, ...]:
        """The vocabulary of the column that a field fills, if it has one."""
        column = self._columns().get(field)
        return (column.metadata["one_of"] or ()) if column else ()

    def _columns(self) -> dict[str, Any]:
        return project.columns(TABLES[self.fills]) if self.fills in FILLED_BY_FORMS else {}

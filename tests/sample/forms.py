"""The form declarations seen from the writing side: which headers a file has and what stands in its cells."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.sample.inputs import DECLARATIONS, load_yaml

Cell = str | int | date | None
Row = list[Cell]
Choice = Collection[str]
"""The option ids that one respondent chose in one question."""


@dataclass(frozen=True)
class Question:
    """One question as one form asks it."""

    layout: str
    header: str
    base: str
    options: Mapping[str, str]
    separator: str = ""
    chosen: str = ""
    not_chosen: str = ""
    none_of_them: str = ""

    def headers(self) -> list[str]:
        """The column headers: one, or one per option."""
        if self.layout == "column_per_option":
            return [self.header.format(option=text) for text in self.options.values()]
        return [self.header]

    def cells(self, choice: Choice | None) -> list[str]:
        """The cells of one respondent; all blank when the question was not put (None)."""
        if choice is None:
            return [""] * len(self.headers())
        if self.layout == "column_per_option":
            return [self.chosen if option in choice else self.not_chosen for option in self.options]
        return [f"{self.separator} ".join(text for option, text in self.options.items() if option in choice)]


@dataclass(frozen=True)
class Form:
    """One declared export: its fields, then its questions."""

    fields: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, Question]
    total_text: str | None

    def headers(self) -> list[str]:
        """Every column header, in file order."""
        return [
            *self.fields.values(),
            *(text for question in self.questions.values() for text in question.headers()),
        ]

    def row(self, answers: Mapping[str, Choice] | None = None, /, **values: Cell) -> Row:
        """One data row, from field values and answers; a field or question that has none stays empty."""
        unknown = values.keys() - self.fields.keys()
        if unknown:
            raise KeyError(f"not fields of the form: {sorted(unknown)}")
        given = answers or {}
        return [
            *(self._cell(field, values.get(field)) for field in self.fields),
            *(cell for name, question in self.questions.items() for cell in question.cells(given.get(name))),
        ]

    def _cell(self, field: str, value: Cell) -> Cell:
        return self.codes[field][str(value)] if field in self.codes and value is not None else value


def load_form(name: str, version: str | None = None) -> Form:
    """The declaration `forms/<name>.yaml` of the programme, as one of its versions has it."""
    declared: dict[str, Any] = load_yaml(DECLARATIONS / "forms" / f"{name}.yaml")
    fields = declared["fields"] | (declared["versions"][version].get("fields", {}) if version else {})
    questions = {key: Question(**question) for key, question in declared.get("questions", {}).items()}
    return Form(
        fields={field: header for field, header in fields.items() if header is not None},
        codes=declared.get("codes", {}),
        questions=questions,
        total_text=declared.get("total_row", {}).get("text"),
    )


def load_bases() -> dict[str, dict[str, Any]]:
    """Who a question is put to, as `questions.yaml` declares it; empty for everyone."""
    bases = load_yaml(DECLARATIONS / "questions.yaml")["bases"]
    return {name: base.get("asked_if", {}) for name, base in bases.items()}

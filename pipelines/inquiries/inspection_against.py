"""What a file has that a form does not, and what the form asks that the file does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.inquiries.inspection import Inspected
from pipelines.inquiries.inspection_columns import Column
from pipelines.inquiries.inspection_values import EMPTY
from schemas.configuration import catalogue
from schemas.configuration.forms import Form
from schemas.configuration.layouts import plain
from schemas.rules.rule import Stop


@dataclass(frozen=True)
class Difference:
    """A file held against the version of a form that it is most like. `options`: new ones, by the column's letter."""

    form: str
    version: str
    new: Sequence[Column]
    gone: Sequence[str]
    options: Sequence[tuple[str, str]]
    is_asked_otherwise: bool
    """Whether the form reads other header rows than the file has."""


def form_called(name: str) -> tuple[str, Form]:
    """A form by its id, or by `programme/form`. Raises: Stop: there is none, or several programmes have it."""
    programme, _, form = name.rpartition("/")
    wanted = [programme] if programme else list(catalogue.programme_names())
    forms = {f"{each}/{own}": found for each in wanted for own, found in catalogue.programme(each).forms.items()}
    fitting = [full for full in forms if full.rpartition("/")[2] == form]
    if len(fitting) == 1:
        return fitting[0], forms[fitting[0]]
    if fitting:
        raise Stop("form_not_told", form=form, forms=", ".join(fitting))
    raise Stop("form_not_there", form=name, forms=", ".join(forms))


def against(inspected: Inspected, name: str, form: Form) -> Difference:
    """The difference to the version of the form that the file is most like."""
    headers = [column.header for column in inspected.columns]
    version = min(form.versions or [""], key=lambda each: len(form.header_texts(each) ^ set(headers)))
    known = {plain(text) for text in form.headers(version).values()}
    letters = {f"({column.letter})" for column in inspected.columns}
    return Difference(
        name,
        version,
        [column for column in inspected.columns if column.header not in known and f"({column.letter})" not in known],
        sorted(known - set(headers) - letters),
        list(_new_options(inspected, form, version)),
        bool(form.reads.header_rows != max(inspected.layout.header_rows, 1)),
    )


def _new_options(inspected: Inspected, form: Form, version: str) -> Iterator[tuple[str, str]]:
    """Options that stand in the columns of closed questions and are none of the form's."""
    places = {slot: plain(text) for slot, text in form.headers(version).items()}
    for question, asked in form.questions.items():
        if not asked.in_one_cell or question not in places:
            continue
        known = {*asked.options.values(), asked.none_of_them, asked.not_asked}
        for column in inspected.columns:
            if column.header == places[question]:
                yield from ((column.letter, option) for option in _beyond(column, known))


def _beyond(column: Column, known: Collection[str | None]) -> list[str]:
    return [option for option in column.guess.options if option not in known and column.guess.type != EMPTY]


def document(difference: Difference) -> dict[str, Any]:
    """The difference, for programs."""
    return {
        "form": difference.form,
        "version": difference.version or None,
        "new": [{"column": column.letter, "header": column.header} for column in difference.new],
        "gone": list(difference.gone),
        "new_options": [{"column": letter, "option": option} for letter, option in difference.options],
        "other_header_rows": difference.is_asked_otherwise,
    }

"""What is asked, and how one form carries it: in which columns, and how its cells are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import StringConstraints
from pydantic_core import InitErrorDetails

from schemas.configuration.declared import Declared, Label, fault, shared_texts, stray_braces
from schemas.configuration.faults import shown
from schemas.configuration.joined_answers import read_two_ways

AMOUNTS = "amount_per_option"
"""The layout in which each option has an amount."""

OPTION = "option"
"""What stands in braces in the header of a question with a column per option, or in what its cells say."""

NONE = "none_of_them"
"""What stands for the column of "none of them", where a question has one."""


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
    other: str | None = None
    """The option that is chosen by a text of one's own: any that is none of the others, or any in its own column."""
    separator: Annotated[str, StringConstraints(min_length=1)] = ";"
    """What stands between the answers of a joined cell: a line break where XML or JSON repeats them.

    An option whose own text has it in it is known as a whole.
    """
    chosen: str = "1"
    """What the cell holds where an option with a column of its own was chosen: `{option}` is the option's own text."""
    not_chosen: str = "0"
    """What the cell holds where it was not; it may be empty."""
    not_asked: str | None = None
    """What the cell holds where the question was not put to the respondent."""
    none_of_them: str | None = None
    """What a joined answer says that chooses nothing: an answer, unlike a blank. With a column per option, the text in
    the header of the column that says so."""

    @property
    def in_one_cell(self) -> bool:
        """Whether one cell holds the whole question."""
        return self.layout in ("single", "joined")

    @property
    def none_has_a_column(self) -> bool:
        """Whether "none of them" stands in a column of its own."""
        return self.none_of_them is not None and self.layout == "column_per_option"

    def headers(self, question: str) -> dict[str, str]:
        """Slot name to header text: one slot for the question, or one per option."""
        if self.in_one_cell:
            return {question: self.header}
        texts = {**self.options, **({NONE: str(self.none_of_them)} if self.none_has_a_column else {})}
        return {slot(question, option): self.header.format(option=text) for option, text in texts.items()}

    def says_chosen(self, option: str) -> str:
        """What the cell of an option holds where it was chosen."""
        return self.chosen.replace(f"{{{OPTION}}}", self.options.get(option, self.none_of_them or ""))

    def faults(self) -> Iterator[InitErrorDetails]:
        """A header that does not name the option once, texts that cannot be told apart, and keys of other layouts."""
        if not self.in_one_cell and self.header.count(f"{{{OPTION}}}") * (not stray_braces(self.header, OPTION)) != 1:
            yield fault("header_without_option", ("header",), name=OPTION)
        yield from shared_texts((("options", option), option, text) for option, text in self.options.items())
        if self.none_of_them and self.layout not in ("joined", "column_per_option"):
            yield fault("none_not_joined", ("none_of_them",))
        if self.other is not None and (self.other not in self.options or self.layout == AMOUNTS):
            yield fault("other_not_an_option", ("other",), name=self.other)
        texts = [*self.options.values(), *([self.none_of_them] if self.none_of_them else [])]
        if self.layout == "joined" and read_two_ways(texts, self.separator):
            option = next((option for option, text in self.options.items() if self.separator in text), "")
            yield fault("joined_two_ways", ("options", option), name=option, separator=shown(self.separator))


def slot(question: str, option: str) -> str:
    """The name of the column that carries one option of a question."""
    return f"{question}.{option}"

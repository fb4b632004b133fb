"""Known kinds of fault, planted on purpose: in a cell, in a row. Faults of columns and whole files are in file_faults.

A fault takes a sheet and a source of chance, and returns the sheet with one such fault, or None where it has no place
for one. The audit of the rules plants them, and so do the tests of bad input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from assets.domain.reading.forms import text_of, versions_of
from assets.received import Cell, Cells, Sheet
from schemas.configuration.forms import Form

Rows = list[list[Cell]]


@dataclass(frozen=True)
class Target:
    """A sheet of a form, where its headers stand (a row from 1), and which of its rows count (from 1)."""

    sheet: Sheet
    form: Form
    header_row: int
    counted: Sequence[int]
    other_names: Sequence[str]
    """Recipients of the register that are as real as the file's own, and not in it."""
    alien_names: Sequence[str]
    """Recipients of the register that are real where the file's are not, or the reverse."""
    other_kinds: Sequence[str]
    """Bodies of the register of a kind that cannot be a recipient."""

    @cached_property
    def columns(self) -> dict[str, int]:
        """In which column (from 0) each slot stands."""
        versions = versions_of(self.form, self.sheet.rows[self.header_row - 1])
        return {slot: at for version in versions for slot, at in version.positions.items()}

    def rows(self) -> Rows:
        """A copy of the rows, to plant a fault in."""
        return [list(row) for row in self.sheet.rows]

    def cell(self, row: int, slot: str) -> str:
        """What stands in a cell."""
        return text_of(self.sheet.rows[row - 1][self.columns[slot]]) or ""

    def slots(self, *endings: str) -> list[str]:
        """The fields that have a column and whose names say that they are of a kind."""
        return [slot for slot in self.form.fields if slot in self.columns and slot.endswith(endings)]

    def filled(self, slots: Sequence[str]) -> list[tuple[int, str]]:
        """Every cell of the rows that count where something stands."""
        return [(row, slot) for row in self.counted for slot in slots if self.cell(row, slot)]


Fault = Callable[[Target, Random], Sheet | None]
FAULTS: dict[str, Fault] = {}
"""Every kind of fault by its name; what it is called is text `fault_<name>`."""

AMOUNTS, DATES, NAME = ("_sek",), ("_date", "_at"), "recipient_name"


def fault(plant: Fault) -> Fault:
    """Register a kind of fault under the name of its function."""
    FAULTS[plant.__name__] = plant
    return plant


def in_sheet(target: Target, rows: Sequence[Cells]) -> Sheet:
    """The sheet with other rows, all as wide as the widest."""
    width = max(map(len, rows), default=0)
    return replace(target.sheet, rows=[[*row, *[None] * (width - len(row))] for row in rows])


def with_cell(target: Target, row: int, slot: str, value: str) -> Sheet:
    """The sheet with another value in one cell."""
    rows = target.rows()
    rows[row - 1][target.columns[slot]] = value
    return in_sheet(target, rows)


def changed(slots: Callable[[Target], list[str]], change: Callable[[str, Random], str | None]) -> Fault:
    """A fault that changes one filled cell of these slots, where the change makes a difference."""

    def plant(target: Target, chance: Random) -> Sheet | None:
        new = {place: change(target.cell(*place), chance) for place in target.filled(slots(target))}
        places = [place for place, text in new.items() if text is not None and text != target.cell(*place)]
        if not places:
            return None
        place = chance.choice(places)
        return with_cell(target, *place, str(new[place]))

    return plant


def _amounts(target: Target) -> list[str]:
    return target.slots(*AMOUNTS)


def _dates(target: Target) -> list[str]:
    return target.slots(*DATES)


def _names(target: Target) -> list[str]:
    return [slot for slot in target.form.fields if slot == NAME]


def _codes(target: Target) -> list[str]:
    return [slot for slot in target.form.codes if slot in target.columns]


def _single(target: Target) -> list[str]:
    return [name for name, asked in target.form.questions.items() if asked.layout == "single"]


def _answers(target: Target) -> list[str]:
    return [slot for slot in target.columns if slot not in target.form.fields]


def kronor(text: str) -> int:
    """The amount in a cell."""
    return int(re.sub(r"\D", "", text) or 0)


def _some(amount: Callable[[int], int]) -> Callable[[str, Random], str | None]:
    """A change of an amount that is not zero."""
    return lambda text, _: str(amount(kronor(text))) if kronor(text) else None


def _swapped_digits(text: str, chance: Random) -> str | None:
    digits = str(kronor(text))
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and digits[at + 1] != "0"]
    if not places:
        return None
    at = chance.choice(places)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _without_a_letter(text: str, chance: Random) -> str | None:
    letters = [at for at, letter in enumerate(text.partition(" ")[0]) if letter.isalpha() and at]
    if not letters:
        return None
    at = chance.choice(letters)
    return text[:at] + text[at + 1 :]


def _later_year(text: str, _: Random) -> str | None:
    return f"{int(text[:4]) + 1}{text[4:]}" if text[:4].isdecimal() else None


def _other_digit(text: str, _: Random) -> str | None:
    return f"{text[:-1]}{(int(text[-1]) + 1) % 10}" if text[-1:].isdecimal() else None


FAULTS |= {
    "amount_negative": changed(_amounts, _some(lambda amount: -amount)),
    "amount_unreadable": changed(_amounts, lambda text, _: f"ca {text}"),
    "amount_with_ore": changed(_amounts, lambda text, _: f"{kronor(text)},50"),
    "amount_thousandfold": changed(_amounts, _some(lambda amount: amount * 1000)),
    "amount_in_thousands": changed(_amounts, _some(lambda amount: amount // 1000)),
    "amount_one_krona_off": changed(_amounts, _some(lambda amount: amount + 1)),
    "amount_digits_swapped": changed(_amounts, _swapped_digits),
    "amount_blank": changed(_amounts, lambda *_: ""),
    "date_impossible": changed(_dates, lambda *_: "1999-02-30"),
    "date_a_year_late": changed(_dates, _later_year),
    "date_blank": changed(_dates, lambda *_: ""),
    "name_misspelt": changed(_names, _without_a_letter),
    "name_unknown": changed(_names, lambda *_: "Okända bygden"),
    "name_blank": changed(_names, lambda *_: ""),
    "code_misspelt": changed(_codes, _without_a_letter),
    "code_blank": changed(_codes, lambda *_: ""),
    "answer_misspelt": changed(_single, lambda text, _: f"{text}x"),
    "answer_blank": changed(_answers, lambda *_: ""),
    "case_number_off": changed(lambda target: target.slots("case_number"), _other_digit),
}


@fault
def name_of_another(target: Target, chance: Random) -> Sheet | None:
    """One recipient under the name of another that is not in the file."""
    return _renamed(target, chance, target.other_names)


@fault
def name_of_other_reality(target: Target, chance: Random) -> Sheet | None:
    """A real recipient in a fictitious file, or the reverse."""
    return _renamed(target, chance, target.alien_names)


@fault
def name_of_another_kind(target: Target, chance: Random) -> Sheet | None:
    """A body that is of no kind that the grant is for."""
    return _renamed(target, chance, target.other_kinds)


@fault
def names_in_one_cell(target: Target, chance: Random) -> Sheet | None:
    """A recipient and another one in one cell."""
    places = target.filled(_names(target))
    if not places or not target.other_names:
        return None
    place = chance.choice(places)
    return with_cell(target, *place, f"{target.cell(*place)} och {chance.choice(target.other_names)}")


def _renamed(target: Target, chance: Random, names: Sequence[str]) -> Sheet | None:
    places = target.filled(_names(target))
    return with_cell(target, *chance.choice(places), chance.choice(names)) if places and names else None


@fault
def names_swapped(target: Target, chance: Random) -> Sheet | None:
    """The names of two recipients stand at each other's rows."""
    places = target.filled(_names(target))
    if len(places) < 2:  # noqa: PLR2004 - two to swap
        return None
    (one, slot), (other, _) = chance.sample(places, 2)
    swapped = replace(target, sheet=with_cell(target, one, slot, target.cell(other, slot)))
    return with_cell(swapped, other, slot, target.cell(one, slot))


@fault
def answer_to_another_option(target: Target, chance: Random) -> Sheet | None:
    """An option that the form has, but that was not the one chosen."""
    places = target.filled(_single(target))
    if not places:
        return None
    row, slot = chance.choice(places)
    others = [text for text in target.form.questions[slot].options.values() if text != target.cell(row, slot)]
    return with_cell(target, row, slot, chance.choice(others))


@fault
def answer_though_not_asked(target: Target, chance: Random) -> Sheet | None:
    """A mark in a cell that is empty since the question was not asked."""
    marks = {
        slot: asked.chosen
        for name, asked in target.form.questions.items()
        if asked.layout == "column_per_option" and asked.base != "everyone"
        for slot in asked.headers(name)
    }
    places = [(row, slot) for row in target.counted for slot in marks if not target.cell(row, slot)]
    if not places:
        return None
    row, slot = chance.choice(places)
    return with_cell(target, row, slot, marks[slot])


@fault
def unused_above_granted(target: Target, chance: Random) -> Sheet | None:
    """More is not used than the recipient says it was granted."""
    return _above_grant(target, chance, "unused_sek")


@fault
def used_above_granted(target: Target, chance: Random) -> Sheet | None:
    """More is used than the recipient says it was granted."""
    return _above_grant(target, chance, "used_sek")


def _above_grant(target: Target, chance: Random, slot: str) -> Sheet | None:
    grant = "granted_as_reported_sek"
    if not {slot, grant} <= target.columns.keys():
        return None
    row = chance.choice(target.counted)
    return with_cell(target, row, slot, str(kronor(target.cell(row, grant)) + chance.randint(1, 100_000)))


# -- rows -----------------------------------------------------------------------------------------------------------
def _row(target: Target, chance: Random) -> tuple[Rows, int]:
    """A copy of the rows, and the place (from 0) of one that counts."""
    return target.rows(), chance.choice(target.counted) - 1


@fault
def row_dropped(target: Target, chance: Random) -> Sheet:
    """A row is not there."""
    rows, at = _row(target, chance)
    return in_sheet(target, [*rows[:at], *rows[at + 1 :]])


@fault
def row_doubled(target: Target, chance: Random) -> Sheet:
    """A row stands twice."""
    rows, at = _row(target, chance)
    return in_sheet(target, [*rows[: at + 1], *rows[at:]])


@fault
def row_doubled_with_another_amount(target: Target, chance: Random) -> Sheet | None:
    """A row stands twice, once with another amount."""
    rows, at = _row(target, chance)
    slots = [slot for slot in _amounts(target) if target.cell(at + 1, slot)]
    if not slots:
        return None
    other, column = list(rows[at]), target.columns[chance.choice(slots)]
    other[column] = str(kronor(str(other[column])) + 1000)
    return in_sheet(target, [*rows[: at + 1], other, *rows[at + 1 :]])


@fault
def cells_moved_right(target: Target, chance: Random) -> Sheet:
    """A row begins one column late."""
    rows, at = _row(target, chance)
    rows[at] = ["", *rows[at]]
    return in_sheet(target, rows)


@fault
def cells_moved_left(target: Target, chance: Random) -> Sheet:
    """A row begins one column early; its first cell is lost."""
    rows, at = _row(target, chance)
    rows[at] = [*rows[at][1:], ""]
    return in_sheet(target, rows)


@fault
def cell_beyond_headers(target: Target, chance: Random) -> Sheet:
    """A row has a cell more than there are headers."""
    rows, at = _row(target, chance)
    rows[at] = [*rows[at], "1"]
    return in_sheet(target, rows)


@fault
def footnote_below(target: Target, _: Random) -> Sheet:
    """A remark stands below the data."""
    return in_sheet(target, [*target.rows(), ["* Uppgifterna är preliminära."]])

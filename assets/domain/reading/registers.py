"""The registers that a programme declares: companies, associations and others by organisation number, row by row.

A row that does not tell for certain who it is leaves its body out of the register, and is told at its cell. A sole
trader's number is a personal one: the body goes by a code of the house's own, and its name is not published.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assets.domain.reading.dates import day
from assets.domain.reading.forms import says, text_of
from assets.domain.reading.numbers import is_personal, is_whole, read_number
from assets.domain.reading.spelling import simplified
from assets.received import Cell, InputFile, RegisterFault
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import (
    CODE_LENGTHS,
    NUMBER_DIGITS,
    OWN_CODE_LENGTH,
    RECIPIENT_KINDS,
    SOLE_TRADER,
)

NEEDED = ("organisation_number", "recipient_name", "kind")
LIMITS = ("valid_from_date", "valid_to_date")
COLUMNS = (*NEEDED, "recipient_code", "county_code", *LIMITS)
"""The headers of a register."""

NUMBER_LENGTH = CODE_LENGTHS["organisation_number"]
WIDTHS = {"organisation_number": NUMBER_LENGTH, "recipient_code": OWN_CODE_LENGTH, "county_code": 2}
"""Of how many digits codes are."""

Body = dict[str, Any]
NAMED = 3
"""So many of those that share a name are told."""

LEAVE_OUT = frozenset(
    {
        "value_missing",
        "number_unreadable",
        "number_check_digit",
        "register_value_unknown",
        "register_code_needed",
        "register_body_twice",
    }
)
"""What keeps a body out of the register."""


@dataclass(frozen=True)
class Entry:
    """One row of a register as texts, and where it stands."""

    file: InputFile
    number: int
    texts: Mapping[str, str]
    places: Mapping[str, int]

    def fault(self, rule: str, header: str, suggestions: str | None = None) -> RegisterFault:
        """A fault of the cell below a header."""
        sheet, reality = self.file.sheets[0].name, self.file.card.reality
        at = self.places[header]
        return RegisterFault(rule, self.file.path, sheet, self.number, at, header, reality, suggestions)

    @property
    def address(self) -> str:
        """File and row, as a person is told them."""
        return f"{self.file.name}:{self.number}"


def bodies_in(
    files: Iterable[InputFile], counties: Mapping[str, str], known: Iterable[Body]
) -> tuple[list[Body], list[RegisterFault]]:
    """The bodies of registers, the first of them first, and what is wrong with their rows.

    Args: counties: names by code. known: the bodies that are there already. Raises: Stop if a column is missing.
    """
    there, found, faults = Known(known), list[Body](), list[RegisterFault]()
    for entry in (entry for file in files for entry in _entries(file)):
        mine = list(_faults(entry, counties))
        body = None if _leaves_out(mine) else _body(entry, counties)
        if body:
            mine += _faults_beside(entry, body, there)
        if body and not _leaves_out(mine):
            there.add(body, entry.address)
            found.append(body)
        faults += mine
    return found, faults


def tried_in(files: Iterable[InputFile]) -> Counter[str]:
    """On how many rows of registers, or cells of them that hold anything, each rule about them is held."""
    entries = [entry for file in files for entry in _entries(file)]
    of_rows = ("register_value_unknown", "register_code_needed", "register_body_twice", "register_name_shared")
    found = Counter({rule: len(entries) for rule in of_rows if entries})
    for entry in entries:
        numbers = bool(entry.texts["organisation_number"])
        found["value_missing"] += len(NEEDED)
        found.update({"number_unreadable": numbers, "number_check_digit": numbers})
        found["register_kind_differs"] += bool(numbers and entry.texts["kind"])
    return found


def _leaves_out(faults: Iterable[RegisterFault]) -> bool:
    return any(fault.rule in LEAVE_OUT for fault in faults)


def _entries(file: InputFile) -> Iterator[Entry]:
    """The rows that hold anything. Raises: Stop if one of the columns that are needed is missing, or stands twice."""
    header, *rows = file.sheets[0].rows
    headers = [says(cell) for cell in header]
    places = {name: headers.index(name) for name in COLUMNS if headers.count(name) == 1}
    if missing := [name for name in NEEDED if name not in places]:
        raise Stop("register_column_missing", file=file.path, columns=", ".join(missing))
    for number, cells in enumerate(rows, start=2):
        texts = {name: _text(cells[at], name) for name, at in places.items()}
        if any(texts.values()):
            yield Entry(file, number, texts, places)


def _text(cell: Cell, name: str) -> str:
    """What a cell says; a code that a workbook holds as a number has its zeros again."""
    if name in WIDTHS and is_whole(cell):
        return str(int(cell)).zfill(WIDTHS[name])
    return text_of(cell) or ""


# -- one row ----------------------------------------------------------------------------------------------------------
def _faults(entry: Entry, counties: Mapping[str, str]) -> Iterator[RegisterFault]:
    """What is wrong with a row by itself."""
    yield from (entry.fault("value_missing", name) for name in NEEDED if not entry.texts[name])
    said, kind = entry.texts["organisation_number"], entry.texts["kind"]
    number = read_number(said)
    if said and number.fault:
        yield entry.fault(number.fault, "organisation_number")
    if kind and kind not in RECIPIENT_KINDS:
        yield entry.fault("register_value_unknown", "kind", ", ".join(RECIPIENT_KINDS))
    elif kind and number.digits and not _is_of(kind, number.digits):
        yield entry.fault("register_kind_differs", "kind")
    yield from _faults_of_the_rest(entry, counties)


def _faults_of_the_rest(entry: Entry, counties: Mapping[str, str]) -> Iterator[RegisterFault]:
    texts = entry.texts
    if (county := texts.get("county_code")) and county not in counties:
        yield entry.fault("register_value_unknown", "county_code", ", ".join(sorted(counties)))
    for limit in LIMITS:
        if (told := texts.get(limit)) and day(told) is None:
            yield entry.fault("register_value_unknown", limit, "YYYY-MM-DD")
    code = texts.get("recipient_code", "")
    if code and not _is_own(code):
        yield entry.fault("register_code_needed", "recipient_code")
    elif not code and _is_person(entry):
        at = "recipient_code" if "recipient_code" in texts else "organisation_number"
        yield entry.fault("register_code_needed", at)


def _is_own(code: str) -> bool:
    return len(code) == OWN_CODE_LENGTH and code.isascii() and code.isdecimal()


def _is_person(entry: Entry) -> bool:
    """Whether the number is a person's, or the kind says so."""
    return entry.texts["kind"] == SOLE_TRADER or read_number(entry.texts["organisation_number"]).is_personal


def _is_of(kind: str, digits: str) -> bool:
    """Whether a body of this kind can have the number, as far as numbers tell."""
    if is_personal(digits) or kind == SOLE_TRADER:
        return is_personal(digits) and kind == SOLE_TRADER
    return digits.startswith(NUMBER_DIGITS.get(kind, ""))


def _body(entry: Entry, counties: Mapping[str, str]) -> Body:
    """The body of a sound row, as core_recipient has it, and what tells who it is where code and name do not."""
    texts, name = entry.texts, entry.texts["recipient_name"]
    number = read_number(texts["organisation_number"]).digits or ""
    code = texts.get("recipient_code") or number
    is_person = _is_person(entry)
    county = texts.get("county_code") or None
    return {
        "recipient_code": code,
        "recipient_name": f"{text(f'recipient_kind_{SOLE_TRADER}', 'sv')} {code}" if is_person else name,
        "kind": texts["kind"],
        "county_code": county,
        "county_name": counties[county] if county else None,
        "valid_from_date": day(texts.get("valid_from_date")),
        "valid_to_date": day(texts.get("valid_to_date")),
        "provenance": entry.file.card.reality,
        "organisation_number": number,
        "person_name": name if is_person else None,
    }


# -- beside the others ------------------------------------------------------------------------------------------------
class Known:
    """The bodies that are in the register so far, and in which file and row each stands."""

    def __init__(self, known: Iterable[Body]) -> None:
        """Begin with these, which stand in no register of the programme."""
        self._by: dict[tuple[str, str], list[tuple[Body, str]]] = defaultdict(list)
        for body in known:
            self.add(body, body["recipient_code"])

    def add(self, body: Body, where: str) -> None:
        """Another body."""
        for each in _told_by(body).items():
            self._by[each].append((body, where))

    def of(self, body: Body, key: str) -> list[str]:
        """Where the bodies of the same time stand that have the same number, code or name."""
        told = _told_by(body).get(key)
        return [where for other, where in self._by.get((key, told or ""), ()) if _meet(body, other)]


def _told_by(body: Body) -> dict[str, str]:
    name = body.get("person_name") or body["recipient_name"]
    found = {"recipient_code": body["recipient_code"], "recipient_name": simplified(name)}
    number = body.get("organisation_number")
    return found | ({"organisation_number": number} if number else {})


def _faults_beside(entry: Entry, body: Body, there: Known) -> Iterator[RegisterFault]:
    """The same number or code, or the same name, as an earlier body of the same time."""
    for header in ("organisation_number", "recipient_code"):
        if twice := there.of(body, header):
            at = header if header in entry.places else NEEDED[0]
            yield entry.fault("register_body_twice", at, twice[0])
            return
    if alike := there.of(body, "recipient_name"):
        yield entry.fault("register_name_shared", "recipient_name", ", ".join(alike[:NAMED]))


def _meet(one: Body, other: Body) -> bool:
    """Whether there is a year in which both are valid."""
    first = max(each["valid_from_date"] or dt.date.min for each in (one, other))
    last = min(each["valid_to_date"] or dt.date.max for each in (one, other))
    return bool(first.year <= last.year)

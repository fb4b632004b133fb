"""`statsbidrag names`: any list of names mapped to codes, how, and how sure. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assets.domain.reading.forms import TITLE_BLOCK, column_letter, says
from assets.domain.reading.names import LIKENESS, NameMatch, Written, is_fictitious, match_names
from assets.domain.reading.register import CERTAIN, Body, RoundRegister, valid_in
from assets.domain.reading.sheets import refuse_lost
from assets.domain.reading.spelling import plain_county
from assets.received import Cells, Sheet
from pipelines.readers.raw_folder import RawFolder, read_sheets
from pipelines.readers.snapshot import content_of
from pipelines.readers.suffixes import TABULAR
from pipelines.readers.text_file import read_lines
from pipelines.readers.unreadable import Unreadable
from pipelines.reports.summary import printable
from schemas.configuration import catalogue
from schemas.configuration.forms import place_of
from schemas.configuration.layouts import plain
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import RECIPIENT_KINDS, Language

COLUMNS = ("name", "code", "official_name", "how", "score", "suggestions")
HEADERS = {
    "recipient_name": (
        "kommun",
        "kommunnamn",
        "namn",
        "mottagare",
        "organisation",
        "municipality",
        "name",
        "recipient",
    ),
    "county_name": ("län", "länsnamn", "länets namn", "lan", "lansnamn", "county", "county name"),
}
"""What a column of names, or of counties, is called, beside what the programmes' forms call it."""

HEADERS_OF_STATISTICS = ("region", "regionnamn")
"""What official statistics call municipalities: a column of names only where no other header says that it is one."""

COUNTIES_PERCENT = 60
"""From this share of its cells on that name a county of the register a column looks like counties; our choice."""


@dataclass(frozen=True)
class Names:
    """What every row of a file says, in order; which headers it stood under, if there are any.

    `unread`: the other columns, by their headers or letters; one may be of counties.
    """

    rows: Sequence[Written]
    header: str | None = None
    county_header: str | None = None
    unread: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapped:
    """What every row was taken to mean, None where it says nothing; and which columns look like counties."""

    rows: Sequence[tuple[str, NameMatch | None]]
    year: int
    like_counties: Sequence[str] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are certain, guessed and without a code."""
        found = Counter(match.how for _, match in self.rows if match)
        certain = sum(found[how] for how in CERTAIN)
        return {"certain": certain, "guessed": found[LIKENESS], "unmatched": found.total() - certain - found[LIKENESS]}

    @property
    def is_certain(self) -> bool:
        """Whether every name has a code, and none was guessed."""
        return not self.counts["guessed"] and not self.counts["unmatched"]


# -- reading --------------------------------------------------------------------------------------------------------
def read_names(path: Path, column: str | None) -> Names:
    """The names and counties of a file. Raises: Stop if it cannot be read, or its column of names is not told."""
    content = content_of(path, path.name)
    if path.suffix.lower() not in TABULAR:
        return Names([Written(plain(line)) for line in _lines(path.name, content)])
    sheets, _, delimiter = read_sheets(path.suffix, path.name, content)
    for sheet in sheets:
        refuse_lost(path.name, sheet)
    places = _places_in(sheets, {plain(column).casefold()} if column else _headers("recipient_name"))
    if not places and not column:
        places = _places_in(sheets, HEADERS_OF_STATISTICS)
    if not places and not column and len(sheets) == len(sheets[0].rows[0]) == 1:
        return Names([Written(says(cell)) for [cell] in sheets[0].rows])
    if len(places) != 1:
        raise Stop("name_column_not_told", file=path.name, count=len(places))
    [(sheet, number, at)] = places
    if delimiter and [says(cell) for cell in sheet.rows[number] if says(cell)] == [says(sheet.rows[number][0])]:
        sheet, at = _of_one_column(sheet, delimiter), 0
    return _below(sheet, number, at)


def _of_one_column(sheet: Sheet, delimiter: str) -> Sheet:
    """A text whose header stands alone has one column: what looked like a delimiter stands in the names."""
    rows = [[delimiter.join("" if cell is None else str(cell) for cell in row).strip(delimiter)] for row in sheet.rows]
    return Sheet(sheet.name, rows)


def _lines(name: str, content: bytes) -> list[str]:
    try:
        return read_lines(content)
    except Unreadable as error:
        raise Stop("file_unreadable", file=name, why=error.why) from None


def _headers(slot: str) -> set[str]:
    programmes = map(catalogue.programme, catalogue.programme_names())
    forms = (form for programme in programmes for form in programme.forms.values() if slot in form.fields)
    return {*HEADERS[slot], *(plain(place_of(form.fields[slot]).shown).casefold() for form in forms)}


def _places_in(sheets: Iterable[Sheet], wanted: Collection[str]) -> list[tuple[Sheet, int, int]]:
    return [place for sheet in sheets for place in _places(sheet, wanted)]


def _places(sheet: Sheet, wanted: Collection[str]) -> list[tuple[Sheet, int, int]]:
    """Where the wanted headers stand, in the first row (from 0) that has any of them, and in which columns."""
    found = ((number, _columns(row, wanted)) for number, row in enumerate(sheet.rows[:TITLE_BLOCK]))
    number, columns = next(((number, columns) for number, columns in found if columns), (0, []))
    return [(sheet, number, at) for at in columns]


def _columns(row: Cells, wanted: Collection[str]) -> list[int]:
    return [at for at, cell in enumerate(row) if says(cell).casefold() in wanted]


def _below(sheet: Sheet, number: int, at: int) -> Names:
    """The rows below the headers. Counties are read where one column is called so."""
    header, below = sheet.rows[number], sheet.rows[number + 1 :]
    counties = _columns(header, _headers("county_name"))
    county = counties[0] if len(counties) == 1 else None
    rows = [Written(says(row[at]), says(row[county]) if county is not None else "") for row in below]
    unread = {
        says(header[other]) or column_letter(other): [says(row[other]) for row in below]
        for other in range(len(header))
        if other not in (at, county)
    }
    return Names(rows, says(header[at]), says(header[county]) if county is not None else None, unread)


# -- matching -------------------------------------------------------------------------------------------------------
def map_names(names: Names, raw: Path, programme: str | None, year: int | None) -> Mapped:
    """What the names mean by the register of a year. Raises: Stop if the programme is none, or the register broken."""
    programmes = [catalogue.programme(name) for name in ([programme] if programme else catalogue.programme_names())]
    year = year or max(max(each.rounds) for each in programmes)
    recipients = programmes[0].recipients if programme else RECIPIENT_KINDS
    spelt = {pair for each in programmes for pair in each.aliases.items()}
    agreed = Counter(name for name, _ in spelt)
    registers = sorted({path for each in programmes for path in each.registers})
    bodies = RawFolder(raw).register(registers).bodies
    there = [Body.of(body) for body in bodies if valid_in(body, year)]
    others = [Body.of(body) for body in bodies if not valid_in(body, year)]
    aliases = {name: code for name, code in spelt if agreed[name] == 1}
    written = [each for each in names.rows if each.recipient_name]
    register = RoundRegister(there, others, recipients, aliases)
    if not is_fictitious((each.recipient_name for each in written), register):
        register = register.for_real
    found = {match.written: match for match in match_names(written, register)}
    rows = [(each.recipient_name, found.get(each)) for each in names.rows]
    return Mapped(rows, year, [] if names.county_header else _like_counties(names.unread, register))


def _like_counties(columns: Mapping[str, Sequence[str]], register: RoundRegister) -> list[str]:
    """The columns most of whose cells are counties by name; what is also a municipality's name alone is none."""
    counties = {plain_county(body.county_name) for body in register.bodies if body.county_name}
    return [header for header, cells in columns.items() if _are_counties([cell for cell in cells if cell], counties)]


def _are_counties(cells: Sequence[str], counties: Collection[str]) -> bool:
    named = sum(plain_county(cell) in counties for cell in cells)
    return named > 0 and named * 100 >= len(cells) * COUNTIES_PERCENT


# -- telling --------------------------------------------------------------------------------------------------------
def records(mapped: Mapped) -> list[dict[str, Any]]:
    """One record per row of the file, with COLUMNS; empty where the row says nothing."""
    return [dict(zip(COLUMNS, (name, *_found(match)), strict=True)) for name, match in mapped.rows]


def _found(match: NameMatch | None) -> tuple[Any, ...]:
    if match is None:
        return (None,) * len(COLUMNS[1:])
    return match.recipient_code, match.official_name, match.how, match.score, match.suggestions


def told(names: Names, mapped: Mapped, language: Language) -> Iterator[str]:
    """From where the names were read, and how sure the codes are."""
    place = _column(names.header, "names_lines", language)
    county = _column(names.county_header, "names_no_county", language)
    yield text("names_read", language).format(year=mapped.year, name=place, county=county)
    for header in mapped.like_counties:
        yield text("names_like_counties", language).format(header=printable(header))
    yield text("names_counted", language).format(**mapped.counts)


def _column(header: str | None, otherwise: str, language: Language) -> str:
    if header is None:
        return text(otherwise, language)
    return text("names_column", language).format(header=printable(header))

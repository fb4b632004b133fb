"""The rules audited: known faults planted in copies of the rounds, one at a time, to see which rule finds each.

Everything is in memory; a file whose bytes are damaged is written to a temporary folder to be read. The damaged file
keeps its source card: it is audited what the rules see, not that a file was changed after its card was written.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, cycle, islice
from pathlib import Path
from random import Random
from typing import Any, Literal

from assets.domain.reading.exports import claimed, forms_of
from assets.received import InputFile, Received, RoundKey, Sheet
from assets.round import compute
from assets.tables import Tables
from pipelines.audit.faults import FAULTS, Target
from pipelines.audit.file_faults import FILE_FAULTS, SHEET_FAULTS, TEXT_FAULTS
from pipelines.audit.log_faults import LOG_FAULTS
from pipelines.inquiries.computed import ordinance_of, today
from pipelines.readers.raw_folder import RawFolder, read_export
from pipelines.readers.suffixes import WORKBOOKS
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme
from schemas.rules.rule import Stop
from schemas.tables import PUBLISHED
from schemas.words.vocabulary import ACCEPTED

PLACES = 3
"""Places where each kind of fault is planted, in as many files as there are."""

ABOUT_ROWS = (
    "core_row",
    "core_funnel",
    "core_source_file",
    "core_source_column",
    "core_correction",
    "core_finding",
    "core_waiver",
    "core_rule_result",
)
IDS_OF_ROWS = ("match_id", "booking_id")
ADDRESSES = ("source_file", "source_sheet", "source_row", "source_column", *IDS_OF_ROWS)
"""Where a row stood, and the ids that a booking without a number has of that."""

Outcome = Literal["stopped", "found", "harmless", "missed"]


@dataclass(frozen=True)
class Planted:
    """One planted fault: its kind, the form and round it was planted in, what became of it, and by which rules."""

    kind: str
    form: str
    year: int
    outcome: Outcome
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Undamaged:
    """A round as it was received, and what it comes to."""

    received: Received
    programme: Programme
    tables: Tables

    @property
    def key(self) -> RoundKey:
        """Which round it is."""
        return self.received.key


@dataclass(frozen=True)
class Place:
    """A file of a round that faults can be planted in."""

    round: Undamaged
    file: InputFile
    path: Path
    target: Target


def kinds() -> list[str]:
    """Every kind of fault, in the order that they are declared."""
    return [*FAULTS, *SHEET_FAULTS, *FILE_FAULTS, *TEXT_FAULTS, *LOG_FAULTS]


def audit(raw: Path, seed: int) -> list[Planted]:
    """Plant every kind of fault. Raises: Stop if an undamaged round stops."""
    return [each for kind in kinds() for each in planted(raw, seed, kind)]


def planted(raw: Path, seed: int, kind: str) -> list[Planted]:
    """Plant one kind of fault in several places, which the seed and the kind alone decide."""
    chance = Random(f"{seed} {kind}")  # noqa: S311 - the same places every time
    places = list(all_places(raw))
    chance.shuffle(places)
    tries = ((place, _planted_in(place, kind, chance)) for place in islice(cycle(places), 2 * len(places)))
    tried = ((place, received) for place, received in tries if received is not None)
    return [_outcome(place, kind, received) for place, received in islice(tried, PLACES)]


def _planted_in(place: Place, kind: str, chance: Random) -> Received | Stop | None:
    """The round with one fault of the kind; a stop if its file cannot be read; None where there is no place for it."""
    received = place.round.received
    if kind in LOG_FAULTS:
        name, entries = place.path.name, received.log.entries if received.log else {}
        number = next((number for number, entry in entries.items() if entry.file == name), None)
        if not received.log or not number:
            return None
        return dataclasses.replace(received, log=LOG_FAULTS[kind](received.log, number))
    file = damaged(place, kind, chance)
    if file is None or isinstance(file, Stop):
        return file
    files = [file if other.path == file.path else other for other in received.files]
    return dataclasses.replace(received, files=files)


def damaged(place: Place, kind: str, chance: Random) -> InputFile | Stop | None:
    """The file with one fault of the kind; a stop if it cannot be read; None where it has no place for the fault."""
    is_workbook = place.path.suffix in WORKBOOKS
    if plant := FILE_FAULTS.get(kind) or TEXT_FAULTS.get(kind):
        return None if is_workbook and kind in TEXT_FAULTS else _reread(place, plant(place.path.read_bytes()))
    if kind in SHEET_FAULTS:
        return dataclasses.replace(place.file, sheets=SHEET_FAULTS[kind](place.target)) if is_workbook else None
    sheet = FAULTS[kind](place.target, chance)
    return dataclasses.replace(place.file, sheets=[sheet]) if sheet else None


def _reread(place: Place, content: bytes) -> InputFile | Stop:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, place.path.name)
        path.write_bytes(content)
        try:
            return read_export(path, place.file.path, lambda _: place.file.card)
        except Stop as stop:
            return stop


def _outcome(place: Place, kind: str, received: Received | Stop) -> Planted:
    facts = (kind, place.target.form.form, place.round.key.year)
    try:
        if isinstance(received, Stop):
            raise received
        tables = compute(received, place.round.programme)
    except Stop as stop:
        return Planted(*facts, "stopped", (stop.rule.id,))
    new = found_rules(tables) - found_rules(place.round.tables)
    if new:
        return Planted(*facts, "found", tuple(sorted(new)))
    return Planted(*facts, "harmless" if figures(tables) == figures(place.round.tables) else "missed")


def found_rules(tables: Tables) -> Counter[str]:
    """How often each rule found something."""
    return Counter(tables["core_finding"]["rule"].to_pylist())


def figures(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """What the round says, without where each row stood."""
    said = [name for name in PUBLISHED if name in tables and name not in ABOUT_ROWS]
    rows = {name: tables[name].drop_columns([c for c in ADDRESSES if c in tables[name].column_names]) for name in said}
    return {name: sorted(table.to_pylist(), key=repr) for name, table in rows.items()}


@cache
def all_places(raw: Path) -> tuple[Place, ...]:
    """Every file of every round of which any row counts."""
    folder = RawFolder(raw)
    return tuple(chain.from_iterable(_places(folder, key) for key in received_rounds(folder)))


def held(raw: Path) -> dict[str, int]:
    """On how many things each rule is held in the undamaged rounds, by rule."""
    found: Counter[str] = Counter()
    for tables in {place.round.key: place.round.tables for place in all_places(raw)}.values():
        results = tables["core_rule_result"]
        found.update(dict(zip(*(results[name].to_pylist() for name in ("rule", "tried_count")), strict=True)))
    return dict(found)


def received_rounds(folder: RawFolder) -> list[RoundKey]:
    """The declared rounds that have files. Raises: Stop if none has."""
    declared = [
        RoundKey(name, year) for name in catalogue.programme_names() for year in catalogue.programme(name).rounds
    ]
    found = [key for key in declared if folder.paths(key)]
    if not found:
        raise Stop("nothing_received", folder=folder.root)
    return found


def _places(folder: RawFolder, key: RoundKey) -> Iterator[Place]:
    programme = catalogue.programme(key.programme)
    received = folder.received(key, today(), ordinance_of(programme), programme.registers)
    undamaged = Undamaged(received, programme, compute(received, programme))
    for file, path in zip(received.files, folder.paths(key), strict=True):
        if (target := target_of(undamaged, file)).counted:  # of a file that is replaced nothing counts
            yield Place(undamaged, file, path, target)


def target_of(undamaged: Undamaged, file: InputFile) -> Target:
    """Where in a file faults can be planted: in the rows that count."""
    export = claimed(file, forms_of(undamaged.programme, undamaged.key.year))
    rows = [row for row in undamaged.tables["core_row"].to_pylist() if row["source_file"] == file.path]
    counted = sorted(row["source_row"] for row in rows if row["fate"] == ACCEPTED)
    absent = {row["recipient_code"] for row in rows}
    recipients = undamaged.programme.recipients
    bodies = [body for body in undamaged.tables["core_recipient"].to_pylist() if body["recipient_code"] not in absent]
    alike, alien = _names([body for body in bodies if body["kind"] in recipients], file.card.reality)
    others = [body["recipient_name"] for body in bodies if body["kind"] not in recipients]
    sheet = Sheet(export.sheet.name, export.sheet.rows)
    return Target(sheet, export.form, export.header_row, counted, alike, alien, others)


def _names(bodies: list[dict[str, Any]], reality: str) -> tuple[list[str], list[str]]:
    """The names of bodies as real as a file, and of those that are not. A file of both has no aliens."""
    alike = [body["recipient_name"] for body in bodies if reality in (body["provenance"], "mixed")]
    return alike, [body["recipient_name"] for body in bodies if body["recipient_name"] not in alike]

"""The register of possible recipients: `raw/reference/`, and the registers that a programme declares.

Later files of the first say more of a body than earlier ones. A code or a name changes its meaning on a New Year's Day,
as the law has it: in one year each means one body.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assets.domain.reading.numbers import is_personal
from assets.domain.reading.register import valid_in
from assets.domain.reading.registers import bodies_in
from assets.domain.reading.spelling import simplified
from assets.received import InputFile, Register
from schemas.rules.rule import Stop
from schemas.words.vocabulary import CODE_LENGTHS, MUNICIPALITY, REAL, RECIPIENT_KINDS, SYNTHETIC

FOLDER = "reference"
FIRST = "municipalities.csv"
REGISTERS = {
    "counties.csv": ((FIRST, "regions.csv", "changes.csv"), REAL),
    "fictitious_counties.csv": (("fictitious.csv", "fictitious_others.csv"), SYNTHETIC),
}
"""Counties, the bodies in them, and whether they exist."""

Records = list[dict[str, Any]]


def read_register(read: Callable[[str], InputFile], declared: Sequence[str] = ()) -> Register:
    """Every body of any year, by code, and the files that say so.

    Args: read: reads a file by its path below the raw folder. declared: the programme's own registers, likewise.
    Raises: Stop if one is missing or broken.
    """
    files: list[InputFile] = []

    def rows_of(name: str) -> Records:
        files.append(read(f"{FOLDER}/{name}"))
        header, *rows = files[-1].sheets[0].rows
        return [dict(zip(map(str, header), row, strict=True)) for row in rows]

    bodies = [
        body
        for counties, (names, provenance) in REGISTERS.items()
        for body in _bodies(rows_of, counties, names, provenance)
    ]
    bodies.sort(key=lambda body: (body["recipient_code"], body["valid_from_date"] or dt.date.min))
    _refuse_doubles(bodies)
    own = [read(path) for path in declared]
    counties = {body["county_code"]: body["county_name"] for body in bodies}
    more, faults = bodies_in(own, counties, bodies)
    return Register([*bodies, *more], [*files, *own], faults)


def _bodies(rows_of: Callable[[str], Records], counties: str, names: Iterable[str], provenance: str) -> Records:
    county_names = {row.get("county_code"): row.get("county_name") for row in rows_of(counties)}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name in names:
        read = _read(name, rows_of(name), county_names, provenance)
        of_file = {(body["recipient_code"], body["recipient_name"]): body for body in read}
        if len(of_file) < len(read):
            raise Stop("reference_broken", file=f"{FOLDER}/{name}")
        found |= of_file
    return list(found.values())


def _read(name: str, rows: Records, county_names: dict[Any, Any], provenance: str) -> Records:
    try:
        return [_body(row, county_names) | {"provenance": provenance} for row in rows]
    except (KeyError, ValueError):
        raise Stop("reference_broken", file=f"{FOLDER}/{name}") from None


def _body(row: dict[str, Any], county_names: dict[Any, Any]) -> dict[str, Any]:
    """One row as core_recipient has it. A file without kinds is one of municipalities."""
    called = "recipient" if "kind" in row else MUNICIPALITY
    code = row[f"{called}_code"]
    if len(code) == CODE_LENGTHS["organisation_number"] and is_personal(code):
        raise ValueError  # a person stands in a register that a programme declares, by a code of its own
    return {
        "recipient_code": code,
        "recipient_name": row[f"{called}_name"],
        "kind": RECIPIENT_KINDS[RECIPIENT_KINDS.index(row.get("kind", MUNICIPALITY))],
        "county_code": row["county_code"],
        "county_name": county_names[row["county_code"]],
        "valid_from_date": _date(row.get("valid_from_date")),
        "valid_to_date": _date(row.get("valid_to_date")),
    }


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _refuse_doubles(bodies: Records) -> None:
    """Raises: Stop if there are no bodies, or in some year a code or a name is not one body's."""
    limits = {day.year for body in bodies for day in (body["valid_from_date"], body["valid_to_date"]) if day}
    for year in limits or {dt.MINYEAR}:
        there = [body for body in bodies if valid_in(body, year)]
        codes, names = (
            {body["recipient_code"] for body in there},
            {simplified(body["recipient_name"]) for body in there},
        )
        if not there or min(len(codes), len(names)) < len(there):
            raise Stop("reference_broken", file=f"{FOLDER}/{FIRST}")

"""Coverage: which column of which file was read as what, and which rules look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assets.domain.forms import Received, column_letter
from assets.domain.frames import Frame
from assets.domain.records import predicates
from assets.frames import frame_of, records_of
from assets.ports import RoundKey
from assets.received import received_versions
from assets.rounds import current_round, round_table
from schemas.configuration import catalogue
from schemas.configuration.forms import plain
from schemas.configuration.programme import Programme
from schemas.rules.rule import found_rules
from schemas.tables import TABLES, project


@round_table("audit")
def core_source_column(raw_file: Frame) -> Frame:
    """Every column of every received file, read or not, with the rules that its cells are held against."""
    round_key = current_round()
    programme = catalogue.programme(round_key.programme)
    columns = (column for record in records_of(raw_file) for column in source_columns(round_key, programme, record))
    return frame_of(columns, project.arrow_schema(TABLES["core_source_column"]))


def source_columns(round_key: RoundKey, programme: Programme, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The columns of one file (a row of raw_file), as rows of core_source_column."""
    versions = received_versions(record)
    slots = {at: slot for version in versions for slot, at in version.positions.items()}
    looking: dict[str, set[str]] = {}
    for version in versions:
        for slot, rules_of_slot in rules_by_slot(version, programme).items():
            looking.setdefault(slot, set()).update(rules_of_slot)
    for at, header in enumerate(record["header_cells"]):
        rules = sorted(looking.get(slots.get(at, ""), ()))
        yield {
            "programme": round_key.programme,
            "year": round_key.year,
            "source_file": record["source_file"],
            "column_no": at + 1,
            "source_column": column_letter(at),
            "header": plain(header) or None,
            "slot": slots.get(at),
            "rules": ", ".join(rules) or None,
            "rule_count": len(rules),
            "provenance": record["provenance"],
        }


def rules_by_slot(file: Received, programme: Programme) -> dict[str, set[str]]:
    """The rules that look at each slot: at its cell as received, or at the field of the table that it fills."""
    found: dict[str, set[str]] = {}
    for slot, rule in (*_of_cells(file, programme), *_of_tables(file)):
        found.setdefault(slot, set()).add(rule)
    return found


def _of_cells(file: Received, programme: Programme) -> Iterable[tuple[str, str]]:
    return ((each.slot, each.rule) for each in predicates(file, programme) if each.slot)


def _of_tables(file: Received) -> Iterable[tuple[str, str]]:
    at = ((rule.at, rule.id) for rule in found_rules() if rule.at)
    return ((place.field, rule) for place, rule in at if place.table == file.form.fills and place.field)

"""Receipts for those who sent something in a round: for whom one may be written, and from which rows and tables.

The published version tells what was read, and what the accepted run received tells how it was written. What is asked of
either is of one recipient at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from assets.domain.figures.refused import Meant
from assets.domain.figures.refused import shown as short
from assets.domain.reading.forms import says
from assets.domain.receipt import Material, Receipt, is_unsure, receipt, shown
from assets.domain.receipt_figures import Year
from assets.received import Received, RoundKey
from pipelines.reports.swedish import kronor
from pipelines.reports.validation.paths import refused_path
from pipelines.warehouse.layout import inside_of, read_manifest
from pipelines.warehouse.store import RoundStore
from pipelines.warehouse.verification import sound_current
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme
from schemas.rules.rule import Stop
from schemas.words.vocabulary import REAL, SYNTHETIC, Language

Row = dict[str, Any]
Read = Callable[[str], list[Row]]
"""Reads every row that a table has of a round."""

OF_RECIPIENTS = ("core_usage_report",)
"""What a form fills that recipients fill in; one that fills nothing asks them questions."""


@dataclass(frozen=True)
class Reply:
    """The receipt of one recipient, and of which round and version it is."""

    receipt: Receipt
    programme: Programme
    round: Row
    earlier: int | None
    version: str
    is_example: bool


class Round:
    """One round, table by table as it is asked of, and what was received for it."""

    def __init__(self, key: RoundKey, version: str, read: Read, received: Callable[[], Received]) -> None:
        """Ask of a round, with the columns that are for the house."""
        self.key, self.version, self.programme = key, version, catalogue.programme(key.programme)
        self._read, self._receive = read, received
        self._tables: dict[str, list[Row]] = {}
        self._grouped: dict[str, dict[str, list[Row]]] = {}

    def rows(self, table: str) -> list[Row]:
        """The rows of one table."""
        if table not in self._tables:
            self._tables[table] = self._read(table)
        return self._tables[table]

    def of(self, table: str, code: str) -> list[Row]:
        """The rows of one table that are of one recipient."""
        return self._by_code(table).get(code, [])

    def _by_code(self, table: str) -> Mapping[str, list[Row]]:
        if table not in self._grouped:
            self._grouped[table] = _grouped(self.rows(table), "recipient_code")
        return self._grouped[table]

    @cached_property
    def facts(self) -> Row:
        """The round itself."""
        return self.rows("core_round")[0]

    @cached_property
    def sent(self) -> dict[str, list[Row]]:
        """The rows that recipients sent, by recipient; those whose recipient is not known are nobody's."""
        forms = self.programme.rounds[self.key.year].forms
        theirs = {name for name in forms if set(self.programme.forms[name].fills) <= set(OF_RECIPIENTS)}
        rows = [row for row in self.rows("core_row") if row["form"] in theirs and row["fate"]]
        return _grouped((row for row in rows if row["recipient_code"]), "recipient_code")

    @cached_property
    def names(self) -> dict[str, str]:
        """Who may be a recipient, by code."""
        return {row["recipient_code"]: row["recipient_name"] for row in self.rows("core_recipient")}

    @cached_property
    def columns(self) -> dict[str, list[Row]]:
        """The columns that a form reads, by file."""
        return _grouped((row for row in self.rows("core_source_column") if row["slot"]), "source_file")

    def cell(self, row: Mapping[str, Any], column: int) -> str:
        """What stands in a received row, in a column counted from 1."""
        cells = self._sheets[row["source_file"], row["source_sheet"]][row["source_row"] - 1]
        return says(cells[column - 1]) if column <= len(cells) else ""

    @cached_property
    def _sheets(self) -> Mapping[tuple[str, str | None], Any]:
        return {(file.path, sheet.name): sheet.rows for file in self._receive().files for sheet in file.sheets}

    def year(self, code: str) -> Year:
        """What the round has of one recipient."""
        tables = ("core_decision", "core_usage_report", "core_reconciliation", "core_answer")
        return Year(self.programme, self.key.year, *(self.of(table, code) for table in tables))

    def may_be_written_to(self, code: str) -> bool:
        """A recipient of rows that are real, in a round that wholly is; else only one that is wholly made up."""
        tables = ("core_recipient", "core_decision", "core_usage_report", "core_reconciliation", "core_answer")
        of_rows = {row["provenance"] for table in tables for row in self.of(table, code)}
        found = of_rows | {row["provenance"] for row in self.sent.get(code, [])}
        return found == {REAL if self.facts["provenance"] == REAL else SYNTHETIC}

    def has(self, code: str) -> bool:
        """Whether a recipient was granted or sent anything."""
        return bool(self.of("core_decision", code) or shown(self.sent.get(code, [])))


def _grouped(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[name] is not None:
            groups[row[name]].append(row)
    return dict(groups)


def published(warehouse: Path, version: Path, key: RoundKey) -> Round:
    """A round of a verified version. Raises: Stop if it is not in it."""
    cards = {(card["programme"], card["year"]): card for card in _cards(version)}
    if (key.programme, key.year) not in cards:
        raise Stop("round_without_version", programme=key.programme, year=key.year)
    run = cards[key.programme, key.year]["run_id"]
    mine = [("programme", "=", key.programme), ("year", "=", key.year)]

    def read(table: str) -> list[Row]:
        inside = inside_of(version) / f"parquet/{table}.parquet"
        path = inside if inside.exists() else version / f"parquet/{table}.parquet"
        rows: list[Row] = pq.read_table(path, filters=mine).to_pylist()
        return rows

    return Round(key, version.name, read, lambda: RoundStore(warehouse).read_received(key, run))


def _cards(version: Path) -> list[dict[str, Any]]:
    """What a version says of its rounds."""
    return list((read_manifest(version) or {}).get("rounds", []))


def opened(warehouse: Path, key: RoundKey) -> tuple[Round, Round | None]:
    """A round and the one before it, of the same verified version.

    Raises: Stop if the version or the round does not allow receipts, or nobody has sent anything.
    """
    version = sound_current(warehouse)
    this_round = published(warehouse, version, key)
    if (refused := warehouse / refused_path(key.programme, key.year, "sv")).exists():
        raise Stop("reply_round_stopped", programme=key.programme, year=key.year, report=refused)
    refuse_unanswered(this_round)
    years = [card["year"] for card in _cards(version) if card["programme"] == key.programme and card["year"] < key.year]
    earlier = published(warehouse, version, RoundKey(key.programme, max(years))) if years else None
    return this_round, earlier


def refuse_unanswered(this_round: Round) -> None:
    """Raises: Stop if no recipient has sent anything yet."""
    if not any(shown(rows) for rows in this_round.sent.values()):
        raise Stop("reply_without_reports", programme=this_round.key.programme, year=this_round.key.year)


@dataclass(frozen=True)
class Asked:
    """To whom receipts may go, and how many get none and why."""

    codes: tuple[str, ...]
    real: int
    unsure: tuple[str, ...]
    """The rows of which it is not settled whose they are."""

    nobody: int
    """Rows whose recipient is not known."""


def everybody(this_round: Round) -> Asked:
    """All that sent something."""
    sent = [code for code in sorted(this_round.sent) if shown(this_round.sent[code])]
    allowed = [code for code in sent if this_round.may_be_written_to(code)]
    unsure = [code for code in allowed if unsure_row(this_round, code)]
    nobody = sum(
        1
        for row in this_round.rows("core_row")
        if row["fate"] and not row["recipient_code"] and row["form"] in _forms_of(this_round)
    )
    rows = tuple(unsure_row(this_round, code) or "" for code in unsure)
    return Asked(tuple(code for code in allowed if code not in unsure), len(sent) - len(allowed), rows, nobody)


def _forms_of(this_round: Round) -> set[str]:
    return {row["form"] for rows in this_round.sent.values() for row in rows}


def one(this_round: Round, wanted: str) -> Asked:
    """One recipient, by name or code. Raises: Stop if there is none such, or it may get none."""
    code = _code_of(this_round, wanted)
    told = {
        "name": this_round.names[code],
        "code": code,
        "programme": this_round.key.programme,
        "year": this_round.key.year,
    }
    if not shown(this_round.sent.get(code, [])):
        raise Stop("reply_recipient_without_rows", **told)
    if not this_round.may_be_written_to(code):
        raise Stop("reply_recipient_real", **told)
    if row := unsure_row(this_round, code):
        raise Stop("reply_recipient_unsure", row=row, name=told["name"], code=code)
    return Asked((code,), 0, (), 0)


def _code_of(this_round: Round, wanted: str) -> str:
    folded = wanted.strip().casefold()
    found = [code for code, name in this_round.names.items() if folded in (code, name.casefold())]
    if len(found) != 1:
        key = this_round.key
        known = tuple(name for code, name in this_round.names.items() if this_round.has(code))
        told = {"name": short(wanted), "meant": Meant(wanted, known)}
        raise Stop("reply_recipient_unknown", **told, programme=key.programme, year=key.year)
    return found[0]


def unsure_row(this_round: Round, code: str) -> str | None:
    """The first row of which it is not settled that it is this recipient's alone."""
    for row in this_round.sent.get(code, []):
        if is_unsure([row], this_round.rows("core_finding")):
            return f"{row['source_file'].rpartition('/')[2]} {row['source_row']}"
    return None


def replies(asked: Asked, this_round: Round, earlier: Round | None, language: Language) -> Iterator[Reply]:
    """The receipts of those asked for."""
    is_example = this_round.facts["provenance"] != REAL
    for code in asked.codes:
        before = earlier if earlier is not None and earlier.has(code) and _is_like(this_round, earlier, code) else None
        then, year = (before.year(code), before.key.year) if before is not None else (None, None)
        told = receipt(material(this_round, code, language), this_round.year(code), then, language)
        yield Reply(told, this_round.programme, this_round.facts, year, this_round.version, is_example)


def _is_like(this_round: Round, earlier: Round, code: str) -> bool:
    """Whether the earlier round is as real as this one: figures that are made up stand beside no real ones."""
    is_real = [each.facts["provenance"] == REAL for each in (this_round, earlier)]
    return is_real[0] == is_real[1] and earlier.may_be_written_to(code) and unsure_row(earlier, code) is None


def material(this_round: Round, code: str, language: Language) -> Material:
    """What a round has of one recipient, and of nobody else."""
    rows = this_round.sent[code]
    mine = {(row["source_file"], row["source_row"]) for row in rows}
    at_mine = [each for each in this_round.rows("core_finding") if (each["source_file"], each["source_row"]) in mine]
    of_mine = [each for each in this_round.of("core_finding", code) if each not in at_mine]
    corrections = [
        each for each in this_round.rows("core_correction") if (each["source_file"], each["source_row"]) in mine
    ]
    return Material(
        code,
        this_round.names[code],
        rows,
        [*at_mine, *of_mine],
        corrections,
        this_round.columns,
        this_round.cell,
        partial(kronor, language=language),
    )

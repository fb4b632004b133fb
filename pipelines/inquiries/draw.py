"""An auditor's draw from the current version of the warehouse: what it is drawn from, and what is said of it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow.parquet as pq

from assets.domain.draw import Draw, Hint, Unit, draw, hints
from pipelines.reports.swedish import formatted
from pipelines.warehouse.layout import DATABASE, inside_of
from pipelines.warehouse.verification import sound_current
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

Row = dict[str, Any]
Amounts = Literal["granted", "used"]
AMOUNTS: tuple[Amounts, ...] = ("granted", "used")

ROUND = "SELECT as_of_date, provenance FROM core_round WHERE programme = ? AND year = ?"
ACCOUNTS = """
SELECT a.recipient_code, a.grant_id, r.recipient_name, a.{amounts}_sek AS amount_sek
FROM core_account AS a JOIN core_recipient AS r USING (programme, year, recipient_code)
WHERE programme = ? AND year = ? ORDER BY a.recipient_code, a.grant_id
"""
REPORTED = """
SELECT grant_id, used_sek, used_derived FROM core_reconciliation WHERE programme = ? AND year = ?
"""
ROWS = {
    "decision": ("core_decision", "grant_id, case_number, source_file, source_row"),
    "part": ("core_decision_part", "grant_id, case_number, source_file, source_row"),
    "report": (
        "core_usage_report",
        "grant_id, case_number, source_file, source_row, recipient_code, used_sek, unused_sek",
    ),
}
"""Where it stands what was granted and reported: table, and columns that everybody may read."""
KEY = ("grant_id", "source_file", "source_row")
OF_THE_HOUSE = ("source_sheet", "signed_by")
ANSWERS = """
SELECT respondent_id, question, option, selected, amount_kr AS amount_sek FROM core_answer
WHERE programme = ? AND year = ?
"""


@dataclass(frozen=True)
class Order:
    """What an auditor asks for."""

    programme: str
    year: int
    amounts: Amounts
    seed: int
    materiality_sek: int
    confidence: int


@dataclass(frozen=True)
class Evidence:
    """Of one grant: its case number, what was reported as used, and the received rows that say so."""

    case_number: str | None
    used_sek: int | None
    is_derived: bool
    """Whether use is what was granted less what is left: the form does not ask."""

    rows: tuple[tuple[str, str], ...]
    """What a row is (`decision` or `report`), and where it stands."""


@dataclass(frozen=True)
class Drawn:
    """A draw and what it was drawn from."""

    order: Order
    version: str
    as_of: str
    provenance: str
    draw: Draw
    hints: list[Hint]
    names: dict[str, str]
    left_out_count: int
    evidence: dict[str, Evidence]


def drawn(warehouse: Path, order: Order) -> Drawn:
    """Draw from the version that a reader gets now.

    Raises: Stop if there is no such round, if none is published or it does not verify, or if no grant has an amount.
    """
    if order.year not in catalogue.programme(order.programme).rounds:
        raise Stop("round_undeclared", programme=order.programme, year=order.year)
    version = sound_current(warehouse)
    if not (version / DATABASE).exists():
        raise Stop("round_without_version", programme=order.programme, year=order.year)
    with closing(sqlite3.connect(f"{(version / DATABASE).as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return _drawn(database, version, order)


def _drawn(database: sqlite3.Connection, version: Path, order: Order) -> Drawn:
    def rows(query: str) -> list[Row]:
        return [dict(row) for row in database.execute(query, (order.programme, order.year))]

    if not (this_round := rows(ROUND)):
        raise Stop("round_without_version", programme=order.programme, year=order.year)
    accounts = rows(ACCOUNTS.format(amounts=order.amounts))
    names = {account["recipient_code"]: account["recipient_name"] for account in accounts}
    counted = [account for account in accounts if (account["amount_sek"] or 0) > 0]
    if not counted:
        raise Stop("nothing_to_draw", programme=order.programme, year=order.year)
    grants = Counter(account["recipient_code"] for account in accounts)
    units = [_unit(each, is_only=grants[each["recipient_code"]] == 1) for each in counted]
    received = {kind: _completed(rows(_query(*of)), of[0], version, order) for kind, of in ROWS.items()}
    return Drawn(
        order,
        version.name,
        this_round[0]["as_of_date"],
        this_round[0]["provenance"],
        draw(units, order.seed, materiality_sek=order.materiality_sek, confidence=order.confidence),
        hints(received["report"], rows(ANSWERS)),
        names,
        len(accounts) - len(counted),
        {each["grant_id"]: _evidence(each, received) for each in rows(REPORTED)},
    )


def _query(table: str, columns: str) -> str:
    return f"SELECT {columns} FROM {table} WHERE programme = ? AND year = ?"  # noqa: S608 - our own names


def _completed(rows: list[Row], table: str, version: Path, order: Order) -> list[Row]:
    """Rows with what of them stays in the house, the sheet and who signed: nothing where that cannot be read."""
    mine = [("programme", "=", order.programme), ("year", "=", order.year)]
    known: dict[tuple[str, str, int], Row] = {}
    path = inside_of(version) / f"parquet/{table}.parquet"
    with suppress(OSError):
        wanted = [*KEY, *(name for name in OF_THE_HOUSE if name in pq.read_schema(path).names)]
        known = {_key(row): row for row in pq.read_table(path, columns=wanted, filters=mine).to_pylist()}
    return [{**dict.fromkeys(OF_THE_HOUSE), **known.get(_key(row), {}), **row} for row in rows]


def _key(row: Row) -> tuple[str, str, int]:
    grant, file, number = (row[name] for name in KEY)
    return grant, file, number


def _evidence(reported: Row, received: dict[str, list[Row]]) -> Evidence:
    """What the received rows of a grant say; of one in several parts, every part."""
    of = {kind: [row for row in rows if row["grant_id"] == reported["grant_id"]] for kind, rows in received.items()}
    decisions, reports = of["part"] or of["decision"], of["report"]
    numbers = [row["case_number"] for row in (*decisions, *reports) if row["case_number"]]
    told = [("decision", place(row)) for row in decisions] + [("report", place(row)) for row in reports]
    return Evidence(numbers[0] if numbers else None, reported["used_sek"], bool(reported["used_derived"]), tuple(told))


def place(row: Row) -> str:
    """Where a row stands: its file, its sheet if it has one, and its number."""
    return ", ".join(filter(None, (row["source_file"].rpartition("/")[2], row["source_sheet"], str(row["source_row"]))))


def _unit(account: Row, *, is_only: bool) -> Unit:
    """One grant; by its id too where the recipient has several."""
    name = account["recipient_name"] if is_only else f"{account['recipient_name']}, {account['grant_id']}"
    return Unit(account["grant_id"], account["recipient_code"], name, account["amount_sek"])


def verdict(made: Drawn, language: Language) -> str:
    """How many are to be read, in one sentence."""
    count, every = len(made.draw.selected), len(made.draw.placed)
    if made.draw.reads_all:
        return text("draw_read_all", language).format(count=formatted(count))
    return text("draw_examine", language).format(count=formatted(count), all=formatted(every))


def facts(made: Drawn, language: Language) -> Iterator[tuple[str, str | int]]:
    """What was done, as label and value: population, parameters, and what follows from them."""
    order, found = made.order, made.draw
    yield "draw_programme", f"{order.programme} {order.year}"
    yield "draw_version", made.version
    yield "draw_as_of", made.as_of
    yield "draw_provenance", text(f"provenance_{made.provenance}", language)
    yield "draw_amounts", text(f"draw_amounts_{order.amounts}", language)
    yield "draw_count", len(found.placed)
    yield "draw_left_out", made.left_out_count
    yield "draw_total", found.total_sek
    yield "draw_materiality", order.materiality_sek
    yield "draw_confidence", order.confidence
    yield "draw_factor", f"{found.factor:.4f}".replace(".", "," if language == "sv" else ".")
    yield "draw_interval", found.interval_sek
    yield "draw_seed", str(order.seed)
    yield "draw_start", found.start_sek
    yield "draw_selected", len(found.selected)


def repeating(order: Order) -> str:
    """The command that draws the same sample from the same version."""
    return (
        f"statsbidrag draw --programme {order.programme} --year {order.year} --amounts {order.amounts}"
        f" --seed {order.seed} --materiality {order.materiality_sek} --confidence {order.confidence} --out FILE.xlsx"
    )


def told(made: Drawn, out: Path, language: Language) -> Iterator[str]:
    """The draw on a terminal."""
    labels = [(text(name, language), formatted(value)) for name, value in facts(made, language)]
    width = max(len(label) for label, _ in labels)
    yield from (f"  {label:<{width}}  {value}" for label, value in labels)
    yield f"  {text('draw_written', language):<{width}}  {out}"
    sheet = text("draw_sheet_hints", language)
    yield text("draw_hint_count", language).format(count=formatted(len(made.hints)), sheet=sheet)
    yield from (f"  {shown(hint, language)}: {', '.join(whose(hint, made))}" for hint in made.hints)
    yield verdict(made, language)


def shown(hint: Hint, language: Language) -> str:
    """What is alike, and its value if it has one that can be printed."""
    return " ".join(filter(None, (text(f"draw_hint_{hint.kind}", language), hint.value)))


def whose(hint: Hint, made: Drawn) -> list[str]:
    """Those that are alike, by name where they have one."""
    return [made.names.get(each, each) for each in hint.whose]

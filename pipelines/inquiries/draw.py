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
from pipelines.warehouse.layout import CURRENT, DATABASE, inside_of
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

Amounts = Literal["granted", "used"]
AMOUNTS: tuple[Amounts, ...] = ("granted", "used")

ROUND = "SELECT as_of_date, provenance FROM core_round WHERE programme = ? AND year = ?"
ACCOUNTS = """
SELECT a.recipient_code, a.grant_id, r.recipient_name, a.{amounts}_sek AS amount_sek
FROM core_account AS a JOIN core_recipient AS r USING (programme, year, recipient_code)
WHERE programme = ? AND year = ? ORDER BY a.recipient_code, a.grant_id
"""
REPORTS = """
SELECT grant_id, recipient_code, used_sek, unused_sek, case_number FROM core_usage_report
WHERE programme = ? AND year = ?
"""
SIGNERS = ["grant_id", "signed_by"]
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


def drawn(warehouse: Path, order: Order) -> Drawn:
    """Draw from the version that a reader gets now.

    Raises: Stop if there is no such round, if none is published, or if no grant has an amount.
    """
    if order.year not in catalogue.programme(order.programme).rounds:
        raise Stop("round_undeclared", programme=order.programme, year=order.year)
    version = (warehouse / CURRENT).resolve()
    if not (version / DATABASE).exists():
        raise Stop("round_without_version", programme=order.programme, year=order.year)
    with closing(sqlite3.connect(f"{(version / DATABASE).as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return _drawn(database, version, order)


def _drawn(database: sqlite3.Connection, version: Path, order: Order) -> Drawn:
    def rows(query: str) -> list[dict[str, Any]]:
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
    return Drawn(
        order,
        version.name,
        this_round[0]["as_of_date"],
        this_round[0]["provenance"],
        draw(units, order.seed, materiality_sek=order.materiality_sek, confidence=order.confidence),
        hints(_signed(rows(REPORTS), version, order), rows(ANSWERS)),
        names,
        len(accounts) - len(counted),
    )


def _signed(reports: list[dict[str, Any]], version: Path, order: Order) -> list[dict[str, Any]]:
    """The reports with who signed them, which stays in the house: of nobody where that cannot be read."""
    mine = [("programme", "=", order.programme), ("year", "=", order.year)]
    path, signers = inside_of(version) / "parquet/core_usage_report.parquet", {}
    with suppress(OSError):
        found = pq.read_table(path, columns=SIGNERS, filters=mine).to_pylist()
        signers = {row["grant_id"]: row["signed_by"] for row in found}
    return [report | {"signed_by": signers.get(report["grant_id"])} for report in reports]


def _unit(account: dict[str, Any], *, is_only: bool) -> Unit:
    """One grant; by its id too where the recipient has several."""
    name = account["recipient_name"] if is_only else f"{account['recipient_name']}, {account['grant_id']}"
    return Unit(account["recipient_code"], name, account["amount_sek"])


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

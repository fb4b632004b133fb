"""What officials have to do in each round: from the published version, or computed as of any date."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.received import RoundKey
from pipelines.inquiries.computed import computed
from pipelines.readers.raw_folder import RawFolder
from pipelines.reports import standing
from pipelines.reports.columns import Cells, Columns
from pipelines.reports.summary import printable
from pipelines.warehouse.verification import sound_current
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.tables import TABLES as MODELS
from schemas.tables.release import as_declared
from schemas.texts.catalogue import text
from schemas.words.alphabet import alphabetical
from schemas.words.tasks import OF_CASE as OF_CASE_KIND
from schemas.words.tasks import TASKS
from schemas.words.vocabulary import LANGUAGES, Language

Row = dict[str, Any]
TABLES = (
    "core_round",
    "core_recipient",
    "core_decision",
    "core_recovery_case",
    "core_candidate_ground",
    "core_rule_result",
    "core_task",
    "out_standing",
)
OF_CASE = ("matter", "state", "opened_date", "claimed_date", "decided_date", "known_through_date", "exported_date")
OF_DECISION = ("granted_sek", "report_due_date")
AMOUNT = 2
"""Which of a case's cells is an amount."""


@dataclass(frozen=True)
class RoundCases:
    """A round, where it stands, and everything that there is to do in it, of a case with its candidate grounds."""

    round: Row
    todos: list[Row]
    standing: Row
    titles: dict[Language, dict[str, str]]
    """What each rule is called."""


@dataclass(frozen=True)
class Chosen:
    """Of which rounds a person asked; None: of all there are."""

    programme: str | None
    year: int | None

    def rounds(self) -> list[RoundKey]:
        """The declared rounds that fit. Raises: Stop if the programme or the round is not declared."""
        names = [self.programme] if self.programme else list(catalogue.programme_names())
        declared = [RoundKey(name, year) for name in names for year in catalogue.programme(name).rounds]
        keys = [key for key in declared if self.year in {None, key.year}]
        if not keys:
            raise Stop("round_undeclared", programme=", ".join(names), year=self.year)
        return keys


def gathered(chosen: Chosen, raw: Path | None, as_of: str, warehouse: Path) -> list[RoundCases]:
    """The cases as of a day, from what was received by then, or else as published. Raises: Stop."""
    return as_known(chosen, raw, as_of) if raw else published(chosen, warehouse)


def published(chosen: Chosen, warehouse: Path) -> list[RoundCases]:
    """The cases of the published version. Raises: Stop if it has none that was asked of, or does not verify."""
    asked, folder = chosen.rounds(), sound_current(warehouse) / "parquet"
    if not all((folder / f"{name}.parquet").exists() for name in TABLES):
        raise Stop("nothing_published_yet", folder=warehouse)
    tables = {name: as_declared(MODELS[name], pq.read_table(folder / f"{name}.parquet")) for name in TABLES}
    there = {RoundKey(row["programme"], row["year"]) for row in tables["core_round"].to_pylist()}
    keys = [key for key in asked if key in there]
    if not keys:
        raise Stop("nothing_published_yet", folder=warehouse)
    return [round_cases(tables, key) for key in keys]


def as_known(chosen: Chosen, raw: Path, as_of: str) -> list[RoundCases]:
    """The cases as they stood on a day, of the rounds of which anything has arrived. Raises: Stop, as a run would."""
    folder = RawFolder(raw)
    keys = chosen.rounds() if chosen.year else [key for key in chosen.rounds() if folder.paths(key)]
    if not keys:
        raise Stop("nothing_received", folder=raw)
    day = dt.date.fromisoformat(as_of)
    return [round_cases(computed(folder, key, day), key) for key in keys]


def round_cases(tables: Mapping[str, pa.Table], key: RoundKey) -> RoundCases:
    """What there is to do in one round, the most urgent first.

    `grant` tells a grant from the recipient's others in the round; None where there is no other, or it is about no one.
    """
    rows = {name: [row for row in tables[name].to_pylist() if _is_of(row, key)] for name in TABLES}
    names = {body["recipient_code"]: body["recipient_name"] for body in rows["core_recipient"]}
    decisions = {decision["grant_id"]: decision for decision in rows["core_decision"]}
    cases = {case["grant_id"]: case for case in rows["core_recovery_case"]}
    owners = {each["grant_id"]: each["recipient_code"] for each in (*decisions.values(), *cases.values())}
    grants = Counter(owners.values())
    candidates: dict[str, list[Row]] = defaultdict(list)
    for each in rows["core_candidate_ground"]:
        candidates[each["grant_id"]].append(each)
    todos = [
        todo
        | {"todo": todo["task"], "todo_no": TASKS.index(todo["task"]) + 1, "amount_sek": todo["at_stake_sek"]}
        | {"recipient_name": names.get(todo["recipient_code"])}
        | {"grant": todo["grant_id"] if grants[todo["recipient_code"]] > 1 else None}
        | {name: cases.get(todo["grant_id"], {}).get(name) for name in OF_CASE}
        | {name: decisions.get(todo["grant_id"], {}).get(name) for name in OF_DECISION}
        | {"candidates": candidates[todo["grant_id"]] if todo["kind"] == OF_CASE_KIND else []}
        for todo in rows["core_task"]
    ]
    titles: dict[Language, dict[str, str]] = {
        language: {rule["rule"]: rule[f"title_{language}"] for rule in rows["core_rule_result"]}
        for language in LANGUAGES
    }
    return RoundCases(rows["core_round"][0], _by_urgency(todos), rows["out_standing"][0], titles)


def _is_of(row: Row, key: RoundKey) -> bool:
    return (row["programme"], row["year"]) == (key.programme, key.year)


def _by_urgency(todos: list[Row]) -> list[Row]:
    """What there is to do, first where anything is overdue; within it by day and name."""
    late = {todo["todo"] for todo in todos if todo["is_overdue"]}
    return sorted(
        todos,
        key=lambda todo: (
            todo["todo"] not in late,
            todo["todo_no"],
            (todo["about"] or "", todo["rule"] or "") if todo["kind"] != OF_CASE_KIND else (),
            not todo["is_overdue"],
            str(todo["due_date"] or "9999"),
            alphabetical(todo["recipient_name"] or ""),
            (todo["grant_id"] or "", todo["task_no"]),
        ),
    )


# -- telling --------------------------------------------------------------------------------------------------------
def lines(rounds: Iterable[RoundCases], language: Language) -> Iterator[str | Columns]:
    """The list as a person reads it: what to do, and below it with whom, how much and when."""
    for each in rounds:
        title = catalogue.programme(each.round["programme"]).title.sentence(language)
        values = {"title": title, "year": each.round["year"], "date": each.round["as_of_date"]}
        yield text("cases_title", language).format(**values)
        yield f"  {standing.sentence(each.standing, language)}"
        if each.todos:
            yield _groups(each, values["date"], language)
        yield ""


def _groups(this: RoundCases, as_of: dt.date, language: Language) -> Columns:
    """What to do as lines of their own, and below each with whom, under each other throughout."""
    rows: list[Cells | str] = []
    for said, group in groupby(this.todos, key=lambda todo: _heading(todo, this.titles[language], language)):
        rows += ["", f"  {said}", *(_cells(todo, as_of, language) for todo in group)]
    return Columns(rows, right=(AMOUNT,), indent=4)


def _heading(todo: Row, titles: dict[str, str], language: Language) -> str:
    """What to do, and who does it."""
    return f"{standing.task(todo, titles, language)} ({standing.owner(todo, language)})"


def _cells(todo: Row, as_of: dt.date, language: Language) -> tuple[str, ...]:
    due, since, known = todo["due_date"], todo["since_date"], todo.get("known_through_date")
    return (
        printable(todo["recipient_name"] or standing.things(todo, language)),
        printable(todo["case_number"] or todo["grant"] or "–"),
        standing.amount(todo, language),
        text("cases_by" if due else "cases_no_due", language).format(date=due),
        text("cases_since" if since else "cases_no_date", language).format(date=since),
        text("cases_overdue", language) if todo["is_overdue"] else "",
        text("cases_known_through", language).format(date=known) if known and known < as_of else "",
    )


def records(rounds: Iterable[RoundCases]) -> list[dict[str, Any]]:
    """The list as one document for programs: days as ISO texts, unknown as null."""
    return [
        _plain(todo | {"as_of_date": each.round["as_of_date"], "candidates": [_plain(c) for c in todo["candidates"]]})
        for each in rounds
        for todo in each.todos
    ]


def rows(rounds: Iterable[RoundCases]) -> list[dict[str, Any]]:
    """The list as a table: the candidate grounds by their provisions."""
    return [
        record | {"candidates": " ".join(candidate["provision"] for candidate in record["candidates"])}
        for record in records(rounds)
    ]


def _plain(row: Row) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}

"""Where the rounds of a version stand, from its database: nothing heavy is imported to show it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.warehouse.layout import DATABASE
from schemas.words.vocabulary import LANGUAGES, Language

Row = dict[str, Any]
Key = tuple[str, int]

FIGURES = """
SELECT s.*, r.as_of_date, g.granted_sek, g.unused_sek
FROM out_standing s JOIN core_round r USING (programme, year) LEFT JOIN out_grant_by_year g USING (programme, year)
"""
TASKS = """
SELECT t.*, t.at_stake_kr AS at_stake_sek, b.recipient_name
FROM core_task t LEFT JOIN core_recipient b USING (programme, year, recipient_code)
ORDER BY t.programme, t.year, t.task_no
"""
DICTIONARY = "SELECT * FROM data_dictionary ORDER BY table_name, column_no"


@dataclass(frozen=True)
class Stood:
    """What a version says of where its rounds stand."""

    rounds: dict[Key, Row]
    """Each round's row of out_standing, with its day and what was granted and not used."""

    tasks: dict[Key, list[Row]]
    """Everything there is to do in each round, those at most risk first, with the recipient's name."""

    titles: dict[Language, dict[str, str]]
    """What each rule is called."""

    dictionary: list[Row]
    """Every column of every table."""


NOTHING = Stood({}, {}, {language: {} for language in LANGUAGES}, [])


def read(version: Path) -> Stood:
    """Where the rounds of a version stand; nothing of one of an older kind, or that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{(version / DATABASE).as_uri()}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return _read(database)
    except sqlite3.Error:
        return NOTHING


def _read(database: sqlite3.Connection) -> Stood:
    tasks: dict[Key, list[Row]] = defaultdict(list)
    for row in database.execute(TASKS):
        tasks[row["programme"], row["year"]].append(dict(row))
    rules = database.execute("SELECT DISTINCT rule, title_sv, title_en FROM core_rule_result").fetchall()
    return Stood(
        rounds={(row["programme"], row["year"]): dict(row) for row in database.execute(FIGURES)},
        tasks=tasks,
        titles={language: {row["rule"]: row[f"title_{language}"] for row in rules} for language in LANGUAGES},
        dictionary=[
            dict(row) for row in database.execute("SELECT * FROM data_dictionary ORDER BY table_name, column_no")
        ],
    )

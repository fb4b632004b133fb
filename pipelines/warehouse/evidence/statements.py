"""What evidence is given of: every statement that must hold of a published version, by table. Imports no GX.

The rules of the tables are stated again, and beside them what no table can say of itself: its shape, and that tables
agree with each other (`INVARIANTS`). Every statement has an id that stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from schemas.rules.constraints import (
    Between,
    Characters,
    Length,
    NotNull,
    OneOf,
    References,
    TableRule,
    Unless,
    columns_of,
    implied_rules,
)
from schemas.rules.rule import catalogue_rules, rules, severity
from schemas.tables import PUBLISHED, RELEASED, TABLES, project
from schemas.words.vocabulary import UNITS, Language

OF_ONE_VALUE = (NotNull, OneOf, Between, Length, Characters)
"""The kinds of rule that look at one value of a row."""

SOURCE_KEY = ("programme", "year", "source_file")
INVARIANTS = ("invariants.yaml", "ledger_invariants.yaml", "books.yaml")
"""The files that say what holds across tables."""


@dataclass(frozen=True)
class Columns:
    """The table has these columns, in this order, and no other."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class RowCount:
    """The table has so many rows."""

    count: int


@dataclass(frozen=True)
class Values:
    """No row breaks any of these rules, which look at one value each."""

    rules: tuple[TableRule, ...]


@dataclass(frozen=True)
class NoRows:
    """A query that finds what is wrong finds nothing."""

    sql: str


@dataclass(frozen=True)
class Statement:
    """Something that must hold of a table, and the sentence that says so where no rule of the catalogue does."""

    id: str
    table: str
    holds: TableRule | Values | Columns | RowCount | NoRows
    sv: str = ""
    en: str = ""
    warns: bool = False

    @property
    def kind(self) -> str:
        """The kind of the rule; or values, columns, row_count, across_tables."""
        match self.holds:
            case TableRule():
                return self.holds.kind
            case Values():
                return "values"
            case Columns():
                return "columns"
            case RowCount():
                return "row_count"
            case NoRows():
                return "across_tables"

    @property
    def severity(self) -> str:
        """As the catalogue says; what only evidence states stops, unless it says that it warns."""
        return "warn" if self.warns else severity(self.id)

    def sentence(self, language: Language) -> str:
        """The statement in one language; empty where the rule's own kind and columns say it."""
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True)
class Result:
    """What became of one statement. Equal databases give equal results: no times, no run ids, no values of cells.

    `broken_count` is None where a statement holds or not as a whole (columns), or could not be put to the database;
    `checked_count` is the number of rows looked at, None where a statement is about more tables than one.
    """

    rule: str
    table: str
    kind: str
    severity: str
    passed: bool
    broken_count: int | None
    checked_count: int | None

    def sentence(self, language: Language) -> str:
        """What was stated, or the title of the rule that states it."""
        stated = next(each for each in statements(self.table, 0) if each.id == self.rule)
        titled = rules()[self.rule].called(language) if self.rule in rules() else self.rule
        return stated.sentence(language) or f"{titled}."


def statements(table: str, row_count: int) -> Iterator[Statement]:
    """Everything that must hold of a published table, which has so many rows in Parquet."""
    yield from shape(table, row_count)
    yield values(table)
    yield from (Statement(rule.id, table, rule) for rule in _rules(table) if not _looks_at_values(rule))
    yield from (each for each in _of_vocabularies() if each.table == table)
    yield from (each for each in invariants() if each.table == table)


def shape(table: str, row_count: int) -> Iterator[Statement]:
    """The columns of a table, and its number of rows."""
    yield Statement(
        f"{table}.columns",
        table,
        Columns(tuple(project.arrow_schema(RELEASED[table]).names)),
        "Tabellen har exakt de kolumner som variabelförteckningen anger, i samma ordning.",
        "The table has exactly the columns of the data dictionary, in the same order.",
    )
    yield Statement(
        f"{table}.row_count",
        table,
        RowCount(row_count),
        "Tabellen har lika många rader i databasen som i Parquet.",
        "The table has as many rows in the database as in Parquet.",
    )


def values(table: str) -> Statement:
    """What a table's model says of its values one by one, as one statement: most of it the database enforced before."""
    return Statement(
        f"{table}.values",
        table,
        Values(tuple(filter(_looks_at_values, _rules(table)))),
        "Varje värde är så som tabellen anger: finns där det måste, står i sin ordlista, ligger inom sina gränser och "
        "har rätt längd och tecken.",
        "Every value is as its table says: there where it must be, of its vocabulary, within its bounds, and of the "
        "right length and characters.",
    )


def _rules(table: str) -> Iterator[TableRule]:
    """What the rows must meet, as far as everybody may read them: what stays in the house was held at the write."""
    there = project.facts(RELEASED[table]).keys()
    mine = (*implied_rules(RELEASED[table], TABLES), *catalogue_rules(table))
    return (rule for rule in mine if there >= {*columns_of(rule.constraint)})


def _looks_at_values(rule: TableRule) -> bool:
    """What the catalogue says of a value is reported under its own name."""
    return isinstance(rule.constraint, OF_ONE_VALUE) and rule.id not in rules()


@cache
def invariants() -> tuple[Statement, ...]:
    """What holds across tables."""
    folder = resources.files("pipelines.warehouse.evidence")
    return tuple(
        Statement(name, facts["table"], NoRows(facts["sql"].strip()), facts["sv"], facts["en"])
        for file in INVARIANTS
        for name, facts in yaml.safe_load(folder.joinpath(file).read_text("utf-8")).items()
    )


@cache
def _of_vocabularies() -> tuple[Statement, ...]:
    """What a model cannot say, since its vocabulary lies elsewhere: in the catalogue, in another column, in a table."""
    return (*_known_rules(), *_known_files(), *_percent())


def _known_rules() -> Iterator[Statement]:
    for table in ("core_finding", "core_row", "core_rule_result", "core_waiver"):
        yield _stated(
            f"{table}.rule.known",
            table,
            OneOf("rule", tuple(rules())),
            "Varje regel som anges finns i regelkatalogen.",
            "Every rule that is named stands in the catalogue of rules.",
        )


def _known_files() -> Iterator[Statement]:
    sourced = (
        name for name in PUBLISHED if name != "core_source_file" and "source_file" in project.facts(RELEASED[name])
    )
    for table in sourced:
        yield _stated(
            f"{table}.source_file.known",
            table,
            References(SOURCE_KEY, "core_source_file", SOURCE_KEY),
            "Varje källfil som anges finns bland omgångens källfiler.",
            "Every source file that is named stands among the source files of the round.",
        )


def _percent() -> Iterator[Statement]:
    others = tuple(unit for unit in UNITS if unit != "percent")
    yield _stated(
        "out_table_cell.value.percent",
        "out_table_cell",
        Between("value", 0, 100),
        "Varje tryckt procenttal ligger mellan 0 och 100.",
        "Every printed percentage lies between 0 and 100.",
        Unless("unit", others),
        warns=True,  # more may be reported as unused than was granted, which is a warning
    )


def _stated(  # noqa: PLR0913, PLR0917 - a rule and its two sentences
    name: str,
    table: str,
    constraint: OneOf | Between | References,
    sv: str,
    en: str,
    unless: Unless | None = None,
    *,
    warns: bool = False,
) -> Statement:
    return Statement(name, table, TableRule(name, table, constraint, unless), sv, en, warns)

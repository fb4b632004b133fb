"""The published tables of one programme, as the rows that expressions are about. Each table of a year is read once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from assets.domain.figures.language import FACTS, FLAG, USE, Fact
from assets.domain.figures.refused import Refused
from assets.domain.figures.values import APPLICATION, DATE, GRANT, RECIPIENT, SEK, Row
from assets.domain.reality import provenance_of
from schemas.words.vocabulary import NO_REPORT, REPORT_NOT_DUE

Record = Mapping[str, Any]
Read = Callable[[str, int | None], Sequence[Record]]
"""A table of the programme, of one year or of all."""

FOUND = int | str | bool | None
WITHOUT_REPORT, NOT_REPORTED = "without_report", (NO_REPORT, REPORT_NOT_DUE)


class World:
    """What is published of one programme."""

    def __init__(self, programme: str, read: Read) -> None:
        """Read tables by this."""
        self.programme = programme
        self._read = read
        self._tables: dict[tuple[str, int | None], Sequence[Record]] = {}
        self._of_grants: dict[tuple[str, int], dict[str, Record]] = {}
        self._answers: dict[int, dict[str, list[Record]]] = {}
        self._bodies: dict[int, dict[str, Record]] = {}
        self._values: dict[tuple[str, str, int], dict[str, FOUND]] = {}
        self._rows: dict[tuple[str, int], tuple[Row, ...]] = {}

    def table(self, name: str, year: int | None) -> Sequence[Record]:
        """The rows of a table."""
        if (name, year) not in self._tables:
            self._tables[name, year] = self._read(name, year)
        return self._tables[name, year]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that are published."""
        return tuple(sorted({row["year"] for row in self.table("core_round", None)}))

    @cached_property
    def questions(self) -> dict[str, dict[int, frozenset[str]]]:
        """Every question, and the options that each year's forms have of it."""
        found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self.table("questions", None):
            found[row["question"]][row["year"]].add(row["option"])
        return {name: {year: frozenset(each) for year, each in of.items()} for name, of in found.items()}

    def answers(self, question: str, year: int) -> Sequence[Record]:
        """The answers to one question."""
        if year not in self._answers:
            self._answers[year] = defaultdict(list)
            for row in self.table("core_answer", year):
                self._answers[year][row["question"]].append(row)
        return self._answers[year][question]

    def check_year(self, year: int, at: int) -> None:
        """Raises: Refused if there is no such round."""
        if year not in self.years:
            known = ", ".join(map(str, self.years)) or "–"
            raise Refused("no_round", at, year=year, programme=self.programme, known=known)

    # -- rows ---------------------------------------------------------------------------------------------------------
    def rows(self, kind: str, year: int) -> tuple[Row, ...]:
        """All rows of a kind that are counted: decided grants, their recipients, applications."""
        if (kind, year) not in self._rows:
            made = {GRANT: self._grants, RECIPIENT: self._recipients, APPLICATION: self._applications}[kind]
            self._rows[kind, year] = tuple(made(year))
        return self._rows[kind, year]

    def _grants(self, year: int) -> list[Row]:
        return [_grant(row, year) for row in self.table("core_reconciliation", year) if row["granted_sek"] is not None]

    def without_decision(self, year: int) -> list[Row]:
        """What is known of grants of which no decision can be read."""
        rows = self.table("core_reconciliation", year)
        return [_grant(row, year) for row in rows if row["granted_sek"] is None]

    def _recipients(self, year: int) -> list[Row]:
        grants: dict[str, list[Row]] = defaultdict(list)
        for each in self.rows(GRANT, year):
            grants[str(each.recipient)].append(each)
        return [
            Row(
                RECIPIENT,
                year,
                code,
                code,
                provenance_of(each.provenance for each in mine),
                tuple(each.key for each in mine),
            )
            for code, mine in grants.items()
        ]

    def _applications(self, year: int) -> list[Row]:
        return [
            Row(APPLICATION, year, str(number), row["recipient_code"], row["provenance"])
            for number, row in enumerate(self.table("core_application", year))
        ]

    def grants_of(self, code: str | None, year: int) -> tuple[str, ...]:
        """The ids of a recipient's grants."""
        return next((each.grants for each in self.rows(RECIPIENT, year) if each.key == code), ())

    def granted(self, grants: Sequence[str], year: int) -> int:
        """What those grants come to, in kronor."""
        of = self.of_grants("core_reconciliation", year)
        return sum(of[each]["granted_sek"] or 0 for each in dict.fromkeys(grants) if each in of)

    def of_grants(self, table: str, year: int) -> dict[str, Record]:
        """The row of each grant in a table that has one of each."""
        if (table, year) not in self._of_grants:
            self._of_grants[table, year] = {row["grant_id"]: row for row in self.table(table, year)}
        return self._of_grants[table, year]

    def body(self, code: str | None, year: int) -> Record:
        """What the register says of a recipient."""
        if year not in self._bodies:
            self._bodies[year] = {row["recipient_code"]: row for row in self.table("core_recipient", year)}
        return self._bodies[year].get(str(code), {})

    # -- facts --------------------------------------------------------------------------------------------------------
    def values(self, kind: str, name: str, year: int) -> dict[str, FOUND]:
        """A fact of every row of a kind, by the row's key; None where it is not known."""
        if (kind, name, year) not in self._values:
            fact = FACTS[kind][name]
            self._values[kind, name, year] = {row.key: self._value(row, fact, name) for row in self.rows(kind, year)}
        return self._values[kind, name, year]

    def _value(self, row: Row, fact: Fact, name: str) -> FOUND:
        if fact.table == "core_recipient":
            return row.recipient if name == "recipient" else self.body(row.recipient, row.year).get(fact.column)
        if row.kind == APPLICATION:
            return plain(self.table(fact.table, row.year)[int(row.key)], fact)
        found = [self._of_grant(grant, row.year, fact, name) for grant in row.grants]
        if row.kind == GRANT or len(found) == 1:
            return found[0]
        if fact.unit == FLAG:
            return any(found) if name == WITHOUT_REPORT else all(found)
        return None if None in found else sum(int(each or 0) for each in found)

    def _of_grant(self, grant: str, year: int, fact: Fact, name: str) -> FOUND:
        reason = self.of_grants("out_annex", year).get(grant, {}).get("left_out")
        if name == WITHOUT_REPORT:
            return reason in NOT_REPORTED
        if name == "reported":
            return reason is None
        if name in USE and reason is not None:
            return None
        return plain(self.of_grants(fact.table, year).get(grant, {}), fact)


def plain(record: Record, fact: Fact) -> FOUND:
    """A fact of a record: a day as its number, so that days can be counted; None where it is not known."""
    value = record.get(fact.column)
    if fact.unit == DATE and value is not None:
        return day_number(value)
    return value


def day_number(value: dt.date | str) -> int | None:
    """A day as a whole number; a time as the day that it is in; None if it is no day."""
    if isinstance(value, dt.date):
        return value.toordinal()
    try:
        return dt.date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def _grant(row: Record, year: int) -> Row:
    return Row(GRANT, year, row["grant_id"], row["recipient_code"], row["provenance"], (row["grant_id"],))


__all__ = ["FOUND", "SEK", "Read", "Record", "World", "day_number"]

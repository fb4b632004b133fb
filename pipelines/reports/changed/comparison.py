"""One round in two versions: money, answers and printed tables, each change with its recipient and its causes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assets.domain.changed.answers import AnswerChange, answer_changes
from assets.domain.changed.causes import Between, Cause
from assets.domain.changed.printed import CellChange, Printed
from pipelines.reports.changed.money import Measure, between_versions
from pipelines.reports.changed.sides import NotThereError, RoundOf, Side, world_of

MEASURES = ("granted", "unused", "accepted_use", "repayable", "outstanding")
"""What is told of money if nothing else is chosen: what was decided, what was reported, and what follows."""

OF_ANSWERS = ("form", "respondent_id", "question", "option", "status", "selected", "amount_sek", "source_column")
OF_CELLS = ("report", "table_no", "row_label", "column_name", "value", "unit", "expression")


@dataclass(frozen=True)
class Comparison:
    """What changed of a round. A part is None where one of the versions does not have it in its present form."""

    then: RoundOf
    now: RoundOf
    causes: tuple[Cause, ...]
    """All that changed of what the round was made of."""

    money: list[Measure] | None
    answers: list[AnswerChange] | None
    printed: list[CellChange] | None

    @property
    def moved(self) -> list[Measure]:
        """The measures that are not as they were."""
        return [each for each in self.money or () if each.changes]

    @property
    def is_unchanged(self) -> bool:
        """Whether everything could be compared, and nothing of it differs."""
        whole = None not in (self.money, self.answers, self.printed)
        return whole and not (self.moved or self.answers or self.printed)


class Comparisons:
    """Two versions, compared round by round; the printed tables of a programme once for all its rounds."""

    def __init__(self, then: Side, now: Side) -> None:
        """Compare these."""
        self._then, self._now = then, now
        self._printed: dict[str, list[CellChange] | None] = {}

    def of(self, programme: str, year: int, measures: Sequence[str] = MEASURES) -> Comparison | None:
        """What changed of a round; None where one of them does not have it."""
        then, now = (RoundOf(side, programme, year) for side in (self._then, self._now))
        if not (then.is_there and now.is_there):
            return None
        between = self._between(programme, year)
        if between is None:
            return Comparison(then, now, (), None, None, None)
        return Comparison(
            then,
            now,
            between.everything,
            _unless_missing(lambda: between_versions(then, now, between, measures)),
            _unless_missing(lambda: _answers(then, now, between)),
            self.printed(programme, year),
        )

    def printed(self, programme: str, year: int | None) -> list[CellChange] | None:
        """The printed cells of a programme that differ; of a round: those that are about it, or about no one round."""
        if programme not in self._printed:
            self._printed[programme] = _unless_missing(lambda: self._of_tables(programme))
        found = self._printed[programme]
        if found is None or year is None:
            return found
        return [each for each in found if not each.years or year in each.years]

    def _between(self, programme: str, year: int) -> Between | None:
        sides = (RoundOf(side, programme, year) for side in (self._then, self._now))
        return _unless_missing(lambda: Between(*(each.made for each in sides)))

    def _of_tables(self, programme: str) -> list[CellChange]:
        tables = [side.table("out_table_cell", programme, None) for side in (self._then, self._now)]
        for table in tables:
            if not set(OF_CELLS) <= set(table.column_names):
                raise NotThereError("out_table_cell")
        if tables[0].equals(tables[1]):
            return []
        years = sorted({year for name, year in self._now.cards if name == programme})
        made = {year: self._between(programme, year) for year in years if (programme, year) in self._then.cards}
        between = {year: each for year, each in made.items() if each}
        then, now = (world_of(side, programme) for side in (self._then, self._now))
        return Printed(then, now, between).changes(*(table.to_pylist() for table in tables))


def _answers(then: RoundOf, now: RoundOf, between: Between) -> list[AnswerChange]:
    if not then.differs(now, "core_answer"):
        return []
    return answer_changes(then.rows("core_answer", OF_ANSWERS), now.rows("core_answer", OF_ANSWERS), between)


T = TypeVar("T")


def _unless_missing(compared: Callable[[], T]) -> T | None:
    """What is found; None where a version does not have what is compared."""
    try:
        return compared()
    except NotThereError:
        return None

"""What each file gave: rows received and what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from assets.domain.counting import Counted
from assets.domain.reading.forms import Export
from schemas.words.vocabulary import (
    ACCEPTED,
    BLANK,
    COUNTED,
    EMPTIED,
    EMPTY,
    FATES,
    NOTHING_YET,
    QUARANTINED,
    SET_ASIDE,
)


def funnel(counted: Iterable[Counted], *, are_awaited: bool = False) -> list[dict[str, Any]]:
    """Per file: data rows received and their fates; rows of other kinds are counted apart. As table core_funnel.

    Args: are_awaited: whether no report need have come yet.
    """
    by_file: dict[str, Counter[str]] = defaultdict(Counter)
    facts: dict[str, dict[str, Any]] = {}
    may_be_empty: dict[str, bool] = {}
    for each in counted:
        path = each.row.export.path
        facts.setdefault(path, {"source_file": path, "form": each.row.form.form} | lines_of_file(each.row.export))
        may_be_empty[path] = _may_be_empty(each.row.export, are_awaited=are_awaited)
        by_file[path]["received" if each.row.is_data else "other"] += 1
        by_file[path][BLANK] += each.row.line.kind == BLANK
        by_file[path][each.fate or ""] += 1
    return [
        facts[path]
        | {f"{name}_count": counts[name] for name in ("received", *FATES, "other", BLANK)}
        | {"result": _result(counts, may_be_empty=may_be_empty[path])}
        for path, counts in by_file.items()
    ]


def _may_be_empty(export: Export, *, are_awaited: bool) -> bool:
    """Whether a file without rows says that nothing has come yet: no decisions, and no reports that are overdue."""
    return "core_decision" not in export.form.fills and (are_awaited or not export.is_report)


def lines_of_file(export: Export) -> dict[str, int | None]:
    """How many lines a text file has: its rows, blank ones too, and those that go on with a cell."""
    if export.file.delimiter is None:
        return {"line_count": None, "continued_count": None}
    continued = sum(extra for _, extra in export.sheet.continued)
    return {"line_count": len(export.sheet.rows) + continued, "continued_count": continued}


def _result(counts: Counter[str], *, may_be_empty: bool) -> str:
    if not counts["received"]:
        return NOTHING_YET if may_be_empty else EMPTY
    if counts[ACCEPTED]:
        return COUNTED
    return EMPTIED if counts[QUARANTINED] else SET_ASIDE

"""`statsbidrag corrections diff`: two versions of a table and a log are read, and what the log explains is told.

No old or new value is shown, only where it stands: a cell may hold what somebody wrote about a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assets.domain.reading.explanations import (
    Difference,
    Entry,
    Explained,
    Versions,
    explained,
    key_column,
    table_of,
)
from assets.domain.reading.forms import says
from assets.domain.reading.sheets import refuse_lost
from assets.received import Cells
from pipelines.readers.correction_log import read_corrections
from pipelines.readers.raw_folder import assumed_card, read_export
from pipelines.reports.summary import LABEL_WIDTH, printable
from pipelines.reports.swedish import formatted
from schemas.configuration.corrections import LOG_HEADERS, Correction
from schemas.configuration.layouts import plain
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import APPLIED, Language


def compare(before: Path, after: Path, log: Path, key: str | None) -> Explained:
    """Read two tables and a log, and hold what differs against the log. Raises: Stop."""
    old, new = (table_of(path.name, _rows(path)) for path in (before, after))
    versions = Versions(old, new, key_column(old, new, key))
    is_ours = log.suffix.lower() in (".yaml", ".yml")
    return explained(versions, _from_ours(log, versions) if is_ours else _from_table(log, versions.key))


def _rows(path: Path) -> Sequence[Cells]:
    sheets = read_export(path, path.name, lambda _: assumed_card(path.name)).sheets
    if len(sheets) > 1:
        raise Stop("sheets_several", file=path.name, sheets=", ".join(str(sheet.name) for sheet in sheets))
    refuse_lost(path.name, sheets[0])
    return sheets[0].rows


# -- logs -----------------------------------------------------------------------------------------------------------
def _from_table(path: Path, key: str) -> Iterator[Entry]:
    """The entries of a log that is a table, numbered as its rows."""
    rows = _rows(path)
    head, at = _log_columns(path, rows, key)
    for number, row in enumerate(rows[head:], head + 1):
        if any(map(says, row)):
            yield Entry(number, **{role: says(row[place]) for role, place in at.items()})


def _log_columns(path: Path, rows: Sequence[Cells], key: str) -> tuple[int, dict[str, int]]:
    """How many rows end with the headers, and in which column each part of an entry stands."""
    names = {**LOG_HEADERS, "key": (key.casefold(), *LOG_HEADERS["key"])}
    for number, row in enumerate(rows, 1):
        headers = [says(cell).casefold() for cell in row]
        found = {role: next((name for name in known if name in headers), None) for role, known in names.items()}
        if all(found.values()):
            return number, {role: headers.index(name) for role, name in found.items() if name}
    raise Stop("log_not_recognised", file=path.name, key=key)


def _from_ours(path: Path, versions: Versions) -> Iterator[Entry]:
    """The applied entries of a log of corrections that are about these files, or all if none names them."""
    numbered = list(enumerate(read_corrections(path.read_bytes(), path.name), 1))
    files = {versions.before.file, versions.after.file}
    about = [(number, each) for number, each in numbered if each.file in files] or numbered
    for number, each in about:
        if each.status == APPLIED:
            yield Entry(number, _key(each, versions), plain(each.column), plain(each.old), plain(each.new))


def _key(correction: Correction, versions: Versions) -> str:
    """The key of the row that a correction is about, as it stood before; empty if there is no such row."""
    table, key = versions.before, correction.key
    if key is None:
        row = correction.row or 0
        return table.text(row, versions.key) if row in table.rows else ""
    column = plain(key.column)
    if column not in table.columns:
        return ""
    rows = [row for row in table.rows if table.text(row, column) == plain(key.value)]
    return table.text(rows[0], versions.key) if len(rows) == 1 else ""


# -- what is told ---------------------------------------------------------------------------------------------------
def report(result: Explained) -> dict[str, Any]:
    """The result as one object."""
    return {
        "everything_is_explained": result.is_whole,
        "key": result.key,
        "columns": {"removed": result.removed, "added": result.added, "renamed": result.renamed},
        "explained": [_place(each) | {"entries": [e.number for e in used]} for each, used in result.explained],
        "unexplained": [_place(each) for each in result.unexplained],
        "entries_that_explain_nothing": [
            {"entry": entry.number, "key": entry.key, "column": entry.column or None, "reason": reason}
            for entry, reason in result.idle
        ],
    }


def differences(result: Explained) -> list[dict[str, Any]]:
    """Every difference as a row, with the entries that explain it, and every entry that explains nothing."""
    explained = [_place(each) | {"entries": _numbers(used), "reason": None} for each, used in result.explained]
    unexplained = [_place(each) | {"entries": None, "reason": "unexplained"} for each in result.unexplained]
    nowhere = {"row_before": None, "row_after": None}
    idle = [
        {"key": entry.key, "column": entry.column or None} | nowhere | {"entries": str(entry.number), "reason": reason}
        for entry, reason in result.idle
    ]
    return [*explained, *unexplained, *idle]


def _numbers(entries: Sequence[Entry]) -> str:
    return " ".join(str(entry.number) for entry in entries)


def _place(difference: Difference) -> dict[str, Any]:
    return {
        "key": difference.key,
        "column": difference.column or None,
        "row_before": difference.row_before,
        "row_after": difference.row_after,
    }


def lines(result: Explained, language: Language) -> Iterator[str]:
    """The result for a terminal: counts, then everything that is not in order."""
    counts = {
        "explained": len(result.explained),
        "unexplained": len(result.unexplained),
        "idle": len(result.idle),
    }
    yield f"{text('diff_key', language):<{LABEL_WIDTH}}{printable(result.key)}"
    for name, count in counts.items():
        yield f"{text(f'diff_{name}', language):<{LABEL_WIDTH}}{formatted(count)}"
    yield from _columns(result, language)
    if result.unexplained:
        yield text("diff_unexplained_title", language)
        yield from (f"  {_line(each, language)}" for each in result.unexplained)
    if result.idle:
        yield text("diff_idle_title", language)
        yield from (f"  {_idle_line(entry, reason, language)}" for entry, reason in result.idle)


def _columns(result: Explained, language: Language) -> Iterator[str]:
    for name in ("removed", "added"):
        for column in getattr(result, name):
            yield text(f"diff_column_{name}", language).format(column=printable(column))
    for old, new in result.renamed.items():
        yield text("diff_column_renamed", language).format(column=printable(old), new=printable(new))


def _line(difference: Difference, language: Language) -> str:
    kind = "changed" if difference.column else "removed" if difference.row_after is None else "added"
    return text(f"diff_{kind}", language).format(
        key=printable(difference.key),
        column=printable(difference.column),
        before=difference.row_before,
        after=difference.row_after,
    )


def _idle_line(entry: Entry, reason: str, language: Language) -> str:
    of = ", ".join(printable(part) for part in (entry.key, entry.column) if part) or "–"
    return text("diff_entry", language).format(number=entry.number, of=of, why=text(f"idle_{reason}", language))

"""`statsbidrag corrections diff`: two versions of a table and a log are read, and what the log explains is told.

No old or new value is shown, only where it stands: a cell may hold what somebody wrote about a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assets.domain.reading.compared import Difference, Table, Versions, key_column, possible_keys, table_of
from assets.domain.reading.explanations import Entry, Explained, explained
from assets.domain.reading.sheets import refuse_lost
from assets.received import Cells
from pipelines.inquiries.table_log import TableLog
from pipelines.readers.correction_log import read_corrections
from pipelines.readers.raw_folder import assumed_card, read_export
from pipelines.reports.summary import LABEL_WIDTH, printable
from pipelines.reports.swedish import formatted
from schemas.configuration.corrections import Correction
from schemas.configuration.layouts import plain
from schemas.rules.rule import Stop
from schemas.texts.catalogue import text
from schemas.words.vocabulary import APPLIED, Language


def compare(before: Path, after: Path, log: Path, key: str | None, change_types: Sequence[str] = ()) -> Explained:
    """Read two tables and a log, and hold what differs against the log.

    Args: key: the column that tells rows apart. change_types: what the log's words for kinds of change mean, each as
        `word=kind`. Raises: Stop.
    """
    old, new = (table_of(path.name, _rows(path)) for path in (before, after))
    if log.suffix.lower() in (".yaml", ".yml"):
        versions = Versions(old, new, key_column(old, new, key))
        return explained(versions, _from_ours(log, versions))
    return _by_table(old, new, log, key, change_types)


def _by_table(old: Table, new: Table, log: Path, key: str | None, change_types: Sequence[str]) -> Explained:
    """What a log that is a table explains; which key pairs best depends on its keys."""
    first = key_column(old, new, key)
    read = TableLog.of(log.name, _rows(log), [key] if key else possible_keys(old, new), first, change_types)
    column = key_column(old, new, key, read.keys, read.key_header)
    return explained(Versions(old, new, column), read.entries())


def _rows(path: Path) -> Sequence[Cells]:
    sheets = read_export(path, path.name, lambda _: assumed_card(path.name)).sheets
    if len(sheets) > 1:
        raise Stop("sheets_several", file=path.name, sheets=", ".join(str(sheet.name) for sheet in sheets))
    refuse_lost(path.name, sheets[0])
    return sheets[0].rows


# -- our own log ----------------------------------------------------------------------------------------------------
def _from_ours(path: Path, versions: Versions) -> Iterator[Entry]:
    """The applied entries of a log of corrections that are about these files, or all if none names them.

    One that divides an amount changes no cell.
    """
    numbered = list(enumerate(read_corrections(path.read_bytes(), path.name), 1))
    files = {versions.before.file, versions.after.file}
    about = [(number, each) for number, each in numbered if each.file in files] or numbered
    for number, each in about:
        if each.status == APPLIED and each.split is None:
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
        "better_key": result.better_key,
        "columns": {"removed": result.removed, "added": result.added, "renamed": result.renamed},
        "explained": [_place(each) | {"entries": [e.number for e in used]} for each, used in result.explained],
        "logged_from_another_value": [
            _place(each) | {"entries": [e.number for e in reaching]} for each, reaching in result.otherwise
        ],
        "unexplained": [_place(each) for each in result.unexplained],
        "entries_that_change_nothing": [entry.number for entry in result.unchanged],
        "entries_that_explain_nothing": [
            {"entry": entry.number, "key": entry.key, "column": entry.column or None, "reason": reason}
            for entry, reason in result.idle
        ],
    }


def differences(result: Explained) -> list[dict[str, Any]]:
    """Every difference as a row, with the entries that explain it, and every entry that explains nothing."""
    explained = [_place(each) | {"entries": _numbers(used), "reason": None} for each, used in result.explained]
    otherwise = [
        _place(each) | {"entries": _numbers(reaching), "reason": "logged_from_another_value"}
        for each, reaching in result.otherwise
    ]
    unexplained = [_place(each) | {"entries": None, "reason": "unexplained"} for each in result.unexplained]
    nowhere = {"row_before": None, "row_after": None}
    idle = [
        {"key": entry.key, "column": entry.column or None} | nowhere | {"entries": str(entry.number), "reason": reason}
        for entry, reason in result.idle
    ]
    return [*explained, *otherwise, *unexplained, *idle]


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
        "otherwise": len(result.otherwise),
        "unexplained": len(result.unexplained),
        "idle": len(result.idle),
        "unchanged": len(result.unchanged),
    }
    yield f"{text('diff_key', language):<{LABEL_WIDTH}}{printable(result.key)}"
    for name, count in counts.items():
        if count or name not in ("otherwise", "unchanged"):
            yield f"{text(f'diff_{name}', language):<{LABEL_WIDTH}}{formatted(count)}"
    if result.better_key:
        yield text("diff_better_key", language).format(key=printable(result.key), other=printable(result.better_key))
    yield from _columns(result, language)
    if result.otherwise:
        yield text("diff_otherwise_title", language)
        yield from (f"  {_line(each, language)} ({_numbers(entries)})" for each, entries in result.otherwise)
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

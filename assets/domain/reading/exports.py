"""The round's files as exports of its forms: which form each is, and from when until when each holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assets.domain.reading import dates
from assets.domain.reading.forms import Export, claims, header_cells, recognise, versions_of
from assets.domain.reading.sheets import refuse_lost, refuse_merged
from assets.domain.reading.swallowed import refuse_swallowed_rows
from assets.received import InputFile, Sheet
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.rules.rule import Stop


def forms_of(programme: Programme, year: int) -> list[Form]:
    """The forms of a round."""
    return [programme.forms[name] for name in programme.rounds[year].forms]


def claimed(file: InputFile, forms: Sequence[Form]) -> Export:
    """The file as an export of the one form that claims one of its sheets. Raises: Stop if none does, or several."""
    there = [sheet for sheet in file.sheets if not _is_excluded(sheet, forms)]
    sheets = [sheet for sheet in there if claims(sheet.rows, forms, sheet.name)]
    if len(sheets) > 1:
        raise Stop("sheets_ambiguous", file=file.path, sheets=", ".join(str(sheet.name) for sheet in sheets))
    if not there:
        raise Stop("file_empty", file=file.path)
    for each in sheets or there:
        refuse_lost(file.path, each)
    sheet = sheets[0] if sheets else there[0]
    claim = recognise(file.path, sheet.rows, forms, sheet.name)
    versions = versions_of(claim.form, header_cells(sheet.rows, claim.header_row, claim.form.reads))
    export = Export(file, sheet, claim.form, claim.header_row, versions)
    refuse_merged(file.path, sheet, export.last_header_row, claim.form)
    refuse_swallowed_rows(export)
    return export


def with_bounds(exports: Sequence[Export], year: int) -> list[Export]:
    """The exports with the first day on which the round could know what each tells.

    A report is written after the first decision of the round, and what respondents answer after its year began; all
    else may have begun in the year before it.
    """
    before = dt.date(year - 1, 1, 1)
    decided = [day for export in exports if "core_decision" in export.form.fills for day in _decided_days(export)]
    first = min((day for day in decided if day >= before), default=dt.date(year, 1, 1))
    return [replace(export, earliest=first if _only_reports(export) else before) for export in exports]


def _only_reports(export: Export) -> bool:
    return export.form.fills == ("core_usage_report",)


def _decided_days(export: Export) -> Iterator[dt.date]:
    formats = export.form.date_formats("decided_date")
    columns = {version.positions["decided_date"] for version in export.versions if "decided_date" in version.positions}
    for cells in export.sheet.rows[export.last_header_row :]:
        for at in columns:
            day = dates.day(dates.told(cells[at], formats)) if cells[at] is not None else None
            if day and day <= export.latest:
                yield day


def _is_excluded(sheet: Sheet, forms: Sequence[Form]) -> bool:
    """Whether a sheet is hidden, and the forms that it is of say that such sheets do not count."""
    found = claims(sheet.rows, forms, sheet.name) if sheet.is_hidden else []
    return bool(found) and all(claim.form.hidden == "exclude" for claim in found)


def in_chains(exports: Sequence[Export]) -> list[Export]:
    """The exports with the days between which each holds.

    Raises: Stop if a card says that its file replaces one that is not there, is of another form, or is itself.
    """
    replacing = {replaced_by(export, exports).path: export for export in exports if export.file.card.replaces}
    return [replace(export, start=_start(export), end=_end(export, replacing)) for export in exports]


def replaced_by(export: Export, exports: Iterable[Export]) -> Export:
    """The export that one replaces, as its card says. Raises: Stop."""
    path = f"{export.path.rpartition('/')[0]}/{export.file.card.replaces}"
    for other in exports:
        if other.path == path != export.path and other.form.form == export.form.form:
            return other
    raise Stop("replaces_nothing", file=export.path, form=export.form.title)


def _start(export: Export) -> dt.date | None:
    return export.file.known_date if export.file.card.replaces else None


def _end(export: Export, replacing: dict[str, Export]) -> dt.date | None:
    """The day on which something comes in its place: the next one, or one that replaces that one and came before it."""
    seen, days = {export.path}, []
    while (later := replacing.get(export.path)) and later.path not in seen:
        seen.add(later.path)
        days.append(later.file.known_date)
        export = later
    return min(days, default=None)


def refuse_doubles(exports: Iterable[Export]) -> None:
    """Raises: Stop if a form has several files that no other replaces."""
    there: dict[str, str] = {}
    for export in exports:
        if export.end is None:
            if other := there.get(export.form.form):
                raise Stop("form_twice", file=export.path, other=other, form=export.form.title)
            there[export.form.form] = export.path


def gaps(exports: Sequence[Export], forms: Iterable[Form], *, are_awaited: bool) -> list[Form]:
    """The forms without a file that no other replaces. Args: are_awaited: whether all but decisions may come later."""
    came = {export.form.form for export in exports}
    standing = {export.form.form for export in exports if export.end is None}
    missing = [form for form in forms if form.form not in standing]
    return [form for form in missing if not are_awaited or form.form in came or "core_decision" in form.fills]

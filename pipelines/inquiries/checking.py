"""Checking one export as the next run would, writing nothing.

A file of a round's own folder is checked among the others there. A file from elsewhere takes the place of those of its
own form, or of its own name. Where the rest of the round is absent or cannot be read, the file is checked alone: its
rows, cells and names, but not against decisions, reports or funds.

A file from elsewhere needs no source card. One beside it counts; else that of the file whose place it takes; else
nothing is assumed of its reality, and its date is the last of the round's cost period.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assets.alone import compute_alone
from assets.domain.reading.exports import claimed, forms_of
from assets.domain.reading.forms import Export, claims, recognise
from assets.received import CorrectionLog, InputFile, Received, RoundKey
from assets.round import compute
from assets.tables import Tables
from pipelines.inquiries.computed import ordinance_of, today
from pipelines.readers.raw_folder import RawFolder, assumed_card, card_path_of, read_card, read_export
from schemas.configuration import catalogue
from schemas.configuration.corrections import Correction
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme, RoundSpec
from schemas.configuration.source_card import SourceCard
from schemas.rules.rule import Stop

ABOUT_OTHERS = (
    "form_missing",
    "form_twice",
    "replaces_nothing",
    "correction_misplaced",
    "correction_ambiguous",
    "correction_outdated",
    "correction_twice",
    "correction_in_replaced_file",
)
"""Stops that are about other files of the round, unless they name the one that is checked."""


@dataclass(frozen=True)
class Checked:
    """What was found out about a file: its round and form, its stop or else its tables, and what stops the rest."""

    file: str
    round_key: RoundKey | None = None
    form: Form | None = None
    sheet: str | None = None
    stop: Stop | None = None
    rest: Stop | None = None
    """Why the rest of the round cannot be computed; the file was then checked alone."""
    tables: Tables = field(default_factory=dict)


@dataclass(frozen=True)
class Others:
    """The rest of the round: its files that can be read, the one whose place is taken, and the first that stops it."""

    files: list[InputFile]
    replaced: InputFile | None
    stop: Stop | None


def check(path: Path, raw: Path, programme: str | None, year: int | None) -> Checked:
    """Check one file. Raises: Stop if the choice of round is wrong, or the register is broken."""
    folder, rounds = RawFolder(raw), list(chosen_rounds(programme, year))
    home = home_of(path, raw)
    try:
        file = folder.read(path) if home else read_export(path, path.name, lambda _: assumed_card(path.name))
        key = home or told_round(file, rounds)
        export = claimed(file, round_forms(key))
        others = read_others(folder, key, path, None if home else export)
        if not home:
            file = dataclasses.replace(file, card=chosen_card(path, file, others, _spec(key)))
    except Stop as stop:
        if stop.rule.id == "round_not_told":
            raise
        return Checked(path.name, home, stop=stop)
    log, broken = read_log(folder, key)
    files = sorted([*others.files, file], key=lambda each: each.path)
    ordinance = ordinance_of(_programme(key))
    received = Received(
        key=key,
        files=files,
        log=moved(log, others, file.path),
        register=folder.register(_programme(key).registers),
        folder=folder.folder(key),
        today=today(),
        ordinance_sha256=folder.digest(ordinance) if ordinance else None,
    )
    return _computed(received, dataclasses.replace(export, file=file), others.stop or broken)


def read_log(folder: RawFolder, key: RoundKey) -> tuple[CorrectionLog | None, Stop | None]:
    """The round's corrections, if it has any, or why they cannot be read: that is no fault of the file."""
    try:
        return folder.corrections(key), None
    except Stop as stop:
        return None, stop


def moved(log: CorrectionLog | None, others: Others, path: str) -> CorrectionLog | None:
    """The corrections as they are once an incoming file has taken the place of another: those of that one are its."""
    if log is None or others.replaced is None:
        return log
    old = others.replaced.path.rpartition("/")[2]
    return dataclasses.replace(log, entries={number: _in(each, path, old) for number, each in log.entries.items()})


def _in(correction: Correction, new: str, old: str) -> Correction:
    return correction.model_copy(update={"file": new}) if correction.file == old else correction


def _programme(key: RoundKey) -> Programme:
    return catalogue.programme(key.programme)


def _spec(key: RoundKey) -> RoundSpec:
    return _programme(key).rounds[key.year]


def round_forms(key: RoundKey) -> list[Form]:
    """The forms of a round."""
    return forms_of(_programme(key), key.year)


def home_of(path: Path, raw: Path) -> RoundKey | None:
    """The declared round in whose folder the file lies, if any."""
    match path.relative_to(raw).parts if path.is_relative_to(raw) else ():
        case (programme, year, _) if programme in catalogue.programme_names() and year.isdecimal():
            return RoundKey(programme, int(year)) if int(year) in catalogue.programme(programme).rounds else None
        case _:
            return None


def chosen_rounds(programme: str | None, year: int | None) -> Iterator[RoundKey]:
    """Every declared round that fits the choice. Raises: Stop if none does."""
    names = [programme] if programme else catalogue.programme_names()
    chosen = [RoundKey(name, one) for name in names for one in catalogue.programme(name).rounds if year in (None, one)]
    if not chosen:
        raise Stop("round_undeclared", programme=", ".join(names), year=year)
    yield from chosen


def told_round(file: InputFile, rounds: list[RoundKey]) -> RoundKey:
    """The one of the rounds whose forms claim the file.

    Raises: Stop if several do (round_not_told), or none (form_unknown, with the nearest form of any).
    """
    fitting = [key for key in rounds if any(claims(sheet.rows, round_forms(key)) for sheet in file.sheets)]
    if len(fitting) > 1:
        named = ", ".join(f"{key.programme} {key.year}" for key in fitting)
        raise Stop("round_not_told", file=file.path, rounds=named)
    if not fitting:
        recognise(file.path, file.sheets[0].rows, [form for key in rounds for form in round_forms(key)])
    return fitting[0]


def read_others(folder: RawFolder, key: RoundKey, path: Path, incoming: Export | None) -> Others:
    """The round's other files; those whose place an incoming file takes are left out."""
    files: list[InputFile] = []
    replaced = stop = None
    for there in (other for other in folder.paths(key) if other != path):
        gives_way = incoming is not None and there.name == path.name
        try:
            other = claimed(folder.read(there), round_forms(key))
        except Stop as fault:
            stop = stop if gives_way else stop or fault
            continue
        if gives_way or (incoming and incoming.form.form == other.form.form):
            replaced = other.file
        else:
            files.append(other.file)
    return Others(files, replaced, stop)


def chosen_card(path: Path, file: InputFile, others: Others, spec: RoundSpec) -> SourceCard:
    """The card of a file from elsewhere. Raises: Stop if one lies beside it that is wrong."""
    if card_path_of(path).exists():
        card = read_card(path, path.name, file.sha256)
    elif others.replaced:
        card = others.replaced.card
    else:
        card = assumed_card(path.name, spec.cost_period.to)
    return card.model_copy(update={"replaces": None})


def _computed(received: Received, export: Export, rest: Stop | None) -> Checked:
    """The file in the round, or alone where the rest of the round cannot be computed."""
    key, programme = received.key, _programme(received.key)
    known = Checked(export.path, key, export.form, export.sheet.name, rest=rest)
    try:
        tables = compute_alone(_only(received, export.file), programme) if rest else compute(received, programme)
        return dataclasses.replace(known, tables=tables)
    except Stop as stop:
        if not rest and stop.rule.id in ABOUT_OTHERS and export.path not in stop.values.values():
            return _computed(received, export, stop)
        return dataclasses.replace(known, stop=stop)


def _only(received: Received, file: InputFile) -> Received:
    """One file and its corrections, by the numbers that they have among all."""
    log = received.log
    if log:
        mine = {number: each for number, each in log.entries.items() if each.file == file.name}
        log = dataclasses.replace(log, entries=mine)
    return dataclasses.replace(received, files=[file], log=log)

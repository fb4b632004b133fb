"""Checking one export as the next run would, writing nothing.

A file of a round's own folder is checked among the others there. A file from elsewhere takes the place of those of its
own form, or of its own name. Where the rest of the round is absent or cannot be read, the file is checked alone: its
rows, cells and names, but not against decisions, reports or funds.

A file from elsewhere needs no source card. One beside it counts; else that of the file whose place it takes; else
nothing is assumed of its reality, and its date is the last of the round's cost period.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from assets import audit
from assets.domain.forms import claims, recognise
from assets.frames import frame_from
from assets.ingest import MADE, claim_file, raw_tables
from assets.ports import CorrectionLog, InputFile, RoundKey
from assets.received import Claimed
from pipelines.inquiries.rehearsal import Tables, Tray, rehearse
from pipelines.readers.raw_folder import RawFolder, assumed_card, card_path_of, read_card, read_export
from schemas.configuration import catalogue
from schemas.configuration.corrections import Correction
from schemas.configuration.forms import Form
from schemas.configuration.programme import RoundSpec
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
        round_key = home or told_round(file, rounds)
        claimed = claim_file(round_key, file)
        others = read_others(folder, round_key, path, None if home else claimed)
        if not home:
            claimed = (dataclasses.replace(file, card=chosen_card(path, file, others, _spec(round_key))), *claimed[1:])
    except Stop as stop:
        if stop.rule.id == "round_not_told":
            raise
        return Checked(path.name, home, stop=stop)
    log, broken = read_log(folder, round_key)
    corrected = moved(log, others, file.path)
    exports = [*others.files, claimed[0]]
    tray = Tray(exports, folder.register(), folder.folder(round_key), corrected, folder.digest)
    return _rehearsed(tray, round_key, claimed, others.stop or broken)


def read_log(folder: RawFolder, round_key: RoundKey) -> tuple[CorrectionLog | None, Stop | None]:
    """The round's corrections, if it has any, or why they cannot be read: that is no fault of the file."""
    try:
        return folder.corrections(round_key), None
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


def _spec(round_key: RoundKey) -> RoundSpec:
    return catalogue.programme(round_key.programme).rounds[round_key.year]


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
    fitting = [key for key in rounds if any(claims(sheet.rows, forms_of(key)) for sheet in file.sheets)]
    if len(fitting) > 1:
        named = ", ".join(f"{key.programme} {key.year}" for key in fitting)
        raise Stop("round_not_told", file=file.path, rounds=named)
    if not fitting:
        recognise(file.path, file.sheets[0].rows, [form for key in rounds for form in forms_of(key)])
    return fitting[0]


def forms_of(round_key: RoundKey) -> list[Form]:
    """The forms of a round."""
    programme = catalogue.programme(round_key.programme)
    return [programme.forms[name] for name in programme.rounds[round_key.year].forms]


def read_others(folder: RawFolder, round_key: RoundKey, path: Path, incoming: Claimed | None) -> Others:
    """The round's other files; those whose place an incoming file takes are left out."""
    files: list[InputFile] = []
    replaced = stop = None
    for there in (other for other in folder.paths(round_key) if other != path):
        gives_way = incoming is not None and there.name == path.name
        try:
            other, _, claim = claim_file(round_key, folder.read(there))
        except Stop as fault:
            stop = stop if gives_way else stop or fault
            continue
        if gives_way or (incoming and incoming[2].form == claim.form):
            replaced = other
        else:
            files.append(other)
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


def _rehearsed(tray: Tray, round_key: RoundKey, claimed: Claimed, rest: Stop | None) -> Checked:
    """The file in the round, or alone where the rest of the round cannot be computed."""
    file, sheet, claim = claimed
    known = Checked(file.path, round_key, claim.form, sheet.name, rest=rest)
    try:
        tables = rehearse_alone(tray, round_key, claimed) if rest else rehearse(tray, round_key)
        return dataclasses.replace(known, tables=tables)
    except Stop as stop:
        if not rest and stop.rule.id in ABOUT_OTHERS and file.path not in stop.values.values():
            return _rehearsed(tray, round_key, claimed, stop)
        return dataclasses.replace(known, stop=stop)


def rehearse_alone(tray: Tray, round_key: RoundKey, claimed: Claimed) -> Tables:
    """The fates of one file's rows, and what is found when nothing else of the round is there. Raises: Stop."""
    given = dict(zip(MADE, raw_tables(round_key, [claimed], set(), _of_file(tray.log, claimed[0]), None), strict=True))
    tables = rehearse(tray, round_key, given=given, wanted=("core_funnel", "raw_finding"))
    return tables | {"core_finding": _findings(tables, round_key)}


def _of_file(log: CorrectionLog | None, file: InputFile) -> CorrectionLog | None:
    """The corrections of one file, by the numbers that they have among all."""
    name = file.path.rpartition("/")[2]
    return log and dataclasses.replace(log, entries={at: each for at, each in log.entries.items() if each.file == name})


def _findings(tables: Tables, round_key: RoundKey) -> pa.Table:
    [this_round] = tables["core_round"].to_pylist()
    frames = {name: frame_from(table) for name, table in tables.items()}
    return (
        audit.core_findings(frames, _spec(round_key), this_round, dt.datetime.now(dt.UTC).date())
        .collect(backend="pyarrow")
        .to_native()
    )

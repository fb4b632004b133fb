"""The raw folder: `<programme>/<year>/` with exports and their source cards, `reference/` with the register."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from assets.domain.reading.forms import says
from assets.received import CorrectionLog, InputFile, Received, Register, RoundKey, Sheet
from pipelines.readers.correction_log import LOG, read_log
from pipelines.readers.known_headers import like_a_header
from pipelines.readers.nested_file import read_nested
from pipelines.readers.received_folders import is_left_over
from pipelines.readers.register import read_register
from pipelines.readers.snapshot import content_of
from pipelines.readers.suffixes import NESTED, TEXTS, WORKBOOKS
from pipelines.readers.text_file import read_text
from pipelines.readers.unreadable import Unreadable
from pipelines.readers.workbook import read_workbook
from schemas.configuration import yaml_source
from schemas.configuration.faults import ConfigurationError
from schemas.configuration.source_card import SourceCard
from schemas.configuration.validation import validated
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said

CARD = ".card.yaml"
LARGEST_CARD = 64 * 1024


class RawFolder:
    """What was received, read-only."""

    def __init__(self, root: Path) -> None:
        """Read below this folder."""
        self.root = root

    def received(
        self, round_key: RoundKey, today: dt.date, ordinance: str | None = None, registers: Sequence[str] = ()
    ) -> Received:
        """Everything that was received for a round.

        Args: ordinance: the file of the ordinance's text, if declared. registers: those that the programme declares.
        Raises: Stop if nothing was, or something cannot be read.
        """
        return Received(
            key=round_key,
            files=self.files(round_key),
            log=self.corrections(round_key),
            register=self.register(registers),
            folder=self.folder(round_key),
            today=today,
            ordinance_sha256=self.digest(ordinance) if ordinance else None,
        )

    def folder(self, round_key: RoundKey) -> str:
        """Where a person puts the round's exports."""
        return str(self._folder(round_key))

    def _folder(self, round_key: RoundKey) -> Path:
        return self.root / round_key.programme / str(round_key.year)

    def files(self, round_key: RoundKey) -> list[InputFile]:
        """The round's exports in order of path. Raises: Stop."""
        paths = self.paths(round_key)
        if not paths:
            folder = self._folder(round_key)
            raise Stop("round_without_inputs", programme=round_key.programme, year=round_key.year, folder=folder)
        return [self.read(path) for path in paths]

    def paths(self, round_key: RoundKey) -> list[Path]:
        """Where the round's exports lie, in order."""
        return [path for path in sorted(self._folder(round_key).glob("*")) if _is_export(path)]

    def read(self, path: Path) -> InputFile:
        """One file below the folder, as its card describes it. Raises: Stop."""
        name = path.relative_to(self.root).as_posix()
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise Stop("file_unreadable", file=_readable(name), why=Said("is_link"))
        return read_export(path, name, lambda digest: read_card(path, name, digest))

    def corrections(self, round_key: RoundKey) -> CorrectionLog | None:
        """The round's corrections, if it has any. Raises: Stop if the log cannot be read or is wrong."""
        path = self._folder(round_key) / LOG
        name = path.relative_to(self.root).as_posix()
        return read_log(content_of(path, name), name) if path.exists() else None

    def register(self, declared: Sequence[str] = ()) -> Register:
        """Every body that may be named as a recipient. Raises: Stop if a file is missing or misshapen.

        Args: declared: the programme's own registers, by their paths below the folder.
        """
        return read_register(lambda name: self.read(self.root / name), declared)

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file by its path below the folder; None if it is not there, or lies elsewhere."""
        path = (self.root / name).resolve()
        if not (path.is_relative_to(self.root.resolve()) and path.is_file()):
            return None
        return hashlib.sha256(content_of(path, name)).hexdigest()


def read_export(path: Path, name: str, card: Callable[[str], SourceCard]) -> InputFile:
    """One export under the name that sentences call it by, with the card for its hash. Raises: Stop."""
    if (readable := _readable(name)) != name:
        raise Stop("file_unreadable", file=readable, why=Said("name_not_text"))
    content = content_of(path, name)
    digest = hashlib.sha256(content).hexdigest()
    card_of_file = card(digest)
    sheets, encoding, delimiter = read_sheets(path.suffix, name, content)
    return InputFile(name, digest, len(content), encoding, delimiter, card_of_file, sheets)


def _readable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def read_sheets(suffix: str, name: str, content: bytes) -> tuple[list[Sheet], str | None, str | None]:
    """The sheets of an export that hold anything; of a text file its encoding and delimiter too. Raises: Stop."""
    encoding = delimiter = None
    try:
        if suffix.lower() in WORKBOOKS:
            sheets = read_workbook(content)
        elif suffix.lower() in TEXTS:
            sheet, encoding, delimiter = read_text(content, partial(like_a_header, name))
            sheets = [sheet]
        elif suffix.lower() in NESTED:
            sheet, encoding = read_nested(content, suffix.lower())
            sheets = [sheet]
        else:
            raise Stop("file_kind_unknown", file=name)
    except Unreadable as error:
        told = f"{name}: {error.within}" if error.within else name
        raise Stop("file_unreadable", file=told, why=error.why) from None
    return _filled(sheets, name), encoding, delimiter


def _is_export(path: Path) -> bool:
    """Cards, corrections and what systems and editors leave behind are none; anything else should be."""
    return not path.name.endswith(CARD) and path.name != LOG and not is_left_over(path.name)


def _described(path: Path) -> SourceCard:
    """The card in this file. Raises: Stop if it is none, saying in which line and why."""
    if not path.is_file() or path.stat().st_size > LARGEST_CARD:
        raise Stop("card_invalid", why=Said("no_card", path.name))
    try:
        source = yaml_source.read(path, path.name)
        return validated(SourceCard, source.content, source.place)
    except ConfigurationError as fault:
        raise Stop("card_invalid", why=fault) from None


def card_path_of(path: Path) -> Path:
    """Where the card of a file lies: beside it."""
    return path.with_name(path.name + CARD)


def read_card(path: Path, name: str, digest: str) -> SourceCard:
    """The card beside a file with this hash. Raises: Stop if there is none, or it describes another file."""
    card_path = card_path_of(path)
    if not card_path.exists():
        raise Stop("card_missing", file=name, card=card_path.name)
    card = _described(card_path)
    if card.sha256.lower() != digest:
        raise Stop("card_hash_differs", file=name)
    return card


def assumed_card(name: str, date: dt.date = dt.date.min) -> SourceCard:
    """A card that assumes nothing: a row is as real as its recipient."""
    return SourceCard(title=name, origin="", date=date, reality="mixed", licence="", sha256="")


def _filled(sheets: list[Sheet], name: str) -> list[Sheet]:
    filled = [sheet for sheet in sheets if sheet.oddities or any(says(cell) for row in sheet.rows for cell in row)]
    if not filled:
        raise Stop("file_empty", file=name)
    return filled

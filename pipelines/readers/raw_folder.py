"""The raw folder: `<programme>/<year>/` with exports and their source cards, `reference/` with the register."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assets.ports import InputFile, RoundKey, Sheet
from pipelines.readers.text_file import Unreadable, read_text
from pipelines.readers.workbook import read_workbook
from schemas.rules import Stop
from schemas.source_card import SourceCard
from schemas.texts import Said
from schemas.vocabulary import REAL, SYNTHETIC

CARD = ".card.yaml"
WORKBOOK = ".xlsx"
TEXT = ".csv"
REGISTERS = {"municipalities.csv": ("counties.csv", REAL), "fictitious.csv": ("fictitious_counties.csv", SYNTHETIC)}
"""Register of recipients: its counties, and whether its bodies exist."""


class RawFolder:
    """What was received, read-only."""

    def __init__(self, root: Path) -> None:
        """Read below this folder."""
        self._root = root

    def folder(self, round_key: RoundKey) -> str:
        """Where a person puts the round's exports."""
        return str(self._folder(round_key))

    def _folder(self, round_key: RoundKey) -> Path:
        return self._root / round_key.programme / str(round_key.year)

    def files(self, round_key: RoundKey) -> list[InputFile]:
        """The round's exports in order of path. Raises: Stop."""
        folder = self._folder(round_key)
        paths = [path for path in sorted(folder.glob("*")) if _is_export(path)]
        if not paths:
            raise Stop("round_without_inputs", programme=round_key.programme, year=round_key.year, folder=folder)
        return [self._file(path) for path in paths]

    def _file(self, path: Path) -> InputFile:
        name = path.relative_to(self._root).as_posix()
        content = _content(path, name)
        digest = hashlib.sha256(content).hexdigest()
        card = _card(path, name, digest)
        encoding = delimiter = None
        try:
            if path.suffix.lower() == WORKBOOK:
                sheets = read_workbook(path)
            elif path.suffix.lower() == TEXT:
                sheet, encoding, delimiter = read_text(content)
                sheets = [sheet]
            else:
                raise Stop("file_kind_unknown", file=name)
        except Unreadable as error:
            raise Stop("file_unreadable", file=name, why=error.why) from None
        return InputFile(name, digest, len(content), encoding, delimiter, card, _filled(sheets, name))

    def register(self) -> list[dict[str, Any]]:
        """Every municipality and every declared fictitious one. Raises: Stop if a file is missing or misshapen."""
        return [
            body
            for bodies, (counties, provenance) in REGISTERS.items()
            for body in self._bodies(bodies, counties, provenance)
        ]

    def _bodies(self, bodies: str, counties: str, provenance: str) -> list[dict[str, Any]]:
        try:
            names = {row["county_code"]: row["county_name"] for row in self._reference(counties)}
            return [
                {
                    "recipient_code": row["municipality_code"],
                    "recipient_name": row["municipality_name"],
                    "county_code": row["county_code"],
                    "county_name": names[row["county_code"]],
                    "provenance": provenance,
                }
                for row in self._reference(bodies)
            ]
        except (OSError, KeyError, UnicodeDecodeError):
            raise Stop("reference_broken", file=f"reference/{bodies}") from None

    def _reference(self, name: str) -> list[dict[str, str]]:
        text = (self._root / "reference" / name).read_text("utf-8")
        return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _is_export(path: Path) -> bool:
    """Cards, hidden files and a spreadsheet program's lock files (`~$...`) are no exports."""
    return path.is_file() and not path.name.endswith(CARD) and not path.name.startswith((".", "~$"))


def _content(path: Path, name: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Stop("file_unreadable", file=name, why=error.strerror) from None
    if not content:
        raise Stop("file_empty", file=name)
    return content


def _card(path: Path, name: str, digest: str) -> SourceCard:
    card_path = path.with_name(path.name + CARD)
    if not card_path.exists():
        raise Stop("card_missing", file=name, card=card_path.name)
    try:
        card = SourceCard.model_validate(yaml.safe_load(card_path.read_text("utf-8")))
    except ValidationError as error:
        fault = error.errors()[0]
        why = f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
        raise Stop("card_invalid", card=card_path.name, why=why) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise Stop("card_invalid", card=card_path.name, why=Said("no_yaml")) from None
    if card.sha256 != digest:
        raise Stop("card_hash_differs", file=name)
    return card


def _filled(sheets: list[Sheet], name: str) -> list[Sheet]:
    filled = [sheet for sheet in sheets if any(cell and cell.strip() for row in sheet.rows for cell in row)]
    if not filled:
        raise Stop("file_empty", file=name)
    return filled

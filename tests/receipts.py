"""What tests of the receipts share: rounds to write them from, and the words that would anticipate a decision."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import yaml
from lxml import etree as Xml  # noqa: N812 - as a name

from assets.received import RoundKey
from assets.round import compute
from pipelines.inquiries.reply import Reply, Round, one, replies
from pipelines.readers.raw_folder import RawFolder
from schemas.configuration import catalogue
from schemas.words.vocabulary import Language

ANTICIPATES: Mapping[Language, str] = {
    "sv": (
        r"återkrav|återkräv|\bkräv|\bkrav|fordr|\bgrund(?:en|er|erna)?\b|på den grund|återbetal|betala|faktur|skuld"
        r"|skyldig|påminn|eftergi|ränta|felaktigt utbetal|oriktig|sanktion|påföljd"
    ),
    "en": r"recover|claim|repay|\bpay|\bowe|debt|demand|\bground|invoice|liable|refund|remind|sanction|penalt|waiv",
}
"""Demand, recovery, ground, and what belongs to them: no receipt has any of it."""


PROGRAMME, YEAR, EXPORT = "motesplatser-for-aldre", 2025, "svar-2025.csv"
RAW = Path(__file__).parents[1] / "raw"
TODAY = dt.date(2026, 11, 1)
HEADER, FIRST = 3, 4
"""Rows of the export, from 1: its headers, and the first answer."""


def as_received(folder: Path, edit: Callable[[list[list[str]]], None], year: int = YEAR) -> RawFolder:
    """The sample's round with its export of answers edited: a table of cells, with its title and header rows."""
    name = f"svar-{year}.csv"
    place = folder / PROGRAMME / str(year)
    shutil.copytree(RAW / PROGRAMME / str(year), place)
    shutil.copytree(RAW / "reference", folder / "reference")
    path = place / name
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("cp1252")), delimiter=";"))
    edit(rows)
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_bytes(written.getvalue().encode("cp1252"))
    card = path.with_name(f"{name}.card.yaml")
    told = yaml.safe_load(card.read_text("utf-8"))
    told["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    card.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    return RawFolder(folder)


def computed_round(folder: RawFolder, programme: str = PROGRAMME, year: int = YEAR) -> Round:
    """A round as `reply` asks of it, computed here and now."""
    key, declared = RoundKey(programme, year), catalogue.programme(programme)
    received = folder.received(key, TODAY, None, declared.registers)
    tables = compute(received, declared)
    return Round(key, "0123456789abcdef", lambda name: tables[name].to_pylist(), lambda: received)


def edited(folder: Path, edit: Callable[[list[list[str]]], None]) -> Round:
    """The sample's round of meeting places of 2025, with its export of answers edited."""
    return computed_round(as_received(folder, edit))


@cache
def sample(year: int, programme: str = PROGRAMME) -> Round:
    """A round of the sample as it is."""
    return computed_round(RawFolder(RAW), programme, year)


def reply_to(code: str, this_round: Round, earlier: Round | None = None, language: Language = "sv") -> Reply:
    """The receipt of one recipient."""
    [made] = replies(one(this_round, code), this_round, earlier, language)
    return made


def texts_of(book: bytes) -> list[str]:
    """Every text in a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        strings = Xml.fromstring(parts.read("xl/sharedStrings.xml"))
    return ["".join(each.itertext()) for each in strings]


def unzipped(book: bytes) -> bytes:
    """Every part of a workbook, one after the other."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())

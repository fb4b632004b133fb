"""A round's log of corrections, `corrections.yaml`. It needs no source card: every entry says who, when and why."""

from __future__ import annotations

import hashlib

from assets.received import CorrectionLog, InputFile
from schemas.configuration import yaml_source
from schemas.configuration.corrections import Correction, Corrections
from schemas.configuration.source_card import SourceCard
from schemas.configuration.validation import validated
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said

LOG = "corrections.yaml"
LARGEST_LOG = 1024 * 1024


def read_log(content: bytes, name: str) -> CorrectionLog:
    """The log in these bytes, under the name that sentences call it by. Raises: Stop."""
    entries = read_corrections(content, name)
    digest = hashlib.sha256(content).hexdigest()
    file = InputFile(name, digest, len(content), "utf-8", None, _card(entries, digest), ())
    return CorrectionLog(dict(enumerate(entries, 1)), file)


def read_corrections(content: bytes, name: str) -> tuple[Correction, ...]:
    """The entries of a log, in its order. Raises: Stop: what is wrong with it, in which line."""
    if len(content) > LARGEST_LOG:
        raise Stop("file_unreadable", file=name, why=Said("file_too_large", LARGEST_LOG // 2**20))
    source = yaml_source.parsed(content, name)
    return validated(Corrections, source.content, source.place).corrections


def _card(entries: tuple[Correction, ...], digest: str) -> SourceCard:
    """What the list of sources says of the log, from its own entries."""
    return SourceCard(
        title="Corrections of what was received",
        origin="; ".join(sorted({entry.by for entry in entries})),
        date=max(entry.date for entry in entries),
        closed=True,
        reality="mixed",
        licence="That of the files it corrects",
        sha256=digest,
    )

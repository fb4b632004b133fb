"""A round's log of corrections, `corrections.yaml`. It needs no source card: every entry says who, when and why."""

from __future__ import annotations

import hashlib

from pydantic import ValidationError

from assets.ports import CorrectionLog, InputFile
from pipelines.readers.plain_yaml import UNREADABLE, plain_yaml
from schemas.corrections import Correction, Corrections
from schemas.rules import Stop
from schemas.source_card import SourceCard
from schemas.texts import Said

LOG = "corrections.yaml"
LARGEST_LOG = 1024 * 1024


def read_log(content: bytes, name: str) -> CorrectionLog:
    """The log in these bytes, under the name that sentences call it by. Raises: Stop."""
    entries = read_corrections(content, name)
    digest = hashlib.sha256(content).hexdigest()
    file = InputFile(name, digest, len(content), "utf-8", None, _card(entries, digest), ())
    return CorrectionLog(dict(enumerate(entries, 1)), file)


def read_corrections(content: bytes, name: str) -> tuple[Correction, ...]:
    """The entries of a log, in its order. Raises: Stop (correction_invalid), with the place of the first fault."""
    try:
        if len(content) > LARGEST_LOG:
            raise ValueError(name)
        return Corrections.model_validate(plain_yaml(content)).corrections
    except ValidationError as error:
        fault = error.errors()[0]
        told = f"{'.'.join(map(_counted, fault['loc'])) or 'corrections'}: {fault['msg']}"
        raise Stop("correction_invalid", file=name, why=told) from None
    except UNREADABLE as error:
        mark = getattr(error, "problem_mark", None)
        why = Said("no_yaml_at", mark.line + 1) if mark else Said("no_yaml")
        raise Stop("correction_invalid", file=name, why=why) from None


def _counted(part: str | int) -> str:
    """A part of a place in the log; its entries are counted from 1, as the sentences about them do."""
    return str(part + 1) if isinstance(part, int) else part


def _card(entries: tuple[Correction, ...], digest: str) -> SourceCard:
    """What the list of sources says of the log, from its own entries."""
    return SourceCard(
        title="Corrections of what was received",
        origin="; ".join(sorted({entry.by for entry in entries})),
        date=max(entry.date for entry in entries),
        reality="mixed",
        licence="That of the files it corrects",
        sha256=digest,
    )

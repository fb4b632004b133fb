"""What a run received as bytes, and back: JSON, in which a cell keeps its type. No pickle: a file can run nothing.

Only the classes named here are made again, and by their own constructors. What JSON has no word for is an object with
one key that begins with an equals sign.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import json
import zlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from assets.received import CorrectionLog, InputFile, Received, Register, RegisterFault, RoundKey, Sheet
from schemas.configuration.corrections import Correction, RowKey
from schemas.configuration.source_card import SourceCard

RECORDS: tuple[type, ...] = (RoundKey, Sheet, InputFile, CorrectionLog, RegisterFault, Register, Received)
"""Dataclasses of what is received."""

MODELS: tuple[type[BaseModel], ...] = (SourceCard, Correction, RowKey)

MARK = "="
PLAIN = frozenset({str, int, bool, float, type(None)})
"""What JSON has words for."""

SCALARS: dict[type, tuple[str, Callable[[str], Any]]] = {
    Decimal: ("decimal", Decimal),
    dt.datetime: ("datetime", dt.datetime.fromisoformat),
    dt.date: ("date", dt.date.fromisoformat),
}
"""Values told as one text, and how each is read again."""

FAST = 1
"""gzip's level: what is received is read again once or never."""


def packed(received: Received) -> bytes:
    """The bytes of what was received. Raises: TypeError if a value has a type that is not known here."""
    told = json.dumps(_told(received), separators=(",", ":"))
    return gzip.compress(told.encode(), FAST, mtime=0)


def unpacked(content: bytes) -> Received:
    """What was received, from its bytes. Raises: ValueError if they are damaged, or of another version of the code."""
    try:
        received = json.loads(gzip.decompress(content), object_hook=_read)
    except (OSError, EOFError, zlib.error, ArithmeticError, TypeError, KeyError) as error:
        raise ValueError(type(error).__name__) from None
    if not isinstance(received, Received):
        raise ValueError(type(received).__name__)  # noqa: TRY004 - what is read, not who calls
    return received


def _told(value: Any) -> Any:  # noqa: ANN401, PLR0911 - one return per kind
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is list:
        return value if PLAIN.issuperset(map(type, value)) else [_told(each) for each in value]
    if kind is tuple:
        return {f"{MARK}tuple": [_told(each) for each in value]}
    if kind is frozenset:
        return {f"{MARK}set": sorted(value)}
    if kind in SCALARS:
        return {f"{MARK}{SCALARS[kind][0]}": _text(value)}
    if kind in RECORDS:
        names = (field.name for field in dataclasses.fields(value))
        return {f"{MARK}{kind.__name__}": {name: _told(getattr(value, name)) for name in names}}
    if kind in MODELS:
        return {f"{MARK}{kind.__name__}": {name: _told(each) for name, each in value}}
    if isinstance(value, Mapping):
        return {f"{MARK}mapping": [[_told(key), _told(each)] for key, each in value.items()]}
    if isinstance(value, str):  # a word of a closed vocabulary
        return str(value)
    raise TypeError(kind.__name__)


def _text(value: Any) -> str:  # noqa: ANN401 - a scalar
    return str(value) if isinstance(value, Decimal) else str(value.isoformat())


READERS: dict[str, Callable[[Any], Any]] = {
    **{f"{MARK}{name}": read for name, read in SCALARS.values()},
    f"{MARK}tuple": tuple,
    f"{MARK}set": frozenset,
    f"{MARK}mapping": dict,
}


def _read(told: dict[str, Any]) -> Any:  # noqa: ANN401 - as it was
    """What one JSON object stands for; the fields of a record are an object of their own."""
    if len(told) != 1 or not (name := next(iter(told))).startswith(MARK):
        return told
    content = told[name]
    if name in READERS:
        return READERS[name](content)
    made = {f"{MARK}{kind.__name__}": kind for kind in (*RECORDS, *MODELS)}[name]
    return made(**content)

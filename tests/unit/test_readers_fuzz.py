"""Whatever a file holds, its reader gives cells or one sentence: sound files are damaged at random, also in parts."""

import io
import json
import zipfile
from collections.abc import Callable
from random import Random

import pytest

from assets.received import Cell, Sheet
from pipelines.readers.raw_folder import read_sheets
from schemas.rules.rule import Stop
from tests.unit.workbooks import ods, xls, xlsx, zipped

TABLE: list[list[Cell]] = [["Kommun", "Använt", "Datum"], ["Åmål", 5, True], ['Ale; "x"', 7, None]]
SOUND: dict[str, Callable[[], bytes]] = {
    ".csv": 'Kommun;Använt\r\nÅmål;"5\n6"\r\nAle;7\r\n'.encode,
    ".json": lambda: json.dumps([{"a": 1.5, "b": {"c": ["x", "y"]}}, {"a": None}]).encode(),
    ".jsonl": lambda: b'{"a": 1.5}\n{"a": 2}\n',
    ".xml": lambda: b'<?xml version="1.0" encoding="UTF-8"?><r><i><a>1</a><b x="2">t</b></i><i><a/></i></r>',
    ".zip": lambda: zipped({"a.xml": "<r><a>1</a><b/></r>", "b.json": '[{"a": 1}]'}),
    ".xlsx": lambda: xlsx(TABLE),
    ".ods": lambda: ods(TABLE),
    ".xls": lambda: xls(TABLE),
}
TIMES = {".csv": 500}
MARKS = [b"\x00", b"\xff", b'"', b"<", b"&", b"\r", b";" * 50, b"<!DOCTYPE x>", b"9" * 40, b"\xf0\x9f\x98\x80", b"-1"]


def damaged(content: bytes, chance: Random) -> bytes:
    """The bytes with some of them changed, dropped, doubled, or others put in."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(made) + 1), chance.choice([1, 2, 8, 64])
        kind = chance.randrange(4)
        if kind == 0:
            made[at : at + length] = chance.randbytes(length)
        elif kind == 1:
            del made[at : at + length]
        elif kind == 2:
            made[at:at] = made[at : at + length]
        else:
            made[at:at] = chance.choice(MARKS)
    return bytes(made)


def damaged_within(content: bytes, chance: Random) -> bytes:
    """An archive with one of its parts damaged, so that more than its frame is tried."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return zipped({**parts, name: damaged(bytes(parts[name]), chance)})


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SOUND)
def test_a_damaged_file_gives_cells_or_one_sentence(suffix: str):
    sound, chance = SOUND[suffix](), Random(suffix)  # noqa: S311 - the same damage every time
    is_archive = zipfile.is_zipfile(io.BytesIO(sound))
    for _ in range(TIMES.get(suffix, 50)):
        damage = damaged_within if is_archive and chance.random() < 0.8 else damaged
        content = damage(sound, chance)
        assert _is_one_sentence_or_sound(suffix, content)


def _is_one_sentence_or_sound(suffix: str, content: bytes) -> bool:
    try:
        sheets, *_ = read_sheets(suffix, "fil", content)
    except Stop as stop:
        return stop.rule.id in {"file_unreadable", "file_empty"} and "\n" not in stop.sentence("sv")
    return all(map(_is_sound, sheets))


def _is_sound(sheet: Sheet) -> bool:
    return len({len(row) for row in sheet.rows}) <= 1 and not any(
        isinstance(cell, float) or (isinstance(cell, str) and "\x00" in cell) for row in sheet.rows for cell in row
    )

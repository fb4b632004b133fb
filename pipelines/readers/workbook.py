"""Workbooks, parsed in a child process: a legal file of a few kilobytes can abort the process that reads it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from assets.received import Sheet
from pipelines.readers.text_file import Unreadable, rectangular

UNZIPPED_LIMIT = 200 * 1024 * 1024
"""Bytes. The largest real export seen unzips to a few megabytes."""

TIME_LIMIT = 60
ERROR_VALUE = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*\br=["']([A-Z]+[0-9]+)["']""")
"""A cell that holds an error of the spreadsheet's own, such as #REF!: the reader would take it for an empty one."""

CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, every cell as text. Raises: Unreadable."""
    _refuse_bombs(path)
    _refuse_error_values(path)
    try:
        done = subprocess.run(  # noqa: S603 - our own script, our own interpreter
            [sys.executable, "-I", str(CHILD), str(path)], capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_slow", TIME_LIMIT) from None
    if done.returncode != 0:
        raise Unreadable("workbook_damaged")
    sheets = json.loads(done.stdout)
    if any("\x00" in cell for sheet in sheets for row in sheet["rows"] for cell in row):
        raise Unreadable("null_in_cell")  # a database shows what stands before it, Parquet all of it
    return [Sheet(sheet["name"], rectangular(sheet["rows"]).rows) for sheet in sheets]


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise Unreadable("no_workbook") from None
    if size > UNZIPPED_LIMIT:
        raise Unreadable("too_large", UNZIPPED_LIMIT // 2**20)


def _refuse_error_values(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and (found := ERROR_VALUE.search(_unzipped(archive, name))):
                raise Unreadable("error_in_cell", found[1].decode())


def _unzipped(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable("workbook_damaged") from None

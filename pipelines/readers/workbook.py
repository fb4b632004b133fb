"""Workbooks, parsed in a child process: a legal file of a few kilobytes can abort the process that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from assets.ports import Sheet
from pipelines.readers.text_file import Unreadable, rectangular

UNZIPPED_LIMIT = 200 * 1024 * 1024
"""Bytes. The largest real export seen unzips to a few megabytes."""

TIME_LIMIT = 60
CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, every cell as text. Raises: Unreadable."""
    _refuse_bombs(path)
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

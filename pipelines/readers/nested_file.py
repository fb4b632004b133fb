"""Submissions as XML or JSON: one file, or an archive of several. Flattened in a child process, as workbooks are read.

XML is in the encoding that it declares, UTF-8 where it declares none; JSON is in UTF-8.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from assets.received import Sheet
from pipelines.readers.suffixes import ARCHIVE, JSON, XML
from pipelines.readers.text_file import Unreadable
from pipelines.readers.workbook import TIME_LIMIT
from schemas.configuration.faults import shown

LARGEST = 50 * 1024 * 1024
"""Bytes. The largest instance of a form seen is ten thousand."""

MOST_FILES = 10_000
DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
DECLARED = re.compile(r"""encoding\s*=\s*["']([^"']*)["']""")
"""Read without an XML parser: some exports lack the space before it."""

ENCODINGS = {"utf8": "utf-8", "ascii": "utf-8", "usascii": "utf-8"} | dict.fromkeys(
    ("iso88591", "latin1", "windows1252", "cp1252"), "cp1252"
)
"""What declared encodings are read as, by their names in small letters without signs."""

CHILD = Path(__file__).with_name("nested_child.py")


def read_nested(content: bytes, suffix: str) -> tuple[Sheet, str]:
    """Every submission as a row below its paths, and the encoding. Raises: Unreadable."""
    parts = _unzipped(content) if suffix == ARCHIVE else [("", content)]
    documents = [_document(name, part, PurePosixPath(name).suffix.lower() or suffix) for name, part in parts]
    encodings = sorted({encoding for *_, encoding in documents})
    return Sheet(None, _flattened([document[:3] for document in documents])), ", ".join(encodings)


def _document(name: str, content: bytes, kind: str) -> tuple[str, str, str, str]:
    """Name, kind, text and encoding. Raises: Unreadable, with the name."""
    if len(content) > LARGEST:
        raise Unreadable("file_too_large", LARGEST // 2**20)
    try:
        text, encoding = _xml_text(content) if kind == XML else _decoded(content, "utf-8")
    except Unreadable as error:
        error.within = shown(name)
        raise
    if "\x00" in text:
        raise Unreadable("null_characters", within=shown(name))
    return name, kind, text, encoding


def _xml_text(content: bytes) -> tuple[str, str]:
    """The text without its declaration, the lines counted as they were; and its encoding."""
    head = DECLARATION.match(content.removeprefix(codecs.BOM_UTF8)[:1000].decode("latin-1"))
    declared = DECLARED.search(head[0]) if head else None
    name = declared[1] if declared else "utf-8"
    encoding = ENCODINGS.get(re.sub(r"[^a-z0-9]", "", name.lower()))
    if encoding is None:
        raise Unreadable("encoding_unknown", shown(name))
    text, read_as = _decoded(content, encoding)
    return (DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1) if head else text), read_as


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    """Text and encoding."""
    if content.startswith(codecs.BOM_UTF8):
        content, encoding = content[3:], "utf-8-sig"
    try:
        return content.decode("utf-8" if encoding == "utf-8-sig" else encoding), encoding
    except UnicodeDecodeError as error:
        raise Unreadable("not_encoded", content.count(b"\n", 0, error.start) + 1) from None


def _unzipped(content: bytes) -> list[tuple[str, bytes]]:
    """The files of an archive by name, in order of their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = sorted((each for each in archive.infolist() if not each.is_dir()), key=lambda each: each.filename)
            _refuse_unfit(files)
            return [(each.filename, archive.read(each)) for each in files]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable("archive_damaged") from None


def _refuse_unfit(files: list[zipfile.ZipInfo]) -> None:
    if len(files) > MOST_FILES:
        raise Unreadable("too_many_files", MOST_FILES)
    if sum(each.file_size for each in files) > LARGEST:
        raise Unreadable("too_large", LARGEST // 2**20)
    names = [each.filename for each in files]
    if others := [name for name in names if PurePosixPath(name).suffix.lower() not in (XML, JSON)]:
        raise Unreadable("no_submission_file", shown(others[0]))
    if len(set(names)) < len(names):
        raise Unreadable("archive_damaged")


def _flattened(documents: list[tuple[str, str, str]]) -> list[list[str | None]]:
    """What the child makes of documents (name, kind, text). Raises: Unreadable."""
    try:
        done = subprocess.run(  # noqa: S603 - our own script, our own interpreter
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(documents).encode(),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_slow", TIME_LIMIT) from None
    if done.returncode != 0:
        raise Unreadable("nested_too_large")
    outcome = json.loads(done.stdout)
    if "refused" in outcome:
        reason, *limit = outcome["refused"]
        raise Unreadable(reason, shown(limit[0]) if limit else None, within=shown(outcome["document"]))
    rows: list[list[str | None]] = outcome["rows"]
    return rows

"""Submissions as XML or JSON: one file, or an archive of several. Flattened in a child process, as workbooks are read.

XML is in the encoding that it declares, UTF-8 where it declares none; JSON is in UTF-8. JSON may have a submission on
each line.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from assets.received import Cell, Sheet
from pipelines.readers.child import answers, cell_of
from pipelines.readers.limits import MIB, Limits, limits
from pipelines.readers.suffixes import ARCHIVE, JSON, JSON_LINES, XML
from pipelines.readers.unreadable import Unreadable
from schemas.configuration.faults import shown

DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
DECLARED = re.compile(r"""encoding\s*=\s*["']([^"']*)["']""")
"""Read without an XML parser: some exports lack the space before it."""

ENCODINGS = {"utf8": "utf-8", "ascii": "utf-8", "usascii": "utf-8"} | dict.fromkeys(
    ("iso88591", "latin1", "windows1252", "cp1252"), "cp1252"
)
"""What declared encodings are read as, by their names in small letters without signs."""

SOUND_DECLARATION = re.compile(
    r"""<\?xml\s+version\s*=\s*(["'])1\.[0-9]+\1"""
    r"""(\s+encoding\s*=\s*(["'])[A-Za-z][A-Za-z0-9._-]*\3)?(\s+standalone\s*=\s*(["'])(yes|no)\5)?\s*\?>"""
)
"""A declaration as the standard has it, at the very beginning of the file."""

DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What a damaged archive makes of the library that reads it."""

CHILD = "pipelines.readers.nested_child"
TRUTH_IN_JSON = ("false", "true")


def read_nested(content: bytes, suffix: str) -> tuple[Sheet, str]:
    """Every submission as a row below its paths, and the encoding. Raises: Unreadable."""
    most = limits()
    parts = _unzipped(content, most) if suffix == ARCHIVE else [("", content)]
    documents = [_document(name, part, PurePosixPath(name).suffix.lower() or suffix, most) for name, part in parts]
    encodings = sorted({encoding for *_, encoding in documents})
    sheet = Sheet(
        None,
        _flattened([document[:3] for document in documents], most),
        truth=TRUTH_IN_JSON,
        is_declared_badly=any(_is_declared_badly(part) for _, part in parts),
    )
    return sheet, ", ".join(encodings)


def _is_declared_badly(content: bytes) -> bool:
    """Whether an XML declaration is there that a strict reader would not take."""
    head = content.removeprefix(codecs.BOM_UTF8)[:1000].decode("latin-1")
    return bool(DECLARATION.match(head)) and not SOUND_DECLARATION.match(head)


def _document(name: str, content: bytes, kind: str, most: Limits) -> tuple[str, str, str, str]:
    """Name, kind, text and encoding. Raises: Unreadable, with the name."""
    if len(content) > most.text_mib * MIB:
        raise Unreadable("file_too_large", most.text_mib)
    try:
        text, encoding = _xml_text(content) if kind == XML else _decoded(content, "utf-8")
    except Unreadable as error:
        error.within = shown(name)
        raise
    if "\x00" in text:
        raise Unreadable("null_characters", within=shown(name))
    return name, "lines" if kind in JSON_LINES else kind, text, encoding


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


def _unzipped(content: bytes, most: Limits) -> list[tuple[str, bytes]]:
    """The files of an archive by name, in order of their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = sorted((each for each in archive.infolist() if not each.is_dir()), key=lambda each: each.filename)
            _refuse_unfit(files, most)
            return [(each.filename, archive.read(each)) for each in files]
    except DAMAGES:
        raise Unreadable("archive_damaged") from None


def _refuse_unfit(files: list[zipfile.ZipInfo], most: Limits) -> None:
    if len(files) > most.archive_files:
        raise Unreadable("too_many_files", most.archive_files)
    if sum(each.file_size for each in files) > most.text_mib * MIB:
        raise Unreadable("too_large", most.text_mib)
    if any(each.flag_bits & 1 for each in files):
        raise Unreadable("archive_locked")
    names = [each.filename for each in files]
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise Unreadable("zip_path")
    if others := [name for name in names if PurePosixPath(name).suffix.lower() not in (XML, JSON, *JSON_LINES)]:
        raise Unreadable("no_submission_file", shown(others[0]))
    if len(set(names)) < len(names):
        raise Unreadable("archive_damaged")


def _flattened(documents: list[tuple[str, str, str]], most: Limits) -> list[list[Cell]]:
    """What the child makes of documents (name, kind, text). Raises: Unreadable."""
    given = json.dumps(documents).encode()
    return [[cell_of(each) for each in row] for row in answers(CHILD, given, most)]

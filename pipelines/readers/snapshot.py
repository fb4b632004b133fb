"""The bytes of a received file, read once: what is parsed is what was hashed."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from pipelines.readers.limits import MIB, limits
from pipelines.readers.suffixes import WORKBOOKS
from schemas.rules.rule import Stop
from schemas.texts.catalogue import Said

OPENED = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""A link is not followed, and what has a reader but no writer does not keep us waiting."""


def content_of(path: Path, name: str) -> bytes:
    """The bytes of a file, under the name that sentences call it by.

    Raises: Stop: it is no regular file, empty, too large, cannot be read, or changed while it was.
    """
    if path.is_dir() and not path.is_symlink():
        raise Stop("file_kind_unknown", file=name)
    try:
        descriptor = os.open(path, OPENED)
    except OSError as error:
        why = Said("is_link") if error.errno == errno.ELOOP else error.strerror
        raise Stop("file_unreadable", file=name, why=why) from None
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor has no path
        return _content(file.fileno(), name, _largest(path))


def _largest(path: Path) -> int:
    """In MiB."""
    return limits().workbook_mib if path.suffix.lower() in WORKBOOKS else limits().text_mib


def _content(descriptor: int, name: str, largest: int) -> bytes:
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise Stop("file_unreadable", file=name, why=Said("no_regular_file"))
    if not before.st_size:
        raise Stop("file_empty", file=name)
    if before.st_size > largest * MIB:
        raise Stop("file_unreadable", file=name, why=Said("file_too_large", largest))
    try:
        content = _read(descriptor, before.st_size + 1)
    except OSError as error:
        raise Stop("file_unreadable", file=name, why=error.strerror) from None
    after = os.fstat(descriptor)
    if len(content) != before.st_size or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise Stop("file_unreadable", file=name, why=Said("file_changed"))
    return content


def _read(descriptor: int, most: int) -> bytes:
    """At most so many bytes: what grows while it is read does not take us along."""
    parts: list[bytes] = []
    while most > 0 and (part := os.read(descriptor, min(most, 16 * MIB))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)

"""From bytes to text. Guessing libraries call short Swedish files Chinese: a handful of encodings is enough here.

UTF-8 with or without a mark, UTF-16, else cp1252. What is ISO-8859-1 and no control characters is the same in cp1252.
"""

from __future__ import annotations

import codecs

from pipelines.readers.unreadable import Unreadable

NULL = "\x00"
LOOKED_AT = 4096
"""Bytes. In UTF-16 every other byte of a text in Latin letters is null."""


def decoded(content: bytes) -> tuple[str, str]:
    """Text and encoding. Raises: Unreadable: no text, or UTF-8 in which a character is damaged, and in which line."""
    if content.startswith(codecs.BOM_UTF8):
        return _strict(content[3:], "utf-8"), "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(content, "utf-16"), "utf-16"
    if unmarked := _utf_16(content[:LOOKED_AT]):
        return _strict(content, unmarked), unmarked
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf_8(content):
            raise Unreadable("not_encoded", line_of(content, error.start)) from None
        return _strict(content, "cp1252"), "cp1252"


def plain_text(content: bytes) -> tuple[str, str]:
    """Text without null characters, and its encoding. Raises: Unreadable."""
    text, encoding = decoded(content)
    if NULL in text:
        raise Unreadable("null_characters")
    return text, encoding


def line_of(content: bytes, position: int) -> int:
    """The line that a byte stands in, from 1."""
    return content.count(b"\n", 0, position) + 1


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("not_text") from None


def _utf_16(head: bytes) -> str | None:
    """UTF-16 without a mark, told by where its null bytes stand: behind each letter, or before it."""
    before, behind = head[::2].count(0), head[1::2].count(0)
    if len(head) % 2 or (before and behind) or max(before, behind) * 4 < len(head):
        return None
    return "utf-16-be" if before else "utf-16-le"


def _is_damaged_utf_8(content: bytes) -> bool:
    """Whether most characters beyond ASCII are UTF-8: read as cp1252, each of them would become two others."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(not letter.isascii() for letter in text) - damaged > damaged

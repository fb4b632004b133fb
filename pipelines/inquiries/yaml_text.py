"""Texts as they stand in YAML that the system writes for people to go on with."""

from __future__ import annotations

import json
import re
import unicodedata

LONGEST_ID = 40
SHORT = 0xFFFF
"""The highest letter that four digits write."""


def quoted(words: str) -> str:
    """A text in YAML, on one line, with what is not seen written out."""
    written = json.dumps(words, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else _escaped(ord(letter)) for letter in written)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code <= SHORT else f"\\U{code:08x}"


def slug(words: str) -> str:
    """Words as an id: a–z, 0–9 and underscores."""
    bare = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9]+", "_", letters).strip("_")[:LONGEST_ID].strip("_")


def comment(words: str) -> str:
    """A text as it can stand in a comment."""
    return "".join(letter if letter.isprintable() else " " for letter in words)

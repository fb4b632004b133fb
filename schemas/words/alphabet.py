"""The Swedish order of letters, the same on every machine: å, ä and ö last and in that order, w after v."""

from __future__ import annotations

import unicodedata

OWN_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y", "ð": "d", "þ": "th"})
"""What Swedish does not take for the letter that it is written with; the three follow z in the order of characters."""


def alphabetical(name: str) -> str:
    """A sorting key: an accent is no letter of its own (é is e), ü is y; capitals and small letters are alike."""
    small = unicodedata.normalize("NFC", name).casefold().translate(OWN_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter))

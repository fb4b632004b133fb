"""How figures and dates are written for Swedish readers."""

from __future__ import annotations

from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


def formatted(value: object) -> str:
    """A whole number with its thousands apart and a true minus sign; anything else as text; unknown as a dash."""
    if value is None:
        return "–"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", NO_BREAK_SPACE).replace("-", MINUS)
    return str(value)


def in_unit(value: int | None, unit: str) -> str:
    """A figure of a printed table: hundredths with a decimal comma, anything else as it is."""
    if value is None or unit != "hundredths":
        return formatted(value)
    whole, part = divmod(value, 100)
    return f"{formatted(whole)},{part:02}"


def kronor(value: int | None, language: Language) -> str:
    """An amount with its unit, or the word for unknown."""
    if value is None:
        return text("unknown", language)
    return f"{formatted(value)}{NO_BREAK_SPACE}kr" if language == "sv" else f"SEK{NO_BREAK_SPACE}{formatted(value)}"

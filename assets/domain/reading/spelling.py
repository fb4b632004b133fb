"""How names are spelt: what of a spelling does not matter, its words, and a code that stands in it.

Never folded to ASCII: Habo and Håbo are two municipalities.
"""

from __future__ import annotations

import re
import unicodedata

HYPHENS = re.compile("[-‐‑‒–—−]")
CLOSING_MARKS = re.compile(r"[\s*†‡⁰¹²³⁴⁵⁶⁷⁸⁹.,;:]+$")
KIND_OF_BODY = re.compile(r"^(?:kommun|kommunen|stad|staden):? | (?:kommun|kommunen|kommuner|stad)$")
COUNTY = re.compile(r" län$")
COUNTY_WORDS = ("län", "läns", "länet", "länets")
WORDS = re.compile(r"[^\W_]+")

CODE = re.compile(
    r"[\s(\[{]*(?:\b(?:kommun|region|org\.?|organisations)?(?:kod|code|nr|nummer)\b[.:\s]*)?"
    r"(?<![^\W_])(?<!\d-)(?P<code>(?:(?:16|18|19|20)-?)?\d{6}[-+]?\d{4}|\d{3,4})(?![^\W_])(?!-\d)[\s)\]}]*",
    re.IGNORECASE,
)
"""Four digits, or three where a spreadsheet dropped a zero, or those of an organisation number; with what is around."""

AROUND = " \t\n,;:/|-‐‑‒–—−"


def simplified(name: str) -> str:
    """Lower case, hyphens as spaces; without invisible characters, closing marks, and "kommun" or "stad" at an end."""
    visible = (letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter) != "Cf")
    plain = HYPHENS.sub(" ", CLOSING_MARKS.sub("", "".join(visible)).casefold())
    return KIND_OF_BODY.sub("", " ".join(plain.split()))


def same_digits(one: str, other: str) -> bool:
    """Whether two spellings have the same numbers: those are never a slip of the pen, and 01 is not 02."""
    return re.findall(r"\d", one) == re.findall(r"\d", other)


def same_county(one: str, other: str) -> bool:
    """Whether two spellings mean one county: "Stockholm" and "Stockholms län" do."""
    return plain_county(one) == plain_county(other)


def plain_county(name: str) -> str:
    """A county's name as counties are compared."""
    return COUNTY.sub("", simplified(name)).removesuffix("s")


def words_of(name: str) -> tuple[str, ...]:
    """The words and numbers of a name, as names are compared."""
    return tuple(WORDS.findall(simplified(name)))


def digits_of(code: str) -> str:
    """A code without the spaces and hyphens that some write in it."""
    return re.sub("[ -]", "", code)


def apart(name: str) -> tuple[str, str] | None:
    """A name and the code that stands in it; None if none does, or several do: "0114 Upplands Väsby", "Ale (1440)"."""
    found = list(CODE.finditer(name))
    if len(found) != 1:
        return None
    [code] = found
    rest = f"{name[: code.start()]} {name[code.end() :]}".strip(AROUND)
    return rest, digits_of(code["code"])

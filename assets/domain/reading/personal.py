"""What in a text tells of a person: identity numbers however written, phone numbers, e-mail, protected identity.

A number of ten bare digits may be another number that happens to be well-formed, as 70 of 10 000 are. Names, and what
only a reader understands, no search can find.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from stdnum import luhn

from assets.domain.reading.numbers import OF_PERSONS, is_day, is_personal

Kind = Literal["identity_number", "phone", "email", "protected", "bare_digits"]
SURE: tuple[Kind, ...] = ("identity_number", "phone", "email", "protected")

INTERIM = "TRSUWXJKLMN"
"""The letters that stand first of the last four in an interim number, where any other has a digit."""

DASHES = re.compile("[\u00ad\u2010-\u2015\u2043\u2212\u30fc\ufe58\ufe63\uff0d]")
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")

NUMBER = re.compile(
    r"(?<![0-9])(?P<century>(?:18|19|20)(?=[ .-]?[0-9]{2}[ .-]?[0-9]{2}))?[ .-]?"
    r"(?P<year>[0-9]{2})[ .-]?(?P<month>[0-9]{2})[ .-]?(?P<day>[0-9]{2})"
    rf"(?P<sign> ?[-+/.]? ?)(?P<last>[0-9]{{4}}|[{INTERIM}][0-9]{{3}})(?![0-9])",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w./-])(?:(?:\+|00)46[ -]?(?:\(0\))?[ -]?[1-9](?:[ -]?[0-9]){6,9}"
    r"|(?=(?:[- ]*[0-9]){8,11}(?![0-9]))0[1-9][0-9]{0,2}[- ]{1,3}[1-9][0-9]{1,2}(?: ?[0-9]{2,3}){1,3})(?![\w-])"
)
MOBILE = re.compile(r"(?<![0-9])07[0-9]{8}(?![0-9])")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PROTECTED = re.compile(
    r"skydda[dt]e?\s+(?:identitet|person|folkbokför|adress|boende)|sekretess\w*mark|kvarskriv|fingerad"
    r"|hemlig\s+(?:adress|identitet)|protected\s+identit|secret\s+address",
    re.IGNORECASE,
)


def found_in(text: str) -> Kind | None:
    """What tells of a person in a text, the surest first; None if nothing does."""
    plain = _plain(text)
    numbers = {_kind(each) for each in _numbers(plain)}
    if "identity_number" in numbers:
        return "identity_number"
    if EMAIL.search(plain):
        return "email"
    if PROTECTED.search(plain):
        return "protected"
    if PHONE.search(plain):
        return "phone"
    return "bare_digits" if numbers or MOBILE.search(plain) else None


def _plain(text: str) -> str:
    """The text with digits, dashes and spaces as they are usually typed."""
    folded = unicodedata.normalize("NFKC", UNSEEN.sub("", DASHES.sub("-", text)))
    digits = (str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in folded)
    return " ".join("".join(digits).replace("'", " ").split())


def _numbers(text: str) -> list[re.Match[str]]:
    """Everything that is written as an identity number and is one: one that begins within another too."""
    starts = (match for at in range(len(text)) if (match := NUMBER.match(text, at)))
    return [match for match in starts if _is_well_formed(match)]


def _kind(number: re.Match[str]) -> Kind:
    return "bare_digits" if number[0].isdigit() and not number["century"] else "identity_number"


def _is_well_formed(number: re.Match[str]) -> bool:
    """A day of birth, that of a coordination number too, and a check digit; an interim number has none to hold."""
    first = number["year"] + number["month"] + number["day"]
    if not is_personal(first) or not any(
        is_day(f"{each}{first}") for each in OF_PERSONS if number["century"] in (None, each)
    ):
        return False
    return not number["last"].isdigit() or luhn.is_valid(first + number["last"])

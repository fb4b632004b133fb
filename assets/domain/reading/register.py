"""The register as names are held against it: bodies with their kind, county and time, and how two spellings compare.

What a spelling is taken to mean is decided in `names`. Never folded to ASCII: Habo and Håbo are two municipalities.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

from numpy import argpartition
from rapidfuzz import process
from rapidfuzz.distance import OSA

CERTAIN = ("exact", "simplified", "genitive", "alias")
"""How a name is known without a guess."""

NEAREST = 200
"""So many bodies are looked at one by one: a slip of the pen is nearest to very few."""

LETTERS_PER_SLIP = 9
"""A guess may differ by one letter in nine: "Norrälje" is close to Norrtälje, and a four-letter name to nothing."""

HYPHENS = re.compile("[-‐‑‒–—−]")
FOOTNOTE_MARKS = re.compile(r"[*†‡⁰¹²³⁴⁵⁶⁷⁸⁹]+$")
KIND_OF_BODY = re.compile(r" (kommun|kommuner|stad)$")
COUNTY = re.compile(r" län$")


def simplified(name: str) -> str:
    """Lower case, hyphens as spaces, invisible characters, footnote marks and a closing "kommun" or "stad" removed."""
    visible = (letter for letter in unicodedata.normalize("NFC", name) if unicodedata.category(letter) != "Cf")
    plain = HYPHENS.sub(" ", FOOTNOTE_MARKS.sub("", "".join(visible).strip()).casefold())
    return KIND_OF_BODY.sub("", " ".join(plain.split()))


def same_digits(one: str, other: str) -> bool:
    """Whether two spellings have the same numbers: those are never a slip of the pen, and 01 is not 02."""
    return re.findall(r"\d", one) == re.findall(r"\d", other)


def same_county(one: str, other: str) -> bool:
    """Whether two spellings mean one county: "Stockholm" and "Stockholms län" do."""
    return _plain_county(one) == _plain_county(other)


def _plain_county(name: str) -> str:
    return COUNTY.sub("", simplified(name)).removesuffix("s")


def valid_in(body: Mapping[str, Any], year: int) -> bool:
    """Whether a body, under this code and name, was there on any day of the year; a limit not known is none."""
    first, last = body["valid_from_date"] or dt.date.min, body["valid_to_date"] or dt.date.max
    return bool(first.year <= year <= last.year)


@dataclass(frozen=True)
class Body:
    """One body under one code and one name, and when both were valid; a limit that is not known is None."""

    recipient_code: str
    recipient_name: str
    kind: str
    county_name: str | None = None
    valid_from_date: dt.date | None = None
    valid_to_date: dt.date | None = None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """A body from a row of core_recipient or of the register's files."""
        return cls(**{field.name: record[field.name] for field in fields(cls)})

    @cached_property
    def plain(self) -> str:
        """Its name as names are compared."""
        return simplified(self.recipient_name)

    @property
    def suggestion(self) -> str:
        """Name and code, as a person is shown them."""
        return f"{self.recipient_name} ({self.recipient_code})"

    @property
    def period(self) -> str:
        """The same and when it was valid: "Malung (2023, –2007-12-31)"."""
        return f"{self.suggestion[:-1]}, {self.valid_from_date or ''}–{self.valid_to_date or ''})"

    @property
    def place(self) -> str:
        """The same and its county: "Nora (1884, Örebro län)"."""
        return f"{self.suggestion[:-1]}, {self.county_name})"


@dataclass(frozen=True)
class Near:
    """A body, and how far a name is from it: letters that differ, of so many compared."""

    body: Body
    slips: int
    letters: int

    @property
    def is_close(self) -> bool:
        """Whether the name may be a slip of the pen."""
        return self.slips * LETTERS_PER_SLIP <= self.letters

    @property
    def is_like(self) -> bool:
        """Whether more of the letters agree than differ: else a suggestion leads nowhere."""
        return self.slips * 2 < self.letters


@dataclass(frozen=True)
class RoundRegister:
    """Whom a name of one round may mean.

    Args: bodies: those of the round's year, each code and each name once. others: those that the register knows in
        other years only. recipients: the kinds of body that may be recipients. aliases: simplified name to code.
    """

    bodies: Sequence[Body]
    others: Sequence[Body]
    recipients: Collection[str]
    aliases: Mapping[str, str]

    @cached_property
    def by_name(self) -> dict[str, Body]:
        """Every body by its simplified name."""
        return {body.plain: body for body in self.bodies}

    @cached_property
    def by_code(self) -> dict[str, Body]:
        """Every body by its code."""
        return {body.recipient_code: body for body in self.bodies}

    def known(self, name: str) -> tuple[Body, str] | None:
        """The body that a name means for certain, and how (one of CERTAIN)."""
        plain = simplified(name)
        if body := self.by_name.get(plain):
            return body, "exact" if body.recipient_name == name else "simplified"
        if plain.endswith("s") and (body := self.by_name.get(plain[:-1])):
            return body, "genitive"
        body = self.by_code.get(self.aliases.get(plain, ""))
        return (body, "alias") if body else None

    def nearest(self, name: str, count: int = NEAREST) -> list[Near]:
        """The bodies nearest to a name, with or without a genitive s, by falling likeness.

        A register has thousands of names: all are measured at once, and only the nearest are looked at one by one.
        """
        spellings = sorted({simplified(name), simplified(name).removesuffix("s")})
        apart = process.cdist(spellings, self._plain, scorer=OSA.normalized_distance).min(axis=0)
        places = range(len(apart)) if count >= len(apart) else argpartition(apart, count)[:count]
        found = [_near(spellings, self.bodies[at]) for at in places]
        return sorted(found, key=lambda near: (near.slips / near.letters, near.body.recipient_code))

    @cached_property
    def _plain(self) -> list[str]:
        return [body.plain for body in self.bodies]


def _near(spellings: Iterable[str], body: Body) -> Near:
    slips, letters = min((OSA.distance(one, body.plain), max(len(one), len(body.plain))) for one in spellings)
    return Near(body, slips, letters)

"""The register as names are held against it: bodies with their kind, county and time, and how two spellings compare.

How names are spelt is in `spelling`; what a spelling is taken to mean is decided in `names`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Self

from numpy import argpartition
from rapidfuzz import process
from rapidfuzz.distance import OSA

from assets.domain.reading.numbers import plain_code
from assets.domain.reading.spelling import COUNTY_WORDS, simplified, words_of
from schemas.words.vocabulary import CODE_LENGTHS, REAL, SYNTHETIC

CERTAIN = ("exact", "simplified", "genitive", "alias")
"""How a name is known without a guess."""

NEAREST = 200
"""So many bodies are looked at one by one: a slip of the pen is nearest to very few."""

UNLIKE = 0.5
"""From this share of letters on that differ a name is not like another: a suggestion would lead nowhere."""

LETTERS_PER_SLIP = 9
"""A guess may differ by one letter in nine: "Norrälje" is close to Norrtälje, and a four-letter name to nothing."""


def valid_in(body: Mapping[str, Any], year: int) -> bool:
    """Whether a body, under this code and name, was there on any day of the year; a limit not known is none."""
    first, last = body["valid_from_date"] or dt.date.min, body["valid_to_date"] or dt.date.max
    return bool(first.year <= year <= last.year)


@dataclass(frozen=True)
class Body:
    """One body under one code and one name, and when both were valid; a limit that is not known is None.

    A person goes by a code and a name that tell nobody who it is: `person_name` and `organisation_number` are what rows
    are held against, and are in no table.
    """

    recipient_code: str
    recipient_name: str
    kind: str
    county_name: str | None = None
    valid_from_date: dt.date | None = None
    valid_to_date: dt.date | None = None
    provenance: str = REAL
    organisation_number: str | None = field(default=None, repr=False)
    person_name: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """A body from a row of core_recipient or of the register's files."""
        return cls(**{each.name: record[each.name] for each in fields(cls) if each.name in record})

    @property
    def known_as(self) -> str:
        """Its name as the register has it."""
        return self.person_name or self.recipient_name

    @property
    def is_person(self) -> bool:
        """Whether it is a person, whom nothing but its code may tell of."""
        return self.person_name is not None

    @property
    def number(self) -> str | None:
        """Its organisation number, if it goes by one: ten digits."""
        is_code = len(self.recipient_code) == CODE_LENGTHS["organisation_number"]
        return self.organisation_number or (self.recipient_code if is_code else None)

    @cached_property
    def codes(self) -> frozenset[str]:
        """What it goes by: its code and its organisation number."""
        return frozenset(filter(None, (self.recipient_code, self.number)))

    def goes_by(self, code: str) -> bool:
        """Whether a code, as it is written, is the body's; a spreadsheet drops the zeros that it begins with."""
        digits = plain_code(code)
        return digits != "" and (digits == self.number or digits.zfill(len(self.recipient_code)) == self.recipient_code)

    @cached_property
    def plain(self) -> str:
        """Its name as names are compared."""
        return simplified(self.known_as)

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
        return f"{self.suggestion[:-1]}, {self.county_name})" if self.county_name else self.suggestion


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


@dataclass(frozen=True)
class RoundRegister:
    """Whom a name of one round may mean.

    Args: bodies: those of the round's year, each code once. others: those that the register knows in
        other years only. recipients: the kinds of body that may be recipients. aliases: simplified name to code.
        is_for_real: whether it is a real list that is held against it: no fictitious body is suggested then.
    """

    bodies: Sequence[Body]
    others: Sequence[Body]
    recipients: Collection[str]
    aliases: Mapping[str, str]
    is_for_real: bool = False

    @cached_property
    def for_real(self) -> RoundRegister:
        """The same for a real list."""
        return replace(self, is_for_real=True)

    @cached_property
    def suggested(self) -> list[Body]:
        """The bodies that may be guessed or suggested: no person, and for a real list nobody who does not exist."""
        told = (body for body in self.bodies if not body.is_person)
        return [body for body in told if not (self.is_for_real and body.provenance == SYNTHETIC)]

    @cached_property
    def namesakes(self) -> dict[str, list[Body]]:
        """The bodies by their simplified names: associations may share one."""
        found: dict[str, list[Body]] = defaultdict(list)
        for body in self.bodies:
            found[body.plain].append(body)
        return dict(found)

    @cached_property
    def by_name(self) -> dict[str, Body]:
        """Every body by its simplified name, if it is the only one of that name."""
        return {name: bodies[0] for name, bodies in self.namesakes.items() if len(bodies) == 1}

    @cached_property
    def by_number(self) -> dict[str, Body]:
        """The bodies that have an organisation number."""
        return {body.number: body for body in self.bodies if body.number}

    @cached_property
    def by_code(self) -> dict[str, Body]:
        """Every body by its code."""
        return {body.recipient_code: body for body in self.bodies}

    @cached_property
    def _by_codes(self) -> dict[str, Body]:
        return self.by_number | self.by_code

    @cached_property
    def code_lengths(self) -> set[int]:
        """How long codes are: four digits, or ten, or others."""
        return {len(code) for body in (*self.bodies, *self.others) for code in body.codes}

    def known(self, name: str) -> tuple[Body, str] | None:
        """The body that a name means for certain, and how (one of CERTAIN)."""
        plain = simplified(name)
        if body := self.by_name.get(plain):
            return body, "exact" if body.known_as == name else "simplified"
        if plain.endswith("s") and (body := self.by_name.get(plain[:-1])):
            return body, "genitive"
        body = self.by_code.get(self.aliases.get(plain, ""))
        return (body, "alias") if body else None

    def shared(self, name: str) -> list[Body]:
        """The bodies whose name it is, where several have it."""
        bodies = self.namesakes.get(simplified(name), [])
        return bodies if len(bodies) > 1 else []

    def stated(self, code: str) -> tuple[list[Body], list[Body]]:
        """The bodies of the round's year, and of others, whose code it is; leading zeros may be missing."""
        digits = plain_code(code)
        codes = {digits.zfill(length) for length in self.code_lengths} if digits else set()
        there = dict.fromkeys(self._by_codes[each] for each in sorted(codes & self._by_codes.keys()))
        return (
            [body for body in there if not (self.is_for_real and body.provenance == SYNTHETIC)],
            [body for body in self.others if not codes.isdisjoint(body.codes)],
        )

    def standing_in(self, name: str) -> list[Body]:
        """The bodies whose whole name stands in a text, with or without a genitive s, in its order; the longest ones.

        A county that is named after one is none: "Stockholms län".
        """
        words, found, at = words_of(name), dict[Body, None](), 0
        while at < len(words):
            length = next((length for length in self._lengths if self._at(words[at : at + length], length)), 0)
            if length and words[at + length : at + length + 1] not in {(word,) for word in COUNTY_WORDS}:
                found |= dict.fromkeys(self._at(words[at : at + length], length))
            at += length or 1
        return list(found)

    def _at(self, words: tuple[str, ...], length: int) -> list[Body]:
        """The bodies whose name is these words."""
        if len(words) < length:
            return []
        genitive = (*words[:-1], words[-1].removesuffix("s"))
        return self._by_words.get(words) or self._by_words.get(genitive, [])

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[Body]]:
        found: dict[tuple[str, ...], list[Body]] = defaultdict(list)
        for body in self.suggested:
            found[words_of(body.known_as)].append(body)
        for spelling, code in self.aliases.items():
            if code in self.by_code:
                found.setdefault(words_of(spelling), [self.by_code[code]])
        return dict(found)

    @cached_property
    def _lengths(self) -> list[int]:
        """Of how many words names consist, the longest first."""
        return sorted({len(words) for words in self._by_words} - {0}, reverse=True)

    def nearest(self, name: str, count: int = NEAREST) -> list[Near]:
        """The bodies that are like a name, with or without a genitive s, by falling likeness; so many at most.

        A register has thousands of names: all are measured at once, and only the nearest are looked at one by one.
        """
        if not self.suggested:
            return []
        spellings = sorted({simplified(name), simplified(name).removesuffix("s")})
        apart = process.cdist(spellings, self._plain, scorer=OSA.normalized_distance, score_cutoff=UNLIKE).min(axis=0)
        places = range(len(apart)) if count >= len(apart) else argpartition(apart, count)[:count]
        found = [_near(spellings, self.suggested[at]) for at in places if apart[at] < UNLIKE]
        return sorted(found, key=lambda near: (near.slips / near.letters, near.body.recipient_code))

    @cached_property
    def _plain(self) -> list[str]:
        return [body.plain for body in self.suggested]


def _near(spellings: Iterable[str], body: Body) -> Near:
    slips, letters = min((OSA.distance(one, body.plain), max(len(one), len(body.plain))) for one in spellings)
    return Near(body, slips, letters)

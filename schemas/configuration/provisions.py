"""The ordinance that a programme stands on: its provisions as data, with the dates between which each is in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic_core import InitErrorDetails

from schemas.configuration.declared import Declared, Label, Reference, fault
from schemas.texts.catalogue import text
from schemas.words.cases import Concern, Evidence
from schemas.words.vocabulary import Language


class OrdinanceText(Declared):
    """The ordinance's text as it was read, which lies in `raw/`."""

    file: str
    """Its path below `raw/`."""
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    """Its hash: a text that was changed since it was read stops the run."""


class Provision(Declared):
    """A section of the ordinance, or a part of one, and when it is in force."""

    sv: str
    """The section in Swedish, such as 8 §."""
    en: str
    """The section in English."""
    says: Label
    """What it says, in words of our own."""
    concerns: Concern
    """What it is about."""
    part_of: str | None = None
    """The provision that it is a part of, such as the section that lists several grounds."""
    suggested_by: tuple[Evidence, ...] = ()
    """The evidence by which it is listed as a candidate ground of repayment; an official decides which ground holds."""
    valid_from: dt.date | None
    """The first day it is in force; null if it is not known."""
    valid_to: dt.date | None
    """The last day it is in force; null if it is not known, or there is none."""

    def sentence(self, language: Language) -> str:
        """The section in one language."""
        return self.sv if language == "sv" else self.en

    def is_in_force(self, year: int) -> bool:
        """Whether it is in force on any day of the year; an end that is not known excludes nothing."""
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        return (self.valid_from or first) <= last and (self.valid_to or last) >= first

    def faults(self) -> Iterator[InitErrorDetails]:
        """A provision that is out of force before it is in force."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            yield fault("provision_backwards", ("valid_to",))


class Ordinance(Declared):
    """The legal ground, and whether its text has been read."""

    reference: str
    """Its number, such as SFS 2022:1416."""
    status: Literal["preliminary", "confirmed"]
    """Confirmed when its text has been read as in force; till then reports say that it is preliminary."""
    text: OrdinanceText | None = None
    """The text that was read; without it the status cannot be confirmed."""
    provisions: dict[str, Provision] = Field(default_factory=dict)
    """The sections that rules name as their ground (`provision:<name>` in the rulebook), and those of repayment."""

    def ground(self, provision: str, language: Language) -> str:
        """A provision as a rule's ground: section and ordinance, and whether its text has been read."""
        section = self.provisions[provision].sentence(language)
        said = text("source_provision", language).format(section=section, reference=self.reference)
        return said if self.status == "confirmed" else f"{said} ({text('source_preliminary', language)})"

    def in_force(self, year: int) -> dict[str, Provision]:
        """The provisions that are in force in a year, in the order in which they are declared."""
        return {name: each for name, each in self.provisions.items() if each.is_in_force(year)}

    def references(self) -> Iterator[Reference]:
        """What provisions are parts of."""
        for name, each in self.provisions.items():
            if each.part_of:
                yield Reference("provision", ("provisions", name, "part_of"), each.part_of, self.provisions)

    def faults(self) -> Iterator[InitErrorDetails]:
        """A confirmed ordinance of which nobody says which text was read."""
        if self.status == "confirmed" and not self.text:
            yield fault("key_missing", ("text",), key="ordinance.text")

"""What is wrong with a declaration in YAML: a place, a rule of `rulebook/configuration.yaml`, and its values."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from schemas.rules.rule import Stop, rules
from schemas.texts.catalogue import said, text
from schemas.words.vocabulary import Language

LONGEST_NAME = 80
"""How much is shown of what stands in a file where a short name was expected."""


@dataclass(frozen=True)
class Place:
    """A line of a file, counted from 1; without a line the file as a whole."""

    file: str
    line: int | None = None

    def sentence(self, language: Language) -> str:
        """The place in one language."""
        if self.line is None:
            return self.file
        return text("place_in_file", language).format(file=self.file, line=self.line)


@dataclass(frozen=True)
class Meant:
    """How a sentence ends about a name that is unknown: with the one it is like, or else with those there are."""

    name: str
    known: tuple[str, ...]

    def sentence(self, language: Language) -> str:
        """The ending in one language."""
        if near := self.nearest():
            return text("did_you_mean", language).format(name=near)
        return text("there_is", language).format(known=", ".join(self.known)) if self.known else "."

    def nearest(self) -> str | None:
        """The known name that this one is most like, if it is like any; a number is like no other."""
        return (
            None if self.name.isdecimal() else next(iter(difflib.get_close_matches(self.name, self.known, n=1)), None)
        )


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the place it stands in, the rule it breaks, and the values that the sentence names."""

    place: Place
    rule: str
    values: Mapping[str, object]

    def sentence(self, language: Language) -> str:
        """The sentence in one language."""
        return rules()[self.rule].message(language, said({**self.values, "place": self.place}, language))


class ConfigurationError(Stop):
    """A declaration in YAML is wrong: the first fault by file and line in one sentence, and how many more there are."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Refuse with these faults, one at least; what several places share by an alias is one fault."""
        different = {fault.sentence("en"): fault for fault in faults}
        self.faults = sorted(different.values(), key=lambda fault: (fault.place.file, fault.place.line or 0))
        super().__init__(self.faults[0].rule, place=self.faults[0].place, **self.faults[0].values)

    def __reduce__(self) -> tuple[Callable[[], Stop], tuple[()]]:
        """It goes whole from one process to another."""
        return partial(ConfigurationError, self.faults), ()

    def sentence(self, language: Language) -> str:
        """The sentence in one language."""
        first, more = super().sentence(language), len(self.faults) - 1
        return f"{first} {text('more_faults', language).format(count=more)}" if more else first

    def sentences(self, language: Language) -> list[str]:
        """Every fault, by file and line."""
        return [fault.sentence(language) for fault in self.faults]


def shown(content: object) -> str:
    """What stands in a file, safe in a sentence: on one line, printable, not too long."""
    clean = "".join(letter if letter.isprintable() else "�" for letter in str(content))
    return clean if len(clean) <= LONGEST_NAME else f"{clean[:LONGEST_NAME]}…"

"""What is said of an expression that is no figure: one sentence, with the column in the text and what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.texts.catalogue import said, text
from schemas.words.vocabulary import Language

SHOWN = 40
"""Of what somebody wrote, so many characters are repeated in a sentence."""

LISTED = 12
"""So many names are listed where none is like the one that was written."""

PREFIX = "figure_"


@dataclass(frozen=True)
class Told:
    """A text about figures that stands inside a sentence, with values of its own."""

    name: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, text: str, /, **values: object) -> Told:
        """Say this text."""
        return cls(text, tuple(values.items()))

    def sentence(self, language: Language) -> str:
        """The text in one language."""
        return text(f"{PREFIX}{self.name}", language).format(**said(dict(self.values), language))


@dataclass(frozen=True)
class Meant:
    """What may have been meant: the known name that is most like, or else those that there are."""

    name: str
    known: tuple[str, ...]

    def sentence(self, language: Language) -> str:
        """How a sentence ends."""
        near = difflib.get_close_matches(self.name[:SHOWN], self.known, n=1)
        if near:
            return Told.of("meant", name=near[0]).sentence(language)
        if not self.known:
            return ""
        listed = ", ".join(self.known[:LISTED]) + (" …" if len(self.known) > LISTED else "")
        return Told.of("known", names=listed).sentence(language)


class Refused(Exception):  # noqa: N818 - a sentence to a person
    """A text that is no figure. `at`: the column, counted from 1; None where it is about no place in the text."""

    def __init__(self, name: str, at: int | None, /, **values: object) -> None:
        """Refuse it with this text of the catalogue."""
        super().__init__(name)
        self.name, self.at = name, at
        self.values = {key: shown(value) if isinstance(value, str) else value for key, value in values.items()}

    def sentence(self, language: Language) -> str:
        """What is wrong and what was meant, in one sentence."""
        told = Told.of(self.name, **self.values).sentence(language)
        return told if self.at is None else Told.of("at", at=self.at, said=told).sentence(language)


def shown(written: str) -> str:
    """What somebody wrote, on one line and of bounded length."""
    line = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in written[:SHOWN])
    return line + ("…" if len(written) > SHOWN else "")


def unknown_name(name: str, at: int, known: Iterable[str], what: str = "no_name", **values: object) -> Refused:
    """A name that there is not."""
    return Refused(what, at, name=name, meant=Meant(name, tuple(known)), **values)


def mixed(at: int, left: str, right: str) -> Refused:
    """Two units that do not go together."""
    return Refused("mixed", at, left=Told.of(f"unit_{left}"), right=Told.of(f"unit_{right}"))

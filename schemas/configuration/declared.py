"""What every declaration in YAML is built on: a strict model, what may be wrong with it, a text in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from schemas.words.vocabulary import Language

Loc = tuple[str | int, ...]
"""The path to a key or a list item (from 0), from the top of a declaration."""


@dataclass(frozen=True)
class Reference:
    """A name that must be declared elsewhere: where it stands, what it names (a text `none_<kind>`), what there is."""

    kind: str
    at: Loc
    name: str | int
    known: Collection[str | int]


def fault(rule: str, at: Loc, **values: object) -> InitErrorDetails:
    """What is wrong at a place within a declaration: a rule of `rulebook/configuration.yaml`, with its values."""
    return InitErrorDetails(type=PydanticCustomError(rule, rule, values), loc=at, input=None)


class Declared(BaseModel):
    """A declaration: unknown keys are errors, and nothing changes after reading.

    The docstring of a model and of its fields is what an editor shows of them (`make docs`, which reads those of fields
    from the source: that would take a tenth of a second of every command).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    def references(self) -> Iterable[Reference]:
        """The names that this declaration takes from elsewhere."""
        return ()

    def faults(self) -> Iterable[InitErrorDetails]:
        """What is wrong but for names that nothing declares, which must not be relied on here."""
        return ()

    @model_validator(mode="after")
    def _refuse_faults(self) -> Self:
        unknown = [
            fault("reference_unknown", each.at, kind=each.kind, name=str(each.name), known=tuple(map(str, each.known)))
            for each in self.references()
            if each.name not in each.known
        ]
        if found := [*unknown, *self.faults()]:
            raise ValidationError.from_exception_data(type(self).__name__, found)
        return self


class Label(Declared):
    """A text in both languages."""

    sv: str
    """The text in Swedish."""
    en: str
    """The text in English."""

    def sentence(self, language: Language) -> str:
        """The text in one language."""
        return self.sv if language == "sv" else self.en


def named_twice(names: Iterable[str | int], at: Loc) -> Iterator[InitErrorDetails]:
    """A fault for every item of a list that stands there before."""
    names = list(names)
    for number, name in enumerate(names):
        if name in names[:number]:
            yield fault("name_twice", (*at, number), name=str(name))


def shared_texts(texts: Iterable[tuple[Loc, str, str]]) -> Iterator[InitErrorDetails]:
    """A fault for every text (place, what it stands for, text) that stands for something else already."""
    taken: dict[str, str] = {}
    for at, name, said in texts:
        if taken.setdefault(said, name) != name:
            yield fault("text_shared", at, name=name, other=taken[said])


def stray_braces(template: str, *names: str) -> bool:
    """Whether the template has other braces than those around these names."""
    for name in names:
        template = template.replace(f"{{{name}}}", "")
    return "{" in template or "}" in template

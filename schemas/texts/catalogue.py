"""The catalogue of texts: what readers see, in Swedish and on request in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol, runtime_checkable

import yaml

from schemas.words.vocabulary import Language

FILES = (
    "texts.yaml",
    "configuration_texts.yaml",
    "money_texts.yaml",
    "case_texts.yaml",
    "standing_texts.yaml",
    "validation_texts.yaml",
    "trial_texts.yaml",
    "vintages_texts.yaml",
    "versions_texts.yaml",
    "books_texts.yaml",
    "draw_texts.yaml",
    "reply_texts.yaml",
    "command_texts.yaml",
    "figure_texts.yaml",
    "label_texts.yaml",
    "download_texts.yaml",
    "inspect_texts.yaml",
    "click_texts.yaml",
)


def own_yaml(content: str) -> Any:  # noqa: ANN401 - as written
    """A catalogue of our own as data: read safely, and in C where it can be, since every command waits for it."""
    return yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


@cache
def _texts() -> dict[str, dict[str, str]]:
    files = [resources.files("schemas.texts").joinpath(name).read_text("utf-8") for name in FILES]
    return {name: both for file in files for name, both in own_yaml(file).items()}


def text(name: str, language: Language) -> str:
    """One text, as a template. Raises: KeyError if it is not in the catalogue."""
    return _texts()[name][language]


def translations() -> dict[str, str]:
    """What another library says, to the letter, and the Swedish for it: the texts whose names begin with `click_`."""
    return {both["en"]: both["sv"] for name, both in _texts().items() if name.startswith("click_")}


def known(name: str) -> bool:
    """Whether there is a text of this name."""
    return name in _texts()


@runtime_checkable
class Sayable(Protocol):
    """What can stand inside a sentence in either language."""

    def sentence(self, language: Language) -> str:
        """The text in one language."""


def said(values: Mapping[str, object], language: Language) -> dict[str, object]:
    """The values of a sentence, each in the sentence's language."""
    return {name: value.sentence(language) if isinstance(value, Sayable) else value for name, value in values.items()}


@dataclass(frozen=True)
class Said:
    """A text of the catalogue that stands inside another sentence, said in that sentence's language."""

    name: str
    limit: int | str | None = None

    def sentence(self, language: Language) -> str:
        """The text in one language; {limit} is what it may name."""
        return text(self.name, language).format(limit=self.limit)

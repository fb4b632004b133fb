"""The rule catalogue: what the system can say, how severe it is, and in which words (`rules.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml

from schemas.texts import Sayable
from schemas.vocabulary import Language


@dataclass(frozen=True)
class Rule:
    """One rule: its id, its severity, and its message as a template in both languages."""

    id: str
    severity: Literal["stop", "quarantine", "warn"]
    sv: str
    en: str

    def message(self, language: Language, values: Mapping[str, object]) -> str:
        """The sentence a person reads. Raises KeyError if the template names a value that is not given."""
        template = self.sv if language == "sv" else self.en
        return template.format_map(dict(values))


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id."""
    text = resources.files("schemas").joinpath("rules.yaml").read_text("utf-8")
    return {name: Rule(id=name, **facts) for name, facts in yaml.safe_load(text).items()}


class Stop(Exception):  # noqa: N818 - not an error of the program: a sentence to a person
    """Nothing can be published: one sentence that says where and what to do. Carries no cell value."""

    def __init__(self, rule: str, **values: object) -> None:
        """Stop by a rule of the catalogue (severity stop), with the values its sentence names."""
        self.rule = rules()[rule]
        self.values = values
        super().__init__(self.sentence("sv"))

    def sentence(self, language: Language) -> str:
        """The sentence in one language."""
        said = {name: v.sentence(language) if isinstance(v, Sayable) else v for name, v in self.values.items()}
        return self.rule.message(language, said)

"""What every declaration in YAML is built on: a strict model, a text in both languages, a check of references."""

from __future__ import annotations

from collections.abc import Container, Iterable

from pydantic import BaseModel, ConfigDict

from schemas.vocabulary import Language


class Declared(BaseModel):
    """A declaration: unknown keys are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Declared):
    """A text in both languages."""

    sv: str
    en: str

    def sentence(self, language: Language) -> str:
        """The text in one language."""
        return self.sv if language == "sv" else self.en


def all_known(where: str, names: Iterable[object], declared: Container[object]) -> None:
    """Refuse names that nothing declares. Raises: ValueError, which pydantic tells with its place."""
    if unknown := [str(name) for name in names if name not in declared]:
        raise ValueError(f"{where}: {', '.join(unknown)} is not declared")

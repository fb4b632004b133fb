"""Reads the package's own YAML into programmes. The only reading that `schemas` does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from schemas.programme import Programme
from schemas.rules import Stop

PROGRAMMES = Path(__file__).parent / "programmes"


class ConfigurationError(Exception):
    """A programme's YAML is wrong: one sentence with file and place."""


@cache
def programme_names() -> tuple[str, ...]:
    """The programmes there are: one folder each."""
    return tuple(sorted(path.parent.name for path in PROGRAMMES.glob("*/programme.yaml")))


@cache
def years() -> tuple[int, ...]:
    """Every year in which any programme has a round."""
    return tuple(sorted({year for name in programme_names() for year in programme(name).rounds}))


@cache
def programme(name: str) -> Programme:
    """One programme, whole.

    Raises: Stop if there is no such programme; ConfigurationError if its YAML is wrong.
    """
    if name not in programme_names():
        raise Stop("programme_unknown", programme=name, known=", ".join(programme_names()))
    return load_programme(PROGRAMMES / name)


def load_programme(folder: Path) -> Programme:
    """Read a programme from its folder. Raises: ConfigurationError."""
    parts = {
        **_yaml(folder / "programme.yaml"),
        **_yaml(folder / "questions.yaml"),
        "indicators": _yaml(folder / "indicators.yaml") if (folder / "indicators.yaml").exists() else {},
        "forms": _by_name(folder / "forms", "form"),
        "reports": _by_name(folder / "reports", "report"),
    }
    try:
        return Programme.model_validate(parts)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or "programme"
        raise ConfigurationError(f"{folder.name}: {place}: {fault['msg']}") from None


def _by_name(folder: Path, key: str) -> dict[str, Any]:
    named = {path: _yaml(path) for path in sorted(folder.glob("*.yaml"))}
    for path, content in named.items():
        if key not in content:
            raise ConfigurationError(f"{path.parent.name}/{path.name}: the key {key} is missing")
    return {content[key]: content for content in named.values()}


def _yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:  # ValueError: 2024-02-30 is no date, latin-1 no UTF-8
        raise ConfigurationError(f"{path.parent.name}/{path.name} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path.parent.name}/{path.name} is not a mapping of keys")
    return content

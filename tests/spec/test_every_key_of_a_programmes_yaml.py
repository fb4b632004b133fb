"""Whatever key of the sample's YAML is dropped, doubled, misspelt or given another value: one sentence, in its place.

What loads all the same was truly optional: a key that its model gives a default, one entry of several, a free text.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.configuration import catalogue, yaml_source
from schemas.configuration.catalogue import PROGRAMMES, ConfigurationError, load_programme
from schemas.configuration.declared import Loc
from schemas.configuration.programme import Programme
from schemas.configuration.validation import schema_at
from tests import mutated

NAME = "stadigvarande-boende"
FILES = sorted(path.relative_to(PROGRAMMES / NAME).as_posix() for path in (PROGRAMMES / NAME).rglob("*.yaml"))
FREE_TEXTS = (
    "*.sv", "*.en", "agency", "ordinance.reference", "aliases.*", "report",
    "fields.*", "codes.*.*", "total_row.text",
    "questions.*.header", "questions.*.options.*", "questions.*.chosen", "questions.*.not_chosen",
    "questions.*.none_of_them",
)  # fmt: skip
"""What any text may be given for. All other text is a name that must be known, or a word of a vocabulary."""

TOLD = re.compile(rf"programmes/{NAME}/(?P<file>\S+), rad (?P<line>\d+): (?P<what>[^\n{{}}]+)")


@dataclass(frozen=True)
class Outcome:
    """What became of a spoilt file: nothing, or a sentence about a line of a file."""

    file: str = ""
    line: int = 0
    what: str = ""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Outcome]:
    """Load the programme with other text in one file. The files that stay are read once."""
    folder = Path(shutil.copytree(PROGRAMMES / NAME, tmp_path / NAME))
    read = {path: yaml_source.read(path, f"programmes/{NAME}/{path.relative_to(folder)}") for path in _files(folder)}
    anew = yaml_source.read

    def loaded(file: str, text: str) -> Outcome:
        (folder / file).write_text(text, "utf-8")
        monkeypatch.setattr(yaml_source, "read", lambda at, name: anew(at, name) if at == folder / file else read[at])
        try:
            load_programme(folder)
        except ConfigurationError as error:
            return outcome_of(error)
        return Outcome()

    return loaded


def outcome_of(error: ConfigurationError) -> Outcome:
    """What a person is told, in the one shape that every sentence has."""
    told = TOLD.fullmatch(error.sentence("sv"))
    assert told, error.sentence("sv")
    assert not set("\n{}") & set(error.sentence("en"))
    return Outcome(told["file"], int(told["line"]), told["what"])


def _files(folder: Path) -> list[Path]:
    return [folder / file for file in FILES]


def text_of(file: str) -> str:
    return (PROGRAMMES / NAME / file).read_text("utf-8")


def schema_above(file: str, path: mutated.Path) -> dict[str, Any]:
    """What the models say of the mapping or list that a path of a file is an entry of."""
    kind, _, name = file.rpartition("/")
    top: Loc = (kind, name) if kind else ("indicators",) if file == "indicators.yaml" else ()
    return schema_at(Programme, (*top, *path[:-1]))


def is_entry(file: str, path: mutated.Path) -> bool:
    return not schema_above(file, path).get("properties")


def is_optional(file: str, path: mutated.Path) -> bool:
    return is_entry(file, path) or path[-1] not in schema_above(file, path).get("required", ())


def is_told_where_it_is_used(outcome: Outcome, file: str, text: str, path: mutated.Path) -> bool:
    """Of what others rely on: the line has what the sentence names first, and line or sentence what was spoilt."""
    line = (text if outcome.file == file else text_of(outcome.file)).splitlines()[outcome.line - 1]
    named = re.search("”(.+?)”", outcome.what)
    node = mutated.value_of(text_of(file), path)
    spoilt = {*map(str, path), str(node.value), *(key.value for _, key, _ in mutated.nodes(node))}
    return bool(named) and named[1] in line and any(name in outcome.what + line for name in spoilt if len(name) > 1)


def spoilt_texts(file: str, spoil: Callable[[str, mutated.Path], str | None]) -> Iterator[tuple[mutated.Path, str]]:
    """Every path of the file with its spoilt text."""
    text = text_of(file)
    for path in mutated.paths(text):
        if (spoilt := spoil(text, path)) is not None:
            yield path, spoilt


@pytest.mark.parametrize("file", FILES)
def test_a_key_that_is_dropped_was_optional_or_is_missed(file: str, load: Callable[[str, str], Outcome]):
    wrong = []
    for path, text in spoilt_texts(file, mutated.dropped):
        outcome = load(file, text)
        if outcome == Outcome():
            right = is_optional(file, path)
        else:
            missed = (outcome.file, outcome.line) == (file, mutated.line_of(text, path[:-1]))
            right = missed or is_told_where_it_is_used(outcome, file, text, path)
        wrong += [] if right else [(path, outcome)]
    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_a_key_that_is_misspelt_is_named_with_its_line(file: str, load: Callable[[str, str], Outcome]):
    wrong = []
    for path, text in spoilt_texts(file, misspelt):
        outcome = load(file, text)
        if outcome == Outcome():
            right = is_entry(file, path)
        else:
            named = (outcome.file, outcome.line) == (file, mutated.line_of(text, (*path[:-1], f"{path[-1]}x")))
            missed = (outcome.file, outcome.line) == (file, mutated.line_of(text, path[:-1])) and is_entry(file, path)
            right = named or missed or is_told_where_it_is_used(outcome, file, text, path)
        wrong += [] if right else [(path, outcome)]
    assert wrong == []


def misspelt(text: str, path: mutated.Path) -> str | None:
    return mutated.renamed(text, path, f'"{path[-1]}x"') if isinstance(path[-1], str) else None


@pytest.mark.parametrize("file", FILES)
def test_a_key_that_stands_twice_is_named_with_both_lines(file: str, load: Callable[[str, str], Outcome]):
    wrong = []
    for path, text in spoilt_texts(file, doubled):
        first, second = mutated.lines_of(text, path)
        outcome = load(file, text)
        told = f"nyckeln ”{path[-1]}” står redan på rad {first}. Ta bort den ena."
        wrong += [] if outcome == Outcome(file, second, told) else [(path, outcome, first, second)]
    assert wrong == []


def doubled(text: str, path: mutated.Path) -> str | None:
    return mutated.doubled(text, path) if isinstance(path[-1], str) else None


@pytest.mark.parametrize("file", FILES)
def test_a_value_of_another_type_is_named_with_its_line(file: str, load: Callable[[str, str], Outcome]):
    wrong = []
    for path, text in spoilt_texts(file, retyped):
        outcome = load(file, text)
        if (outcome.file, outcome.line) != (file, mutated.line_of(text, path)):
            wrong.append((path, outcome))
    assert wrong == []


def retyped(text: str, path: mutated.Path) -> str:
    """A list or keys where a text or a number stands, a text where anything else stands."""
    value = mutated.value_of(text, path)
    if not isinstance(value, yaml.ScalarNode):
        return mutated.replaced(text, path, "x")
    return mutated.replaced(text, path, "{}" if value.value.isdecimal() else ("[]", "{}", "7")[len(path) % 3])


@pytest.mark.parametrize("file", FILES)
def test_a_text_that_points_elsewhere_is_named_with_its_line(file: str, load: Callable[[str, str], Outcome]):
    wrong = []
    for path, text in spoilt_texts(file, redirected):
        outcome = load(file, text)
        if outcome == Outcome():
            right = any(fnmatch(".".join(map(str, path)), free) for free in FREE_TEXTS)
        else:
            named = (outcome.file, outcome.line) == (file, mutated.line_of(text, path))
            right = named or is_told_where_it_is_used(outcome, file, text, path)
        wrong += [] if right else [(path, outcome)]
    assert wrong == []


def redirected(text: str, path: mutated.Path) -> str | None:
    is_scalar = isinstance(mutated.value_of(text, path), yaml.ScalarNode)
    return mutated.replaced(text, path, "nowhere") if is_scalar else None


def test_every_file_of_the_programme_is_tried():
    assert len(FILES) > 5
    assert {path.name for path in (PROGRAMMES / NAME).iterdir()} >= {"programme.yaml", "questions.yaml"}
    assert catalogue.programme(NAME)

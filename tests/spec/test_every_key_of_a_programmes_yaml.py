"""Whatever key of the sample's YAML is dropped, doubled, misspelt or given another value: one sentence, in its place.

What loads all the same was truly optional: a key that its model gives a default, one entry of several, a free text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.configuration import catalogue, yaml_source
from schemas.configuration.catalogue import PROGRAMMES, ConfigurationError, load_programme
from schemas.configuration.declared import Loc
from schemas.configuration.programme import Programme
from schemas.configuration.validation import schema_at, validated
from schemas.configuration.yaml_source import Source
from tests import mutated

NAME = "stadigvarande-boende"
FOLDER = PROGRAMMES / NAME
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yaml"))
FREE_TEXTS = (
    "*.sv", "*.en", "agency", "ordinance.reference", "aliases.*", "report",
    "fields.*", "versions.*.fields.*", "codes.*.*", "total_row.text",
    "questions.*.header", "questions.*.options.*", "questions.*.chosen", "questions.*.not_chosen",
    "questions.*.none_of_them", "questions.*.separator",
)  # fmt: skip
"""What any text may be given for. All other text is a name that must be known, or a word of a vocabulary."""

TOLD = re.compile(rf"programmes/{NAME}/(?P<file>\S+), rad (?P<line>\d+): (?P<what>[^\n{{}}]+)")
Spoil = Callable[[str, mutated.Path], Source | None]


@dataclass(frozen=True)
class Outcome:
    """What became of a spoilt file: nothing, or a sentence about a line of a file."""

    file: str = ""
    line: int = 0
    what: str = ""


def outcome_of(error: ConfigurationError) -> Outcome:
    """What a person is told, in the one shape that every sentence has."""
    told = TOLD.fullmatch(error.sentence("sv"))
    assert told, error.sentence("sv")
    assert not set("\n{}") & set(error.sentence("en"))
    return Outcome(told["file"], int(told["line"]), told["what"])


# -- the files as they are --------------------------------------------------------------------------------------------
@cache
def text_of(file: str) -> str:
    return (FOLDER / file).read_text("utf-8")


@cache
def read(file: str) -> Source:
    return yaml_source.read(FOLDER / file, f"programmes/{NAME}/{file}")


@cache
def nodes_of(file: str) -> dict[mutated.Path, tuple[int, yaml.Node]]:
    """The line and the value of every path, with PyYAML's nodes and not with our reading."""
    found = mutated.nodes(yaml.compose(text_of(file)))
    return {path: (mark.start_mark.line + 1, value) for path, mark, value in found}


def line_of(file: str, path: mutated.Path) -> int:
    """The line in which a path stands; of the whole, that of its first key."""
    return nodes_of(file)[path][0] if path else yaml.compose(text_of(file)).start_mark.line + 1


def schema_above(file: str, path: mutated.Path) -> dict[str, Any]:
    """What the models say of the mapping or list that a path of a file is an entry of."""
    kind, _, name = file.rpartition("/")
    top: Loc = (kind, name) if kind else ("indicators",) if file == "indicators.yaml" else ()
    return schema_at(Programme, (*top, *path[:-1]))


def is_entry(file: str, path: mutated.Path) -> bool:
    return not schema_above(file, path).get("properties")


def is_optional(file: str, path: mutated.Path) -> bool:
    return is_entry(file, path) or path[-1] not in schema_above(file, path).get("required", ())


def is_told_where_it_is_used(outcome: Outcome, file: str, path: mutated.Path) -> bool:
    """Of what others rely on: the line has what the sentence names first, and line or sentence what was spoilt."""
    line = text_of(outcome.file).splitlines()[outcome.line - 1]
    named = re.search("”(.+?)”", outcome.what)
    node = nodes_of(file)[path][1]
    spoilt = {*map(str, path), str(node.value), *(key.value for _, key, _ in mutated.nodes(node))}
    return bool(named) and named[1] in line and any(name in outcome.what + line for name in spoilt if len(name) > 1)


# -- the files as they are spoilt -------------------------------------------------------------------------------------
def in_holder(content: Any, path: mutated.Path, change: Callable[[Any, Any], Any]) -> Any:
    """A copy of what a file declares, in which the mapping or list that has the path's entry is changed."""
    key = path[0] if isinstance(content, list) else next(key for key in content if str(key) == path[0])
    if len(path) == 1:
        return change(content, key)
    copy = content.copy()
    copy[key] = in_holder(content[key], path[1:], change)
    return copy


def moved(lines: Mapping[tuple[str, ...], int], path: mutated.Path, to: str | None) -> dict[tuple[str, ...], int]:
    """The lines without a path and what is below it, or with them under another name."""
    at = tuple(map(str, path))
    depth, rest = len(at), {where: line for where, line in lines.items() if where[: len(at)] != at}
    if to is None:
        return rest
    return rest | {(*at[:-1], to, *where[depth:]): line for where, line in lines.items() if where[:depth] == at}


def without_item(lines: Mapping[tuple[str, ...], int], path: mutated.Path) -> dict[tuple[str, ...], int]:
    """The lines without an item of a list; those after it move up."""
    found = moved(lines, path, None)
    number = int(path[-1])
    while (after := tuple(map(str, (*path[:-1], number + 1)))) in found:
        found = moved(found, after, str(number))
        number += 1
    return found


def dropped(file: str, path: mutated.Path) -> Source:
    """Without the key and its value, or without the item."""

    def without(holder: Any, key: Any) -> Any:
        if isinstance(holder, list):
            return holder[:key] + holder[key + 1 :]
        return {name: value for name, value in holder.items() if name != key}

    source = read(file)
    lines = without_item(source.lines, path) if isinstance(path[-1], int) else moved(source.lines, path, None)
    return Source(source.file, in_holder(source.content, path, without), lines)


def misspelt(file: str, path: mutated.Path) -> Source | None:
    """With another key for the same value."""
    if isinstance(path[-1], int):
        return None
    source, name = read(file), f"{path[-1]}x"

    def renamed(holder: Any, key: Any) -> Any:
        return {name if each == key else each: value for each, value in holder.items()}

    return Source(source.file, in_holder(source.content, path, renamed), moved(source.lines, path, name))


def replaced(file: str, path: mutated.Path, value: object) -> Source:
    """With another value in the place of what stands there."""

    def given(holder: Any, key: Any) -> Any:
        copy = holder.copy()
        copy[key] = value
        return copy

    source, at = read(file), tuple(map(str, path))
    lines = moved(source.lines, path, None) | {at: source.lines[at]}
    return Source(source.file, in_holder(source.content, path, given), lines)


def retyped(file: str, path: mutated.Path) -> Source:
    """A list or keys where a text or a number stands, a text where anything else stands."""
    node = nodes_of(file)[path][1]
    if not isinstance(node, yaml.ScalarNode):
        return replaced(file, path, "x")
    return replaced(file, path, {} if node.value.isdecimal() else ([], {}, 7)[len(path) % 3])


def redirected(file: str, path: mutated.Path) -> Source | None:
    is_scalar = isinstance(nodes_of(file)[path][1], yaml.ScalarNode)
    return replaced(file, path, "nowhere") if is_scalar else None


def doubled(file: str, path: mutated.Path) -> str:
    """The mapping that has a key, as YAML with that key twice; its other keys hold nothing to speak of."""
    holder = nodes_of(file)[path[:-1]][1] if path[:-1] else yaml.compose(text_of(file))
    entries = [
        (key, value if key.value == path[-1] else yaml.ScalarNode("tag:yaml.org,2002:str", "x"))
        for key, value in holder.value
    ]
    twice = next(entry for entry in entries if entry[0].value == path[-1])
    bare = yaml.MappingNode(holder.tag, [*entries, deepcopy(twice)], flow_style=False)
    return yaml.serialize(bare, allow_unicode=True, width=1000)


# -- what comes of it -------------------------------------------------------------------------------------------------
@contextmanager
def loading(spoilt: dict[str, Source], patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The programme is loaded from what is read already, and what is not spoilt is not held to its model again."""
    whole = catalogue.programme(NAME)
    kept = {id(read(file).content): file for file in FILES}

    def ready(content: Mapping[str | int, Any]) -> dict[str | int, Any]:
        parts = dict(content)
        for kind in ("forms", "reports"):
            declared = getattr(whole, kind)
            parts[kind] = {name: declared[name] if id(each) in kept else each for name, each in content[kind].items()}
        if id(content.get("indicators")) in kept:
            parts["indicators"] = whole.indicators
        for name in ("questions", "bases", "ordinance", "accounting", "rounds"):
            own = read("questions.yaml" if name in ("questions", "bases") else "programme.yaml").content
            if content.get(name) is own[name]:
                parts[name] = getattr(whole, name)
        return parts

    def read_already(at: Path, _: str, **_how: object) -> Source:
        file = at.relative_to(FOLDER).as_posix()
        return spoilt.get(file) or read(file)

    with patch.context() as context:
        context.setattr(yaml_source, "read", read_already)
        context.setattr(catalogue, "validated", lambda model, content, *about: validated(model, ready(content), *about))
        yield


def outcomes(spoil: Spoil, patch: pytest.MonkeyPatch) -> Iterator[tuple[str, mutated.Path, Outcome]]:
    """What becomes of the programme with each path of each file spoilt."""
    spoilt: dict[str, Source] = {}
    with loading(spoilt, patch):
        for file in FILES:
            for path in nodes_of(file):
                if (source := spoil(file, path)) is not None:
                    spoilt[file] = source
                    yield file, path, _loaded()
            spoilt.clear()


def _loaded() -> Outcome:
    try:
        load_programme(FOLDER)
    except ConfigurationError as error:
        return outcome_of(error)
    return Outcome()


def test_our_reading_knows_the_line_of_every_key_and_item():
    lines = {
        file: {tuple(map(str, path)): line for path, (line, _) in nodes_of(file).items()} | {(): line_of(file, ())}
        for file in FILES
    }
    assert {file: read(file).lines for file in FILES} == lines


def test_the_programme_loads_as_it_stands(monkeypatch: pytest.MonkeyPatch):
    """Also from files that are read already."""
    with loading({}, monkeypatch):
        assert load_programme(FOLDER) == catalogue.programme(NAME)


def test_a_key_that_is_dropped_was_optional_or_is_missed(monkeypatch: pytest.MonkeyPatch):
    wrong = []
    for file, path, outcome in outcomes(dropped, monkeypatch):
        if outcome == Outcome():
            right = is_optional(file, path)
        else:
            missed = (outcome.file, outcome.line) == (file, line_of(file, path[:-1]))
            right = missed or is_told_where_it_is_used(outcome, file, path)
        wrong += [] if right else [(file, path, outcome)]
    assert wrong == []


def test_a_key_that_is_misspelt_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch):
    wrong = []
    for file, path, outcome in outcomes(misspelt, monkeypatch):
        if outcome == Outcome():
            right = is_entry(file, path)
        else:
            named = (outcome.file, outcome.line) == (file, line_of(file, path))
            missed = (outcome.file, outcome.line) == (file, line_of(file, path[:-1])) and is_entry(file, path)
            right = named or missed or is_told_where_it_is_used(outcome, file, path)
        wrong += [] if right else [(file, path, outcome)]
    assert wrong == []


def test_a_key_that_stands_twice_is_named_with_both_lines():
    """Of each mapping by itself, with its other keys: what they hold has no part in that."""
    wrong = []
    for file in FILES:
        for path in nodes_of(file):
            if isinstance(path[-1], str):
                text = doubled(file, path)
                first, second = mutated.lines_of(text, path[-1:])
                told = Outcome(file, second, f"nyckeln ”{path[-1]}” står redan på rad {first}. Ta bort den ena.")
                with pytest.raises(ConfigurationError) as refused:
                    yaml_source.parsed(text.encode(), f"programmes/{NAME}/{file}")
                wrong += [] if outcome_of(refused.value) == told else [(file, path, refused.value)]
    assert wrong == []


def test_a_value_of_another_type_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch):
    wrong = [
        (file, path, outcome)
        for file, path, outcome in outcomes(retyped, monkeypatch)
        if (outcome.file, outcome.line) != (file, line_of(file, path))
    ]
    assert wrong == []


def test_a_text_that_points_elsewhere_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch):
    wrong = []
    for file, path, outcome in outcomes(redirected, monkeypatch):
        if outcome == Outcome():
            right = any(fnmatch(".".join(map(str, path)), free) for free in FREE_TEXTS)
        else:
            named = (outcome.file, outcome.line) == (file, line_of(file, path))
            right = named or is_told_where_it_is_used(outcome, file, path)
        wrong += [] if right else [(file, path, outcome)]
    assert wrong == []


def test_every_file_of_the_programme_is_tried():
    assert len(FILES) > 5
    assert {path.name for path in FOLDER.iterdir()} >= {"programme.yaml", "questions.yaml"}
    assert catalogue.programme(NAME)

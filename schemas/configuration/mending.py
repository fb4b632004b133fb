"""What is left of a declaration without its broken parts: the rest is validated again, so that every fault is told.

A part that is taken out, or stood in for, must not be told of again by what follows from its absence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from schemas.configuration.declared import Declared, Loc

Schema = dict[str, Any]
"""What a JSON schema says of a part of a declaration."""

DEPENDS: Mapping[str, tuple[str, ...]] = {
    "bases": ("questions",),
    "rounds": ("forms",),
    "indicators": ("questions", "forms"),
    "forms": ("questions", "bases", "ordinance"),
    "reports": ("questions", "bases", "forms", "rounds", "indicators"),
}
"""Whose absence may show in which section of a programme, beside its own."""

ALONE = ("forms", "reports")
"""Sections whose parts know nothing of each other."""

ABSENT = {
    "questions": ("question", "option", "asked", "measured"),
    "bases": ("base",),
    "ordinance": ("provision",),
    "forms": ("form", "asked"),
    "rounds": ("round",),
    "indicators": ("comparison", "measured", "across", "granted_by"),
}
"""The kinds of name of which nothing is known where a whole section is absent."""

ALL_OF_THEM = ("ordinance", "provisions")
"""The part of a section that declares its names, where the section may be there without it."""

NAMED_IN = {"question": "questions", "base": "bases", "form": "forms", "round": "rounds"}
"""In which section a name of a kind is declared."""

RESTS_ON = {"round_without_form": "forms", "forms_overlap": "forms", "base_not_asked": "bases"}
"""What else is not known then."""

DECISIVE = ("fills",)
"""Keys without which what stands beside them means something else: they are taken out with it."""


@dataclass
class Rest:
    """A declaration and what is taken out of it; places are those of the declaration as it was written."""

    content: Any
    model: type[Declared]
    gone: dict[Loc, Any] = field(default_factory=dict)
    stand_ins: dict[Loc, Any] = field(default_factory=dict)
    meant: set[str] = field(default_factory=set)
    """What names that nothing declares were taken to mean: their right ones may seem to be missing."""
    misnamed: set[str] = field(default_factory=set)
    """Sections one of whose keys is wrong: it may have been meant to be any name."""
    just_gone: set[Loc] = field(default_factory=set)

    # -- what is left -----------------------------------------------------------------------------------------------
    def left(self) -> Any:  # noqa: ANN401 - as YAML has it
        """The declaration as far as it holds."""
        whole = {**self._left(self.content, ()), **{at[0]: value for at, value in self.stand_ins.items()}}
        return {key: value for key, value in whole.items() if value is not ABSENT_PART}

    def _left(self, content: Any, at: Loc) -> Any:  # noqa: ANN401 - as YAML has it
        if isinstance(content, dict):
            return {key: self._left(part, (*at, key)) for key, part in content.items() if (*at, key) not in self.gone}
        if isinstance(content, list):
            return [self._left(content[number], (*at, number)) for number in self._kept(content, at)]
        return content

    def _kept(self, content: list[Any], at: Loc) -> list[int]:
        return [number for number in range(len(content)) if (*at, number) not in self.gone]

    def written_at(self, loc: Loc) -> Loc:
        """Where a place in what is left stands in the declaration as it was written."""
        here: Any = self.content
        at: Loc = ()
        for step in loc:
            if isinstance(here, list) and isinstance(step, int):
                kept = self._kept(here, at)
                step = kept[step] if step < len(kept) else step  # noqa: PLW2901 - the same step, as it was written
            at = (*at, step)
            here = _step(here, step)
        return at

    # -- what is taken out ------------------------------------------------------------------------------------------
    def take_out(self, loc: Loc) -> bool:
        """Take out the smallest part around a place that may be absent, or stand in for it; False if none may be."""
        path = self._there(loc)
        for length in range(len(path), 0, -1):
            at = path[:length]
            if at in self.just_gone:
                return True
            if at not in self.gone and self._may_be_absent(at):
                self.gone[at] = _at(self.content, at)
                self.just_gone.add(at)
                return True
        if loc[:1] in self.stand_ins or not loc:
            return False
        self.stand_in(str(loc[0]))
        return True

    def take_all_out(self, locs: Iterable[Loc]) -> bool:
        """Take out what stands at any of these places, once; False if none of it may be absent."""
        self.just_gone.clear()
        taken = [self.take_out(loc) for loc in locs]
        return True in taken

    def stand_in(self, section: str) -> None:
        """Put the least that can be there, or nothing, in the place of a section."""
        if section not in self.schema.get("required", ()):
            self.stand_ins[section,] = ABSENT_PART
            return
        least = stand_in(self.schema["properties"][section], self.schema)
        model: Any = self.model.model_fields[section].annotation
        is_model = isinstance(model, type) and issubclass(model, Declared)
        self.stand_ins[section,] = model.model_construct(**least) if is_model else least

    @cached_property
    def schema(self) -> Schema:
        """The JSON schema of the declaration."""
        return schema_of_model(self.model)

    def _there(self, loc: Loc) -> Loc:
        """As much of a place as there is."""
        here = self.content
        for number, step in enumerate(loc):
            if (here := _step(here, step)) is ABSENT_PART:
                return loc[:number]
        return loc

    def _may_be_absent(self, at: Loc) -> bool:
        parent = schema_of(self.schema, at[:-1])
        return isinstance(at[-1], int) or at[-1] not in (*parent.get("required", ()), *DECISIVE)

    def names_of(self, kind: str) -> Iterator[str]:
        """The names of a kind that are declared by what is taken out: they may have been meant."""
        for at, part in self.gone.items():
            if at[0] == NAMED_IN.get(kind) and len(at) == len(("section", "name")):
                yield str(at[1])
            elif kind == "asked" and at[0] == "forms":
                yield from (str(name) for name in (part.get("questions") or () if isinstance(part, dict) else ()))
                yield from (str(name) for name in at[3:4] if at[2] == "questions")

    # -- what follows -----------------------------------------------------------------------------------------------
    def follows(self, loc: Loc, rule: str, values: Mapping[str, Any]) -> bool:
        """Whether a fault may be there only since other parts are absent."""
        section = loc[0] if loc else ""
        if any(loc[: len(at)] == at or at[: len(loc)] == loc for at in (*self.gone, *self.stand_ins)):
            return True
        if _rests_on_absent(rule, loc, self.gone) or (RESTS_ON.get(rule),) in self.stand_ins:
            return True
        kind = kind_of(values)
        unknown = {*self.misnamed, *(str(at[0]) for at in (*self.stand_ins, *(self.gone.keys() & {ALL_OF_THEM})))}
        if any(kind == each for section in unknown for each in ABSENT.get(section, ())):
            return True
        names = {str(value).rpartition(".")[2] for value in values.values() if isinstance(value, str | int)}
        if names & self.meant:
            return True
        for at, part in self.gone.items():
            if _shows_in(at, section, loc) and names & {str(at[-1]), *_names_in(part)}:
                return True
        return False


def kind_of(values: Mapping[str, Any]) -> str:
    """The kind of name that a fault is about, if it is about one."""
    return str(getattr(values.get("kind"), "name", "")).removeprefix("none_")


class _Absent:
    """Nothing: not even null."""


ABSENT_PART = _Absent()


def _step(here: Any, step: str | int) -> Any:  # noqa: ANN401 - as YAML has it
    if isinstance(here, dict):
        return here.get(step, ABSENT_PART)
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return ABSENT_PART


def _at(content: Any, at: Loc) -> Any:  # noqa: ANN401 - as YAML has it
    for step in at:
        content = _step(content, step)
    return content


def _rests_on_absent(rule: str, loc: Loc, gone: Iterable[Loc]) -> bool:
    """Whether a fault between forms, or between the parts of one, is only told where none of them is absent."""
    forms = [at for at in gone if at[0] == "forms"]
    if rule == "round_without_form":
        return any(at == at[:2] for at in forms)
    if rule in ("versions_alike", "base_not_asked"):
        return any(at[:2] == loc[:2] for at in forms)
    return rule == "forms_overlap" and forms != []


def _shows_in(gone: Loc, section: str | int, loc: Loc) -> bool:
    """Whether the absence of one part may show at a place."""
    if gone[0] == section:
        return section not in ALONE or gone[:2] == loc[:2]
    return gone[0] in DEPENDS.get(str(section), ())


def _names_in(part: Any) -> Iterator[str]:  # noqa: ANN401 - as YAML has it
    """Every key and text within a part."""
    if isinstance(part, dict):
        for key, inner in part.items():
            yield str(key)
            yield from _names_in(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _names_in(inner)
    elif isinstance(part, str | int):
        yield str(part)


# -- schemas --------------------------------------------------------------------------------------------------------
@cache
def schema_of_model(model: type[Declared]) -> Schema:
    """The JSON schema of a model."""
    return model.model_json_schema()


def schema_of(top: Schema, loc: Loc) -> Schema:
    """What a JSON schema says of a place; nothing where it says nothing."""
    here = top
    for step in loc:
        inner = [here.get("items"), here.get("additionalProperties"), *here.get("patternProperties", {}).values()]
        here = here.get("properties", {}).get(step) or next((each for each in inner if isinstance(each, dict)), {})
        here = next(resolved(here, top), {})
    return here


def resolved(schema: Schema, top: Schema) -> Iterator[Schema]:
    """What a schema stands for: itself, what it refers to, or its alternatives but null."""
    if "$ref" in schema:
        yield from resolved(top["$defs"][schema["$ref"].rpartition("/")[2]], top)
    elif "anyOf" in schema:
        for alternative in schema["anyOf"]:
            yield from resolved(alternative, top)
    elif schema.get("type") != "null":
        yield schema


LEAST = {"string": "x", "integer": 1, "boolean": False}


def stand_in(schema: Schema, top: Schema) -> Any:  # noqa: ANN401 - as YAML has it
    """The least that a schema accepts."""
    here = next(resolved(schema, top), {})
    if words := here.get("enum") or ([here["const"]] if "const" in here else None):
        return words[0]
    if here.get("type") == "array":
        return [stand_in(here["items"], top)] * here.get("minItems", 0)
    if here.get("type") == "object":
        return {name: stand_in(here["properties"][name], top) for name in here.get("required", ())}
    if here.get("format") == "date":
        return "2000-01-01"
    return LEAST.get(here.get("type", "string"), "x")

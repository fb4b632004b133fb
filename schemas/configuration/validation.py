"""A declaration held against its model: what pydantic finds, as faults with a place. The words are in the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from schemas.configuration.declared import Declared, Loc
from schemas.configuration.faults import ConfigurationError, Fault, Meant, Place, shown
from schemas.rules.rule import rules
from schemas.texts.catalogue import Said, known

Model = TypeVar("Model", bound=Declared)
KEY = "[key]"
"""What pydantic puts last in a place to say that it is the key that is wrong, not its value."""


def validated(model: type[Model], content: Mapping[str | int, object], place_of: Callable[[Loc], Place]) -> Model:
    """The declaration as its model. Raises: ConfigurationError with every fault that was found."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        found = _own_faults(error.errors(include_url=False))
    worded = [(each, *_worded(each, model)) for each in found]
    misspelt = {
        (*each["loc"][:-1], values["meant"].nearest()) for each, rule, values in worded if rule == "key_unknown"
    }
    raise ConfigurationError(
        Fault(place_of(_path(each["loc"])), rule, _placed(values, place_of))
        for each, rule, values in worded
        if not (rule == "key_missing" and each["loc"] in misspelt)
    )


def _own_faults(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The faults, but for a list that is too short only because an item of it is wrong."""
    places = [each["loc"] for each in errors]

    def is_consequence(each: ErrorDetails) -> bool:
        return each["type"] == "too_short" and any(at[:-1][: len(each["loc"])] == each["loc"] for at in places)

    return [each for each in errors if not is_consequence(each)]


def _path(loc: Loc) -> Loc:
    return loc[:-1] if loc[-1:] == (KEY,) else loc


def _called(path: Loc) -> str:
    """The key at the end of a path; with the one before it where it is a number."""
    return ".".join(shown(part) for part in (path[-2:] if path and isinstance(path[-1], int) else path[-1:]))


def _placed(values: Mapping[str, Any], place_of: Callable[[Loc], Place]) -> dict[str, object]:
    """A value that is a path in the declaration becomes its place."""
    return {name: place_of(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _worded(error: ErrorDetails, model: type[Declared]) -> tuple[str, dict[str, Any]]:
    """The rule that tells of an error of pydantic's, and the values that its sentence names."""
    kind, loc = error["type"], error["loc"]
    key = _called(_path(loc))
    if kind in rules():
        return kind, _of_ours(error.get("ctx", {}))
    if kind == "missing":
        return "key_missing", {"key": key}
    if kind == "extra_forbidden":
        return "key_unknown", _unknown(loc[-1], schema_at(model, loc[:-1]).get("properties", ()))
    if kind == "literal_error":
        schema = schema_at(model, loc)
        given = error["input"] if isinstance(error["input"], str | int) else "…"
        return "value_unknown", {"key": key} | _unknown(given, schema.get("enum") or [schema.get("const")])
    if expected := _expected(error):
        return "key_unfit" if loc[-1] == KEY else "value_unfit", {"key": key, "expected": expected}
    return "value_refused", {"key": key, "why": shown(error["msg"])}


def _of_ours(values: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(values)
    if "known" in given:
        given |= _unknown(given["name"], given.pop("known"))
    if "kind" in given:
        given["kind"] = Said(f"none_{given['kind']}")
    return given


def _unknown(name: object, there: Iterable[object]) -> dict[str, Any]:
    return {"name": shown(name), "meant": Meant(shown(name), tuple(map(str, there)))}


def _expected(error: ErrorDetails) -> Said | None:
    """What should have stood there: said of the error's own kind, or of the type that its kind begins with."""
    kinds = (error["type"], error["type"].partition("_")[0])
    name = next((f"expected_{kind}" for kind in kinds if known(f"expected_{kind}")), None)
    return Said(name, next(iter(error.get("ctx", {}).values()), None)) if name else None


@cache
def _schema(model: type[Declared]) -> dict[str, Any]:
    return model.model_json_schema()


def schema_at(model: type[Declared], loc: Loc) -> dict[str, Any]:
    """What the model's JSON schema says of a place; nothing where it says nothing."""
    top = _schema(model)
    here = top
    for step in loc:
        inner = [here.get("items"), here.get("additionalProperties"), *here.get("patternProperties", {}).values()]
        here = here.get("properties", {}).get(step) or next(filter(None, inner), {})
        here = next(resolved(here, top), {})
    return here


def resolved(schema: dict[str, Any], top: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a schema stands for: itself, what it refers to, or its alternatives but null."""
    if "$ref" in schema:
        yield from resolved(top["$defs"][schema["$ref"].rpartition("/")[2]], top)
    elif "anyOf" in schema:
        for alternative in schema["anyOf"]:
            yield from resolved(alternative, top)
    elif schema.get("type") != "null":
        yield schema

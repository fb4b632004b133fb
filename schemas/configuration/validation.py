"""A declaration held against its model: what pydantic finds, as faults with a place. The words are in the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from schemas.configuration.declared import Declared, Loc
from schemas.configuration.faults import ConfigurationError, Fault, Meant, Place, shown
from schemas.configuration.mending import Rest, kind_of, schema_of, schema_of_model
from schemas.rules.rule import rules
from schemas.texts.catalogue import Said, known

Model = TypeVar("Model", bound=Declared)
KEY = "[key]"
"""What pydantic puts last in a place to say that it is the key that is wrong, not its value."""


@dataclass(frozen=True)
class Unread:
    """What is known to be wrong with a declaration before it is held against its model.

    `faults`: what was found. `broken`: the parts that could not be read for it. `absent`: the keys of which nothing, or
    not all, could be read.
    """

    faults: Sequence[Fault] = ()
    broken: Sequence[Loc] = ()
    absent: Sequence[str] = ()


def validated(
    model: type[Model],
    content: Mapping[str | int, object],
    place_of: Callable[[Loc], Place],
    unread: Unread = Unread(),
) -> Model:
    """The declaration as its model. Args: place_of: where a part of it stands.

    Raises: ConfigurationError with every fault, those of `unread` among them: what is wrong is taken out, and the rest
        is held against the model again, until nothing more is found but what follows from what is absent.
    """
    rest = Rest(content, model)
    for section in unread.absent:
        rest.stand_in(section)
    rest.take_all_out(unread.broken)
    found = list(unread.faults)
    while True:
        try:
            whole = model.model_validate(rest.left())
        except ValidationError as error:
            told = [_told(each, model, rest) for each in _own_faults(error.errors(include_url=False))]
        else:
            break
        found += [
            Fault(place_of(_path(loc)), rule, _placed(values, place_of)) for loc, rule, values in _new(told, rest)
        ]
        rest.meant |= {meant for *_, values in told if "meant" in values and (meant := values["meant"].nearest())}
        rest.misnamed |= {str(loc[0]) for loc, *_ in told if loc[-1:] == (KEY,)}
        if not rest.take_all_out(_path(loc) for loc, *_ in told):
            raise ConfigurationError(found)
    if found:
        raise ConfigurationError(found)
    return whole


Told = tuple[Loc, str, dict[str, Any]]
"""Where something is wrong, which rule tells of it, and the values that its sentence names."""


def _told(error: ErrorDetails, model: type[Declared], rest: Rest) -> Told:
    """An error of pydantic's, where it stands in the declaration as it was written."""
    rule, values = _worded(error, model)
    return rest.written_at(error["loc"]), rule, _with_names(values, rest)


def _new(told: Sequence[Told], rest: Rest) -> Iterator[Told]:
    """What is no key that is missing since it is misspelt, and does not follow from what is absent."""
    misspelt = {(*loc[:-1], values["meant"].nearest()) for loc, _, values in told if "meant" in values}
    for loc, rule, values in told:
        if not (rule == "key_missing" and loc in misspelt) and not rest.follows(_path(loc), rule, values):
            yield loc, rule, values


def _with_names(values: dict[str, Any], rest: Rest) -> dict[str, Any]:
    """The values of a fault; what may have been meant includes names that what is taken out declares."""
    if "meant" not in values:
        return values
    meant = values["meant"]
    known = dict.fromkeys((*meant.known, *rest.names_of(kind_of(values))))
    return values | {"meant": Meant(meant.name, tuple(known))}


def _written(error: ErrorDetails, rest: Rest) -> Loc:
    """Where an error stands in the declaration as it was written."""
    return rest.written_at(error["loc"])


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


def schema_at(model: type[Declared], loc: Loc) -> dict[str, Any]:
    """What the model's JSON schema says of a place; nothing where it says nothing."""
    return schema_of(schema_of_model(model), loc)

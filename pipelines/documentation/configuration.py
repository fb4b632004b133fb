"""What a programme's YAML may say, projected from its models: JSON schemas for editors, `docs/configuration.md`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import create_model

from pipelines.documentation.field_docs import Described, field_docs
from schemas.configuration.declared import Declared, Label
from schemas.configuration.forms import IDENTITY_FIELDS, SUBMISSION_FIELDS, Form
from schemas.configuration.indicators import Indicators
from schemas.configuration.mending import resolved
from schemas.configuration.programme import STANDS_IN, Programme
from schemas.configuration.reports import Report
from schemas.tables import FILLED_BY_FORMS, TABLES, project
from schemas.tables.base import TAIL

EDITOR = "schemas/editor"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS = {
    "programme": "programme.yaml",
    "questions": "questions.yaml",
    "form": "forms/*.yaml",
    "indicators": "indicators.yaml",
    "report": "reports/*.yaml",
}
WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "keys", "null": "null"}
INTRODUCTION = """# A programme's YAML

Written by `make docs` from the models in `schemas/`. A programme is a folder of `schemas/programmes/`;
`statsbidrag programme new NAME` starts one. In a key, `*` stands for a name of your own (an id, a year, a number) and
`[]` for each item of a list. The JSON schemas in `schemas/editor/` tell an editor the same: the first line of each file
names its own. What only the whole programme can tell, such as a name that no file declares, is told when it is read.

Of an export as XML or JSON, each submission is a row and each of its values a column whose header is the path to the
value: `Values/areas/Value`, `answers/cooperation`. Wherever a form names a header it may name a path, and answers that
are repeated are a `joined` question with `separator: "\\n"`. `raw/README.md` says how paths are written. A path that no
submission in the file has is a missing column: give the form a version without it.
"""


FIELDS = """## Fields

What a form names under `fields` (or `sums`): its field, and the header of the column that it stands in. What may be
left out is unknown in the table then, or told by the register, the decision or the events.
"""
FIELD_TYPES = {"_sek": "amount", "_date": "date", "_at": "date and time", "_code": "code"}
"""What a field holds, by how its name ends; all others are text."""
SUBMITTED = {
    "recipient_name": "Name of the recipient, as the export has it",
    "county_name": "County, which the name is held against",
    "recipient_code": "Code or organisation number of the recipient, which the name is held against",
    "respondent_id": "Respondent, for an export that names nobody",
    "submission_id": "Submission",
    "submission_status": "Status of the submission, such as a draft",
    "submitted_at": "Submitted at",
    "comment": "Free text, kept restricted",
}
"""What fields mean that any form may have."""
NOT_FIELDS = ("grant_id", "part_no", "granted_date")
"""What no form tells: the decision and a correction do."""


def models() -> dict[str, type[Declared]]:
    """The model of each kind of file."""
    return {
        "programme": _part("programme.yaml"),
        "questions": _part("questions.yaml"),
        "form": Form,
        "indicators": Indicators,
        "report": Report,
    }


def _part(file: str) -> type[Declared]:
    """The keys of a programme that stand in one file."""
    said = field_docs(Programme)
    fields: dict[str, Any] = {
        name: (field.annotation, field.merge_field_infos(field, description=said.get(name)))
        for name, field in Programme.model_fields.items()
        if STANDS_IN.get(name, "programme.yaml") == file
    }
    return create_model(file, __base__=Declared, __doc__=f"What `{file}` declares.", **fields)


def schema_files() -> dict[str, str]:
    """The JSON schema of each kind of file, by its path in the project."""
    return {f"{EDITOR}/{kind}.schema.json": _json(model) for kind, model in models().items()}


def _json(model: type[Declared]) -> str:
    return json.dumps({"$schema": DIALECT} | _schema(model), ensure_ascii=False, indent=2) + "\n"


def _schema(model: type[Declared]) -> dict[str, Any]:
    return model.model_json_schema(schema_generator=Described)


def page() -> str:
    """Every key of every kind of file: its type, its meaning, and what it is when it is left out."""
    keys = (line for kind, model in models().items() for line in _table(kind, model))
    return "\n".join([INTRODUCTION, *keys, *_fields()])


def _fields() -> Iterator[str]:
    """What a form may name under `fields`, for each table that forms may fill, and for a form that fills none."""
    yield FIELDS
    for table in FILLED_BY_FORMS:
        yield from _fields_of(table, f"## Fields of a form that fills `{table}`")
    yield from _fields_of(None, "## Fields of a form that fills no table")


def _fields_of(table: str | None, title: str) -> Iterator[str]:
    fills = (table,) if table else ()
    needed = {
        identity: Form.model_construct(fills=fills, identity=identity).fields_needed() for identity in IDENTITY_FIELDS
    }
    columns = project.facts(TABLES[table]) if table else {}
    yield f"{title}\n\n| field | type | label | |"
    yield "|---|---|---|---|"
    for name in possible_fields(table):
        facts = columns.get(name, {"one_of": None, "en": SUBMITTED.get(name)})
        kind = " or ".join(f"`{word}`" for word in facts["one_of"] or ()) or _kind(name)
        yield f"| `{name}` | {kind} | {SUBMITTED.get(name, facts['en'])} | {_left_out(name, needed)} |"
    yield ""


def possible_fields(table: str | None) -> list[str]:
    """The fields that a form may name, whatever table it fills."""
    columns = project.columns(TABLES[table]) if table else {}
    return sorted({*SUBMISSION_FIELDS, *columns} - {*TAIL, *NOT_FIELDS})


def _kind(name: str) -> str:
    """What a field holds, as its name says."""
    return next((kind for end, kind in FIELD_TYPES.items() if name.endswith(end)), "text")


def _left_out(name: str, needed: Mapping[str, Collection[str]]) -> str:
    """Whether a field may be left out, which may depend on whose the rows are."""
    of = [identity for identity, fields in needed.items() if name in fields]
    if len(of) == len(needed):
        return "Needed."
    return f"Needed where `identity` is `{of[0]}`." if of else "May be left out."


def _table(kind: str, model: type[Declared]) -> Iterator[str]:
    schema = _schema(model)
    yield f"## `{KINDS[kind]}`\n"
    yield f"{_line(schema)}\n"
    yield "| key | type | meaning |"
    yield "|---|---|---|"
    yield from _rows(schema, schema, "")
    yield ""


def _rows(schema: dict[str, Any], top: dict[str, Any], above: str) -> Iterator[str]:
    for name, said in schema["properties"].items():
        required = name in schema.get("required", ())
        described = said if "description" in said else next(resolved(said, top))
        left_out = "" if required else f" May be left out{_default(said)}."
        yield f"| `{above}{name}` | {_type(said, top)} | {_line(described)}{left_out} |"
        yield from _below(said, top, f"{above}{name}")


def _below(said: dict[str, Any], top: dict[str, Any], path: str) -> Iterator[str]:
    """The rows of the keys inside a key, if it has any of its own."""
    for inner in resolved(said, top):
        if "items" in inner:
            yield from _below(inner["items"], top, f"{path}[]")
        elif (named := _named(inner)) is not None:
            yield from _below(named, top, f"{path}.*")
        elif _is_no_label(inner):
            yield from _rows(inner, top, f"{path}.")


def _is_no_label(schema: dict[str, Any]) -> bool:
    return "properties" in schema and not schema["properties"].keys() <= Label.model_fields.keys()


def _named(schema: dict[str, Any]) -> dict[str, Any] | None:
    """What stands at the names of one's own, where a key has such."""
    patterns: dict[str, dict[str, Any]] = schema.get("patternProperties", {})
    named: dict[str, Any] | None = schema.get("additionalProperties") or next(iter(patterns.values()), None)
    return named


def _type(said: dict[str, Any], top: dict[str, Any]) -> str:
    may_be_null = " or null" if {"type": "null"} in said.get("anyOf", ()) and "default" not in said else ""
    return " or ".join(dict.fromkeys(_type_of(inner, top) for inner in resolved(said, top))) + may_be_null


def _type_of(inner: dict[str, Any], top: dict[str, Any]) -> str:
    if words := inner.get("enum") or ([inner["const"]] if "const" in inner else []):
        return " or ".join(f"`{word}`" for word in words)
    if "items" in inner:
        return f"list of {_type(inner['items'], top)}"
    if (named := _named(inner)) is not None:
        return f"names, each with {_type(named, top)}"
    if "properties" in inner and not _is_no_label(inner):
        return "text in `sv` and `en`"
    if "properties" in inner:
        return "keys"
    return "date" if inner.get("format") == "date" else WORDS[inner["type"]]


def _default(said: dict[str, Any]) -> str:
    value = said.get("default")
    return "" if value in (None, [], {}) or isinstance(value, dict) else f": then `{json.dumps(value)}`"


def _line(schema: dict[str, Any]) -> str:
    return " ".join(schema.get("description", "").split()).replace("|", "\\|")

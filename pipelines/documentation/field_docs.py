"""What the source says of a model's fields: the text below each, which an editor and the page of keys show of it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue


@cache
def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """The text below each field of a model, those it inherits included, by the field's name."""
    written = [_own(each) for each in reversed(model.__mro__) if issubclass(each, BaseModel) and each is not BaseModel]
    return {name: said for texts in written for name, said in texts.items()}


def _own(model: type[BaseModel]) -> dict[str, str]:
    try:
        [body] = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    except OSError:  # a model that was put together has no source
        return {}
    if not isinstance(body, ast.ClassDef):
        return {}
    return {
        field.target.id: inspect.cleandoc(said.value.value)
        for field, said in zip(body.body, body.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant) and isinstance(said.value.value, str)
    }


class Described(GenerateJsonSchema):
    """A model's JSON schema, with what the source says of each field."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - pydantic's own core schema
        """One model."""
        made = super().model_schema(schema)
        fields, said = schema["cls"].model_fields, field_docs(schema["cls"])
        properties = made.get("properties", {})
        for name in fields.keys() & said.keys():
            properties[fields[name].alias or name].setdefault("description", said[name])
        return made

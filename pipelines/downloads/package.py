"""datapackage.json: what the CSV files of a programme hold, as the Data Package standard says it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines.downloads import csv_files
from pipelines.downloads.chosen import Chosen, Field, Sheet
from pipelines.warehouse.files import sha256

TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "string",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}
DIALECT = {
    "delimiter": csv_files.DELIMITER,
    "quoteChar": csv_files.QUOTE,
    "doubleQuote": True,
    "lineTerminator": csv_files.LINE_END,
    "header": True,
    "byteOrderMark": True,
    "textGuard": csv_files.GUARD,
}
"""`byteOrderMark` and `textGuard` are not of the standard: the file begins with the mark, and a text that begins with
the guard has one character before it that is not its own."""


def datapackage(chosen: Chosen, files: Mapping[str, bytes]) -> bytes:
    """The description of these CSV files, by name of the table."""
    programme = chosen.programme
    described = {
        "profile": "tabular-data-package",
        "name": programme.programme,
        "title": programme.title.sv,
        "description": programme.title.en,
        "created": f"{chosen.as_of.isoformat()}T00:00:00Z",
        "resources": [_resource(sheet, files[sheet.name]) for sheet in chosen.every],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(sheet: Sheet, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "title": sheet.title_sv,
        "description": sheet.meaning_en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "dialect": DIALECT,
        "schema": {
            "fields": [_field(field) for field in sheet.fields],
            "missingValues": [""],
            "primaryKey": [field.name for field in sheet.fields if field.is_key],
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": field.null is None}
    if field.one_of:
        constraints["enum"] = list(field.one_of)
    said = {"name": field.name, "type": TYPES[field.type], "title": field.sv, "description": _described(field)}
    if field.type == pa.float64():
        said["decimalChar"] = csv_files.DECIMAL_MARK
    return {**said, "constraints": constraints}


def _described(field: Field) -> str:
    unit = f" [{field.unit}]" if field.unit else ""
    return f"{field.en}{unit}" + (f"; empty: {field.null}" if field.null else "")

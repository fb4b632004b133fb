"""What an editor is told of a programme's YAML: it accepts what loads, names what does not, and explains every key."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from pipelines.commands.scaffold import TEMPLATE, start
from pipelines.documentation.configuration import EDITOR, models, page, schema_files
from schemas.configuration.catalogue import PROGRAMMES
from schemas.configuration.forms import Form
from schemas.tables import FILLED_BY_FORMS

ROOT = Path(__file__).parents[2]
SCHEMAS: dict[str, dict[str, Any]] = {name: json.loads(text) for name, text in schema_files().items()}
KINDS = {
    "programme.yaml": "programme",
    "questions.yaml": "questions",
    "indicators.yaml": "indicators",
    "forms": "form",
    "reports": "report",
}
FILES = [*PROGRAMMES.rglob("*.yaml"), *TEMPLATE.rglob("*.yaml")]


def kind_of(file: Path) -> str:
    return KINDS[file.parent.name if file.parent.name in KINDS else file.name]


def content_of(file: Path) -> Any:
    """The file as JSON has it: dates are texts, and so are the keys of every mapping."""
    return json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))


def faults(kind: str, content: object) -> list[str]:
    return [
        fault.message for fault in Draft202012Validator(SCHEMAS[f"{EDITOR}/{kind}.schema.json"]).iter_errors(content)
    ]


def test_a_schema_is_one():
    assert {f"{EDITOR}/{kind}.schema.json" for kind in models()} == set(SCHEMAS)
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


def test_a_file_names_its_schema_in_its_first_line():
    for file in FILES:
        mark, _, address = file.read_text("utf-8").splitlines()[0].partition("$schema=")
        assert mark == "# yaml-language-server: ", file
        assert (file.parent / address).resolve() == ROOT / EDITOR / f"{kind_of(file)}.schema.json", file


def test_what_loads_is_accepted(tmp_path: Path):
    (tmp_path / "programmes").mkdir()
    begun = start("nytt-bidrag", 2024, tmp_path / "programmes")
    for file in [*PROGRAMMES.rglob("*.yaml"), *begun]:
        assert faults(kind_of(file), content_of(file)) == [], file


WRONG = [
    ("form", "forms/decisions.yaml", {"feilds": {}}, "'feilds' was unexpected"),
    ("form", "forms/decisions.yaml", {"identity": "nobody"}, "'nobody' is not one of"),
    ("form", "forms/decisions.yaml", {"title": "Beslut"}, "'Beslut' is not of type 'object'"),
    ("programme", "programme.yaml", {"bases": {}}, "'bases' was unexpected"),
    ("questions", "questions.yaml", {"agency": "A"}, "'agency' was unexpected"),
]


def test_what_does_not_load_is_named():
    for kind, file, change, told in WRONG:
        [fault] = faults(kind, content_of(next(PROGRAMMES.glob(f"*/{file}"))) | change)
        assert told in fault, change


def described(schema: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Every key of a schema and its definitions, and whether something is said of it."""
    for name, part in {"": schema, **schema.get("$defs", {})}.items():
        yield from ((f"{name}.{key}", bool(said.get("description"))) for key, said in part["properties"].items())


def test_every_key_is_explained():
    for name, schema in SCHEMAS.items():
        assert [key for key, is_described in described(schema) if not is_described] == [], name


def test_the_page_has_every_field_that_a_form_may_name_and_says_what_may_be_left_out():
    """By asking the model: a form with the field alone beside those that are needed, and one without it."""
    _, *sections = page().split("## Fields of a form that fills ")
    for table, section in zip([*FILLED_BY_FORMS, None], sections, strict=True):
        rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
        told = {row[0].strip("| `"): row[-1].strip("| ") for row in rows}
        needed = {name for name, left_out in told.items() if left_out == "Needed."}
        fills = (table,) if table else ()
        form = Form.model_construct(form="f", fills=fills, identity="recipient")
        assert {*form.fields_needed()} - {"recipient_name"} <= needed, table
        for name in [*told, "grant_id", "nonsense", "provenance"]:
            known = Form.model_construct(fills=fills, identity="recipient", fields={name: "A"}).references()
            fields = [each for each in known if each.at == ("fields", name)]
            assert [each.name in each.known for each in fields] == [name in told], (table, name)
        missing = Form.model_construct(fills=fills, identity="respondent", fields={}, sums={}).fields_missing()
        assert {name for name in missing if name != "respondent_id"} == needed, table
    assert "| `outcome` | `approved` or `partly_approved` or " in page()
    assert "| `unused_sek` | amount | Unused, as reported | Needed. |" in page()
    assert "| `case_number` | text | Case number | May be left out. |" in page()


def test_the_page_has_every_key_with_its_type_and_what_it_is_when_left_out():
    lines = page().split("## Fields")[0].splitlines()
    assert "| `rounds.*.late_reports` | `accept` or `if_none_in_time` or `exclude` |" in page()
    [separator] = [line for line in lines if line.startswith("| `questions.*.separator` | text |")]
    assert separator.endswith('May be left out: then `";"`. |')
    keys = sum(len(list(described(schema))) for schema in SCHEMAS.values())
    assert sum(line.startswith("| `") for line in lines) <= keys
    assert "| `rounds.*.cost_period.from` | date or null |" in "\n".join(line[:46] for line in lines)

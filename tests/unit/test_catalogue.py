"""A programme's YAML that names what is not declared is refused in one sentence that says where."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.catalogue import PROGRAMMES, ConfigurationError, load_programme

NAME = "stadigvarande-boende"
DECISIONS, REPORTS = "forms/decisions.yaml", "forms/usage_report_2022.yaml"
PRINTED = "reports/delredovisning_2024.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the programme that may be spoilt."""
    return Path(shutil.copytree(PROGRAMMES / NAME, tmp_path / NAME))


def changed(path: Path, change: Callable[[Any], object]) -> None:
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def first_table_of(report: Any, wanted: str) -> dict[str, Any]:
    return next(table["rows"] for table in report["tables"].values() if wanted in table["rows"])


def asked_if(programme: Any) -> dict[str, Any]:
    return next(base["asked_if"] for base in programme["bases"].values() if base.get("asked_if"))


def where_bases_are(folder: Path) -> str:
    files = ("programme.yaml", "questions.yaml")
    return next(name for name in files if "bases" in yaml.safe_load((folder / name).read_text("utf-8")))


def test_the_programme_as_it_is_can_be_read(folder: Path):
    assert load_programme(folder).programme == NAME


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        pytest.param(
            REPORTS, lambda form: form["excluded_when"][0].update(field="x_field"), "x_field", id="excluded_when.field"
        ),
        pytest.param(
            REPORTS, lambda form: form["excluded_when"][0].update(rule="x_rule"), "x_rule", id="excluded_when.rule"
        ),
        pytest.param(REPORTS, lambda form: form.update(codes={"x_field": {"a": "A"}}), "x_field", id="codes"),
        pytest.param(
            DECISIONS,
            lambda form: form.update(total_row={"field": "x_field", "text": "Summa", "sums": "x_field"}),
            "x_field",
            id="total_row.field",
        ),
        pytest.param(
            PRINTED,
            lambda report: first_table_of(report, "indicator").update(indicator="x_question"),
            "x_question",
            id="the indicator of a table's rows",
        ),
        pytest.param(
            PRINTED,
            lambda report: first_table_of(report, "table").update(table="core_row"),
            "out_grant_by_year",
            id="a table that has no years",
        ),
        pytest.param(
            DECISIONS,
            lambda form: form.update(fields={"county_name": "Län", "granted_sek": "Belopp"}, total_row=None),
            "county_name",
            id="a county without a name",
        ),
        pytest.param("programme.yaml", lambda all_: all_.update(recipients=["commune"]), "region", id="recipients"),
        pytest.param("programme.yaml", lambda all_: all_.update(recipients=[]), "recipients", id="no recipients"),
        pytest.param("bases", lambda all_: asked_if(all_).update(question="x_q"), "x_q", id="asked_if.question"),
        pytest.param("bases", lambda all_: asked_if(all_).update(options=["x_o"]), "x_o", id="asked_if.options"),
    ],
)
def test_a_name_that_is_not_declared_is_refused(file: str, change: Callable[[Any], object], told: str, folder: Path):
    changed(folder / (where_bases_are(folder) if file == "bases" else file), change)
    with pytest.raises(ConfigurationError, match=told) as error:
        load_programme(folder)
    assert str(error.value).startswith(NAME)


@pytest.mark.parametrize("spoilt", [b"date: 2024-02-30\n", "å: 1\n".encode("latin-1")], ids=["no_date", "no_utf_8"])
def test_a_file_that_no_yaml_can_be_made_of_is_refused_by_its_name(spoilt: bytes, folder: Path):
    (folder / "questions.yaml").write_bytes(spoilt)
    with pytest.raises(ConfigurationError, match=r"questions\.yaml cannot be read"):
        load_programme(folder)


def test_a_form_that_does_not_say_which_is_refused_by_its_files_name(folder: Path):
    changed(folder / DECISIONS, lambda form: form.pop("form"))
    with pytest.raises(ConfigurationError, match=r"forms/decisions\.yaml.*form"):
        load_programme(folder)

"""A round whose usage report came as XML, JSON or an archive, under a form of paths: the tables are those of CSV."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml

from assets.received import RoundKey
from assets.tables import Tables
from pipelines.inquiries.computed import computed
from pipelines.readers.raw_folder import CARD, RawFolder
from schemas.configuration import catalogue
from schemas.configuration.forms import Form
from schemas.configuration.layouts import plain
from tests.integration.command import ROOT

KEY = RoundKey("stadigvarande-boende", 2022)
FORM = "usage_report_2022"
REPORT = "aterrapport-2022.csv"
IN_HEADER = ("submission_id", "submission_status", "submitted_at")
ABOUT_FILES = {"raw_file", "raw_row", "raw_correction", "core_source_file", "core_source_column"}
OF_FILES = {"source_file", "source_column", "header", "key_column", "new_value", "message_sv", "message_en"}
OF_FILES |= {"line_count", "continued_count"}
"""What names the file, its columns and its headers, or is written as it separates answers."""

OF_TRIALS = {"tried_on", "tried_count", "not_tried"}
"""On how many cells and lines a rule was held: a submission has other ones, and leaves out what it does not say."""

OF_LINES = {"line_count", "continued_count"}
"""What a text file has, and a submission has not."""

Submission = dict[str, Any]


def path_of(slot: str) -> str:
    return f"Header/{slot}" if slot in IN_HEADER else f"Values/{slot}/Value"


def of_paths(form: Form) -> Form:
    """The form with a path for each header; answers that were joined are repeated."""
    questions = {
        name: each.model_copy(update={"header": path_of(name), "separator": "\n"})
        for name, each in form.questions.items()
    }
    return form.model_copy(update={"fields": {each: path_of(each) for each in form.fields}, "questions": questions})


def submissions() -> Iterator[Submission]:
    """The rows of the received file by slot: lists where answers are joined, nothing where a cell is blank."""
    form = catalogue.programme(KEY.programme).forms[FORM]
    slots = {plain(header): slot for slot, header in form.headers().items()}
    header, *rows = RawFolder(ROOT / "raw").read(folder(ROOT / "raw") / REPORT).sheets[0].rows
    for row in rows:
        cells = {slots[plain(name)]: cell for name, cell in zip(header, row, strict=True) if cell}
        joined = {name for name, each in form.questions.items() if each.layout == "joined"} & cells.keys()
        yield cells | {name: [part.strip() for part in cells[name].split(";")] for name in joined}


def nested(submission: Submission) -> Submission:
    top: Submission = {"Header": {}, "Values": {}}
    for slot, value in submission.items():
        if slot in IN_HEADER:
            top["Header"][slot] = value
        else:
            top["Values"][slot] = {"Value": value}
    return top


def as_json(of: list[Submission]) -> bytes:
    return json.dumps({"submissions": of}, ensure_ascii=False).encode()


def as_xml(of: list[Submission]) -> bytes:
    instances = "".join(f"<FlowInstance>{''.join(elements(each))}</FlowInstance>\n" for each in of)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<FlowInstances>{instances}</FlowInstances>'.encode()


def elements(tree: Submission) -> Iterator[str]:
    for name, value in tree.items():
        for each in value if isinstance(value, list) else [value]:
            content = "".join(elements(each)) if isinstance(each, dict) else escape(each)
            yield f"<{name}>\n  {content}\n</{name}>"


def as_archive(of: list[Submission]) -> bytes:
    """An instance in each file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, each in enumerate(of):
            archive.writestr(f"instance-{number:03}.xml", as_xml([each]))
    return buffer.getvalue()


def folder(raw: Path) -> Path:
    return raw / KEY.programme / str(KEY.year)


def received_as(raw: Path, suffix: str, content: bytes) -> None:
    """Put the export in the place of the received file, and the correction of it under its paths."""
    old, new = folder(raw) / REPORT, folder(raw) / f"aterrapport-2022{suffix}"
    card = yaml.safe_load(old.with_name(REPORT + CARD).read_text("utf-8"))
    new.write_bytes(content)
    changed = {**card, "date": str(card["date"]), "sha256": hashlib.sha256(content).hexdigest()}
    new.with_name(new.name + CARD).write_text(yaml.safe_dump(changed), "utf-8")
    for path in (old, old.with_name(REPORT + CARD)):
        path.unlink()
    log = folder(raw) / "corrections.yaml"
    [entry] = yaml.safe_load(log.read_text("utf-8"))["corrections"]
    entry |= {"file": new.name, "column": path_of("cooperation"), "date": str(entry["date"])}
    entry |= {"key": {**entry["key"], "column": path_of("submission_id")}, "new": entry["new"].replace("; ", "\n")}
    log.write_text(yaml.safe_dump({"corrections": [entry]}), "utf-8")


def comparable(tables: Tables, suffix: str = ".csv") -> dict[str, list[dict[str, Any]]]:
    """The tables, with the export under the name of the CSV file wherever an entry or a text names it."""

    def named(value: object) -> object:
        return value.replace(f"aterrapport-2022{suffix}", REPORT) if isinstance(value, str) else value

    return {
        name: [
            {key: named(value) for key, value in row.items() if key not in OF_FILES | OF_LINES | OF_TRIALS}
            for row in table.to_pylist()
        ]
        for name, table in tables.items()
        if name not in ABOUT_FILES
    }


@pytest.fixture(scope="module")
def of_csv() -> Tables:
    return computed(RawFolder(ROOT / "raw"), KEY)


@pytest.mark.parametrize(
    ("suffix", "written"), [(".xml", as_xml), (".json", as_json), (".zip", as_archive)], ids=["xml", "json", "zip"]
)
def test_the_tables_are_the_same(
    suffix: str,
    written: Callable[[list[Submission]], bytes],
    of_csv: Tables,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    programme = catalogue.programme(KEY.programme)
    raw = Path(shutil.copytree(ROOT / "raw", tmp_path / "raw"))
    received_as(raw, suffix, written([nested(each) for each in submissions()]))
    forms = {**programme.forms, FORM: of_paths(programme.forms[FORM])}
    monkeypatch.setattr(catalogue, "programme", lambda _: programme.model_copy(update={"forms": forms}))
    found = computed(RawFolder(raw), KEY)
    assert comparable(found, suffix) == comparable(of_csv)
    assert len(found["core_usage_report"]) == 17

"""The contract at the write: a frame that is what its table declares passes, and one that is not stops."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.warehouse import sqlite
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.sqlite import new_database
from schemas.tables import TABLES, project
from tests.stops import stops_by

REPORT_IT = "anmäl det med körningens id"
SOUND = {
    "as_of_date": dt.date(2024, 6, 30),
    "known_date": dt.date(2024, 6, 30),
    "cost_period_end_date": dt.date(2023, 12, 31),
    "late_reports": "accept",
    "is_preliminary": False,
    "set_aside_count": 0,
}
BODY = {
    "recipient_code": "9901",
    "recipient_name": "Hemligt",
    "name_no": 1,
    "county_code": "99",
    "county_name": "Exempellän",
}


def table(name: str, *records: dict[str, object]) -> pa.Table:
    """Rows of a declared table, not yet held to its contract."""
    schema = project.arrow_schema(TABLES[name])
    same = {
        "programme": "p",
        "year": 2023,
        "provenance": "synthetic",
        "kind": "municipality",
        "grant_id": "g",
        "source_file": "f.csv",
    }
    rows = [{"source_row": at, **same, **record} for at, record in enumerate(records, 1)]
    return pa.table({field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in schema})


def rounds(**changed: object) -> pa.Table:
    return table("core_round", SOUND | changed)


@pytest.mark.rule("table_breaks_its_contract", holds=True)
def test_a_frame_that_is_what_its_table_declares_is_written():
    assert contracted("core_round", rounds()).num_rows == 1


@pytest.mark.rule("table_breaks_its_contract", holds=True)
def test_a_column_that_may_be_empty_may_be_empty():
    assert contracted("core_round", rounds(cost_period_start_date=None)).num_rows == 1


@pytest.mark.rule("table_breaks_its_contract")
@pytest.mark.parametrize(
    ("changed", "what"),
    [({"as_of_date": None}, "as_of_date"), ({"late_reports": "hemligt"}, "core_round.late_reports")],
)
def test_a_value_that_its_column_may_not_have_stops_and_the_column_is_named(changed: dict[str, object], what: str):
    with stops_by("table_breaks_its_contract", where=what, todo=REPORT_IT, never=["hemligt"]):
        contracted("core_round", rounds(**changed))


@pytest.mark.rule("table_breaks_its_contract")
@pytest.mark.parametrize("code", ["99O1", "9901\n"])
def test_a_code_that_is_not_digits_stops(code: str):
    with stops_by("table_breaks_its_contract", where="recipient_code", todo=REPORT_IT, never=[code.strip(), "Hemligt"]):
        contracted("core_recipient", table("core_recipient", BODY | {"recipient_code": code}))


@pytest.mark.rule("table_breaks_its_contract")
def test_a_key_that_two_rows_have_stops():
    with stops_by("table_breaks_its_contract", where="core_recipient", todo=REPORT_IT, never=["9901", "Hemligt"]):
        contracted("core_recipient", table("core_recipient", BODY, BODY))


def decided(code: str) -> dict[str, pa.Table]:
    """A register of one body, and a decision about one."""
    decision = {"recipient_code": code, "name_as_reported": "Hemligt", "granted_sek": 5, "decided_sek": 5}
    frames = {"core_recipient": table("core_recipient", BODY), "core_decision": table("core_decision", decision)}
    return {name: contracted(name, frame) for name, frame in frames.items()}


def written(tables: dict[str, pa.Table], path: Path) -> bytes:
    """The database of these tables."""
    with new_database(path, tuple(tables), []) as database:
        for name, rows in tables.items():
            database.insert(name, rows)
    return path.read_bytes()


@pytest.mark.rule("table_breaks_its_contract", holds=True)
def test_a_row_that_refers_to_one_that_is_there_is_published(tmp_path: Path):
    written(decided("9901"), tmp_path / "database")
    with closing(sqlite3.connect(tmp_path / "database")) as database:
        [found] = database.execute("SELECT recipient_code, granted_sek FROM core_decision").fetchall()
    assert found == ("9901", 5)


@pytest.mark.rule("table_breaks_its_contract")
def test_a_row_that_refers_to_one_that_is_not_there_stops(tmp_path: Path):
    with stops_by("table_breaks_its_contract", where="core_decision", todo=REPORT_IT, never=["9902", "Hemligt"]):
        written(decided("9902"), tmp_path / "database")


def test_a_date_is_stored_as_iso_text_and_a_truth_as_a_number(tmp_path: Path):
    waiver = {"waiver_no": 1, "rule": "r", "reason": "x", "waived_by": "y", "waived_date": dt.date(2024, 2, 29)}
    waiver |= {"expires_date": dt.date(2024, 12, 31), "is_expired": True, "finding_count": 0}
    written({"core_waiver": table("core_waiver", waiver)}, tmp_path / "database")
    with closing(sqlite3.connect(tmp_path / "database")) as database:
        found = database.execute(
            "SELECT waived_date, is_expired, typeof(waived_date), typeof(is_expired) FROM core_waiver"
        )
        assert found.fetchall() == [("2024-02-29", 1, "text", "integer")]


def test_the_same_rows_give_the_same_bytes_however_many_are_python_s_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bodies = {"core_recipient": table("core_recipient", *(BODY | {"recipient_code": f"{n:04}"} for n in range(50)))}
    before = written(bodies, tmp_path / "at once")
    monkeypatch.setattr(sqlite, "ROWS_AT_A_TIME", 7)
    assert written(bodies, tmp_path / "by seven") == before

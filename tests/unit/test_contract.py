"""The contract at the write: a frame that is what its table declares passes, and one that is not stops."""

import datetime as dt

import pyarrow as pa
import pytest

from assets.domain.frames import Frame
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.sqlite import database_bytes
from tests.frames import table
from tests.stops import stops_by

REPORT_IT = "anmäl det med körningens id"
SOUND = {
    "as_of_date": dt.date(2024, 6, 30),
    "cost_period_end_date": dt.date(2023, 12, 31),
    "late_reports": "accept",
}
BODY = {"recipient_code": "9901", "recipient_name": "Hemligt", "county_code": "99", "county_name": "Exempellän"}


def rounds(**changed: object) -> Frame:
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
@pytest.mark.parametrize("code", ["990", "99010", "99O1", "9901\n"])
def test_a_code_that_is_not_four_digits_stops(code: str):
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


@pytest.mark.rule("table_breaks_its_contract", holds=True)
def test_a_row_that_refers_to_one_that_is_there_is_published():
    assert database_bytes(decided("9901"), [])


@pytest.mark.rule("table_breaks_its_contract")
def test_a_row_that_refers_to_one_that_is_not_there_stops():
    with stops_by("table_breaks_its_contract", where="core_decision", todo=REPORT_IT, never=["9902", "Hemligt"]):
        database_bytes(decided("9902"), [])

"""The store: a run's tables written in one call and held to their contract; what the run received, and back again."""

import datetime as dt
import gzip
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest

from assets.received import CorrectionLog, InputFile, Received, Register, RegisterFault, RoundKey, Sheet
from assets.tables import table_of
from pipelines.warehouse.layout import ACCEPTED, ROUND_CARD
from pipelines.warehouse.store import RECEIVED, RoundStore, parquet_bytes
from schemas.configuration.corrections import Correction, RowKey
from schemas.configuration.source_card import SourceCard
from schemas.tables import ROUND_TABLES, TABLES, project
from schemas.tables.base import table_name
from tests.stops import stops_by

ROUND = RoundKey("stadigvarande-boende", 2023)
DAY = dt.date(2024, 2, 29)
CARD = SourceCard(title="Åäö", origin="o", date=DAY, reality="synthetic", licence="CC0", sha256="0" * 64)
CORRECTION = Correction(
    file="f.csv",
    key=RowKey(column="Kommun", value="Falu"),
    column="B",
    old=None,
    new="1",
    reason="a reason of some length",
    by="me",
    date=DAY,
    status="applied",
)


@pytest.fixture
def store(tmp_path: Path) -> RoundStore:
    return RoundStore(tmp_path)


def tables(**changed: object) -> dict[str, pa.Table]:
    """A round's tables, all empty but the round itself."""
    made = {name: project.arrow_schema(TABLES[name]).empty_table() for name in map(table_name, ROUND_TABLES)}
    facts = {"programme": ROUND.programme, "year": ROUND.year}
    days = {"as_of_date": DAY, "known_date": DAY, "cost_period_end_date": DAY}
    row = {"late_reports": "accept", "is_preliminary": False, "set_aside_count": 0, "provenance": "synthetic"}
    blank = dict.fromkeys(made["core_round"].column_names)
    return made | {"core_round": table_of("core_round", [blank | row | facts | days | changed])}


def test_a_run_s_tables_are_written_in_one_call_and_read_again(store: RoundStore):
    counts = store.write_round(ROUND, "run", tables())
    assert counts == {name: int(name == "core_round") for name in map(table_name, ROUND_TABLES)}
    read = store.tables(ROUND, "run")
    assert read.keys() == counts.keys()
    assert read["core_round"].schema.equals(project.arrow_schema(TABLES["core_round"]))
    assert read["core_round"]["as_of_date"].to_pylist() == [DAY]


@pytest.mark.rule("table_breaks_its_contract")
def test_a_table_that_breaks_its_contract_keeps_every_table_of_the_run_from_being_written(store: RoundStore):
    with stops_by("table_breaks_its_contract", where="core_round", todo="anmäl det", never=["hemligt"]):
        store.write_round(ROUND, "run", tables(late_reports="hemligt"))
    assert list(store.root.rglob("*.parquet")) == []


def test_the_card_of_an_accepted_run_has_the_digest_of_every_table(store: RoundStore):
    store.write_round(ROUND, "run", tables())
    folder = Path(store.accept(ROUND, "run", ran_by="somebody"))
    card = json.loads((folder / ROUND_CARD).read_text("utf-8"))
    assert {each["path"] for each in card["outputs"]} == {f"{table_name(table)}.parquet" for table in ROUND_TABLES}
    assert (folder.parent / ACCEPTED).resolve() == folder


def test_a_table_is_the_same_bytes_whenever_it_is_written(store: RoundStore):
    store.write_round(ROUND, "one", tables())
    store.write_round(ROUND, "two", tables())
    paths = [store.path(ROUND, run, "core_round") for run in ("one", "two")]
    assert paths[0].read_bytes() == paths[1].read_bytes() == parquet_bytes(store.table(ROUND, "one", "core_round"))


# -- what was received -------------------------------------------------------------------------------------------------

CELLS = [
    ["Kommun", None, "", " åäö\x00\ud800\U0001f600"],
    [1, 2**70, -1, 0],
    [1.5, True, False, None],
    [Decimal("1.50"), Decimal("1E+3"), DAY],
    [
        dt.datetime(2024, 2, 29, 12, 30, 0, 1),  # noqa: DTZ001 - as a cell has it
        dt.datetime(2024, 2, 29, tzinfo=dt.UTC),
        dt.date.min,
    ],
    ["=date", "{}", '{"=date": "2024-01-01"}', "null"],
]


FAULT = RegisterFault("number_check_digit", "reference/a.csv", None, 2, 0, "organisation_number", "synthetic")


def received(*, cells: list[list[object]] = CELLS, with_log: bool = True) -> Received:
    file = InputFile("p/2023/f.csv", "0" * 64, 7, "utf-8", ";", CARD, (Sheet(None, cells),))
    log = CorrectionLog({1: CORRECTION, 3: CORRECTION}, file)
    register = Register([{"recipient_code": "0114", "valid_from_date": None, "valid_to_date": DAY}], [file], [FAULT])
    return Received(ROUND, [file], log if with_log else None, register, "/srv/raw/p/2023", DAY, "0" * 64)


def same(one: object, other: object) -> bool:
    """Equal, and of the same type all the way down: 1, True and 1.0 are equal to Python."""
    return one == other and repr(one) == repr(other)


def test_what_was_received_is_read_again_with_every_cell_s_type(store: RoundStore):
    store.write_received(ROUND, "run", received())
    assert same(RoundStore(store.root.parent).read_received(ROUND, "run"), received())


def test_a_round_without_corrections_is_read_again(store: RoundStore):
    store.write_received(ROUND, "run", received(with_log=False))
    assert same(store.read_received(ROUND, "run"), received(with_log=False))


def test_what_was_received_is_the_same_bytes_whenever_it_is_written(store: RoundStore):
    one, two = (store.write_received(ROUND, run, received()) for run in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_what_was_received_does_not_keep_a_run_from_being_accepted(store: RoundStore):
    store.write_received(ROUND, "run", received())
    store.write_round(ROUND, "run", tables())
    folder = Path(store.accept(ROUND, "run", ran_by="somebody"))
    assert (folder / RECEIVED).exists()
    assert store.has_received(ROUND, "run")


class Unknown(NamedTuple):
    """A type that no reader gives."""

    cell: str


def test_a_value_of_a_type_that_could_not_be_read_again_is_not_written(store: RoundStore):
    with pytest.raises(TypeError, match="Unknown"):
        store.write_received(ROUND, "run", received(cells=[[Unknown("x")]]))


DAMAGES = {
    "absent": None,
    "empty": b"",
    "cut off": gzip.compress(json.dumps([1] * 1000).encode())[:-9],
    "no JSON": gzip.compress(b"{"),
    "another class": gzip.compress(b'{"=Path": {"path": "/"}}'),
    "other fields": gzip.compress(b'{"=RoundKey": {"programme": "p"}}'),
    "another byte": gzip.compress(json.dumps([1] * 1000).encode())[:20] + b"\xff" * 20,
    "no decimal": gzip.compress(b'{"=decimal": "x"}'),
    "something else": gzip.compress(b"[1]"),
    "no date": gzip.compress(b'{"=date": "2024-02-30"}'),
    "no card": gzip.compress(b'{"=SourceCard": {"title": 1}}'),
    "a pickle": pickle.dumps([1]),
}


@pytest.mark.rule("round_outdated")
@pytest.mark.parametrize("damage", DAMAGES)
def test_what_cannot_be_read_again_is_a_round_to_run_again(damage: str, store: RoundStore):
    path = store.write_received(ROUND, "run", received())
    path.unlink()
    if (content := DAMAGES[damage]) is not None:
        path.write_bytes(content)
    with stops_by("round_outdated", where="stadigvarande-boende 2023", todo="Kör omgången igen"):
        store.read_received(ROUND, "run")

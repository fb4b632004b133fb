"""Why a run or a command stops that has nothing to do with what was received: one sentence each, and no value."""

import datetime as dt
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets import checks, graph
from assets.received import RoundKey
from pipelines import settings
from pipelines.commands import endings
from pipelines.commands.run import chosen
from pipelines.inquiries import checking
from pipelines.orchestration import run, ui
from pipelines.readers.received_folders import survey
from pipelines.reports.version_pages import VersionPages
from pipelines.warehouse.evidence.examiner import Examiner
from pipelines.warehouse.publication import Warehouse
from pipelines.warehouse.store import RoundStore, round_card, table_of
from schemas.configuration import catalogue
from schemas.rules.rule import Stop, rules
from tests.integration.command import statsbidrag
from tests.stops import says, stops_by

PROGRAMME = "stadigvarande-boende"
ROUND = RoundKey(PROGRAMME, 2022)
A_VALUE = "Exempelkommun 01"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A raw folder and a warehouse with nothing in them."""
    for name, variable in (("raw", settings.RAW), ("warehouse", settings.WAREHOUSE)):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    return tmp_path


# -- what was chosen ------------------------------------------------------------------------------------------------
@pytest.mark.rule("programme_unknown")
def test_a_programme_that_is_not_there_is_a_stop_that_says_what_is():
    with stops_by("programme_unknown", where="finns-inte", todo=f"det finns {', '.join(catalogue.programme_names())}"):
        catalogue.programme("finns-inte")


@pytest.mark.rule("round_undeclared")
def test_a_year_that_is_not_declared_is_a_stop_that_says_where_to_declare_it():
    with stops_by("round_undeclared", where="1999", todo="lägg till det under rounds i programme.yaml"):
        list(checking.chosen_rounds(PROGRAMME, 1999))


@pytest.mark.rule("round_undeclared", holds=True)
def test_a_declared_year_is_the_round_to_run(folders: Path):
    assert chosen(survey(folders / "raw"), PROGRAMME, 2022) == [(PROGRAMME, 2022)]


@pytest.mark.rule("nothing_received")
def test_a_raw_folder_without_rounds_is_a_stop_that_names_it(folders: Path):
    done = statsbidrag("run", "--raw", folders / "raw", "--warehouse", folders / "warehouse")
    todo = "lägg exporterna i <program>/<år>/ där"
    assert says(done.stderr.strip(), "nothing_received", where=str(folders / "raw"), todo=todo, never=["Traceback"])


@pytest.mark.rule("nothing_received", holds=True)
def test_a_folder_for_a_declared_year_is_a_round_to_run(folders: Path):
    (folders / "raw" / PROGRAMME / "2022").mkdir(parents=True)
    assert chosen(survey(folders / "raw"), None, None) == [(PROGRAMME, 2022)]


@pytest.mark.rule("round_not_chosen")
def test_a_step_that_is_launched_without_a_round_is_a_stop():
    with stops_by("round_not_chosen", where="", todo="starta jobbet med ett program och ett bidragsår"):
        graph.launched(dg.build_asset_context())


@pytest.mark.rule("round_not_chosen", holds=True)
def test_a_step_that_is_launched_with_a_round_knows_it():
    assert graph.launched(dg.build_asset_context(partition_key=graph.partition_of(PROGRAMME, 2022))) == ROUND


@pytest.mark.rule("as_of_unreadable")
@pytest.mark.parametrize("text", ["i går", "2024-02-30", "24-02-01"])
def test_an_as_of_date_that_is_none_is_a_stop_before_anything_is_read(text: str):
    with stops_by("as_of_unreadable", where="", todo="Skriv det som ÅÅÅÅ-MM-DD, eller lämna det tomt", never=[text]):
        graph.chosen_date(text)


@pytest.mark.rule("as_of_unreadable", holds=True)
def test_an_as_of_date_may_be_left_out():
    assert [graph.chosen_date(""), graph.chosen_date("2024-02-29")] == [None, dt.date(2024, 2, 29)]


# -- the store ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("nothing_accepted")
def test_a_warehouse_without_an_accepted_round_has_nothing_to_publish(tmp_path: Path):
    with (
        stops_by("nothing_accepted", where="", todo="inget att publicera"),
        Warehouse(tmp_path, Examiner(), VersionPages(tmp_path)).publication(),
    ):
        pass


@pytest.mark.rule("round_incomplete")
def test_a_table_that_the_run_has_not_written_is_a_stop_that_names_it(tmp_path: Path):
    with stops_by("round_incomplete", where="core_round", todo="starta hela jobbet"):
        RoundStore(tmp_path).table(ROUND, "run", "core_round")


@pytest.mark.rule("round_outdated")
@pytest.mark.parametrize("damage", ["absent", "cut off", "another column"])
def test_a_snapshot_that_cannot_be_read_is_a_stop_that_says_which_round_to_run(damage: str, tmp_path: Path):
    snapshot = tmp_path / PROGRAMME / "2022" / "run"
    snapshot.mkdir(parents=True)
    path = snapshot / "core_round.parquet"
    if damage != "absent":
        pq.write_table(pa.table({"hemligt": [A_VALUE]}), path)
    if damage == "cut off":
        path.write_bytes(path.read_bytes()[:-1])
    told = "Kör omgången igen, så publiceras alla."
    with stops_by("round_outdated", where=f"{PROGRAMME} 2022", todo=told, never=[A_VALUE, "hemligt", str(tmp_path)]):
        table_of(snapshot, "core_round")


@pytest.mark.rule("round_outdated")
def test_a_snapshot_without_its_card_is_one_to_compute_again(tmp_path: Path):
    with stops_by("round_outdated", where=f"{PROGRAMME} 2022", todo="Kör omgången igen"):
        round_card(tmp_path / PROGRAMME / "2022" / "run")


# -- a run ----------------------------------------------------------------------------------------------------------
def reasons(step: Callable[[], NoReturn]) -> Iterator[str]:
    """Why a run of one step stopped, in Swedish."""

    @dg.asset(name="core_finding")
    def one_step() -> None:
        step()

    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize([one_step], raise_on_error=False, instance=instance)
    assert not done.success
    return run._reasons(done, f"{PROGRAMME} 2022", "sv")


def fail() -> NoReturn:
    raise ValueError(A_VALUE)


def interrupt() -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.rule("unexpected")
def test_a_fault_in_a_step_names_the_step_and_the_kind_of_fault_and_not_what_it_said():
    told = next(reasons(fail))
    todo = "steget core_finding avbröts av ett oväntat fel (ValueError). Den förra versionen gäller; anmäl felet"
    assert says(told, "unexpected", where=f"{PROGRAMME} 2022", todo=todo, never=[A_VALUE])


@pytest.mark.rule("interrupted")
def test_an_interrupted_run_says_so_and_that_the_version_before_stands():
    told = next(reasons(interrupt))
    assert says(told, "interrupted", where=f"{PROGRAMME} 2022", todo="kör om när du vill")


class ReportAt:
    """Reports that lie in one place."""

    def place(self, _: RoundKey, rule: str) -> str:
        return f"/srv/report.html#{rule}"


@pytest.mark.rule("check_failed")
def test_a_check_that_stops_a_round_is_called_by_its_title_and_counted_and_leads_to_the_report():
    counts = checks.counts_of(findings("funds_exceeded", None, "funds_exceeded", "waived"))
    stop = Stop("check_failed", **checks.failed(rules()["funds_exceeded"], counts, ReportAt(), ROUND))
    todo = "kontrollen ”Mer beviljat än disponibelt” gick inte igenom (1 st.)"
    assert says(stop.sentence("sv"), "check_failed", where=f"{PROGRAMME} 2022", todo=todo)
    assert stop.sentence("sv").endswith("Vad det är och vad du gör står i /srv/report.html#funds_exceeded.")
    assert rules()["funds_exceeded"].called("en") in stop.sentence("en")


def findings(*said: str | None) -> pa.Table:
    """Findings of rules: each rule, and why it is waived."""
    return pa.table({"rule": pa.array(said[::2], pa.string()), "waiver_reason": pa.array(said[1::2], pa.string())})


# -- a command ------------------------------------------------------------------------------------------------------
@pytest.mark.rule("out_of_order")
def test_a_command_that_fails_says_the_kind_of_fault_and_not_what_it_said(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv(settings.DAGSTER_HOME, "/srv/dagster")
    end = endings.ended(ValueError(A_VALUE), endings.STOPPED)
    assert end.code == endings.WRONG_USE
    told = str(end)
    todo = "(ValueError). Den förra versionen gäller; om felet kommer igen, ta bort /srv/dagster och kör om."
    assert says(told, "out_of_order", where="Kommandot", todo=todo, never=[A_VALUE, "Traceback"])


@pytest.mark.rule("port_taken")
def test_a_port_that_somebody_listens_on_is_a_stop_that_says_how_to_choose_another():
    with socket.create_server((ui.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with stops_by("port_taken", where=str(port), todo="välj en annan med --port"):
            ui.serve(port, "sv")

"""Why a run or a command stops that has nothing to do with what was received: one sentence each, and no value."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.checks import Counts, failed
from assets.graph import failure
from assets.received import RoundKey
from pipelines import settings
from pipelines.commands import endings
from pipelines.commands.run import chosen
from pipelines.inquiries import checking
from pipelines.orchestration import code_server, run, ui
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
def reasons(step: Callable[[], object]) -> Iterator[str]:
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


@pytest.mark.rule("check_failed")
def test_a_blocking_check_that_fails_is_called_by_its_title_and_counted_and_leads_to_the_report():
    class Reports:
        def place(self, round_key: RoundKey, rule: str) -> str:
            return f"/srv/{round_key.programme}.html#{rule}"

    def found() -> NoReturn:
        counts = Counts({"funds_exceeded": 3}, {"funds_exceeded": 2}, {})
        raise failure(Stop("check_failed", **failed(rules()["funds_exceeded"], counts, Reports(), ROUND)))

    told = next(reasons(found))
    todo = "kontrollen ”Mer beviljat än disponibelt” gick inte igenom (1 st.)"
    assert says(told, "check_failed", where=f"{PROGRAMME} 2022", todo=todo)
    assert told.endswith(f"Vad det är och vad du gör står i /srv/{PROGRAMME}.html#funds_exceeded.")


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
@pytest.mark.parametrize("which", [0, 1])
def test_a_port_that_somebody_listens_on_is_a_stop_that_says_which_two_are_taken_and_how_to_choose_others(which: int):
    with socket.create_server((ui.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        todo = f"Dagster tar {port - which} och rapporterna {port - which + 1}). Stoppa det som använder den"
        with stops_by("port_taken", where=str(port), todo=todo):
            ui.serve(port - which, "sv")


@pytest.mark.rule("ui_ended_early")
def test_a_server_that_ends_by_itself_ends_the_ui_in_one_sentence(folders: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(settings.REPORTS_ADDRESS, "")  # it is told its children, and is gone after the test

    @contextmanager
    def no_code_server() -> Iterator[Path]:
        yield folders

    monkeypatch.setattr(code_server, "code_server", no_code_server)
    monkeypatch.setattr(ui, "CHILD", (sys.executable, "-c", "raise SystemExit(3)"))
    with socket.create_server((ui.LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    with stops_by("ui_ended_early", where="Dagster", todo="starta om med statsbidrag ui"):
        ui.serve(port, "sv")

"""Rounds in Dagster, run in this process: what each button does, and what is said where something is missing."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.execution.api import create_execution_plan, execute_run

from assets.graph import SPANNING
from assets.received import RoundKey
from pipelines import settings
from pipelines.definitions import JOB, defs
from pipelines.orchestration import resources
from pipelines.orchestration.report_links import ReportLinks
from pipelines.orchestration.run import Runs, RunStopped
from pipelines.warehouse.layout import REFUSED
from schemas.rules.rule import Stop
from tests.stops import says, stops_by
from tests.unexamined import Unexamined

RAW = Path(__file__).parents[2] / "raw"
PROGRAMME, YEAR = "stadigvarande-boende", 2022
ROUND = RoundKey(PROGRAMME, YEAR)
PARTITION = f"{PROGRAMME}-{YEAR}"
EXPORT = f"{PROGRAMME}/{YEAR}/beslut-{YEAR}.xlsx"


async def _nowhere(*_: object) -> None:
    """An application that nothing reaches."""


class House:
    """A raw folder with one round, a warehouse in which it was run once, and Dagster's history of it."""

    def __init__(self, root: Path) -> None:
        self.raw, self.warehouse = root / "raw", root / "warehouse"
        self.instance = dg.DagsterInstance.get()

    def accepted(self) -> str:
        return (self.warehouse / "store" / PROGRAMME / str(YEAR) / "accepted").resolve().name

    def refused(self) -> list[str]:
        return sorted(path.name for path in (self.warehouse / REFUSED).glob("*.html"))

    def launch(
        self,
        *assets: str,
        partition: str | None = PARTITION,
        parent: str | None = None,
        steps: list[str] | None = None,
        config: dict[str, Any] | None = None,
    ) -> dg.JobExecutionResult:
        """A run as the UI makes it: of the whole job, or of these assets; with a parent as executed again."""
        job = defs.resolve_job_def(JOB)
        if assets:
            job = defs.resolve_implicit_global_asset_job_def().get_subset(
                asset_selection={dg.AssetKey(a) for a in assets}
            )
        tags = {"dagster/partition": partition} if partition else {}
        run = self.instance.create_run_for_job(
            job,
            run_config=config or {},
            tags=tags,
            parent_run_id=parent,
            root_run_id=parent,
            execution_plan=create_execution_plan(job, config, step_keys_to_execute=steps) if steps else None,
            asset_selection=frozenset(dg.AssetKey(name) for name in assets) or None,
        )
        return execute_run(InMemoryJob(job), run, self.instance, raise_on_error=False)

    def tags(self, result: dg.JobExecutionResult) -> dict[str, str]:
        run = self.instance.get_run_by_id(result.run_id)
        assert run
        return {name: value for name, value in run.tags.items() if name.startswith("statsbidrag/")}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(RAW / "reference", root / "raw" / "reference")
    shutil.copytree(RAW / PROGRAMME / str(YEAR), root / "raw" / PROGRAMME / str(YEAR))
    with pytest.MonkeyPatch.context() as patch:
        for name in (settings.RAW, settings.WAREHOUSE, settings.DAGSTER_HOME, settings.LAUNCHED_FROM):
            patch.setenv(name, "")
            patch.delenv(name)
        patch.setattr(resources, "Examiner", Unexamined)
        settings.prepare(root / "raw", root / "warehouse")
        with Runs("sv") as runs:
            runs.run_round(ROUND)
            assert runs.publish().is_new
        patch.delenv(settings.LAUNCHED_FROM)
        made = House(root)
        yield made
        made.instance.dispose()


def first_red(result: dg.JobExecutionResult) -> str:
    """The first error that one reads in a run that failed: what its first step failure says."""
    assert not result.success
    events = [event for event in result.all_events if event.is_failure]
    assert events[0].is_step_failure
    said = events[0].step_failure_data.user_failure_data
    assert said, events[0].step_failure_data.error
    return said.description


def materialised(result: dg.JobExecutionResult) -> set[str]:
    assert result.success
    return {
        event.step_materialization_data.materialization.asset_key.to_user_string()
        for event in result.all_events
        if event.is_step_materialization
    }


# -- what the buttons do ----------------------------------------------------------------------------------------------
def test_a_run_of_the_command_line_says_in_its_tags_who_where_of_when_and_what_came_of_it(house: House):
    run = house.instance.get_run_by_id(house.accepted())
    assert run
    assert run.tags["statsbidrag/launched_from"] == "command line"
    assert run.tags["statsbidrag/who"]
    assert run.tags["statsbidrag/as_of"] == "2024-07-31"  # the date of the last source card, of the funds
    assert run.tags["statsbidrag/version"] == (house.warehouse / "current").resolve().name
    assert run.tags["statsbidrag/outcome"] == "new"


def test_materialising_one_table_tells_that_one_and_moves_nothing_that_is_accepted(house: House):
    before = house.accepted()
    result = house.launch("core_account")
    assert materialised(result) == {"core_account"}
    checks = {
        event.asset_check_evaluation_data.asset_check_key
        for event in result.all_events
        if "ASSET_CHECK_EVALUATION" in event.event_type_value and "PLANNED" not in event.event_type_value
    }
    assert {key.asset_key for key in checks} == {dg.AssetKey("core_account")}
    assert {key.name for key in checks} >= {"contract"}
    assert house.accepted() == before
    assert house.tags(result)["statsbidrag/launched_from"] == "UI"


def test_materialising_the_accepted_round_alone_moves_nothing(house: House):
    before = house.accepted()
    assert materialised(house.launch("accepted_round")) == {"accepted_round"}
    assert house.accepted() == before


def test_publishing_alone_publishes_the_same_version_again(house: House):
    result = house.launch("published_version", *SPANNING, partition=None)
    assert result.success
    assert house.tags(result)["statsbidrag/outcome"] == "unchanged"


def test_what_cannot_be_read_has_its_report_and_once_mended_is_executed_again_from_the_failure(house: House):
    before, export = house.accepted(), house.raw / EXPORT
    content = export.read_bytes()
    export.write_bytes(content + b"x")
    failed = house.launch()
    told = first_red(failed)
    assert says(told, "card_hash_differs", where=EXPORT, todo="Återställ filen")
    assert house.refused() == [f"{PARTITION}.en.html", f"{PARTITION}.sv.html"]
    assert "Återställ filen" in (house.warehouse / REFUSED / f"{PARTITION}.sv.html").read_text("utf-8")
    assert house.accepted() == before
    export.write_bytes(content)
    again = house.launch(parent=failed.run_id, steps=["receive", "compute", "accept", "publish"])
    assert again.success
    assert house.accepted() == again.run_id
    assert house.refused() == []


def test_a_step_executed_again_goes_on_from_what_its_parent_left(house: House):
    parent = house.launch("received")
    again = house.launch(parent=parent.run_id, steps=["compute", "accept"])
    assert again.success
    assert house.accepted() == again.run_id
    accepted_again = house.launch(parent=again.run_id, steps=["accept"])
    assert accepted_again.success
    assert house.accepted() == again.run_id


# -- what is missing --------------------------------------------------------------------------------------------------
@pytest.mark.rule("parent_gone")
def test_a_run_whose_parents_tables_are_gone_says_so(house: House):
    parent = house.launch("received")
    shutil.rmtree(house.warehouse / "store" / PROGRAMME / str(YEAR) / parent.run_id)
    told = first_red(house.launch(parent=parent.run_id, steps=["compute"]))
    assert says(told, "parent_gone", where=f"{PROGRAMME} {YEAR}", todo="Starta hela jobbet på nytt")


@pytest.mark.rule("round_never_received")
def test_a_table_of_a_round_of_which_nothing_was_received_says_where_to_put_it(house: House):
    told = first_red(house.launch("core_account", partition=f"{PROGRAMME}-2023"))
    assert says(told, "round_never_received", where=f"{PROGRAMME} 2023", todo="lägg exporterna i")
    assert str(house.raw / PROGRAMME / "2023") in told


@pytest.mark.rule("round_not_chosen")
def test_a_launch_without_a_round_says_to_choose_one(house: House):
    told = first_red(house.launch(partition=None))
    assert says(told, "round_not_chosen", where="", todo="starta jobbet med ett program och ett bidragsår")


@pytest.mark.rule("round_undeclared")
def test_a_launch_of_a_round_that_is_not_declared_says_where_to_declare_it(house: House):
    told = first_red(house.launch(partition=f"{PROGRAMME}-1999"))
    assert says(told, "round_undeclared", where="1999", todo="lägg till det under rounds i programme.yaml")


@pytest.mark.rule("round_undeclared", holds=True)
def test_a_declared_round_is_launched(house: House):
    assert house.launch("received").success


def test_a_date_that_cannot_be_read_ends_in_one_sentence_before_anything_is_read(house: House):
    config = {"resources": {"settings": {"config": {"as_of": "2023-02-30"}}}}
    result = house.launch(config=config)
    assert says(first_red(result), "as_of_unreadable", where="as_of", todo="Skriv det som ÅÅÅÅ-MM-DD")
    assert {event.step_key for event in result.all_events if event.is_step_start} == {"receive"}


def test_on_the_command_line_a_wrong_round_or_date_is_told_before_any_run(house: House):
    before = set(house.instance.get_run_ids())
    with Runs("sv") as runs:
        with stops_by("round_undeclared", where="1999", todo="lägg till det"):
            runs.run_round(RoundKey(PROGRAMME, 1999))
        with pytest.raises(Stop):
            runs.run_round(ROUND, "2023-02-30")
    assert set(house.instance.get_run_ids()) == before


@pytest.mark.usefixtures("house")
def test_on_the_command_line_what_stops_a_round_is_one_sentence():
    with Runs("en") as runs, pytest.raises(RunStopped, match="There are no files for"):
        runs.run_round(RoundKey(PROGRAMME, 2023))


# -- what is kept -----------------------------------------------------------------------------------------------------
def test_nothing_is_pickled_and_nothing_is_sent_home(house: House):
    home = house.warehouse / ".dagster"
    pickles = [path for path in house.warehouse.rglob("*") if path.is_file() and path.read_bytes()[:1] == b"\x80"]
    assert pickles == []
    assert not (home / ".telemetry").exists()


def test_no_cell_value_is_in_the_run_history(house: House):
    """The name in the finding is in the warehouse, where it belongs, and nowhere in Dagster's databases."""
    history = [path for path in (house.warehouse / ".dagster").rglob("*") if path.is_file()]
    assert history
    for path in history:
        content = path.read_bytes()
        for value in ("Norrälje", "Exempelkommun 01", "1612600", "EX 2022-0001"):
            assert value.encode() not in content, (path.name, value)


def test_a_check_leads_to_the_report_of_the_runs_own_version(house: House):
    run_id = house.accepted()
    manifest = json.loads((house.warehouse / "current" / "manifest.json").read_text("utf-8"))
    assert manifest["rounds"]
    links = ReportLinks(_nowhere, house.instance, house.warehouse, "http://127.0.0.1:3001")
    run = house.instance.get_run_by_id(run_id)
    assert run
    version = run.tags.get("statsbidrag/version")
    if version not in {None, "not yet"}:
        assert links.place(run_id, PROGRAMME, YEAR) == f"inside/{version}/validation/{PARTITION}.sv.html"
    now = (house.warehouse / "current").resolve().name
    assert links.place("unknown", PROGRAMME, YEAR) == f"inside/{now}/validation/{PARTITION}.sv.html"

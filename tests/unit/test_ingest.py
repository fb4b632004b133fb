"""Which of a round's files count, and what is told of them: two files of a form, two sheets, and the register's."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.frames import records_of
from assets.ingest import claim_file, received
from assets.ports import CorrectionLog, InputFile, Register, RoundKey, Sheet
from assets.reference import core_round, core_source_file, of_all
from pipelines.readers.raw_folder import RawFolder
from schemas.configuration import catalogue
from tests.stops import stops_by

PROGRAMME = catalogue.programme("stadigvarande-boende")
ROUND = RoundKey(PROGRAMME.programme, 2022)
RAW = RawFolder(Path(__file__).parents[2] / "raw")
DECISIONS = "beslut-2022.xlsx"


@dataclasses.dataclass(frozen=True)
class Box:
    """An inbox that holds what it is given."""

    received: Sequence[InputFile]
    bodies: Register
    log: CorrectionLog | None = None

    def folder(self, round_key: RoundKey) -> str:
        return f"raw/{round_key.programme}/{round_key.year}"

    def files(self, _: RoundKey) -> Sequence[InputFile]:
        return self.received

    def corrections(self, _: RoundKey) -> CorrectionLog | None:
        return self.log

    def register(self) -> Register:
        return self.bodies


@dataclasses.dataclass(frozen=True)
class AsOfTheData:
    """No date was chosen for the run."""

    as_of: str = ""


@pytest.fixture(scope="module")
def files() -> list[InputFile]:
    return RAW.files(ROUND)


@pytest.fixture(scope="module")
def register() -> Register:
    return RAW.register()


def ingested(files: Sequence[InputFile], register: Register) -> dict[str, list[dict[str, Any]]]:
    """The tables of what was received, by name."""
    done = dg.materialize(
        [received, core_round, core_source_file],
        resources={
            "inbox": Box(files, register),
            "settings": AsOfTheData(),
            "io_manager": dg.mem_io_manager,
        },
        partition_key=dg.MultiPartitionKey({"programme": ROUND.programme, "year": str(ROUND.year)}),
        instance=dg.DagsterInstance.ephemeral(),
    )
    nodes = {"raw_file": "received", "core_round": "core_round", "core_source_file": "core_source_file"}
    return {
        name: records_of(done.output_for_node(node, name if node == "received" else "result"))
        for name, node in nodes.items()
    }


def named(files: Sequence[InputFile], name: str) -> InputFile:
    [file] = [file for file in files if file.path.endswith(f"/{name}")]
    return file


def beside(file: InputFile, name: str, replaces: str | None) -> InputFile:
    """The same content under another name, with or without saying which file it replaces."""
    card = file.card.model_copy(update={"replaces": replaces})
    return dataclasses.replace(file, path=f"{file.path.rpartition('/')[0]}/{name}", card=card)


@pytest.mark.rule("form_twice")
def test_two_files_of_one_form_are_a_stop_that_says_the_forms_title_in_either_language(
    files: list[InputFile], register: Register
):
    twice = [*files, beside(named(files, DECISIONS), "rattad.xlsx", replaces=None)]
    with pytest.raises(dg.Failure) as stop:
        ingested(twice, register)
    title = PROGRAMME.forms["decisions"].title
    said = stop.value.metadata
    assert said["rule"].value == "form_twice"
    for place in (DECISIONS, "rattad.xlsx"):
        assert place in str(said["sv"].value)
    assert f"”{title.sv}”. Om den ena rättar den andra: skriv" in str(said["sv"].value)
    assert f"“{title.en}”" in str(said["en"].value)


@pytest.mark.rule("form_twice", holds=True)
@pytest.mark.rule("replaces_nothing", holds=True)
def test_a_file_that_replaces_another_lets_that_one_stay_and_marks_it(files: list[InputFile], register: Register):
    corrected = [*files, beside(named(files, DECISIONS), "rattad.xlsx", replaces=DECISIONS)]
    tables = ingested(corrected, register)
    assert [row["source_file"].rpartition("/")[2] for row in tables["raw_file"] if row["is_replaced"]] == [DECISIONS]
    assert len(tables["raw_file"]) == len(files) + 1


@pytest.mark.rule("replaces_nothing")
@pytest.mark.parametrize("replaces", ["beslut.xlsx", "rattad.xlsx", "ansokningar-2022.csv"])
def test_a_card_that_replaces_no_other_file_of_its_form_is_a_stop(
    replaces: str, files: list[InputFile], register: Register
):
    """A name that is not there, its own name, or a file of another form: nothing may be dropped for that."""
    twice = [*files, beside(named(files, DECISIONS), "rattad.xlsx", replaces=replaces)]
    with stops_by("replaces_nothing", where="2022/rattad.xlsx", todo="Rätta namnet eller ta bort raden"):
        ingested(twice, register)


def test_two_files_that_replace_each_other_leave_the_form_without_a_file(files: list[InputFile], register: Register):
    old = named(files, DECISIONS)
    others = [file for file in files if file is not old]
    pair = [beside(old, DECISIONS, replaces="rattad.xlsx"), beside(old, "rattad.xlsx", replaces=DECISIONS)]
    with pytest.raises(dg.Failure) as stop:
        ingested([*others, *pair], register)
    assert stop.value.metadata["rule"].value == "form_missing"


@pytest.mark.rule("form_missing")
def test_a_form_without_a_file_is_a_stop_that_names_its_title(files: list[InputFile], register: Register):
    told = f"”{PROGRAMME.forms['decisions'].title.sv}”. Lägg exporten i raw/{ROUND.programme}/2022"
    with stops_by("form_missing", where=f"{ROUND.programme} 2022", todo=told):
        ingested([file for file in files if not file.path.endswith(DECISIONS)], register)


@pytest.mark.rule("sheets_ambiguous")
def test_a_workbook_with_two_sheets_that_forms_claim_is_a_stop_that_names_both(files: list[InputFile]):
    book = named(files, DECISIONS)
    [sheet] = book.sheets
    told = "(Nya, Gamla). Spara dem som var sin fil"
    with stops_by("sheets_ambiguous", where=DECISIONS, todo=told, never=["Exempelkommun"]):
        claim_file(ROUND, dataclasses.replace(book, sheets=[Sheet("Nya", sheet.rows), Sheet("Gamla", sheet.rows)]))


@pytest.mark.rule("sheets_ambiguous", holds=True)
def test_a_sheet_that_no_form_claims_does_not_make_the_other_doubtful(files: list[InputFile]):
    book = named(files, DECISIONS)
    [sheet] = book.sheets
    _, claimed, claim = claim_file(ROUND, dataclasses.replace(book, sheets=[Sheet("Anm", [["x"]]), sheet]))
    assert (claimed, claim.form.form) == (sheet, "decisions")


@pytest.mark.rule("form_missing", holds=True)
def test_what_was_read_lists_the_rounds_files_and_the_registers(files: list[InputFile], register: Register):
    listed = ingested(files, register)["core_source_file"]
    forms = Counter(row["form"] for row in listed)
    assert len(listed) == len(files) + len(register.files)
    assert forms["register"] == len(register.files)
    hashes = {row["source_file"]: row["sha256"] for row in listed}
    assert hashes == {file.path: file.sha256 for file in [*files, *register.files]}


def test_a_round_of_real_funds_and_fictitious_reports_is_mixed(files: list[InputFile], register: Register):
    assert {file.card.reality for file in files} == {"real", "synthetic"}
    [row] = ingested(files, register)["core_round"]
    assert row["provenance"] == "mixed"


@pytest.mark.parametrize(
    ("provenances", "provenance"),
    [
        (["real", "real"], "real"),
        (["synthetic"], "synthetic"),
        (["real", "synthetic"], "mixed"),
        (["mixed", "real"], "mixed"),
    ],
)
def test_what_rests_on_several_sources_is_as_real_as_they_are_if_they_agree(provenances: list[str], provenance: str):
    assert of_all(provenances) == provenance

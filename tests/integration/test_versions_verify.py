"""Whoever changes a published version is found out, by the first file that does not fit; versions of old are told."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.commands import run
from pipelines.warehouse import files
from pipelines.warehouse.layout import CURRENT, DATABASE, INSIDE, MANIFEST, VERSIONS, inside_of
from pipelines.warehouse.verification import sound_current, verified, version_id
from schemas.rules.rule import Stop
from tests.integration.command import statsbidrag
from tests.integration.publishing import PROGRAMME, contents_of, copied, publish, publish_spanned
from tests.unexamined import Unexamined

PAGE, EVIDENCE = "reports/programme/report.html", "evidence/index.html"
HOUSE = {"parquet/one.parquet": b"whole", "validation/page.html": b"<p>who decided</p>"}


@pytest.fixture
def version(tmp_path: Path) -> Path:
    return publish(tmp_path, contents_of(1) | {EVIDENCE: b"<p>held</p>"}, house=HOUSE)


def fault(version: Path) -> tuple[str | None, str | None]:
    """The first file that does not fit, within its part, and what is wrong with it."""
    found = verified(version)
    assert found.is_sound == (found.fault is None)
    return found.fault, found.file and found.file.replace(f"/{version.name}", "")


def flip(path: Path, at: int = 1) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


def test_a_version_as_it_was_published_verifies_with_all_its_files(version: Path):
    found = verified(version)
    assert (found.state, found.file_count) == ("whole", len(contents_of(1)) + 1 + len(HOUSE))
    assert sound_current(version.parent.parent) == version


def test_a_figure_changed_in_the_database_is_found(version: Path):
    with closing(sqlite3.connect(version / DATABASE)) as database:
        database.execute("UPDATE told SET number = 2")
        database.commit()
    assert fault(version) == ("changed", f"{VERSIONS}/{DATABASE}")


def test_a_figure_changed_in_a_parquet_file_is_found(version: Path):
    pq.write_table(pa.table({"number": [2]}), version / "parquet/one.parquet")
    assert fault(version) == ("changed", f"{VERSIONS}/parquet/one.parquet")


@pytest.mark.parametrize(
    ("part", "path"),
    [(VERSIONS, PAGE), (VERSIONS, EVIDENCE), (INSIDE, "validation/page.html"), (INSIDE, "parquet/one.parquet")],
)
@pytest.mark.parametrize("at", [0, -1])
def test_one_flipped_byte_is_found_wherever_it_is(version: Path, part: str, path: str, at: int):
    folder = {VERSIONS: version, INSIDE: inside_of(version)}[part]
    flip(folder / path, at)
    assert fault(version) == ("changed", f"{part}/{path}")
    flip(folder / path, at)
    assert fault(version) == (None, None)


@pytest.mark.parametrize("path", [PAGE, DATABASE, MANIFEST])
def test_a_file_that_is_gone_is_found(version: Path, path: str):
    (version / path).unlink()
    assert fault(version) == ("missing", f"{VERSIONS}/{path}")


def test_what_is_for_the_house_that_is_gone_is_found(version: Path):
    (inside_of(version) / MANIFEST).unlink()
    (inside_of(version) / "parquet/one.parquet").unlink()
    (inside_of(version) / "validation/page.html").unlink()
    assert fault(version) == ("missing", f"{INSIDE}/{MANIFEST}")


@pytest.mark.parametrize("part", [VERSIONS, INSIDE])
def test_a_file_that_was_not_published_is_found(version: Path, part: str):
    folder = {VERSIONS: version, INSIDE: inside_of(version)}[part]
    (folder / f"{files.ASIDE}1-{MANIFEST}").write_text("being written")
    assert fault(version) == (None, None)
    (folder / "reports-2").mkdir()
    assert fault(version) == (None, None), "a folder without files says nothing to anybody"
    (folder / "reports-2/more.html").write_text("")
    assert fault(version) == ("extra", f"{part}/reports-2/more.html")


def test_a_link_in_the_place_of_a_file_is_found_though_it_leads_to_the_same(version: Path, tmp_path: Path):
    (version / PAGE).rename(tmp_path / "elsewhere.html")
    (version / PAGE).symlink_to(tmp_path / "elsewhere.html")
    assert fault(version) == ("changed", f"{VERSIONS}/{PAGE}")


# -- the manifests ----------------------------------------------------------------------------------------------------
def rehashed(path: str, folder: Path) -> Callable[[dict[str, Any]], object]:
    """The manifest with the hash that a file has now."""

    def change(manifest: dict[str, Any]) -> None:
        [entry] = [each for each in manifest["outputs"] if each["path"] == path]
        entry["sha256"] = hashlib.sha256((folder / path).read_bytes()).hexdigest()

    return change


@pytest.mark.parametrize("path", [PAGE, DATABASE, "parquet/one.parquet", EVIDENCE])
def test_a_file_whose_hash_is_changed_with_it_is_found_by_the_manifest(version: Path, path: str):
    flip(version / path)
    edit(version / MANIFEST, rehashed(path, version))
    assert fault(version) == ("edited", f"{VERSIONS}/{MANIFEST}")


@pytest.mark.parametrize("path", sorted(HOUSE))
def test_so_is_one_of_the_house(version: Path, path: str):
    flip(inside_of(version) / path)
    edit(inside_of(version) / MANIFEST, rehashed(path, inside_of(version)))
    assert fault(version)[0] == "edited"


@pytest.mark.parametrize("key", ["run_id", "published_at", "code_version", "version"])
def test_any_other_word_of_the_manifest_that_is_edited_is_found(version: Path, key: str):
    edit(version / MANIFEST, lambda manifest: manifest.update({key: "another"}))
    assert fault(version) == ("edited", f"{VERSIONS}/{MANIFEST}")


def test_who_edits_both_manifests_still_cannot_give_other_figures_the_name(version: Path):
    flip(version / PAGE)
    edit(version / MANIFEST, rehashed(PAGE, version))
    digest = hashlib.sha256((version / MANIFEST).read_bytes()).hexdigest()
    edit(inside_of(version) / MANIFEST, lambda manifest: manifest.update(vouches_for=[digest]))
    assert fault(version) == ("edited", f"{VERSIONS}/{MANIFEST}")


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", 7, None])
def test_a_manifest_that_lists_what_is_no_file_of_the_version_is_edited(version: Path, path: object):
    edit(version / MANIFEST, lambda manifest: manifest["outputs"].insert(0, {"path": path, "sha256": "0" * 64}))
    assert fault(version) == ("edited", f"{VERSIONS}/{MANIFEST}")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"outputs": 1}', '{"outputs": [1]}', '{"outputs": [{"path": "x"}]}']
)
def test_a_manifest_that_is_none_is_told_and_no_exception(version: Path, content: str):
    (version / MANIFEST).write_text(content, "utf-8")
    assert fault(version)[0] in {"unreadable", "edited"}


def test_the_same_figures_published_again_verify_and_so_does_what_a_killed_run_left_between(version: Path):
    before = (version / MANIFEST).read_bytes()
    publish(version.parent.parent, contents_of(1) | {EVIDENCE: b"<p>held</p>"}, "another run", HOUSE)
    assert json.loads((version / MANIFEST).read_bytes())["run_id"] == "another run"
    assert fault(version) == (None, None)
    (version / MANIFEST).write_bytes(before)
    assert fault(version) == (None, None), "the house's manifest was written, the other not yet"


# -- versions of old --------------------------------------------------------------------------------------------------
def unsealed(version: Path) -> None:
    edit(version / MANIFEST, lambda manifest: manifest.pop("inside"))
    edit(inside_of(version) / MANIFEST, lambda manifest: manifest.pop("vouches_for"))


def test_a_version_from_before_the_manifests_vouched_is_told_as_that(version: Path):
    unsealed(version)
    assert verified(version).state == "older"
    assert "äldre form" in verified(version).sentence("sv")
    flip(version / PAGE)
    assert fault(version) == ("changed", f"{VERSIONS}/{PAGE}")
    edit(version / MANIFEST, rehashed(PAGE, version))
    assert fault(version) == ("edited", f"{VERSIONS}/{MANIFEST}"), "its name still tells"


def test_a_version_from_before_there_was_a_house_is_told_as_that(tmp_path: Path):
    outputs = []
    for path, content in contents_of(1).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
        outputs.append({"path": path, "sha256": hashlib.sha256(content).hexdigest()})
    outputs.sort(key=lambda each: each["path"])
    version = tmp_path / VERSIONS / version_id(outputs)
    version.mkdir(parents=True)
    for path in contents_of(1):
        (version / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).rename(version / path)
    (version / MANIFEST).write_text(json.dumps({"version": version.name, "outputs": outputs}), "utf-8")
    assert verified(version).state == "older"


def test_who_takes_the_seal_from_one_manifest_does_not_make_it_an_old_one(version: Path):
    edit(version / MANIFEST, lambda manifest: manifest.pop("inside"))
    assert fault(version) == ("edited", f"{VERSIONS}/{MANIFEST}")


# -- who rests on it --------------------------------------------------------------------------------------------------
@pytest.mark.rule("version_damaged")
def test_nobody_rests_on_a_version_that_does_not_verify(version: Path):
    flip(version / DATABASE)
    with pytest.raises(Stop) as stop:
        sound_current(version.parent.parent)
    said = stop.value.sentence("sv")
    assert f"{VERSIONS}/{version.name}/{DATABASE} är ändrad sedan den publicerades" in said
    assert version.name in said.partition(":")[0]


def test_nor_on_what_was_never_published_though_current_leads_there(tmp_path: Path):
    publish(tmp_path, contents_of(1))
    (tmp_path / "made_up").mkdir()
    (tmp_path / CURRENT).unlink()
    (tmp_path / CURRENT).symlink_to("made_up")
    with pytest.raises(Stop, match="leder till något som inte är en publicerad version"):
        sound_current(tmp_path)


def test_a_run_says_that_it_replaces_a_damaged_version(version: Path, capsys: pytest.CaptureFixture[str]):
    run.tell_damaged(version.parent.parent)
    assert capsys.readouterr().err == ""
    flip(version / PAGE)
    run.tell_damaged(version.parent.parent)
    said = capsys.readouterr().err
    assert f"{version.name}, är inte som den publicerades: {VERSIONS}/{version.name}/{PAGE} är ändrad" in said
    assert "publicerar en ny i dess ställe" in said


def test_a_damaged_version_is_written_anew_when_the_same_is_published(version: Path):
    flip(version / PAGE)
    (inside_of(version) / "extra.html").write_text("")
    again = publish(version.parent.parent, contents_of(1) | {EVIDENCE: b"<p>held</p>"}, house=HOUSE)
    assert again == version
    assert verified(again).state == "whole"


@pytest.mark.parametrize(
    "asked",
    [
        ("cases",),
        ("figure", "sek(granted(2023))"),
        ("trace", "sek(granted(2023))"),
        ("restate", "--year", "2023", "--from", "2024-06-30"),
        ("drafts", "--programme", PROGRAMME, "--year", "2022", "--out", "letters"),
        (
            *("draw", "--programme", PROGRAMME, "--year", "2023", "--seed", "1", "--materiality", "1000000"),
            *("--confidence", "95", "--out", "paper.xlsx"),
        ),
    ],
    ids=lambda asked: asked[0],
)
def test_every_command_refuses_a_damaged_version_in_one_sentence(
    damaged_warehouse: Path, tmp_path: Path, asked: tuple[str, ...]
):
    done = statsbidrag(*asked, "--warehouse", damaged_warehouse, folder=tmp_path)
    assert (done.returncode != 0, done.stdout, done.stderr.count("\n")) == (True, "", 1)
    assert "core_round.parquet är ändrad sedan den publicerades" in done.stderr
    assert list(tmp_path.iterdir()) == [], "nothing is written of it"


@pytest.fixture(scope="module")
def damaged_warehouse(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with one byte flipped in a table."""
    warehouse = copied(sample_warehouse, tmp_path_factory.mktemp("damaged") / "warehouse")
    flip(warehouse / CURRENT / "parquet/core_round.parquet", 100)
    return warehouse


def test_the_report_compares_nothing_with_a_damaged_version_and_says_so(damaged_warehouse: Path):
    version = (damaged_warehouse / CURRENT).resolve()
    publish_spanned(damaged_warehouse, Unexamined())
    assert verified(version).state == "whole", "the same figures: written anew"
    page = inside_of(version) / f"validation/{PROGRAMME}-2023.sv.html"
    section = page.read_text("utf-8").partition('id="changes"')[2]
    assert f"Inget jämförs: den förra versionen, {version.name}, är inte som den publicerades." in section
    assert "core_round.parquet är ändrad sedan den publicerades." in section
    assert json.loads((version / MANIFEST).read_text("utf-8"))["changed"] == []

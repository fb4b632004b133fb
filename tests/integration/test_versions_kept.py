"""A version that a report was printed from is kept, whatever is published later, until somebody removes it by name."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from assets.received import RoundKey
from pipelines.inquiries import version_list
from pipelines.reports.columns import laid_out
from pipelines.warehouse import pins
from pipelines.warehouse.layout import MANIFEST, PINS, REMOVED, inside_of
from pipelines.warehouse.versions import KEPT_VERSIONS
from schemas.rules.rule import Stop
from tests.integration.command import statsbidrag
from tests.integration.publishing import (
    PROGRAMME,
    accept_as_of,
    contents_of,
    copied,
    current,
    exit_code,
    forked,
    inside,
    publish,
    publish_spanned,
    versions,
)
from tests.unexamined import Unexamined

WHO, WHY = "Kim Exempel", "Rapporten för juli trycktes ur den"


def publish_many(root: Path, count: int) -> list[Path]:
    return [publish_one(root, number) for number in range(1, count + 1)]


def publish_one(root: Path, number: int) -> Path:
    return publish(root, contents_of(number), house={"page": b"x"})


def test_the_latest_are_kept_and_a_pinned_one_on_top_of_them(tmp_path: Path):
    first, second = publish_many(tmp_path, 2)
    pins.pin(tmp_path, first.name, WHO, WHY)
    later = [publish_one(tmp_path, number) for number in range(3, KEPT_VERSIONS + 3)]
    assert versions(tmp_path) == sorted(each.name for each in [first, *later])
    assert inside_of(first).exists()
    assert not second.exists()
    assert not inside_of(second).exists()


def test_that_the_current_one_is_pinned_costs_no_other_its_place(tmp_path: Path):
    [first] = publish_many(tmp_path, 1)
    pins.pin(tmp_path, first.name, WHO, WHY)
    publish_one(tmp_path, 2)
    publish_one(tmp_path, 1)
    assert len(versions(tmp_path)) == 2


@pytest.mark.rule("pins_unreadable")
@pytest.mark.parametrize("content", ["", "{}x", '[{"version": 1}]', "[1]"])
def test_while_pins_cannot_be_read_nothing_is_pruned_and_it_is_said(tmp_path: Path, content: str):
    publish_many(tmp_path, 2)
    (tmp_path / PINS).write_text(content, "utf-8")
    later = publish_many(tmp_path, KEPT_VERSIONS + 1)
    assert len(versions(tmp_path)) == len(later)
    with pytest.raises(Stop) as stop:
        version_list.listed(tmp_path)
    assert stop.value.rule.id == "pins_unreadable"
    with pytest.raises(Stop, match="kan inte läsas"):
        pins.pin(tmp_path, later[0].name, WHO, WHY)


def test_what_was_removed_leaves_its_manifests_and_the_reason(tmp_path: Path):
    first, second = publish_many(tmp_path, 2)
    pins.pin(tmp_path, first.name, WHO, WHY)
    manifest = json.loads((first / MANIFEST).read_text("utf-8"))
    pins.remove(tmp_path, first.name, "Alex Exempel", "Gallringsbeslut 12/2026")
    assert versions(tmp_path) == [second.name]
    assert not inside_of(first).exists()
    assert pins.pins(tmp_path) == []
    [left] = pins.removals(tmp_path)
    assert (left.version, left.by, left.why) == (first.name, "Alex Exempel", "Gallringsbeslut 12/2026")
    assert left.manifest == manifest
    assert [each["path"] for each in left.inside["outputs"]] == ["page"]
    assert [(each["by"], each["why"]) for each in left.pins] == [(WHO, WHY)]
    [path] = (tmp_path / REMOVED).iterdir()
    publish_one(tmp_path, 3)
    assert path.exists()


def test_what_was_removed_may_be_published_again_and_is_not_pinned_then(tmp_path: Path):
    first, _ = publish_many(tmp_path, 2)
    pins.pin(tmp_path, first.name, WHO, WHY)
    pins.remove(tmp_path, first.name, WHO, WHY)
    publish_one(tmp_path, 1)
    kept, removed = version_list.listed(tmp_path)
    assert [(each.verdict.version, each.is_current, each.pins) for each in kept[:1]] == [(first.name, True, [])]
    assert [each.version for each in removed] == [first.name]


@pytest.mark.rule("version_is_current")
def test_what_readers_get_now_is_not_removed(tmp_path: Path):
    first, second = publish_many(tmp_path, 2)
    with pytest.raises(Stop, match="är den som läsare får nu"):
        pins.remove(tmp_path, second.name, WHO, WHY)
    pins.remove(tmp_path, first.name, WHO, WHY)
    assert versions(tmp_path) == [second.name]


@pytest.mark.rule("version_not_kept")
@pytest.mark.parametrize("name", ["", ".", "..", "../versions", "0000000000000000"])
def test_only_a_version_that_is_there_can_be_named(tmp_path: Path, name: str):
    [first] = publish_many(tmp_path, 1)
    for asked in (pins.pin, pins.remove):
        with pytest.raises(Stop) as stop:
            asked(tmp_path, name, WHO, WHY)
        assert f"det finns {first.name}." in stop.value.sentence("sv")


def test_a_damaged_version_is_not_pinned_and_can_be_removed(tmp_path: Path):
    first, _ = publish_many(tmp_path, 2)
    (first / MANIFEST).write_text("", "utf-8")
    with pytest.raises(Stop, match="är inte som den publicerades"):
        pins.pin(tmp_path, first.name, WHO, WHY)
    pins.remove(tmp_path, first.name, WHO, WHY)
    assert pins.removals(tmp_path)[0].manifest is None


def test_pins_made_at_once_are_all_kept(tmp_path: Path):
    made = publish_many(tmp_path, 4)
    children = [forked(lambda name=each.name: pins.pin(tmp_path, name, WHO, WHY)) for each in made]
    assert [exit_code(child) for child in children] == [0] * 4
    assert sorted(each.version for each in pins.pins(tmp_path)) == sorted(each.name for each in made)


# -- as a person sees it ----------------------------------------------------------------------------------------------
def test_the_list_says_which_is_current_pinned_damaged_and_removed(tmp_path: Path):
    first, second, third, fourth = publish_many(tmp_path, 4)
    done = statsbidrag("pin", first.name, "--by", WHO, "--why", f" {WHY} ", "--warehouse", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert statsbidrag("remove", second.name, "--by", "X", "--why", "Y 1", "--warehouse", tmp_path).returncode == 0
    (third / MANIFEST).unlink()
    said = statsbidrag("versions", "--warehouse", tmp_path).stdout
    lines = [" ".join(line.split()) for line in said.splitlines()]
    [of_fourth] = [line for line in lines if line.startswith(fourth.name)]
    assert of_fourth.endswith("a run stämmer, gäller nu")
    assert any(line.startswith(f"{third.name} okänt okänt STÄMMER INTE") for line in lines)
    assert f"versions/{third.name}/{MANIFEST} finns inte." in lines
    assert any(line.startswith(f"Sparas: {WHO} 2") and line.endswith(f": {WHY}") for line in lines)
    assert any(line.startswith(f"{second.name} 2") and line.endswith("X: Y 1") for line in lines)
    document = json.loads(statsbidrag("versions", "--json", "--warehouse", tmp_path).stdout)
    assert [each["is_current"] for each in document["versions"]].count(True) == 1
    assert [each["version"] for each in document["removed"]] == [second.name]
    header, *rows = statsbidrag("versions", "--csv", "--warehouse", tmp_path).stdout.splitlines()
    assert len(rows) == 4
    assert header.startswith("version,published_at,run_id")


def test_nothing_published_is_nothing_listed(tmp_path: Path):
    assert list(laid_out(version_list.lines(version_list.listed(tmp_path), "sv"), None)) == [
        "Ingen version är publicerad."
    ]
    assert statsbidrag("verify", "--warehouse", tmp_path).returncode == 2


def test_who_and_why_are_not_left_out(tmp_path: Path):
    [first] = publish_many(tmp_path, 1)
    for wrong in (["--by", WHO], ["--why", WHY], ["--by", " ", "--why", WHY], ["--by", WHO, "--why", ""]):
        assert statsbidrag("pin", first.name, *wrong, "--warehouse", tmp_path).returncode == 2
    assert pins.pins(tmp_path) == []


def test_verify_says_so_and_ends_with_1_where_a_file_does_not_fit(tmp_path: Path):
    first, second = publish_many(tmp_path, 2)
    (first / "parquet/one.parquet").write_bytes(b"other")
    assert statsbidrag("verify", "--warehouse", tmp_path).returncode == 0
    done = statsbidrag("verify", second.name, "--warehouse", tmp_path)
    assert (done.returncode, "5 filer" in done.stdout) == (0, True)
    done = statsbidrag("verify", first.name, "--json", "--warehouse", tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["file"] == f"versions/{first.name}/parquet/one.parquet"


def test_the_report_of_a_round_says_what_changed_since_each_pinned_version(sample_warehouse: Path, tmp_path: Path):
    """The version that was printed knew that Exempelkommun 07 repaid 5 558 on 2023-04-25; as of March nobody did."""
    root = copied(sample_warehouse, tmp_path / "warehouse")
    printed = current(root).name
    pins.pin(root, printed, WHO, WHY)
    for day in (dt.date(2023, 4, 1), dt.date(2023, 3, 1)):
        accept_as_of(day, root, RoundKey(PROGRAMME, 2022))
        publish_spanned(root, Unexamined())
    page = (inside(root) / f"validation/{PROGRAMME}-2022.sv.html").read_text("utf-8")
    told = page.split(f'id="since-{printed}"')[1].split("<h2")[0]
    assert "som en rapport är tryckt ur" in told
    assert "5\xa0558" in told

"""`statsbidrag add`: an export into raw/ with its source card; nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from pathlib import Path

import pytest
import yaml

from pipelines.inquiries import adding
from schemas.configuration.source_card import SourceCard
from tests.integration.command import ROOT, Done, Terminal, statsbidrag
from tests.stops import stops_by

ROUND = "stadigvarande-boende/2022"
NAME, NEW = "aterrapport-2022.csv", "aterrapport-ny.csv"
TOLD = ("--origin", "Enkätverktyget", "--date", "2023-03-01", "--reality", "synthetic", "--licence", "ingen")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "raw", tmp_path / "raw"))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The sample's report of 2022, with a blank line more."""
    content = (ROOT / "raw" / ROUND / NAME).read_bytes()
    path = tmp_path / NEW
    path.write_bytes(content + b"\r\n")
    return path


def add(export: Path, raw: Path, *arguments: str | Path) -> Done:
    done = statsbidrag("add", export, "--raw", raw, *arguments)
    assert "Traceback" not in done.stderr
    return done


def tree(raw: Path) -> dict[str, str]:
    files = (path for path in sorted(raw.rglob("*")) if path.is_file())
    return {str(path.relative_to(raw)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_corrected_export_is_put_beside_the_one_it_replaces_and_checked(raw: Path, export: Path):
    before = tree(raw)
    (raw / ROUND / "corrections.yaml").unlink()
    done = add(export, raw, *TOLD, "--replaces", NAME)
    assert done.returncode == 0, done.stderr
    assert "17" in done.stdout
    card = yaml.safe_load((raw / ROUND / f"{NEW}.card.yaml").read_text("utf-8"))
    digest = hashlib.sha256(export.read_bytes()).hexdigest()
    assert SourceCard.model_validate(card).replaces == NAME
    assert (card["origin"], card["sha256"]) == ("Enkätverktyget", digest)
    assert (raw / ROUND / NEW).read_bytes() == export.read_bytes()
    after = tree(raw)
    assert set(after) - set(before) == {f"{ROUND}/{NEW}", f"{ROUND}/{NEW}.card.yaml"}
    assert {name: after[name] for name in before if name in after} == {
        name: digest for name, digest in before.items() if not name.endswith("2022/corrections.yaml")
    }


def test_answers_may_stand_in_a_file_and_one_by_one(raw: Path, export: Path, tmp_path: Path):
    answers = tmp_path / "svar.yaml"
    answers.write_text("origin: Ur filen\ndate: 2023-03-01\nreality: mixed\nlicence: ingen\n", "utf-8")
    add(export, raw, "--as", str(answers), "--as", "reality=synthetic", "--as", f"replaces={NAME}")
    card = yaml.safe_load((raw / ROUND / f"{NEW}.card.yaml").read_text("utf-8"))
    assert (card["origin"], card["reality"], str(card["date"])) == ("Ur filen", "synthetic", "2023-03-01")


def test_a_card_says_how_far_its_file_reaches(raw: Path, export: Path):
    add(export, raw, *TOLD, "--replaces", NAME, "--complete-through", "2023-02-20", "--closed")
    card = SourceCard.model_validate(yaml.safe_load((raw / ROUND / f"{NEW}.card.yaml").read_text("utf-8")))
    assert (str(card.complete_through), card.closed) == ("2023-02-20", True)


def test_a_terminal_is_asked_for_what_no_file_tells(raw: Path, export: Path, monkeypatch: pytest.MonkeyPatch):
    asked = Terminal("\nEnkätverktyget\n\n2999-01-01\n2023-03-01\nsynthetic\ningen\ny\n")
    monkeypatch.setattr("sys.stdin", asked)
    done = add(export, raw, "--language", "en")
    card = yaml.safe_load((raw / ROUND / f"{NEW}.card.yaml").read_text("utf-8"))
    assert (card["origin"], str(card["date"]), card["replaces"]) == ("Enkätverktyget", "2023-03-01", NAME)
    assert "sender" not in card
    assert "That cannot be; answer again." in done.stderr


def test_whoever_would_rather_not_answer_leaves_nothing_behind(
    raw: Path, export: Path, monkeypatch: pytest.MonkeyPatch
):
    before = tree(raw)
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert add(export, raw).returncode == 130
    assert tree(raw) == before


def test_what_stops_the_round_is_told_once_the_file_lies_there(raw: Path, tmp_path: Path):
    other = tmp_path / "annat.csv"
    other.write_bytes(b"Kolumn,Annan\n1,2\n")
    done = add(other, raw, *TOLD, "--programme", "stadigvarande-boende", "--year", "2022")
    assert done.returncode == 1
    assert (raw / ROUND / "annat.csv").is_file()


def test_a_file_that_lies_there_without_a_card_gets_one(raw: Path):
    (raw / ROUND / f"{NAME}.card.yaml").unlink()
    assert add(raw / ROUND / NAME, raw, *TOLD, "--programme", "stadigvarande-boende", "--year", "2022").returncode == 0
    assert (raw / ROUND / f"{NAME}.card.yaml").is_file()


# -- refused, and nothing is written ----------------------------------------------------------------------------------
def refused(export: Path, raw: Path, *arguments: str | Path) -> str:
    before = tree(raw)
    done = add(export, raw, *arguments)
    assert (done.returncode, done.stdout, tree(raw)) == (2, "", before)
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.rule("add_not_told")
def test_without_a_terminal_what_is_missing_is_named(raw: Path, export: Path):
    assert "origin, date, reality, licence" in refused(export, raw)


@pytest.mark.rule("add_replaces_unknown")
def test_two_files_of_one_form_cannot_count(raw: Path, export: Path):
    assert f"--replaces {NAME}" in refused(export, raw, *TOLD)


@pytest.mark.rule("add_replaces_nothing")
def test_what_is_not_there_cannot_be_replaced(raw: Path, export: Path):
    assert "nej.csv" in refused(export, raw, *TOLD, "--replaces", "nej.csv")


@pytest.mark.rule("add_same_content")
def test_what_is_there_already_is_not_added_again(raw: Path, tmp_path: Path):
    same = Path(shutil.copy(ROOT / "raw" / ROUND / NAME, tmp_path / NEW))
    assert NAME in refused(same, raw, *TOLD)


@pytest.mark.rule("add_name_taken")
@pytest.mark.parametrize("there", [NEW, f"{NEW}.card.yaml"])
def test_nothing_is_overwritten(raw: Path, export: Path, there: str):
    (raw / ROUND / there).write_bytes(b"x\n1\n")
    assert there in refused(export, raw, *TOLD, "--replaces", NAME)


@pytest.mark.rule("add_name_taken")
def test_a_file_that_comes_there_in_the_meantime_is_not_overwritten(
    raw: Path, export: Path, monkeypatch: pytest.MonkeyPatch
):
    place = adding.place_for(export, raw, None, None)
    link = os.link

    def late(source: Path, target: Path) -> None:
        if Path(target).name == NEW:
            Path(target).write_bytes(b"somebody else's")
        link(source, target)

    monkeypatch.setattr("os.link", late)
    answers = dict(zip(("origin", "date", "reality", "licence"), TOLD[1::2], strict=True))
    with stops_by("add_name_taken", where=NEW, todo="annat namn"):
        adding.put(place, answers | {"replaces": NAME}, adding.dt.date(2024, 1, 1))
    assert (raw / ROUND / NEW).read_bytes() == b"somebody else's"


@pytest.mark.rule("add_name_unfit")
@pytest.mark.parametrize("name", ["corrections.yaml", "a.csv.card.yaml", ".a.csv", "~$a.csv"])
def test_names_of_other_things_are_refused(raw: Path, export: Path, name: str):
    assert name in refused(Path(shutil.copy(export, export.with_name(name))), raw, *TOLD)


@pytest.mark.rule("add_answer_unknown")
def test_what_is_nothing_to_answer_is_refused_with_what_is(raw: Path, export: Path):
    assert "foo" in refused(export, raw, "--as", "foo=1")


@pytest.mark.rule("add_answer_unfit")
@pytest.mark.parametrize(
    "answer",
    ["date=2999-01-01", "date=i går", "reality=kanske", "origin=", "complete_through=2023-03-02", "closed=kanske"],
)
def test_answers_that_cannot_be_are_refused(raw: Path, export: Path, answer: str):
    given = [part for key, value in zip(TOLD[::2], TOLD[1::2], strict=True) for part in ("--as", f"{key[2:]}={value}")]
    assert answer.partition("=")[0] in refused(export, raw, *given, "--as", f"replaces={NAME}", "--as", answer)


def test_what_cannot_be_read_is_refused(raw: Path):
    assert "README.md" in refused(ROOT / "README.md", raw, *TOLD)


def test_a_pipe_is_no_terminal(raw: Path, export: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    refused(export, raw)

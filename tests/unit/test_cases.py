"""Provisions of an ordinance as data, and the words for everything that a case can be."""

import hashlib
from pathlib import Path

import pytest

from assets.cases import provisions_of, refuse_unfit_text, suggestions_of
from assets.frames import records_of
from assets.ports import RoundKey
from pipelines.readers.raw_folder import RawFolder
from pipelines.inquiries.drafts import LETTERS
from schemas.configuration import catalogue
from schemas.configuration.provisions import Ordinance
from schemas.texts.catalogue import known
from schemas.words.cases import CONCERNS, EVIDENCE, MATTERS, STATES, TODOS
from tests.stops import stops_by

ORDINANCE = catalogue.programme("stadigvarande-boende").ordinance
CONTENT = b"11 \xc2\xa7"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
FILE = "reference/sfs.txt"


def ordinance(sha256: str = SHA256, file: str = FILE, **dates: str | None) -> Ordinance:
    """A confirmed ordinance of one provision."""
    label = {"sv": "11 §", "en": "section 11"}
    provision = {**label, "says": label, "concerns": "recovery", "valid_from": None, "valid_to": None, **dates}
    text = {"file": file, "sha256": sha256}
    return Ordinance.model_validate(
        {"reference": "r", "status": "confirmed", "text": text, "provisions": {"recovery": provision}}
    )


@pytest.fixture
def raw(tmp_path: Path) -> RawFolder:
    path = tmp_path / "raw" / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return RawFolder(tmp_path / "raw")


@pytest.mark.rule("ordinance_text_unfit", holds=True)
def test_a_text_that_is_there_as_it_was_read_is_let_through(raw: RawFolder):
    refuse_unfit_text(ordinance(), raw)


@pytest.mark.rule("ordinance_text_unfit")
def test_a_text_that_was_changed_since_it_was_read_stops(raw: RawFolder):
    (raw.root / FILE).write_bytes(CONTENT + b"\n")
    with stops_by("ordinance_text_unfit", where=FILE, todo="Lägg dit den text som lästes"):
        refuse_unfit_text(ordinance(), raw)


@pytest.mark.rule("ordinance_text_unfit")
@pytest.mark.parametrize("file", ["reference/other.txt", "reference", "../outside.txt"])
def test_a_text_that_is_not_in_the_raw_folder_stops(raw: RawFolder, file: str):
    (raw.root.parent / "outside.txt").write_bytes(CONTENT)
    with stops_by("ordinance_text_unfit", where=file, todo="Lägg dit den text som lästes"):
        refuse_unfit_text(ordinance(file=file), raw)


@pytest.mark.parametrize(
    ("dates", "is_listed"),
    [
        ({}, True),
        ({"valid_from": "2023-12-31"}, True),
        ({"valid_from": "2024-01-01"}, False),
        ({"valid_to": "2023-01-01"}, True),
        ({"valid_to": "2022-12-31"}, False),
    ],
)
def test_a_round_has_the_provisions_that_are_in_force_on_any_day_of_its_year(dates: dict[str, str], is_listed: bool):  # noqa: FBT001 - a case
    rows = records_of(provisions_of(ordinance(**dates), RoundKey("p", 2023)))
    assert [row["provision"] for row in rows] == ["recovery"] * is_listed


def test_a_provision_names_the_rules_that_stand_on_it_and_one_without_says_so():
    rows = {row["provision"]: row for row in records_of(provisions_of(ORDINANCE, RoundKey("p", 2023)))}
    assert rows["recovery"]["rules"].split(", ") == ["recovery_without_decision", "hearing_cut_short"]
    assert rows["recovery"]["rule_count"] == 2
    assert (rows["appeal"]["rules"], rows["appeal"]["rule_count"]) == (None, 0)
    assert {row["status"] for row in rows.values()} == {"preliminary"}


def test_the_sample_has_sections_7_to_12_and_the_five_grounds_of_section_10():
    sections = [each.sv.split()[0] for each in ORDINANCE.provisions.values() if not each.part_of]
    assert sections == ["7", "8", "9", "10", "11", "12"]
    grounds = [each.sv for each in ORDINANCE.provisions.values() if each.part_of == "repayment"]
    assert grounds == [f"10 § {number}" for number in (1, 2, 3, 4, 5)]


def test_all_evidence_suggests_a_ground_and_none_suggests_false_information():
    suggested = records_of(suggestions_of(ORDINANCE, RoundKey("p", 2023)))
    assert sorted(row["evidence"] for row in suggested) == sorted(EVIDENCE)
    assert "false_information" not in {row["provision"] for row in suggested}


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("matter", MATTERS),
        ("state", STATES),
        ("todo", TODOS),
        ("evidence", EVIDENCE),
        ("kind", EVIDENCE),
        ("concerns", CONCERNS),
    ],
)
def test_every_word_has_a_text(prefix: str, words: tuple[str, ...]):
    assert [word for word in words if not known(f"{prefix}_{word}")] == []
    assert len(set(words)) == len(words) > 0


def test_every_letter_answers_something_to_do_and_has_its_texts():
    assert set(LETTERS) <= set(TODOS)
    parts = ("file", "title", "matter", "text", "ask", "asked")
    assert [(kind, part) for kind in LETTERS.values() for part in parts if not known(f"draft_{kind}_{part}")] == []

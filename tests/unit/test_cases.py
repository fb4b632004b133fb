"""Provisions of an ordinance as data, and the words for everything that a case can be."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assets.domain.grant.todo import Todo
from assets.received import Received
from assets.round import compute, refuse_undeclared
from pipelines.readers.raw_folder import RawFolder
from schemas.configuration.programme import Programme
from schemas.configuration.provisions import Ordinance
from schemas.texts.catalogue import known
from schemas.words.cases import CONCERNS, EVIDENCE, MATTERS, STATES, TODOS
from tests.rows import KEY, PROGRAMME, file_of, programme_of, received_of
from tests.stops import stops_by

ORDINANCE = PROGRAMME.ordinance
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


def programme(of: Ordinance) -> Programme:
    forms = (PROGRAMME.forms["decisions"], PROGRAMME.forms["usage_report_2023"])
    return programme_of(*forms).model_copy(update={"ordinance": of})


# -- the text ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def raw(tmp_path: Path) -> RawFolder:
    path = tmp_path / "raw" / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    return RawFolder(tmp_path / "raw")


@pytest.fixture
def refuse(raw: RawFolder) -> Callable[[Ordinance], None]:
    """Hold an ordinance against what lies in the raw folder."""

    def against(of: Ordinance) -> None:
        digest = raw.digest(of.text.file) if of.text else None
        refuse_undeclared(
            Received(KEY, (), None, received_of().register, "", received_of().today, digest), programme(of)
        )

    return against


@pytest.mark.rule("ordinance_text_unfit", holds=True)
def test_a_text_that_is_there_as_it_was_read_is_let_through(refuse: Callable[[Ordinance], None]):
    refuse(ordinance())


@pytest.mark.rule("ordinance_text_unfit")
def test_a_text_that_was_changed_since_it_was_read_stops(raw: RawFolder, refuse: Callable[[Ordinance], None]):
    (raw.root / FILE).write_bytes(CONTENT + b"\n")
    with stops_by("ordinance_text_unfit", where=FILE, todo="Lägg dit den text som lästes"):
        refuse(ordinance())


@pytest.mark.rule("ordinance_text_unfit")
def test_a_text_that_is_not_in_the_raw_folder_stops(raw: RawFolder, refuse: Callable[[Ordinance], None]):
    (raw.root.parent / "outside.txt").write_bytes(CONTENT)
    for file in ("reference/other.txt", "reference", "../outside.txt"):
        with stops_by("ordinance_text_unfit", where=file, todo="Lägg dit den text som lästes"):
            refuse(ordinance(file=file))


# -- provisions -------------------------------------------------------------------------------------------------------
def provisions(of: Ordinance) -> Iterator[dict[str, Any]]:
    """What core_provision has of a round of 2023."""
    round_of = programme(of)
    files = [file_of(round_of.forms[form], name=f"{form}.csv") for form in round_of.rounds[KEY.year].forms]
    received = received_of(*files)
    if of.text:
        received = Received(**vars(received) | {"ordinance_sha256": of.text.sha256})
    return iter(compute(received, round_of)["core_provision"].to_pylist())


def test_a_round_has_the_provisions_that_are_in_force_on_any_day_of_its_year():
    cases = {
        (None, None): True,
        ("2023-12-31", None): True,
        ("2024-01-01", None): False,
        (None, "2023-01-01"): True,
        (None, "2022-12-31"): False,
    }
    for (first, last), is_listed in cases.items():
        dated = ordinance(valid_from=first, valid_to=last).provisions
        rows = provisions(ORDINANCE.model_copy(update={"provisions": ORDINANCE.provisions | dated}))
        assert ("recovery" in {row["provision"] for row in rows}) == is_listed, (first, last)


def test_a_provision_names_the_rules_that_stand_on_it_and_one_without_says_so():
    rows = {row["provision"]: row for row in provisions(ORDINANCE)}
    assert rows["recovery"]["rules"].split(", ") == ON_RECOVERY
    assert rows["recovery"]["rule_count"] == len(ON_RECOVERY)
    assert (rows["appeal"]["rules"], rows["appeal"]["rule_count"]) == (None, 0)
    assert {row["status"] for row in rows.values()} == {"preliminary"}


ON_RECOVERY = [
    "claims_of_one_day",
    "claims_without_ground",
    "claim_replaces_nothing",
    "claim_above_paid",
    "claim_above_cover",
    "report_after_claim",
    "claim_reaches_use",
    "claim_cover_not_told",
    "waiver_above_left",
    "asked_without_ground",
    "hearing_cut_short",
]


def test_the_sample_has_sections_7_to_12_and_the_five_grounds_of_section_10():
    sections = [each.sv.split()[0] for each in ORDINANCE.provisions.values() if not each.part_of]
    assert sections == ["7", "8", "9", "10", "11", "12"]
    grounds = [each.sv for each in ORDINANCE.provisions.values() if each.part_of == "repayment"]
    assert grounds == [f"10 § {number}" for number in (1, 2, 3, 4, 5)]


def test_all_evidence_suggests_a_ground_and_none_suggests_false_information():
    in_force = ORDINANCE.in_force(KEY.year)
    assert sorted(word for each in in_force.values() for word in each.suggested_by) == sorted(EVIDENCE)
    assert in_force["false_information"].suggested_by == ()


# -- words ------------------------------------------------------------------------------------------------------------
def test_every_word_has_a_text():
    words = {
        "matter": MATTERS,
        "state": STATES,
        "todo": TODOS,
        "evidence": EVIDENCE,
        "kind": EVIDENCE,
        "concerns": CONCERNS,
    }
    for prefix, mine in words.items():
        assert [word for word in mine if not known(f"{prefix}_{word}")] == [], prefix
        assert len(set(mine)) == len(mine) > 0, prefix


def test_what_there_is_to_do_is_numbered_in_the_order_of_a_case():
    assert [Todo(todo, None).order for todo in TODOS] == list(range(1, len(TODOS) + 1))

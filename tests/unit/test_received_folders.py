"""The raw folder by names alone: rounds, folders of none, and files that nobody put there on purpose."""

from pathlib import Path

import pytest

from pipelines.readers.received_folders import Stray, is_left_over, survey
from schemas.configuration import catalogue, outline
from schemas.configuration.outline import Round

PROGRAMME = "stadigvarande-boende"


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db",
        "thumbs.DB",
        "desktop.ini",
        ".DS_Store",
        "~$beslut.xlsx",
        ".~lock.beslut.ods#",
        "~WRL0001.tmp",
        "a.csv~",
    ],
)
def test_what_systems_and_editors_leave_is_known_by_its_name(name: str):
    assert is_left_over(name)


@pytest.mark.parametrize(
    "name", ["beslut.xlsx", "Thumbs.csv", "thumbs.db.csv", "#1.csv", "~beslut.csv", "anteckningar.docx"]
)
def test_whatever_else_lies_there_is_to_be_read(name: str):
    assert not is_left_over(name)


def test_the_outline_says_what_the_catalogue_says():
    assert outline.programme_names() == list(catalogue.programme_names())
    for name in catalogue.programme_names():
        assert outline.years_of(name) == set(catalogue.programme(name).rounds)


def test_a_programme_whose_yaml_is_broken_does_not_tell_its_years(tmp_path: Path):
    (tmp_path / "a").mkdir()
    for content in ("rounds: [", "rounds: 5", "title: x", ""):
        (tmp_path / "a" / "programme.yaml").write_text(content, "utf-8")
        assert outline.programme_names(tmp_path) == ["a"]
        assert outline.years_of("a", tmp_path) is None


def test_every_folder_is_a_round_or_a_stray_or_nobodys(tmp_path: Path):
    for folder in (
        "reference",
        ".git",
        "stadigvarande-boend/2023",
        f"{PROGRAMME}/2023",
        f"{PROGRAMME}/2031",
        f"{PROGRAMME}/arkiv",
    ):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "README.md").write_text("x", "utf-8")
    (tmp_path / PROGRAMME / "2023" / "Thumbs.db").write_text("x", "utf-8")
    found = survey(tmp_path)
    assert found.rounds == [Round(PROGRAMME, 2023)]
    assert found.strays == [
        Stray(tmp_path / "stadigvarande-boend", "stadigvarande-boend"),
        Stray(tmp_path / PROGRAMME / "2031", PROGRAMME, 2031),
    ]
    assert found.left_over == [tmp_path / PROGRAMME / "2023" / "Thumbs.db"]

"""A source card says through which day its file has everything."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from assets.received import RoundKey
from pipelines.readers.raw_folder import RawFolder
from schemas.configuration.source_card import SourceCard
from tests.stops import stops_by
from tests.unit.test_readers import CARD, raw_file

MADE = dt.date(2024, 1, 1)


def card(**said: object) -> SourceCard:
    return SourceCard.model_validate(yaml.safe_load(CARD) | said)


def test_a_file_has_everything_up_to_the_day_before_its_own_unless_its_card_names_a_day():
    assert card().last_complete_day == dt.date(2023, 12, 31)
    assert card(complete_through=dt.date(2023, 11, 5)).last_complete_day == dt.date(2023, 11, 5)


def test_a_closed_form_has_everything_of_its_own_day_too():
    assert card(closed=True).last_complete_day == MADE


def test_a_card_of_the_first_day_there_is_has_no_day_before_it():
    assert card(date=dt.date.min).last_complete_day == dt.date.min


def read(folder: Path, line: str) -> SourceCard:
    raw_file(folder / "p" / "2024", "a.csv", "Namn;Tal\n", CARD + line)
    [file] = RawFolder(folder).files(RoundKey("p", 2024))
    return file.card


@pytest.mark.rule("complete_too_late", holds=True)
def test_a_file_may_be_complete_through_its_own_day(tmp_path: Path):
    assert read(tmp_path, "complete_through: 2024-01-01\n").last_complete_day == MADE


@pytest.mark.rule("complete_too_late")
def test_a_file_that_would_be_complete_after_its_own_day_is_a_fault_of_its_card_by_file_and_line(tmp_path: Path):
    todo = "a.csv.card.yaml, rad 7: en fil från den 2024-01-01 kan inte vara komplett till och med 2024-01-02"
    with stops_by("card_invalid", where="a.csv.card.yaml", todo=todo):
        read(tmp_path, "complete_through: 2024-01-02\n")

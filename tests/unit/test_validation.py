"""What pydantic finds, in words of the rulebook: also what no declaration of today can have wrong."""

from typing import Annotated, Self

import pytest
from pydantic import Field, model_validator

from schemas.configuration.declared import Declared, Loc
from schemas.configuration.faults import ConfigurationError, Meant, Place
from schemas.configuration.validation import validated
from tests.stops import stops_by


class Few(Declared):
    """At most three."""

    count: Annotated[int, Field(le=3)]


def place(_: Loc) -> Place:
    return Place("few.yaml", 1)


@pytest.mark.rule("value_refused")
def test_a_limit_that_has_no_words_of_ours_is_told_in_pydantics():
    with stops_by("value_refused", where="few.yaml", todo="går inte att använda (Input should be less than"):
        validated(Few, {"count": 4}, place)
    assert validated(Few, {"count": 3}, place).count == 3


def test_a_fault_of_the_whole_has_words_too():
    class Uneven(Few):
        @model_validator(mode="after")
        def _refuse(self) -> Self:
            raise ValueError("uneven")

    with stops_by("value_refused", where="few.yaml", todo="(Value error, uneven)"):
        validated(Uneven, {"count": 1}, place)


def test_a_misspelt_key_is_not_missing_as_well():
    with pytest.raises(ConfigurationError) as raised:
        validated(Few, {"cuont": 1}, place)
    assert [fault.rule for fault in raised.value.faults] == ["key_unknown"]


def test_a_key_that_is_like_no_other_leaves_the_missing_one_missing():
    with pytest.raises(ConfigurationError) as raised:
        validated(Few, {"antal": 1}, place)
    assert sorted(fault.rule for fault in raised.value.faults) == ["key_missing", "key_unknown"]


def test_a_sentence_about_an_unknown_name_ends_with_what_there_is():
    for name, known, told in (
        ("feilds", ("fields", "files"), "; menade du ”fields”?"),
        ("x", ("fields", "files"), "; det finns fields, files."),
        ("x", (), "."),
        ("2022", ("2023",), "; det finns 2023."),
    ):
        assert Meant(name, known).sentence("sv") == told, name

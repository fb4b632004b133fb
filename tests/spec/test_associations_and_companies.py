"""A grant to associations, companies and sole traders: told by organisation numbers, in registers of the programme.

The check digit of a number is held against its other nine: 2 1 2 1 ... times each, the digits of the products added,
and the check digit makes the sum a whole ten. A sole trader's number is a personal one: nothing published tells it.
"""

import dataclasses

import pytest

from assets.domain.reading.numbers import read_number
from assets.domain.reading.register import Body
from schemas.configuration.indicators import Indicators
from tests.rows import correction, file_of_cells, log_of
from tests.spec.bodies_language import (
    ASSOCIATION,
    COMPANY,
    DECIDED,
    EVERY_COLUMN,
    FOUNDATION,
    NEEDED,
    SOUND,
    TRADER,
    TRADER_CODE,
    TRADER_NAME,
    WITH_CODES,
    Outcome,
    decided,
    outcome,
    register,
    register_of_cells,
    reported,
)

CODE = ASSOCIATION.replace("-", "")


def granted(*lines: str, **more: object) -> dict[str, int]:
    return outcome(decided(*lines), **more).granted  # type: ignore[arg-type]


def found(*lines: str, **more: object) -> list[tuple[str, str | None]]:
    return outcome(decided(*lines), **more).found  # type: ignore[arg-type]


# -- what goes in -----------------------------------------------------------------------------------------------------
def test_recipients_of_a_register_are_granted_by_their_organisation_numbers():
    lines = (f"Exempelföreningen | {ASSOCIATION} | 100 000", f"Exempelbolaget AB | {COMPANY} | 250 000")
    assert granted(*lines) == {"8899990009": 100_000, "5599990008": 250_000}
    assert found(*lines) == []


@pytest.mark.parametrize(
    "written",
    ["889999-0009", "8899990009", "889999 0009", "889999 - 0009", "16889999-0009", "168899990009", "16 889999-0009"],
)
def test_a_number_is_one_however_it_is_written(written: str):
    assert (granted(f"Exempelföreningen | {written} | 5"), found(f"Exempelföreningen | {written} | 5")) == (
        {CODE: 5},
        [],
    )


@pytest.mark.parametrize("cell", [8899990009, 168899990009])
def test_a_number_that_a_workbook_holds_as_a_number_is_the_same(cell: int):
    file = file_of_cells(list(DECIDED.headers().values()), ["Exempelföreningen", cell, 5, None], name="decided.csv")
    assert outcome(file).granted == {CODE: 5}


def test_a_report_belongs_to_the_recipient_that_its_number_tells():
    whole = outcome(
        decided(f"Exempelföreningen | {ASSOCIATION} | 100 000"),
        reported(f"Exempelföreningen | {ASSOCIATION} | 60 000 | 40 000"),
    )
    [account] = whole.tables["core_account"]
    assert (account["recipient_code"], account["granted_sek"], account["used_sek"], account["unused_sek"]) == (
        CODE,
        100_000,
        60_000,
        40_000,
    )


def test_where_no_county_is_known_none_is_told_and_none_is_held_against_the_row():
    bodies = {row["recipient_code"]: row for row in outcome(decided()).tables["core_recipient"]}
    assert (bodies[CODE]["county_code"], bodies[CODE]["county_name"]) == (None, None)


def test_figures_by_county_have_a_line_for_those_whose_county_is_not_known():
    by_county = Indicators(grants_by=("county",))
    whole = outcome(decided(f"Exempelföreningen | {ASSOCIATION} | 5"), indicators=by_county)
    [line] = [row for row in whole.tables["out_grant_by_group"] if row["dimension"] == "county"]
    assert (line["category_label_sv"], line["granted_sek"]) == ("Okänt län", 5)


def test_a_county_that_a_row_states_is_not_held_against_one_that_is_not_known():
    with_county = DECIDED.model_copy(update={"fields": {**DECIDED.fields, "county_name": "Län"}})
    file = file_of_cells(
        list(with_county.headers().values()),
        ["Exempelföreningen", ASSOCIATION, "5", None, "Exempellän"],
        name="decided.csv",
    )
    assert outcome(file, forms=(with_county,)).granted == {CODE: 5}


def test_a_register_may_tell_the_county():
    known = register("889999-0009 | Exempelföreningen | nonprofit_association || 99", columns=EVERY_COLUMN)
    [_, body] = outcome(decided(), registers=[known]).tables["core_recipient"]
    assert (body["county_code"], body["county_name"]) == ("99", "Exempellän")


def test_a_kind_that_the_grant_is_not_for_is_no_recipient():
    assert found(f"Exempelbolaget AB | {COMPANY} | 5", kinds=["foundation"]) == [("name_is_other", "A")]
    assert granted(f"Exempelbolaget AB | {COMPANY} | 5", kinds=["foundation"]) == {}


# -- wrong numbers ----------------------------------------------------------------------------------------------------
def test_a_wrong_check_digit_is_told_at_its_cell_and_the_name_does_not_decide():
    line = "Exempelföreningen | 889999-0008 | 5"  # 8 8 9 9 9 9 0 0 0 and 9, never 8
    assert (granted(line), found(line)) == ({}, [("number_check_digit", "B")])


@pytest.mark.parametrize(
    "written",
    ["070-123 45 67", "08-123 456 78", "saknas", "889999-000", "889999-00090", "19889999-0009", "16900101-9802"],
)
def test_what_is_no_organisation_number_is_told_at_its_cell_and_the_name_does_not_decide(written: str):
    line = f"Exempelföreningen | {written} | 5"
    assert (granted(line), found(line)) == ({}, [("number_unreadable", "B")])


def test_the_code_of_a_municipality_is_not_the_associations():
    assert found("Exempelföreningen | 9901 | 5") == [("code_differs", "B")]


def test_a_mobile_phones_ten_digits_are_no_number_either():
    assert found("Exempelföreningen | 0701234567 | 5") == [("number_check_digit", "B")]


def test_the_number_of_another_recipient_leaves_the_row_out():
    line = f"Exempelföreningen | {COMPANY} | 5"
    assert (granted(line), found(line)) == ({}, [("code_differs", "B")])


def test_a_right_number_of_nobody_in_the_register_leaves_the_row_out():
    line = "Exempelföreningen | 889999-0017 | 5"
    assert (granted(line), found(line)) == ({}, [("code_differs", "B")])


def test_without_a_number_the_name_decides_and_it_is_told():
    line = "Exempelföreningen | | 5"
    assert (granted(line), found(line)) == ({CODE: 5}, [("number_missing", "B")])


def test_a_name_that_the_register_does_not_have_is_known_by_its_number_and_told():
    line = f"Ideella sällskapet för exempel | {ASSOCIATION} | 5"
    assert (granted(line), found(line)) == ({CODE: 5}, [("name_by_number", "A")])


def test_a_name_that_is_like_anothers_is_not_known_by_its_number():
    line = f"Exempelbolagt AB | {ASSOCIATION} | 5"
    assert (granted(line), found(line)) == ({}, [("name_unknown", "A")])


# -- registers with faults --------------------------------------------------------------------------------------------
ONE = "889999-0009 | Exempelföreningen | nonprofit_association"


def of_register(*lines: str, **more: object) -> list[tuple[str, str | None]]:
    """What is found in a register."""
    return outcome(decided(), registers=[register(*lines, **more)]).found  # type: ignore[arg-type]


def test_a_body_whose_number_is_wrong_is_none_of_the_register():
    wrong = register("889999-0008 | Exempelföreningen | nonprofit_association")
    assert found("Exempelföreningen | | 5", registers=[wrong]) == [("name_unknown", "A"), ("number_check_digit", "A")]


def test_a_body_without_a_number_a_name_or_a_kind_is_none_of_the_register():
    assert of_register(" | Exempelföreningen | nonprofit_association") == [("value_missing", "A")]
    assert of_register("889999-0009 | | nonprofit_association") == [("value_missing", "B")]
    assert of_register("889999-0009 | Exempelföreningen | ") == [("value_missing", "C")]


def test_an_unknown_kind_county_or_day_is_told_at_its_cell():
    assert of_register("889999-0009 | Exempelföreningen | förening") == [("register_value_unknown", "C")]
    assert of_register(f"{ONE} || 77", columns=EVERY_COLUMN) == [("register_value_unknown", "E")]
    assert of_register(f"{ONE} || 99 | i fjol", columns=EVERY_COLUMN) == [("register_value_unknown", "F")]


def test_the_same_number_twice_counts_once():
    assert of_register(ONE, "16889999-0009 | Föreningen Exempel | nonprofit_association") == [
        ("register_body_twice", "A")
    ]


def test_a_body_in_two_registers_counts_as_the_first_has_it_and_the_second_is_told_where():
    first, second = register(ONE), register("8899990009 | Exempelföreningen | foundation", name="stiftelser.csv")
    both = outcome(decided(f"Exempelföreningen | {ASSOCIATION} | 5"), registers=[first, second])
    assert both.granted == {CODE: 5}
    [told] = [row for row in both.tables["raw_finding"] if row["rule"] == "register_body_twice"]
    assert (told["source_file"], told["source_row"]) == ("reference/stiftelser.csv", 2)
    assert "foreningar.csv:2" in told["message_sv"]
    assert [body["kind"] for body in both.tables["core_recipient"] if body["recipient_code"] == CODE] == [
        "nonprofit_association"
    ]


def test_a_body_that_changed_its_name_is_one_of_the_year_it_had_it():
    known = register(
        "889999-0009 | Gamla namnet | nonprofit_association || | | 2021-12-31",
        "889999-0009 | Exempelföreningen | nonprofit_association || | 2022-01-01 |",
        columns=EVERY_COLUMN,
    )
    assert found(f"Exempelföreningen | {ASSOCIATION} | 5", registers=[known]) == []


TWO = register(ONE, "889999-0017 | Exempelföreningen | nonprofit_association")


def test_two_numbers_of_one_name_are_told_in_the_register():
    assert outcome(decided(), registers=[TWO]).found == [("register_name_shared", "B")]


def test_of_two_of_one_name_the_number_decides_and_without_it_neither_counts():
    told = ("register_name_shared", "B")
    with_number = outcome(decided("Exempelföreningen | 889999-0017 | 5"), registers=[TWO])
    assert (with_number.granted, with_number.found) == ({"8899990017": 5}, [told])
    without = outcome(decided("Exempelföreningen | | 5"), registers=[TWO])
    assert (without.granted, sorted(without.found)) == ({}, sorted([told, ("name_shared", "A")]))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("559999-0008", "nonprofit_association"),
        ("889999-0009", "company"),
        ("769999-0003", "nonprofit_association"),
        ("969999-0009", "company"),
        ("219999-0009", "foundation"),
        ("889999-0009", "municipality"),
    ],
)
def test_a_kind_that_has_no_such_numbers_is_told(number: str, kind: str):
    assert of_register(f"{number} | Exempel | {kind}") == [("register_kind_differs", "C")]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("559999-0008", "company"),
        ("889999-0009", "nonprofit_association"),
        ("889999-0009", "foundation"),
        ("769999-0003", "economic_association"),
        ("969999-0009", "partnership"),
        ("219999-0009", "region"),
        ("889999-0009", "other"),
    ],
)
def test_a_kind_that_has_such_numbers_is_nothing_to_tell(number: str, kind: str):
    assert of_register(f"{number} | Exempel | {kind}") == []


def test_numbers_that_a_workbook_holds_as_numbers_have_their_zeros_in_the_register_too():
    born_2000 = 101_9801  # 000101-9801 without its zeros
    known = register_of_cells([list(WITH_CODES), [born_2000, "Exempla Fiktivsson", "sole_trader", 2]])
    assert granted("Exempla Fiktivsson | 000101-9801 | 5", registers=[known]) == {"00002": 5}


# -- sole traders -----------------------------------------------------------------------------------------------------
LINE = f"{TRADER_NAME} | {TRADER} | 75 000"


def secrets_in(text: str) -> list[str]:
    """What of a sole trader stands in a text: number in any form, day of birth, name."""
    digits = TRADER.replace("-", "")
    return [secret for secret in (TRADER, digits, digits[:6], digits[6:], TRADER_NAME, "Fiktivsson") if secret in text]


def everything() -> Outcome:
    """A round in which a sole trader is granted money, reports, and has faults."""
    return outcome(
        decided(
            f"{LINE} | EX 1",
            f"Någon annan | {TRADER} | 5 | EX 2",
            f"{TRADER_NAME} | 900101-9803 | 5",
            f"{TRADER_NAME} | {COMPANY} | 5",
        ),
        reported(f"{TRADER_NAME} ({TRADER}) | {TRADER} | 70 000 | 5 000", f"Exempelbolaget AB | {TRADER} | 1 | 1"),
    )


def test_a_sole_trader_goes_by_the_code_that_the_house_gave():
    whole = outcome(decided(LINE))
    assert whole.granted == {TRADER_CODE: 75_000}
    [line] = whole.tables["out_annex"]
    assert (line["recipient_code"], line["recipient_name"]) == (TRADER_CODE, f"Enskild näringsidkare {TRADER_CODE}")


def test_neither_number_nor_name_of_a_sole_trader_is_in_anything_published_or_found():
    whole = everything()
    assert [row["recipient_code"] for row in whole.tables["core_decision"]] == [TRADER_CODE] * 2
    assert {rule for rule, _ in whole.found} > {"name_by_number", "number_check_digit", "code_differs"}
    assert secrets_in(whole.published) == []
    assert secrets_in(repr(whole.tables["raw_finding"])) == []


def test_a_number_that_is_corrected_counts_and_neither_the_old_nor_the_new_one_is_published():
    said = {"file": "decided.csv", "row": 2, "column": "Organisationsnummer", "old": "900101-9803", "new": TRADER}
    whole = outcome(decided(f"{TRADER_NAME} | 900101-9803 | 5"), log=log_of(correction(**said)))
    assert whole.granted == {TRADER_CODE: 5}
    assert [row["effect"] for row in whole.tables["core_correction"]] == ["applied"]
    assert "9803" not in whole.published
    assert secrets_in(whole.published) == []


def test_the_received_rows_themselves_hold_them_and_stay_restricted():
    assert secrets_in(repr(everything().tables["raw_row"])) != []


def test_a_sole_trader_is_never_guessed_from_a_name_that_is_like():
    assert found("Exempla Fiktivson | | 5") == [("name_unknown", "A")]


@pytest.mark.parametrize("code", ["", "9802", "900101", "9001019802", "1", "A0001"])
def test_a_sole_trader_without_a_code_of_five_digits_is_none_of_the_register(code: str):
    found = of_register(f"{TRADER} | {TRADER_NAME} | sole_trader | {code}", columns=WITH_CODES)
    assert found == [("register_code_needed", "D")]


def test_a_register_without_the_column_of_codes_is_told_at_the_number():
    assert of_register(f"{TRADER} | {TRADER_NAME} | sole_trader") == [("register_code_needed", "A")]


def test_a_personal_number_is_treated_as_one_whatever_kind_it_is_said_to_be_of():
    mistaken = register(f"{TRADER} | {TRADER_NAME} | company | {TRADER_CODE}", columns=WITH_CODES)
    whole = outcome(decided(LINE), registers=[mistaken])
    assert whole.granted == {TRADER_CODE: 75_000}
    assert ("register_kind_differs", "C") in whole.found
    assert secrets_in(whole.published) == []


def test_a_coordination_number_is_a_personal_number():
    line = "900161-9809 | Exempla Fiktivsson | sole_trader"  # born on the 1st: 60 is added to the day
    assert of_register(line) == [("register_code_needed", "A")]


def test_two_sole_traders_of_one_code_are_told():
    found = of_register(
        f"{TRADER} | {TRADER_NAME} | sole_trader | 00001",
        "000101-9801 | Fiktiva Exempelsson | sole_trader | 00001",
        columns=WITH_CODES,
    )
    assert found == [("register_body_twice", "D")]


def test_a_bodys_memory_shows_no_number_where_it_is_printed():
    body = Body("00001", "Enskild näringsidkare 00001", "sole_trader", None, None, None, "synthetic", "9001019802", "N")
    assert secrets_in(f"{body!r} {read_number(TRADER)!r}") == []
    assert dataclasses.replace(body, organisation_number=None).number is None


# -- together with municipalities -------------------------------------------------------------------------------------
def test_municipalities_and_associations_may_be_recipients_of_one_grant():
    lines = ("Exempelkommun 01 | 9901 | 7", f"Exempelföreningen | {ASSOCIATION} | 5")
    kinds = ["municipality", "nonprofit_association"]
    assert granted(*lines, kinds=kinds) == {"9901": 7, CODE: 5}
    assert found(*lines, kinds=kinds) == []


def test_the_registers_sound_rows_are_nothing_to_tell():
    assert outcome(decided()).found == []
    assert len(outcome(decided()).tables["core_recipient"]) == len(SOUND.sheets[0].rows)  # its own, and a municipality
    assert FOUNDATION.replace("-", "") in {row["recipient_code"] for row in outcome(decided()).tables["core_recipient"]}
    assert WITH_CODES[:3] == NEEDED

"""What one round says of another of the same recipient: hints to look into, never verdicts.

A line is a recipient in a round: programme, year, who, and its amounts.
"""

import re
from typing import Any

from assets.domain.across import across
from assets.tables import completed
from tests.rows import Record
from tests.spec.language import NAME, code, kronor

WORDS = {
    "beviljat": "granted_sek",
    "använt": "used_sek",
    "oanvänt": "unused_sek",
    "att återbetala": "repayable_sek",
    "utestående": "outstanding_sek",
}
LINE = re.compile(rf"(?P<programme>[a-z]+) (?P<year>\d{{4}}) (?P<who>{NAME}\d\d): (?P<said>.*)")


def row(line: str) -> Record:
    """One recipient in one round, in its parts."""
    told = LINE.fullmatch(line)
    assert told, line
    amounts = {WORDS[word]: kronor(amount) for amount, word in map(_amount, told["said"].split(", "))}
    return {"programme": told["programme"], "year": int(told["year"]), "recipient_code": code(told["who"]), **amounts}


def _amount(part: str) -> tuple[str, str]:
    amount = re.match(r"[\d ]*\d", part)
    assert amount, part
    return amount[0], part[amount.end() :].strip()


def hints(*lines: str, purposes: dict[str, str] | None = None, provenance: dict[int, str] | None = None) -> list[Any]:
    """Every hint, in order of round."""
    rows = [row(line) for line in lines]
    made = [each | {"provenance": (provenance or {}).get(each["year"], "synthetic")} for each in rows]
    rounds = {
        (each["programme"], each["year"]): {"programme": each["programme"], "year": each["year"]} for each in made
    }
    tables = {
        "core_round": completed("core_round", rounds.values(), {}),
        "core_usage_report": completed("core_usage_report", (each for each in made if "unused_sek" in each), {}),
        "core_account": completed("core_account", (each for each in made if "granted_sek" in each), {}),
    }
    found = across(tables, purposes or {})
    return sorted(found, key=lambda each: (each["programme"], each["year"], each["kind"], each["measure"]))


def kinds(*lines: str, **more: Any) -> list[tuple[str, str, int, str]]:
    """Every hint by its kind, the programme and the round that it is about, and the measure."""
    return [(each["kind"], each["programme"], each["year"], each["measure"]) for each in hints(*lines, **more)]


# -- last year's figure copied ----------------------------------------------------------------------------------------
def test_exactly_last_years_amount_used_may_be_copied():
    lines = "p 2022 Exempelkommun 01: 515 637 använt, 0 oanvänt", "p 2023 Exempelkommun 01: 515 637 använt, 0 oanvänt"
    assert kinds(*lines) == [("figure_repeated", "p", 2023, "used")]


def test_one_krona_more_or_less_is_another_figure():
    first = "p 2022 Exempelkommun 01: 515 637 använt, 0 oanvänt"
    assert kinds(first, "p 2023 Exempelkommun 01: 515 638 använt, 0 oanvänt") == []
    assert kinds(first, "p 2023 Exempelkommun 01: 515 636 använt, 0 oanvänt") == []


def test_exactly_last_years_amount_unused_may_be_copied_and_nothing_twice_is_nothing():
    lines = "p 2022 Exempelkommun 01: 1 oanvänt", "p 2023 Exempelkommun 01: 1 oanvänt"
    assert kinds(*lines) == [("figure_repeated", "p", 2023, "unused")]
    assert kinds("p 2022 Exempelkommun 01: 0 oanvänt", "p 2023 Exempelkommun 01: 0 oanvänt") == []


def test_another_recipient_and_another_programme_may_have_the_same_figure():
    first = "p 2022 Exempelkommun 01: 5 000 oanvänt"
    assert kinds(first, "p 2023 Exempelkommun 02: 5 000 oanvänt") == []
    assert kinds(first, "q 2023 Exempelkommun 01: 5 000 oanvänt") == []


def test_the_round_before_is_the_nearest_earlier_one_of_the_programme():
    lines = (
        "p 2019 Exempelkommun 01: 5 000 oanvänt",
        "p 2021 Exempelkommun 01: 6 000 oanvänt",
        "p 2023 Exempelkommun 01: 5 000 oanvänt",
    )
    assert kinds(*lines) == []
    assert kinds(lines[0], lines[2]) == [("figure_repeated", "p", 2023, "unused")]


def test_the_sentence_names_the_amount_and_the_year():
    [hint] = hints("p 2022 Exempelkommun 01: 515 637 oanvänt", "p 2023 Exempelkommun 01: 515 637 oanvänt")
    assert "exakt samma oanvända belopp, 515\u00a0637\u00a0kr, som för 2022" in hint["message_sv"]
    assert "SEK\u00a0515\u00a0637, as for 2022" in hint["message_en"]


# -- another magnitude ------------------------------------------------------------------------------------------------
def test_ten_times_as_much_is_another_magnitude_and_a_krona_less_is_not():
    first = "p 2022 Exempelkommun 01: 70 000 beviljat, 0 utestående"
    assert kinds(first, "p 2023 Exempelkommun 01: 700 000 beviljat") == [("magnitude_differs", "p", 2023, "granted")]
    assert kinds(first, "p 2023 Exempelkommun 01: 699 999 beviljat") == []


def test_a_tenth_is_another_magnitude_and_a_krona_more_is_not():
    first = "p 2022 Exempelkommun 01: 700 000 beviljat, 700 000 använt, 0 utestående"
    tenth = "p 2023 Exempelkommun 01: 699 999 beviljat, 70 000 använt"
    assert kinds(first, tenth) == [("magnitude_differs", "p", 2023, "used")]
    assert kinds(first, tenth.replace("70 000", "70 001")) == []


def test_nothing_is_compared_with_zero():
    first = "p 2022 Exempelkommun 01: 700 000 beviljat, 0 använt, 0 utestående"
    assert kinds(first, "p 2023 Exempelkommun 01: 700 000 beviljat, 500 000 använt") == []


# -- funded twice -----------------------------------------------------------------------------------------------------
TWO = "p 2023 Exempelkommun 01: 700 000 beviljat", "q 2023 Exempelkommun 01: 300 000 beviljat"


def test_two_programmes_of_one_purpose_in_one_year_are_pointed_out_in_both_rounds():
    found = kinds(*TWO, purposes={"p": "boende", "q": "boende"})
    assert found == [("funded_twice", "p", 2023, "granted"), ("funded_twice", "q", 2023, "granted")]


def test_programmes_of_different_purposes_or_of_none_are_not():
    assert kinds(*TWO, purposes={"p": "boende", "q": "skola"}) == []
    assert kinds(*TWO, purposes={"p": "boende"}) == []
    assert kinds(*TWO) == []


def test_another_year_another_recipient_and_nothing_granted_are_not():
    purposes = {"p": "boende", "q": "boende"}
    assert kinds(TWO[0], "q 2022 Exempelkommun 01: 300 000 beviljat", purposes=purposes) == []
    assert kinds(TWO[0], "q 2023 Exempelkommun 02: 300 000 beviljat", purposes=purposes) == []
    assert kinds(TWO[0], "q 2023 Exempelkommun 01: 0 beviljat", purposes=purposes) == []


def test_the_sentence_says_that_it_is_no_verdict():
    hint, _ = hints(*TWO, purposes={"p": "boende", "q": "boende"})
    assert "700\u00a0000\u00a0kr här och 300\u00a0000\u00a0kr av q" in hint["message_sv"]
    assert "Det är ingen bedömning" in hint["message_sv"]
    assert "This is no verdict" in hint["message_en"]


# -- a claim carried over ---------------------------------------------------------------------------------------------
LATER = "p 2023 Exempelkommun 01: 700 000 beviljat, 0 utestående"


def test_what_is_outstanding_of_an_earlier_round_is_pointed_out_when_money_is_granted_again():
    [hint] = hints("p 2022 Exempelkommun 01: 700 000 beviljat, 1 att återbetala, 1 utestående", LATER)
    assert (hint["kind"], hint["year"], hint["other_year"]) == ("claim_carried_over", 2023, 2022)
    assert (hint["other_amount_sek"], hint["amount_sek"]) == (1, 700_000)


def test_nothing_outstanding_is_nothing_to_point_out():
    assert kinds("p 2022 Exempelkommun 01: 700 000 beviljat, 5 att återbetala, 0 utestående", LATER) == []


def test_a_round_of_which_nobody_knows_yet_what_is_repayable_has_nothing_to_point_out():
    assert kinds("p 2022 Exempelkommun 01: 700 000 beviljat", LATER) == []


def test_what_is_not_known_to_be_repaid_is_pointed_out_as_unknown_and_not_as_zero():
    [hint] = hints("p 2022 Exempelkommun 01: 700 000 beviljat, 5 att återbetala", LATER)
    assert hint["other_amount_sek"] is None
    assert "inte känt" in hint["message_sv"]


def test_what_is_not_known_to_be_repaid_is_pointed_out_in_the_next_round_only_and_what_is_outstanding_in_all():
    unknown = "p 2021 Exempelkommun 01: 700 000 beviljat, 5 att återbetala"
    between = "p 2022 Exempelkommun 01: 700 000 beviljat, 0 utestående"
    assert [each["year"] for each in hints(unknown, between, LATER)] == [2022]
    assert [each["year"] for each in hints(f"{unknown}, 5 utestående", between, LATER)] == [2022, 2023]


def test_where_nothing_is_repayable_it_does_not_matter_that_no_repayment_is_told_of():
    assert kinds("p 2022 Exempelkommun 01: 700 000 beviljat, 0 att återbetala", LATER) == []


def test_a_claim_of_a_later_round_says_nothing_of_an_earlier_one():
    later = "p 2023 Exempelkommun 01: 700 000 beviljat, 5 att återbetala, 5 utestående"
    assert kinds("p 2022 Exempelkommun 01: 700 000 beviljat, 0 att återbetala, 0 utestående", later) == []


# -- real and made up -------------------------------------------------------------------------------------------------
def test_a_hint_from_a_real_and_a_made_up_round_is_mixed():
    lines = "p 2022 Exempelkommun 01: 5 oanvänt", "p 2023 Exempelkommun 01: 5 oanvänt"
    assert [each["provenance"] for each in hints(*lines, provenance={2022: "real"})] == ["mixed"]
    assert [each["provenance"] for each in hints(*lines)] == ["synthetic"]

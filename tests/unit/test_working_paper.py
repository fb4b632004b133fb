"""The working paper of a draw: what it says of what was drawn, and the upper error limit once it is filled in.

The limits are worked out by hand, from the factors that audit sampling tables print: at 95 % 3.00 for no error, 4.75
for one, 6.30 for two.
"""

import pytest

from assets.domain.draw import Draw, Placed, Unit, factor
from pipelines.inquiries.draw import Drawn, Evidence, Order
from pipelines.inquiries.working_paper import working_paper
from tests.formulas import Workbook

INTERVAL = 10_000
UNITS = {"Exempelkommun 01": 15_000, "Exempelkommun 02": 4_000, "Exempelkommun 03": 5_000, "Exempelkommun 04": 8_000}
FIRST = 4
"""The first row of what to examine."""


def paper(*, reads_all: bool = False, materiality: int = 45_000) -> Workbook:
    """Four units that were hit, one of more than an interval; and others that were not, unless all are read."""
    placed, end = [], 0
    left = {} if reads_all else {"Exempelkommun 05": 90_000}
    for number, (name, amount) in enumerate({**UNITS, **left}.items(), start=1):
        begin, end = end + 1, end + amount
        hits = () if name in left else (begin,)
        placed.append(Placed(Unit(f"EX {number}", f"990{number}", name, amount), begin, end, hits))
    found = Draw(tuple(placed), end, factor(95, 0), INTERVAL, 1)
    order = Order("stadigvarande-boende", 2022, "used", 7, materiality, 95)
    evidence = {
        "EX 1": Evidence("EX 2022-0001", 12_000, is_derived=False, rows=(("decision", "beslut.xlsx, Beslut, 7"),)),
        "EX 2": Evidence(None, 4_000, is_derived=True, rows=()),
    }
    return Workbook(working_paper(Drawn(order, "0123", "2023-06-30", "synthetic", found, [], {}, 0, evidence), "sv"))


def filled_in(*found: int, **facts: object) -> Workbook:
    book = paper(**facts)  # type: ignore[arg-type]
    for row, amount in enumerate(found, start=FIRST):
        book.fill_in("Att granska", f"J{row}", amount)
    return book


def sums(book: Workbook) -> dict[str, object]:
    return {str(book.value("Utvärdering", f"A{row}")): book.value("Utvärdering", f"E{row}") for row in range(4, 12)}


def test_it_has_case_number_reported_use_and_the_received_rows_of_what_was_drawn():
    book = paper()
    row = {book.value("Att granska", f"{column}3"): book.value("Att granska", f"{column}4") for column in "ABCDEFGHI"}
    assert row == {
        "Kod": "9901",
        "Mottagare": "Exempelkommun 01",
        "Diarienummer": "EX 2022-0001",
        "Belopp, kr": 15_000,
        "Använt enligt rapporten, kr": 12_000,
        "Mottagna rader (fil, blad, rad)": "beslut: beslut.xlsx, Beslut, 7",
        "Från krona": 1,
        "Till krona": 15_000,
        "Träffade kronor (antal)": 1,
    }
    assert [book.value("Att granska", f"{column}5") for column in "CE"] == ["–", 4_000]
    assert [book.value("Att granska", f"{column}6") for column in "CEF"] == ["–", "–", ""]


def test_nothing_is_concluded_until_every_amount_is_filled_in():
    book = filled_in(15_000, 4_000, 5_000)
    assert book.value("Utvärdering", "A1") == "Inte klart: granskat belopp saknas för 1 bidrag."
    assert sums(book)["Övre felgräns, kr"] == ""


def test_without_errors_the_limit_is_the_factor_for_none_times_the_interval():
    """3.00 x 10 000."""
    book = filled_in(15_000, 4_000, 5_000, 8_000)
    assert sums(book)["Övre felgräns, kr"] == pytest.approx(30_000, rel=0.002)
    assert sums(book)["Övre felgräns, kr"] == pytest.approx(29_957.32, abs=0.01)  # ln 20 = 2.995732
    assert str(book.value("Utvärdering", "A1")).startswith("Med 95 % säkerhet är felet inte större")


def test_with_errors_it_grows_by_their_shares_the_largest_first():
    """Known 2 000; shares 20 % and 50 %, of the second and the first largest factor.

    2 000 + 10 000 x (3.00 + 0.50 x (4.75 - 3.00) + 0.20 x (6.30 - 4.75)) = 2 000 + 30 000 + 8 750 + 3 100 = 43 850, of
    which 7 000 are projected (10 000 x 0.70) and 4 850 the allowance.
    """
    found = sums(filled_in(13_000, 3_200, 2_500, 8_000))
    assert found["Fel i bidrag som lästs i sin helhet, kr"] == 2_000
    assert found["Uppräknat fel i övriga, kr"] == pytest.approx(7_000)
    assert found["Tillägg för fel som hittats, kr"] == pytest.approx(4_850, rel=0.005)
    assert found["Övre felgräns, kr"] == pytest.approx(43_850, rel=0.002)
    # with more digits: e^-x (1 + x) = 0.05 at x = 4.743865, e^-x (1 + x + x^2 / 2) = 0.05 at x = 6.295794
    exact = 2_000 + 10_000 * (2.995732 + 0.5 * (4.743865 - 2.995732) + 0.2 * (6.295794 - 4.743865))
    assert found["Övre felgräns, kr"] == pytest.approx(exact, abs=0.02)


def test_what_was_stated_too_low_is_told_and_set_off_against_nothing():
    """The third said 5 000 and 7 500 was examined: 50 % too low; the first 1 000 too low."""
    found = sums(filled_in(16_000, 4_000, 7_500, 8_000))
    assert found["För lågt redovisat (räknas inte av), kr"] == pytest.approx(1_000 + 5_000)
    assert found["Övre felgräns, kr"] == pytest.approx(29_957.32, abs=0.01)


@pytest.mark.parametrize(
    ("materiality", "begins"),
    [
        (43_802, "Med 95 % säkerhet"),
        (43_801, "Det går inte att utesluta"),
        (9_000, "Det går"),
        (8_999, "Felet som hittats"),
    ],
)
def test_the_limit_is_held_against_the_materiality(materiality: int, begins: str):
    """The limit of the errors above is 43 801.84, and 9 000 of it were found and projected."""
    book = filled_in(13_000, 3_200, 2_500, 8_000, materiality=materiality)
    assert str(book.value("Utvärdering", "A1")).startswith(begins)


def test_where_all_are_read_what_was_found_is_all_there_is():
    found = sums(filled_in(13_000, 3_200, 2_500, 8_000, reads_all=True))
    assert found["Övre felgräns, kr"] == 2_000 + 800 + 2_500
    assert found["Grundprecision (faktor för inga fel × intervall), kr"] == 0


def test_what_is_no_amount_counts_as_not_filled_in():
    book = filled_in(15_000, 4_000, 5_000, "ok")  # type: ignore[arg-type]
    assert book.value("Utvärdering", "A1") == "Inte klart: granskat belopp saknas för 1 bidrag."


def test_no_text_of_a_formula_is_longer_than_excel_takes():
    formulas = [cell.text for cells in paper().cells.values() for cell in cells.values() if hasattr(cell, "text")]
    assert formulas
    assert not [each for formula in formulas for each in formula.split('"')[1::2] if len(each) > 255]

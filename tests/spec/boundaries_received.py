"""Both sides of every rule about received rows, cells and submissions."""

from assets.received import Sheet
from schemas.words.vocabulary import NUMBER_AS_TEXT, PERHAPS_NOT_CALCULATED
from tests.spec.arrivals import (
    answers,
    applications,
    arrived,
    bookings,
    cells,
    column_of,
    decision_list,
    decisions_of,
    row_of_form,
    row_of_versions,
    usage_reports,
)
from tests.spec.boundaries import Boundary
from tests.spec.consequences import COMPLETING, FIRST_ROW, NONE_CHOSEN, WITH_COUNTY
from tests.spec.language import PROGRAMME
from tests.spec.odd_forms import QUARTERS, VERSIONS, amounts

SOUND = "Exempelkommun 01 | 94 500"
OTHER = "Exempelkommun 02 | 287 454"
DECIDED_FOR = {"recipient_name": "Exempelkommun 01", "granted_sek": "94 500"}
DECIDED = decision_list("Exempelkommun 01 | 94 500 | 2023-06-01 | 2024-02-01")
REPLACING = PROGRAMME.forms["decisions"].model_copy(update={"same_case": "replaces"})
FIRST_OF_CASE = "Exempelkommun 01 | 94 500 | 2023-06-01 | | EX 1"
OF_CASES = decision_list("Exempelkommun 01 | 94 500 | | | EX 1", "Exempelkommun 02 | 287 454 | | | EX 2")
TWO_GRANTS = decision_list("Exempelkommun 01 | 94 500 | | | EX 1", "Exempelkommun 01 | 287 454 | | | EX 2")

NAMES = [
    Boundary(
        "name_by_likeness",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500")),
        breaks=arrived(decision_list("Exempelkomun 01 | 94 500")),
    ),
    *(
        Boundary(
            "name_like_formula",
            holds=arrived(decision_list("Exempelkommun-01 | 94 500")),
            breaks=arrived(decision_list(f"{mark}Exempelkommun 01 | 94 500")),
        )
        for mark in "=+-@"
    ),
    Boundary(
        "name_unknown",
        holds=arrived(decision_list("Exempelkommun 09 | 94 500")),
        breaks=arrived(decision_list("Exempelkommun 10 | 94 500")),  # the register ends with 09
    ),
    Boundary(
        "name_several",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500", "Exempelkommun 02 | 5")),
        breaks=arrived(decision_list("Exempelkommun 01 och Exempelkommun 02 | 94 500")),
    ),
    Boundary(
        "name_taken",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500", "Exempelkommun 02 | 5")),
        breaks=arrived(decision_list("Exempelkommun 01 | 94 500", "Exempelkomun 01 | 5")),
    ),
    Boundary(
        "name_of_another_year",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500")),
        breaks=arrived(decision_list("Exempelby | 94 500")),  # what it was called until 2021
    ),
    *(
        Boundary(
            f"name_is_{kind}",
            holds=row_of_form(WITH_COUNTY, to=kind, recipient_name=name, granted_sek="94 500"),
            breaks=row_of_form(WITH_COUNTY, to=other, recipient_name=name, granted_sek="94 500"),
        )
        for kind, other, name in (
            ("municipality", "region", "Exempelkommun 01"),
            ("region", "municipality", "Exempelregion 01"),
            ("association", "municipality", "Exempelförbundet 01"),
            ("other", "municipality", "Exempelstiftelsen 01"),
        )
    ),
    Boundary(
        "name_county_differs",
        holds=row_of_form(WITH_COUNTY, **DECIDED_FOR, county_name=" exempellän "),
        breaks=row_of_form(WITH_COUNTY, **DECIDED_FOR, county_name="Exempels län"),
    ),
    Boundary(
        "code_differs",
        holds=row_of_form(WITH_COUNTY, **DECIDED_FOR, recipient_code="9901"),
        breaks=row_of_form(WITH_COUNTY, **DECIDED_FOR, recipient_code="9902"),
    ),
]

CELLS = [
    Boundary(
        "value_missing",
        holds=arrived(decision_list("Exempelkommun 01 | 0")),
        breaks=arrived(decision_list("Exempelkommun 01 |  ")),
    ),
    Boundary(
        "amount_negative",
        holds=arrived(decision_list("Exempelkommun 01 | 0")),
        breaks=arrived(decision_list("Exempelkommun 01 | -1")),
    ),
    Boundary(
        "amount_has_ore",
        holds=arrived(decision_list("Exempelkommun 01 | 1 000,00")),
        breaks=arrived(decision_list("Exempelkommun 01 | 1 000,01")),
    ),
    Boundary(
        "amount_unreadable",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500 kr")),
        breaks=arrived(decision_list("Exempelkommun 01 | 94 500 euro")),
    ),
    Boundary(
        "amount_approximate",
        holds=arrived(decision_list("Exempelkommun 01 | 25 000")),
        breaks=arrived(decision_list("Exempelkommun 01 | ca 25 000")),
    ),
    Boundary(
        "amount_is_dash",
        holds=arrived(decision_list("Exempelkommun 01 | 0")),
        breaks=arrived(decision_list("Exempelkommun 01 | −")),
    ),
    Boundary(
        "amount_in_unit",
        holds=arrived(decision_list("Exempelkommun 01 | 50 000 kr")),
        breaks=arrived(decision_list("Exempelkommun 01 | 50 tkr")),
    ),
    Boundary(
        "text_denies_use",
        holds=row_of_form(QUARTERS, recipient_name="Exempelkommun 01", comment="Inget är använt.", **amounts(0, 0)),
        breaks=row_of_form(QUARTERS, recipient_name="Exempelkommun 01", comment="Inget är använt.", **amounts(0, 1)),
    ),
    Boundary(
        "form_constraint",
        holds=row_of_form(QUARTERS, recipient_name="Exempelkommun 01", salary_sek="300", **amounts(100, 200)),
        breaks=row_of_form(QUARTERS, recipient_name="Exempelkommun 01", salary_sek="301", **amounts(100, 200)),
    ),
    Boundary(
        "amount_unreadable",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500")),
        breaks=arrived(decision_list("Exempelkommun 01 | 94 50")),
    ),
    Boundary(
        "date_unreadable",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500 | 2024-02-29")),
        breaks=arrived(decision_list("Exempelkommun 01 | 94 500 | 2023-02-29")),
    ),
    Boundary(
        "option_unknown",
        holds=arrived(applications("Exempelkommun 01 | Bifall")),
        breaks=arrived(applications("Exempelkommun 01 | bifall")),
    ),
    Boundary(
        "code_unreadable",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500 | | | Dnr 9.2-1234/2023")),
        breaks=arrived(decision_list("Exempelkommun 01 | 94 500 | | | Anna Andersson 12")),
    ),
    Boundary(
        "code_perhaps_personal",
        holds=arrived(decision_list("Exempelkommun 01 | 94 500 | | | 5560360793")),  # an organisation's
        breaks=arrived(decision_list("Exempelkommun 01 | 94 500 | | | 1212121212")),  # somebody's, born in December
    ),
    Boundary(
        "day_impossible",
        holds=arrived(usage_reports("Exempelkommun 01 | 2024-06-30 | Inlämnad | 0")),  # the day of the file
        breaks=arrived(usage_reports("Exempelkommun 01 | 2024-07-01 | Inlämnad | 0")),
    ),
    Boundary(
        "answer_unreadable",
        holds=arrived(answers(funds_use="Hela bidraget")),
        breaks=arrived(answers(funds_use="Hela bidragen")),
    ),
    Boundary(
        "nothing_chosen",
        holds=arrived(answers(funds_use="Hela bidraget", **NONE_CHOSEN | {"cooperation_authority": "1"})),
        breaks=arrived(answers(funds_use="Hela bidraget", **NONE_CHOSEN)),
    ),
    Boundary(
        "completion_differs",
        holds=row_of_form(COMPLETING, FIRST_ROW, case_number="1", granted_sek="5"),
        breaks=row_of_form(COMPLETING, FIRST_ROW, case_number="1", granted_sek="6"),
    ),
    Boundary(
        "answered_though_not_asked",
        holds=arrived(answers(funds_use="En del av bidraget", unused_reason_lack_of_time="1")),
        breaks=arrived(answers(funds_use="Hela bidraget", unused_reason_lack_of_time="1")),
    ),
    Boundary(
        "total_row_differs",
        holds=arrived(decision_list(SOUND, OTHER, total="381 954")),  # 94 500 + 287 454
        breaks=arrived(decision_list(SOUND, OTHER, total="381 955")),
    ),
]

ROWS = [
    Boundary(
        "row_too_long",
        holds=arrived(decision_list(SOUND)),
        breaks=arrived(decision_list(SOUND + " || 5")),
    ),
    Boundary(
        "row_too_short",
        holds=cells(["Mottagare", "Belopp", "Anm"], ["Exempelkommun 01", "5", ""], ["Exempelkommun 02", "6", ""]),
        breaks=cells(["Mottagare", "Belopp", "Anm"], ["Exempelkommun 01", "5", ""], ["Exempelkommun 02", "6", None]),
    ),
    Boundary(
        "rows_in_quotes_perhaps",
        holds=cells(["Mottagare", "Belopp", "Anm"], ["Exempelkommun 01", "5", "ja\na;b"], continued=((2, 1),)),
        breaks=cells(["Mottagare", "Belopp", "Anm"], ["Exempelkommun 01", "5", "ja\na;b;c"], continued=((2, 1),)),
    ),
    Boundary(
        "nothing_answered",
        holds=arrived(answers(submitted_at="2024-01-30", funds_use="Hela bidraget")),
        breaks=arrived(answers(submitted_at="2024-01-30")),
    ),
    Boundary(
        "row_of_two_versions",
        holds=row_of_versions(VERSIONS, Kommun="Exempelkommun 01", **{"Ej använt": "5"}),
        breaks=row_of_versions(VERSIONS, Kommun="Exempelkommun 01", **{"Ej använt": "5", "Kvar": "5"}),
    ),
    Boundary(
        "row_almost_empty",
        holds=arrived(answers(respondent="R1", funds_use="Hela bidraget")),
        breaks=arrived(answers(respondent="Antal svar: 54")),
    ),
    Boundary(
        "reality_differs",
        holds=arrived(decision_list(SOUND, reality="synthetic")),
        breaks=arrived(decision_list(SOUND, reality="real")),  # all recipients of the specification are fictitious
    ),
    Boundary(
        "duplicate_key",
        holds=arrived(decision_list(SOUND, OTHER)),
        breaks=arrived(decision_list(SOUND, SOUND)),
        times=2,  # neither of the two rows is known to be the one that counts
    ),
]

DUE = decision_list("Exempelkommun 01 | 94 500 | 2023-06-01 | 2024-02-01")

SUBMISSIONS = [
    Boundary(
        "report_undated",
        holds=arrived(DUE, usage_reports("Exempelkommun 01 | 2024-02-01 | Inlämnad | 0"), late="exclude"),
        breaks=arrived(DUE, usage_reports("Exempelkommun 01 |  | Inlämnad | 0"), late="exclude"),
    ),
    Boundary(
        "test_submission",
        holds=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0")),
        breaks=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 | Test     | 0")),
    ),
    Boundary(
        "draft_submission",
        holds=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0")),
        breaks=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 | Utkast   | 0")),
    ),
    Boundary(
        "superseded_submission",
        holds=arrived(
            usage_reports(
                "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 0",
                "Exempelkommun 02 | 2024-01-30 10:01 | Inlämnad | 0",
            )
        ),
        breaks=arrived(
            usage_reports(
                "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 0",
                "Exempelkommun 01 | 2024-01-30 10:01 | Inlämnad | 0",
            )
        ),
    ),
    Boundary(
        "repeated_submission",
        holds=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 0")),
        breaks=arrived(
            usage_reports(
                "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 0",
                "Exempelkommun 01 | 2024-01-30 10:00 | Inlämnad | 0",
            )
        ),
    ),
    Boundary(
        "supplemented_submission",
        holds=arrived(
            usage_reports(
                "Exempelkommun 01 | 2024-01-30 | Inlämnad | 0",
                "Exempelkommun 02 | 2024-01-30 | Inlämnad | 0",
            )
        ),
        breaks=arrived(
            usage_reports(
                "Exempelkommun 01 | 2024-01-30 | Inlämnad      | 0",
                "Exempelkommun 01 | 2024-01-30 | Komplettering | 0",
            )
        ),
    ),
    Boundary(
        "supplement_of_nothing",
        holds=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad      | 0")),
        breaks=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 | Komplettering | 0")),
    ),
    Boundary(
        "late_report_accepted",
        holds=arrived(DECIDED, usage_reports("Exempelkommun 01 | 2024-02-01 23:59:59 | Inlämnad | 0"), late="accept"),
        breaks=arrived(DECIDED, usage_reports("Exempelkommun 01 | 2024-02-02 00:00:00 | Inlämnad | 0"), late="accept"),
    ),
    Boundary(
        "late_report_excluded",
        holds=arrived(DECIDED, usage_reports("Exempelkommun 01 | 2024-02-01 23:59:59 | Inlämnad | 0"), late="exclude"),
        breaks=arrived(DECIDED, usage_reports("Exempelkommun 01 | 2024-02-02 00:00:00 | Inlämnad | 0"), late="exclude"),
    ),
    Boundary(
        "after_as_of",
        holds=arrived(usage_reports("Exempelkommun 01 | 2024-01-30 23:59 | Inlämnad | 0"), as_of="2024-01-30"),
        breaks=arrived(usage_reports("Exempelkommun 01 | 2024-01-31 00:00 | Inlämnad | 0"), as_of="2024-01-30"),
    ),
    Boundary(
        "replaced_file",
        holds=arrived(decision_list(SOUND), decision_list(OTHER)),
        breaks=arrived(decision_list(SOUND), decision_list(OTHER, replaces=1)),
    ),
    Boundary(
        "grant_not_told",  # of two grants the report states one, or none
        holds=arrived(TWO_GRANTS, usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0 | EX 2")),
        breaks=arrived(TWO_GRANTS, usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0")),
    ),
    Boundary(
        "case_of_another",
        holds=arrived(OF_CASES, usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0 | EX 1")),
        breaks=arrived(OF_CASES, usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0 | EX 2")),
    ),
    Boundary(
        "booking_on_case_of_another",
        holds=arrived(OF_CASES, bookings("Exempelkommun 01 | EX 7000 | EX 1 | 2023-11-15 | 94 500")),
        breaks=arrived(OF_CASES, bookings("Exempelkommun 01 | EX 7000 | EX 2 | 2023-11-15 | 94 500")),
    ),
    Boundary(
        "name_by_case_number",
        holds=arrived(OF_CASES, usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0 | EX 1")),
        breaks=arrived(OF_CASES, usage_reports("Exempelkommun 10 | 2024-01-30 | Inlämnad | 0 | EX 1")),
    ),
    Boundary(
        "decision_replaced",
        holds=arrived(decision_list(FIRST_OF_CASE, form=REPLACING)),
        breaks=arrived(decision_list(FIRST_OF_CASE, "Exempelkommun 01 | 90 000 | 2023-06-02 | | EX 1", form=REPLACING)),
    ),
    Boundary(
        "decisions_tied",
        holds=arrived(decision_list(FIRST_OF_CASE, form=REPLACING)),
        breaks=arrived(decision_list(FIRST_OF_CASE, "Exempelkommun 01 | 90 000 | 2023-06-01 | | EX 1", form=REPLACING)),
        times=2,  # nothing tells which of the two holds
    ),
    Boundary(
        "sheet_not_read",
        holds=arrived(decision_list(SOUND, others=(Sheet("Blad2", [[None, ""]]),))),
        breaks=arrived(decision_list(SOUND, others=(Sheet("Blad2", [[None, "x"]]),))),
    ),
]

AMOUNT, HIDES = column_of("granted_sek"), {"hidden_rows": frozenset({3})}
EXCLUDING = PROGRAMME.forms["decisions"].model_copy(update={"hidden": "exclude"})
FILLING = PROGRAMME.forms["decisions"].model_copy(update={"merged": "fill"})

MARKS = [
    Boundary(
        "rows_hidden",  # a hidden row without data is nothing to tell
        holds=arrived(decision_list(SOUND, "", marks=HIDES)),
        breaks=arrived(decision_list(SOUND, OTHER, marks=HIDES)),
    ),
    Boundary(
        "hidden_row_excluded",
        holds=arrived(decisions_of(EXCLUDING, SOUND, OTHER)),
        breaks=arrived(decisions_of(EXCLUDING, SOUND, OTHER, marks=HIDES)),
    ),
    Boundary(
        "columns_hidden",  # nobody reads the one beyond the headers
        holds=arrived(decision_list(SOUND, marks={"hidden_columns": frozenset({99})})),
        breaks=arrived(decision_list(SOUND, marks={"hidden_columns": frozenset({AMOUNT})})),
    ),
    Boundary(
        "sheet_hidden",
        holds=arrived(decision_list(SOUND)),
        breaks=arrived(decision_list(SOUND, marks={"is_hidden": True})),
    ),
    Boundary(
        "cells_filled",  # of one row, or of two
        holds=arrived(decisions_of(FILLING, SOUND, OTHER, marks={"merged": [(3, AMOUNT, 3, AMOUNT + 1)]})),
        breaks=arrived(decisions_of(FILLING, SOUND, "Exempelkommun 02 | ", marks={"merged": [(2, AMOUNT, 3, AMOUNT)]})),
    ),
    Boundary(
        "formulas_not_sure",  # in the row of data, or above it
        holds=arrived(decision_list(SOUND, marks={"oddities": {(1, AMOUNT): PERHAPS_NOT_CALCULATED}})),
        breaks=arrived(decision_list(SOUND, marks={"oddities": {(2, AMOUNT): PERHAPS_NOT_CALCULATED}})),
    ),
    Boundary(
        "declaration_broken",
        holds=arrived(decision_list(SOUND)),
        breaks=arrived(decision_list(SOUND, marks={"is_declared_badly": True})),
    ),
    Boundary(
        "number_as_text",  # at the amount, or at a field that is none
        holds=arrived(decision_list(SOUND, marks={"oddities": {(2, column_of("case_number")): NUMBER_AS_TEXT}})),
        breaks=arrived(decision_list(SOUND, marks={"oddities": {(2, AMOUNT): NUMBER_AS_TEXT}})),
    ),
    Boundary(
        "code_in_number_cell",
        holds=row_of_form(WITH_COUNTY, **DECIDED_FOR, recipient_code=9901),
        breaks=row_of_form(WITH_COUNTY, recipient_name="Exempelköping", granted_sek="94 500", recipient_code=990),
    ),
]

BOUNDARIES = [*MARKS, *NAMES, *CELLS, *ROWS, *SUBMISSIONS]

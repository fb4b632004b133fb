"""Rows that break one rule only because they break another: the cause is found, and not the consequence as well."""

from schemas.configuration.declared import Label
from schemas.configuration.forms import Form
from schemas.words.vocabulary import NUMBER_AS_TEXT
from tests.spec.arrivals import answers, applications, arrived, column_of, decision_list, row_of_form, usage_reports
from tests.spec.boundaries import Consequence
from tests.spec.computations import account, budget, rows_of
from tests.spec.language import PROGRAMME, decisions, funds, reports
from tests.spec.odd_forms import QUARTERS, amounts

GRANTED = decisions("Exempelkommun 01: 700 000")
NUMBERED = decisions("Exempelkommun 01: 700 000", case="9.2-12345/2023")

NAMED_RESPONDENTS = Form(
    form="named_respondents",
    title=Label(sv="Enkät med namn och belopp", en="Survey with names and amounts"),
    fills="core_usage_report",
    identity="respondent",
    fields={
        "respondent_id": "Respondent",
        "recipient_name": "Kommun",
        "used_sek": "Använt",
        "submission_status": "Läge",
    },
    codes={"submission_status": {"submitted": "Inskickad"}},
)
NONE_CHOSEN = {
    f"cooperation_{option}": "0" for option in PROGRAMME.forms["survey_2023"].questions["cooperation"].options
}
"""Every option of a multiple choice, told as not chosen."""

COMPLETING = Form(
    form="completing",
    title=Label(sv="Beslut över flera rader", en="Decisions over several rows"),
    fills="core_decision",
    identity="recipient",
    reads={"completes_by": "case_number"},
    fields={"case_number": "Dnr", "recipient_name": "Mottagare", "granted_sek": "Belopp"},
)
FIRST_ROW = {"case_number": "1", "recipient_name": "Exempelkommun 01", "granted_sek": "5"}

MISNAMED = {
    "name_by_likeness": "Exempelkomun 01",
    "name_like_formula": "=Exempelkommun 01",
    "name_unknown": "Exempelkommun 10",
    "name_several": "Exempelkommun 01 och Exempelkommun 02",
    "name_of_another_year": "Exempelby",
    "name_is_region": "Exempelregion 01",
    "name_is_association": "Exempelförbundet 01",
    "name_is_other": "Exempelstiftelsen 01",
}
"""A name for each rule that a name alone can break."""

WITH_COUNTY = Form(
    form="with_county",
    title=Label(sv="Beslut med län och kod", en="Decisions with county and code"),
    fills="core_decision",
    identity="recipient",
    fields={
        "recipient_name": "Mottagare",
        "county_name": "Län",
        "recipient_code": "Kommunkod",
        "granted_sek": "Belopp",
    },
)

CONTRADICTED = {
    "name_county_differs": {"recipient_name": "Exempelkommun 01", "county_name": "Annat län"},
    "code_differs": {"recipient_name": "Exempelkommun 01", "recipient_code": "9902"},
}


TAKEN = {"respondent_id": "R1", "recipient_name": "Exempelkommun 01", "used_sek": "5"}

EVENTS = PROGRAMME.forms["events"]
ODD = {
    "event_incomplete": {"event": "Kommunicering"},
    "event_in_the_future": {"event": "Utbetalning", "amount_sek": "5", "event_date": "2024-01-02"},
    "adjustment_reversed": {"event": "Ändrat beslut", "amount_sek": "5", "reverses_no": "H001"},
}
"""An event for each rule that an event alone can break."""

BEYOND_THE_HEADERS = [
    Consequence(rule, "row_too_long", case)
    for rule, case in {
        **{rule: arrived(decision_list(f"{name} | 94 500 || 5")) for rule, name in MISNAMED.items()},
        "name_taken": arrived(decision_list("Exempelkommun 01 | 5", "Exempelkomun 01 | 94 500 || 5")),
        "name_is_municipality": row_of_form(
            WITH_COUNTY, beyond=1, to="region", recipient_name="Exempelkommun 01", granted_sek="5"
        ),
        **{rule: row_of_form(WITH_COUNTY, beyond=1, granted_sek="5", **cells) for rule, cells in CONTRADICTED.items()},
        "value_missing": arrived(decision_list("Exempelkommun 01 | || 94 500")),
        "amount_negative": arrived(decision_list("Exempelkommun 01 | -1 || 5")),
        "amount_has_ore": arrived(decision_list("Exempelkommun 01 | 1 000,01 || 5")),
        "amount_unreadable": arrived(decision_list("Exempelkommun 01 | 94 50 || 0")),
        "amount_approximate": arrived(decision_list("Exempelkommun 01 | ca 5 || 0")),
        "amount_is_dash": arrived(decision_list("Exempelkommun 01 | – || 0")),
        "amount_in_unit": arrived(decision_list("Exempelkommun 01 | 5 tkr || 0")),
        "date_unreadable": arrived(decision_list("Exempelkommun 01 | 94 500 | 2023-02-29 || 5")),
        "code_unreadable": arrived(decision_list("Exempelkommun 01 | 94 500 | | | Anna Andersson || 5")),
        "code_perhaps_personal": arrived(decision_list("Exempelkommun 01 | 94 500 | | | 1212121212 || 5")),
        "option_unknown": arrived(applications("Exempelkommun 01 | bifall || 5")),
        "answer_unreadable": arrived(answers(funds_use="Hela bidragen", beyond="5")),
        "nothing_chosen": arrived(answers(funds_use="Hela bidraget", beyond="5", **NONE_CHOSEN)),
        "nothing_answered": arrived(answers(submitted_at="2024-01-30", beyond="5")),
        "day_impossible": arrived(usage_reports("Exempelkommun 01 | 2024-07-01 | Inlämnad | 0 || 5")),
        "answered_though_not_asked": arrived(
            answers(funds_use="Hela bidraget", unused_reason_lack_of_time="1", beyond="5")
        ),
        **{
            rule: row_of_form(EVENTS, beyond=1, recipient_name="Exempelkommun 01", **cells)
            for rule, cells in ODD.items()
        },
    }.items()
]

ONE_CELL = [
    Consequence(rule, "row_almost_empty", case)
    for rule, case in {
        **{rule: row_of_form(NAMED_RESPONDENTS, recipient_name=name) for rule, name in MISNAMED.items()},
        "name_taken": row_of_form(NAMED_RESPONDENTS, TAKEN, recipient_name="Exempelkomun 01"),
        "name_is_municipality": row_of_form(NAMED_RESPONDENTS, to="region", recipient_name="Exempelkommun 01"),
        "value_missing": arrived(answers(respondent=None, funds_use="Hela bidraget")),
        "amount_negative": row_of_form(NAMED_RESPONDENTS, used_sek="-1"),
        "amount_has_ore": row_of_form(NAMED_RESPONDENTS, used_sek="1 000,01"),
        "amount_unreadable": row_of_form(NAMED_RESPONDENTS, used_sek="94 50"),
        "amount_approximate": row_of_form(NAMED_RESPONDENTS, used_sek="ca 5"),
        "amount_is_dash": row_of_form(NAMED_RESPONDENTS, used_sek="–"),
        "amount_in_unit": row_of_form(NAMED_RESPONDENTS, used_sek="5 tkr"),
        "date_unreadable": arrived(answers(respondent=None, submitted_at="30/1/2024")),
        "option_unknown": row_of_form(NAMED_RESPONDENTS, submission_status="Klar"),
        "answer_unreadable": arrived(answers(respondent=None, funds_use="Källa: enkäten")),
        "nothing_answered": arrived(answers(respondent="Antal svar: 54")),
    }.items()
]

OTHERS = [
    Consequence("name_by_likeness", "name_like_formula", arrived(decision_list("=Exempelkommun 01 | 94 500"))),
    Consequence("nothing_chosen", "nothing_answered", arrived(answers(submitted_at="2024-01-30", **NONE_CHOSEN))),
    Consequence(
        "number_as_text",
        "row_too_long",
        arrived(
            decision_list(
                "Exempelkommun 01 | 94 500 || 5",
                marks={"oddities": {(2, column_of("granted_sek")): NUMBER_AS_TEXT}},
            )
        ),
    ),
    Consequence(
        "code_in_number_cell",
        "row_too_long",
        row_of_form(WITH_COUNTY, beyond=1, recipient_name="Exempelköping", granted_sek="5", recipient_code=990),
    ),
    Consequence(
        "code_in_number_cell",
        "code_differs",
        row_of_form(WITH_COUNTY, recipient_name="Exempelkommun 01", granted_sek="5", recipient_code=990),
    ),
    Consequence(
        "grant_is_not_used_plus_unused",
        "used_above_granted",
        account(GRANTED, reports("Exempelkommun 01: 700 001 använt, 0 oanvänt")),
    ),
    Consequence(
        "grant_is_not_used_plus_unused",
        "unused_above_granted",
        account(GRANTED, reports("Exempelkommun 01: 0 använt, 700 001 oanvänt")),
    ),
    Consequence(
        "form_constraint",
        "row_too_long",
        row_of_form(QUARTERS, recipient_name="Exempelkommun 01", salary_sek="9", beyond=1, **amounts(1, 1)),
    ),
    Consequence(
        "text_denies_use",
        "row_too_long",
        row_of_form(QUARTERS, recipient_name="Exempelkommun 01", comment="inget är använt", beyond=1, **amounts(1, 1)),
    ),
    *(
        Consequence(rule, cause, account(NUMBERED, reports(f"Exempelkommun 01: {said}")))
        for rule, cause, said in [
            ("used_above_granted", "amount_thousandfold", "700 000 000 använt, 0 oanvänt"),
            ("used_above_granted", "case_number_as_amount", "92 123 452 023 använt, 0 oanvänt"),
            ("unused_above_granted", "amount_thousandfold", "700 000 000 oanvänt"),
            ("unused_above_granted", "case_number_as_amount", "92 123 452 023 oanvänt"),
            ("granted_as_reported_differs", "amount_thousandfold", "700 000 000 beviljat, 0 oanvänt"),
            ("granted_as_reported_differs", "amount_thousandth", "700 beviljat, 0 oanvänt"),
            ("granted_as_reported_differs", "case_number_as_amount", "12 345 beviljat, 0 oanvänt"),
            ("grant_is_not_used_plus_unused", "amount_thousandfold", "600 000 000 använt, 100 000 000 oanvänt"),
            ("grant_is_not_used_plus_unused", "amount_thousandth", "600 använt, 100 oanvänt"),
            ("grant_is_not_used_plus_unused", "case_number_as_amount", "12 345 använt, 0 oanvänt"),
        ]
    ),
    Consequence(
        "reversal_of_anothers",
        "reversal_of_nothing",
        rows_of(
            "core_event",
            {"recipient_code": "9901", "grant_id": "9901-1", "event": "repaid", "event_no": "H1", "reverses_no": "H2"},
        ),
    ),
    Consequence(
        "administration_does_not_fit",
        "funds_exceeded",
        budget(
            decisions("Exempelkommun 01: 3 500 001"),
            funds("disponibla medel: 3 500 000", "administration: 0"),
        ),
    ),
]

CONSEQUENCES = [*BEYOND_THE_HEADERS, *ONE_CELL, *OTHERS]

"""Fields are read as the type their name says; what cannot be read is a problem with an address."""

import datetime as dt

import pytest

from assets.domain.fields import field_predicates, required, typed
from assets.domain.frames import Frame
from assets.frames import records_of
from schemas.configuration.forms import Form
from tests.frames import problems_of, received, texts

LABEL = {"sv": "x", "en": "x"}
FIELDS = {
    "case_number": "Diarienummer",
    "received_date": "Inkom",
    "recipient_name": "Sökande",
    "applied_sek": "Sökt\nbelopp",
    "outcome": "Utfall",
}
APPLICATIONS = Form.model_validate(
    {
        "form": "applications",
        "title": LABEL,
        "fills": "core_application",
        "identity": "recipient",
        "fields": FIELDS,
        "codes": {"outcome": {"approved": "Bifall", "rejected": "Avslag"}},
    }
)
SOUND = {
    "case_number": "1",
    "received_date": "2023-01-30",
    "recipient_name": "A",
    "applied_sek": "5",
    "outcome": "Bifall",
}


def problems(*rows: dict[str, str | None]) -> list[tuple[int, str, str]]:
    return _listed(texts(*({**SOUND, **row} for row in rows)))


def _listed(rows: Frame) -> list[tuple[int, str, str]]:
    found = problems_of(rows, received(APPLICATIONS), field_predicates(APPLICATIONS))
    return [(row["source_row"], row["rule"], row["source_column"]) for row in found]


def test_a_sound_row_has_no_problems():
    assert problems({}) == []


@pytest.mark.parametrize(
    ("field", "text", "rule", "column"),
    [
        ("recipient_name", None, "value_missing", "C"),
        ("outcome", None, "value_missing", "E"),
        ("outcome", "bifall", "option_unknown", "E"),
        ("outcome", "approved", "option_unknown", "E"),
        ("applied_sek", "ca 5", "amount_approximate", "D"),
        ("applied_sek", "fem", "amount_unreadable", "D"),
        ("applied_sek", "-5", "amount_negative", "D"),
        ("applied_sek", "5,50", "amount_has_ore", "D"),
        ("received_date", "2023-02-29", "date_unreadable", "B"),
    ],
)
def test_a_cell_that_cannot_be_read_is_one_problem_at_its_address(field: str, text: str | None, rule: str, column: str):
    assert problems({}, {field: text}) == [(2, rule, column)]


@pytest.mark.parametrize("field", ["case_number", "received_date", "applied_sek"])
def test_a_column_that_may_be_empty_is_no_problem_when_it_is(field: str):
    assert problems({field: None}) == []


def test_an_amount_of_zero_is_no_problem():
    assert problems({"applied_sek": "0"}) == []


def test_a_row_with_two_faults_has_two_problems():
    assert sorted(problems({"applied_sek": "x", "outcome": "x"})) == [
        (1, "amount_unreadable", "D"),
        (1, "option_unknown", "E"),
    ]


def test_only_data_rows_have_problems():
    assert _listed(texts({**SOUND, "applied_sek": "Sökt belopp", "row_kind": "header"})) == []


def test_a_problem_names_the_header_on_one_line():
    rows = texts({**SOUND, "applied_sek": "x"})
    [found] = problems_of(rows, received(APPLICATIONS), field_predicates(APPLICATIONS))
    assert found["header"] == "Sökt belopp"


def test_fields_are_read_as_their_names_say():
    [row] = records_of(typed(texts(SOUND), APPLICATIONS))
    assert row["received_date"] == dt.date(2023, 1, 30)
    assert row["applied_sek"] == 5
    assert row["outcome"] == "approved"
    assert row["case_number"] == "1"


def test_what_cannot_be_read_is_null_and_not_an_error():
    [row] = records_of(typed(texts({**SOUND, "received_date": "x", "applied_sek": "x", "outcome": "x"}), APPLICATIONS))
    assert (row["received_date"], row["applied_sek"], row["outcome"]) == (None, None, None)


def test_a_point_in_time_is_written_out_to_the_second():
    form = Form(form="f", title=LABEL, identity="respondent", fields={"respondent_id": "R", "submitted_at": "S"})
    [row] = records_of(typed(texts({"respondent_id": "1", "submitted_at": "2023-01-30T10:05"}), form))
    assert row["submitted_at"] == "2023-01-30 10:05:00"


def test_what_identifies_a_row_must_be_filled_in():
    form = Form(form="f", title=LABEL, identity="respondent", fields={"respondent_id": "R", "submitted_at": "S"})
    assert required(form, "respondent_id")
    assert not required(form, "submitted_at")


def test_a_money_event_need_not_have_a_recipient():
    form = APPLICATIONS.model_copy(update={"fills": "core_event", "fields": {"recipient_name": "Mottagare"}})
    assert not required(form, "recipient_name")
    assert required(APPLICATIONS, "recipient_name")


EVENTS = Form.model_validate(
    {
        "form": "funds",
        "title": LABEL,
        "fills": "core_event",
        "identity": "recipient",
        "fields": {"event": "Händelse", "recipient_name": "Mottagare", "amount_sek": "Belopp"},
        "codes": {"event": {"available_funds": "Medel", "repaid_after_recovery": "Återbetalt"}},
    }
)


@pytest.mark.parametrize(
    ("event", "recipient", "rules"),
    [
        ("Återbetalt", None, ["value_missing"]),
        ("Återbetalt", "A", []),
        ("Medel", None, []),
    ],
)
def test_what_was_repaid_was_repaid_by_somebody(event: str, recipient: str | None, rules: list[str]):
    row = {"event": event, "recipient_name": recipient, "amount_sek": "5"}
    found = problems_of(texts(row), received(EVENTS), field_predicates(EVENTS))
    assert [(each["rule"], each["source_column"]) for each in found] == [(rule, "B") for rule in rules]


def test_a_field_that_tells_which_rows_count_must_be_filled_in():
    status = {"field": "submission_status", "text": "Test", "rule": "test_submission"}
    fields = {"recipient_name": "Kommun", "submission_status": "Status", "submitted_at": "Svarsdatum"}
    form = Form.model_validate(
        {"form": "f", "title": LABEL, "identity": "recipient", "fills": "core_usage_report", "fields": fields}
        | {"excluded_when": [status]}
    )
    assert required(form, "submission_status")
    assert not required(form.model_copy(update={"excluded_when": ()}), "submission_status")

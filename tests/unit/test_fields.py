"""Fields are read as the type their name says; what cannot be read is a problem with an address."""

import datetime as dt

from assets.domain.reading.checks import broken_checks, checks_of, required
from assets.domain.reading.lines import Line
from assets.domain.reading.rows import values_of
from schemas.configuration.forms import Form
from tests.rows import PROGRAMME, broken, export_of, lines, rows

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


def line(form: Form = APPLICATIONS, **cells: str | None) -> Line:
    sound = {slot: text for slot, text in SOUND.items() if slot in form.fields}
    [only] = lines(export_of(form, sound | cells))
    return only


def test_a_sound_row_has_no_problems():
    assert broken(line()) == []


WRONG = [
    ("recipient_name", None, "value_missing", "C"),
    ("outcome", None, "value_missing", "E"),
    ("outcome", "bifall", "option_unknown", "E"),
    ("outcome", "approved", "option_unknown", "E"),
    ("applied_sek", "ca 5", "amount_approximate", "D"),
    ("applied_sek", "fem", "amount_unreadable", "D"),
    ("applied_sek", "–", "amount_is_dash", "D"),
    ("applied_sek", "-5", "amount_negative", "D"),
    ("applied_sek", "5,50", "amount_has_ore", "D"),
    ("applied_sek", "5 tkr", "amount_in_unit", "D"),
    ("received_date", "2023-02-29", "date_unreadable", "B"),
    ("received_date", "1066-10-14", "date_unreadable", "B"),
]


def test_a_cell_that_cannot_be_read_is_one_problem_at_its_address():
    for field, text, rule, column in WRONG:
        assert broken(line(**{field: text})) == [(rule, column)], (field, text)


def test_a_column_that_may_be_empty_is_no_problem_when_it_is():
    assert broken(line(case_number=None, received_date=None, applied_sek=None)) == []


def test_an_amount_of_zero_is_no_problem():
    assert broken(line(applied_sek="0")) == []


def test_a_row_with_two_faults_has_two_problems():
    assert broken(line(applied_sek="x", outcome="x")) == [("amount_unreadable", "D"), ("option_unknown", "E")]


def test_only_data_rows_have_problems():
    form = APPLICATIONS.model_copy(update={"total_row": PROGRAMME.forms["decisions"].total_row})
    [found] = rows(export_of(form, {"recipient_name": "A"}, {"recipient_name": "Summa", "applied_sek": "x"}))
    assert found.number == 2


def test_a_problem_names_the_header_on_one_line():
    wrong = line(applied_sek="x")
    [check] = broken_checks(wrong, checks_of(wrong.export, wrong.version, PROGRAMME))
    assert check.header(wrong.version, APPLICATIONS) == "Sökt belopp"


def test_fields_are_read_as_their_names_say():
    assert values_of(line()) == {
        "case_number": "1",
        "received_date": dt.date(2023, 1, 30),
        "recipient_name": "A",
        "applied_sek": 5,
        "outcome": "approved",
    }


def test_what_cannot_be_read_is_none_and_not_an_error():
    values = values_of(line(received_date="x", applied_sek="x", outcome="x"))
    assert (values["received_date"], values["applied_sek"], values["outcome"]) == (None, None, None)


def test_a_point_in_time_is_written_out_to_the_second():
    form = Form(form="f", title=LABEL, identity="respondent", fields={"respondent_id": "R", "submitted_at": "S"})
    [only] = lines(export_of(form, {"respondent_id": "1", "submitted_at": "2023-01-30T10:05"}))
    assert values_of(only)["submitted_at"] == "2023-01-30 10:05:00"


def test_what_identifies_a_row_must_be_filled_in():
    form = Form(form="f", title=LABEL, identity="respondent", fields={"respondent_id": "R", "submitted_at": "S"})
    assert required(form, "respondent_id")
    assert not required(form, "submitted_at")


def test_a_money_event_need_not_have_a_recipient():
    form = APPLICATIONS.model_copy(update={"fills": ("core_event",), "fields": {"recipient_name": "Mottagare"}})
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


def test_what_was_repaid_was_repaid_by_somebody_and_is_an_amount():
    cases = {
        ("Återbetalt", None, "5"): [("value_missing", "B")],
        ("Återbetalt", "A", "5"): [],
        ("Medel", None, "5"): [],
        ("Medel", None, None): [("value_missing", "C")],
    }
    for (event, recipient, amount), expected in cases.items():
        found = broken(line(EVENTS, event=event, recipient_name=recipient, amount_sek=amount))
        assert found == expected, (event, recipient, amount)


def test_a_field_that_tells_which_rows_count_must_be_filled_in():
    status = {"field": "submission_status", "text": "Test", "rule": "test_submission"}
    fields = {"recipient_name": "Kommun", "submission_status": "Status", "submitted_at": "Svarsdatum"}
    form = Form.model_validate(
        {"form": "f", "title": LABEL, "identity": "recipient", "fills": "core_usage_report", "fields": fields}
        | {"excluded_when": [status]}
    )
    assert required(form, "submission_status")
    assert not required(form.model_copy(update={"excluded_when": ()}), "submission_status")

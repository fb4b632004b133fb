"""Every column of a received file is listed with what it was read as and which rules look at it."""

from assets.domain.audit import source_columns
from assets.domain.reading.exports import claimed
from schemas.configuration.forms import FormVersion
from tests.rows import PROGRAMME, file_of_cells
from tests.spec.odd_forms import VERSIONS

HEADERS = [*PROGRAMME.forms["decisions"].headers().values(), None, "Handläggarens\nanteckning"]
EXPORT = claimed(file_of_cells(HEADERS), [PROGRAMME.forms["decisions"]])
COLUMNS = {column["slot"] or column["source_column"]: column for column in source_columns([EXPORT], PROGRAMME)}


def test_every_column_is_listed_in_order():
    assert [column["column_no"] for column in COLUMNS.values()] == list(range(1, len(HEADERS) + 1))


def test_an_amount_is_held_against_the_rules_of_amounts():
    granted = COLUMNS["granted_sek"]
    assert granted["rules"] == (
        "amount_approximate, amount_has_ore, amount_in_unit, amount_is_dash, amount_negative, amount_unreadable, "
        "decisions_of_one_day, number_as_text, paid_above_granted, value_missing"
    )
    assert granted["rule_count"] == 10


def test_a_date_is_held_against_the_rules_of_its_table_too():
    assert COLUMNS["report_due_date"]["rules"] == "date_unreadable, report_due_before_decision"


def test_a_column_that_is_read_and_that_no_rule_looks_at_says_so():
    assert (COLUMNS["decision_maker"]["rules"], COLUMNS["decision_maker"]["rule_count"]) == (None, 0)


def test_a_column_that_no_form_asks_for_is_not_read():
    last = list(COLUMNS.values())[-1]
    assert (last["slot"], last["header"], last["rule_count"]) == (None, "Handläggarens anteckning", 0)


def test_a_column_without_a_header_is_listed_too():
    assert list(COLUMNS.values())[-2]["header"] is None


def test_the_columns_of_every_version_of_a_form_are_looked_at_by_rules():
    with_salaries = FormVersion(fields={"unused_sek": "Kvar", "salary_sek": "Varav löner"})
    versions = {"1": FormVersion(fields={"salary_sek": None}), "2": with_salaries}
    fields = VERSIONS.fields | {"salary_sek": "Löner"}
    form = VERSIONS.model_copy(update={"fields": fields, "versions": versions})
    export = claimed(file_of_cells(["Kommun", "Ej använt", "Kvar", "Varav löner"]), [form])
    _, first, second, salaries = source_columns([export], PROGRAMME)
    assert [first["slot"], second["slot"], salaries["slot"]] == ["unused_sek", "unused_sek", "salary_sek"]
    assert first["rules"] == second["rules"]
    assert "amount_unreadable" in first["rules"]
    assert "amount_unreadable" in salaries["rules"]

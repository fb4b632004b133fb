"""Who may read a text is declared of every column, and what may not leave is in nothing that is published."""

import datetime as dt

import pyarrow as pa
import pytest

from assets.domain.reading.codes import fault_of
from assets.domain.reading.personal import found_in
from assets.released import look
from assets.tables import completed, table_of
from schemas.rules.rule import Stop
from schemas.tables import PUBLISHED, RELEASED, TABLES, project, sql
from schemas.tables.base import OPEN, OWN, RESTRICTED
from schemas.tables.release import release_list, withheld

TEXTS = {
    f"{name}.{field.name}": fact
    for name, table in TABLES.items()
    for field, fact in zip(project.arrow_schema(table), project.facts(table).values(), strict=True)
    if project.is_text(field.type)
}
IN_THE_HOUSE = (
    "reason decided_by decision_maker waived_by waiver_reason corrected_by signed_by header old_value new_value"
)
"""What nobody may read outside: who decided and why, who signed, what a sender wrote."""


# -- declared ---------------------------------------------------------------------------------------------------------
def test_every_text_column_says_who_may_read_it():
    assert [column for column, fact in TEXTS.items() if fact["text"] not in {OPEN, OWN, RESTRICTED}] == []


def test_a_text_is_open_only_by_its_vocabulary_or_its_characters():
    assert [c for c, fact in TEXTS.items() if fact["text"] == OPEN and not (fact["one_of"] or fact["characters"])] == []


def test_the_agencys_own_texts_are_on_the_release_list_with_a_reviewer_and_nothing_else_is():
    own = {column for column, fact in TEXTS.items() if fact["text"] == OWN and not column.startswith("raw_")}
    assert set(release_list()) == own
    assert all(each["what"] and each["reviewed_by"] for each in release_list().values())
    assert all(dt.date.fromisoformat(each["reviewed"]) for each in release_list().values())


def test_a_column_that_is_taken_off_the_list_is_withheld(monkeypatch: pytest.MonkeyPatch):
    column = "core_recipient.recipient_name"
    assert withheld(TABLES["core_recipient"]) == ()
    monkeypatch.setattr("schemas.tables.release.release_list", lambda: {"any.other": {}})
    assert column.partition(".")[2] in withheld(TABLES["core_recipient"])


def test_no_restricted_text_is_in_a_table_that_is_published():
    columns = {f"{name}.{column}" for name, table in RELEASED.items() for column in project.columns(table)}
    assert columns.isdisjoint(column for column, fact in TEXTS.items() if fact["text"] == RESTRICTED)
    names = {column.partition(".")[2] for column in columns}
    assert names.isdisjoint({"source_sheet", *IN_THE_HOUSE.split()} - {"reason"})
    assert [c for c in columns if c.endswith(".reason")] == ["out_left_out.reason"]  # a word of a closed vocabulary


def test_what_is_withheld_is_in_no_key_and_nothing_refers_to_it():
    """Else the published table could not stand by itself."""
    for name in PUBLISHED:
        facts = project.facts(TABLES[name])
        assert [c for c in withheld(TABLES[name]) if facts[c]["key"] or facts[c]["refers"]] == [], name


def test_the_database_and_the_dictionary_have_the_released_columns_and_no_others():
    statements = {text.split()[2]: text for text in sql.create_tables(RELEASED)}
    told = {row["table_name"]: set() for row in project.dictionary_rows(RELEASED.values())}  # type: dict[str, set[str]]
    for row in project.dictionary_rows(RELEASED.values()):
        told[row["table_name"]].add(row["column_name"])
    for name in PUBLISHED:
        assert told[name] == set(project.columns(RELEASED[name]))
        assert not any(f"({c} " in statements[name] or f", {c} " in statements[name] for c in withheld(TABLES[name]))


# -- found ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "19121212-1212",
        "191212121212",
        "121212-1212",
        "121212+1212",  # older than a hundred
        "19 121212 1212",
        "121212 1212",
        "12 12 12 - 1212",
        "1912-12-12-1212",
        "121212\u20131212",  # en dash
        "121212\u22121212",  # minus
        "121212\u20111212",  # hyphen that does not break
        "\uff11\uff12\uff11\uff12\uff11\uff12\uff0d\uff11\uff12\uff11\uff12",  # full width
        "1212\u200b12-1212",  # a space of no width within
        "121212\u00a01212",
        "701063-2391",  # coordination number: the day and sixty
        "19701063-2391",
        "700101-T123",  # interim number
        "Se 19121212-1212, enligt samtal",
        "x121212-1212y",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(text: str):
    assert found_in(text) == "identity_number"


@pytest.mark.parametrize("text", ["1212121212", "V1212121212", "0701234567", "\uff11212121212"])
def test_ten_bare_digits_may_be_a_persons_and_may_be_not(text: str):
    assert found_in(text) == "bare_digits"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ring 070-123 45 67", "phone"),
        ("+46 70 123 45 67", "phone"),
        ("0046701234567", "phone"),
        ("08-123 45 67", "phone"),
        ("skriv till a.b@kommun.example.se", "email"),
        ("Skyddad identitet", "protected"),
        ("SKYDDADE PERSONUPPGIFTER", "protected"),
        ("sekretessmarkerad", "protected"),
        ("kvarskriven", "protected"),
    ],
)
def test_phone_numbers_addresses_and_words_about_protection_are_found(text: str, kind: str):
    assert found_in(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "556036-0793",  # an organisation number: its third digit is at least two
        "5560360793",
        "121212-1213",  # the check digit is another
        "123212-1212",  # there is no thirty-second month
        "1912121212125",  # thirteen digits
        "EX 2022-0001",
        "9.2-12345/2023",
        "2023-01-04 10:30",
        "1 234 567 kr",
        "stadigvarande-boende/2022/bokforing-2022.csv:10",
        "usage_report_2022:9904:40102:reported_unused@2023-01-10",
    ],
)
def test_what_is_no_persons_is_left_alone(text: str):
    assert found_in(text) is None


# -- codes ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["EX 2022-0001", "Dnr 9.2-1234/2023", "1", "D 1", "V0001", "24-07", "uuid:3f2a-bc91"])
def test_a_number_that_somebody_gave_is_read(text: str):
    assert fault_of("case_number", text, is_released=False) is None


@pytest.mark.parametrize(
    "text", ["Anna Andersson", "Anna", "Ring Anna 0701", "2023-1 Anna", "121212-1212", "a@b.se", "\u202e1", "1" * 65]
)
def test_what_is_no_such_number_is_not(text: str):
    assert fault_of("case_number", text, is_released=True) == "code_unreadable"


def test_ten_digits_are_released_by_name():
    assert fault_of("voucher_no", "1212121212", is_released=False) == "code_perhaps_personal"
    assert fault_of("voucher_no", "1212121212", is_released=True) is None


# -- the last look ----------------------------------------------------------------------------------------------------
def funnel(**said: object) -> pa.Table:
    blank = {name: 0 if field.type == pa.int64() else "x" for name, field in _fields("core_funnel")}
    return table_of("core_funnel", completed("core_funnel", [blank, blank | said], {}))


def _fields(name: str) -> list[tuple[str, pa.Field]]:
    return [(field.name, field) for field in project.arrow_schema(TABLES[name])]


@pytest.mark.rule("personal_data_would_leave", holds=True)
def test_a_table_without_a_hit_passes():
    look("core_funnel", funnel(source_file="ansokningar-556036-0793.csv"))


@pytest.mark.rule("personal_data_would_leave")
@pytest.mark.parametrize("number", ["19121212-1212", "1212121212", "070-123 45 67"])
def test_a_hit_stops_and_the_cell_is_named_and_not_what_stands_there(number: str):
    with pytest.raises(Stop) as stop:
        look("core_funnel", funnel(source_file=f"export {number}.csv"))
    assert "core_funnel, source_file, 2" in str(stop.value)
    assert number not in str(stop.value)


def test_a_hit_in_a_restricted_column_is_where_it_may_be():
    blank = {name: "x" for name, field in _fields("core_waiver") if field.type == pa.string()}
    look("core_waiver", table_of("core_waiver", completed("core_waiver", [blank | {"reason": "19121212-1212"}], {})))

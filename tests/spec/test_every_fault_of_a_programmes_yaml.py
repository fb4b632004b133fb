"""Each kind of fault in a programme's YAML is one sentence that says in which file, in which line, and what to do.

Names that nothing declares, and what does not fit together: test_what_a_programme_must_agree_on.py.
"""

import pickle
from pathlib import Path

import pytest

from schemas.configuration import yaml_source
from tests.spec.yaml_faults import (
    APPLICATIONS,
    DECISIONS,
    FORMS,
    FUNDS,
    NAME,
    PRINTED,
    PROGRAMME,
    QUESTIONS,
    REPORTED,
    Fault,
    last_line_with,
    refused,
    refused_in_its_line,
    spoil,
    waived,
    waiver,
    written,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


FAULTS = [
    pytest.param(
        "key_unknown",
        Fault(DECISIONS, "fields:", "feilds:", "feilds:", "det finns ingen nyckel ”feilds”; menade du ”fields”?"),
        marks=pytest.mark.rule("key_unknown"),
    ),
    pytest.param(
        "key_missing",
        Fault(PROGRAMME, "agency: Myndigheten\n", "", "programme: ", "nyckeln ”agency” saknas. Lägg till den."),
        marks=pytest.mark.rule("key_missing"),
    ),
    pytest.param(
        "key_missing",
        Fault(
            PROGRAMME,
            "    report:\n",
            "    reported:\n",
            "provisions:",
            "nyckeln ”provisions.report” saknas",
        ),
        id="a provision that rules stand on",
    ),
    pytest.param(
        "key_missing",
        Fault(PROGRAMME, "status: preliminary", "status: confirmed", "ordinance:", "nyckeln ”ordinance.text” saknas"),
        id="the text of an ordinance that is said to be confirmed",
    ),
    pytest.param(
        "provision_backwards",
        Fault(
            PROGRAMME,
            "      concerns: report\n      valid_from: null\n      valid_to: null\n",
            "      concerns: report\n      valid_from: 2024-01-02\n      valid_to: 2024-01-01\n",
            "valid_to: 2024-01-01",
            "ligger före dess första (valid_from). Rätta dagarna.",
        ),
        marks=pytest.mark.rule("provision_backwards"),
    ),
    pytest.param(
        "key_missing",
        Fault(
            REPORTED,
            "  unused_sek: Hur mycket av statsbidraget har inte använts?\n",
            "",
            "fields:",
            "”fields.unused_sek”",
        ),
        id="a field that the table cannot be without",
    ),
    pytest.param(
        "key_missing",
        Fault(FUNDS, "  recipient_name: Mottagare\n", "", "fields:", "nyckeln ”fields.recipient_name” saknas"),
        id="a field that says whose the row is",
    ),
    pytest.param(
        "key_missing",
        Fault(APPLICATIONS, "  outcome:\n", "  case_number:\n", "codes:", "nyckeln ”codes.outcome” saknas"),
        id="codes of a column that has a vocabulary",
    ),
    pytest.param(
        "key_twice",
        Fault(
            PROGRAMME,
            "agency: Myndigheten\n",
            "agency: A\nagency: B\n",
            "agency: B",
            "”agency” står redan på rad 7. Ta bort",
        ),
        marks=pytest.mark.rule("key_twice"),
    ),
    pytest.param(
        "key_no_text",
        Fault(QUESTIONS, "      none: {sv", "      no: {sv", "no: {sv", "Sätt den inom citattecken."),
        marks=pytest.mark.rule("key_no_text"),
    ),
    pytest.param(
        "key_misplaced",
        Fault(
            PROGRAMME,
            "agency: M",
            "bases: {}\nagency: M",
            "bases:",
            "”bases” hör hemma i questions.yaml. Flytta den dit.",
        ),
        marks=pytest.mark.rule("key_misplaced"),
    ),
    pytest.param(
        "key_misplaced",
        Fault(QUESTIONS, "bases:\n", "agency: M\nbases:\n", "agency:", "”agency” hör hemma i programme.yaml."),
        id="a key of programme.yaml in questions.yaml",
    ),
    pytest.param(
        "key_unfit",
        Fault(PROGRAMME, "  2024:\n", "  i fjol:\n", "i fjol:", "nyckeln ”i fjol” ska vara ett heltal."),
        marks=pytest.mark.rule("key_unfit"),
    ),
    pytest.param(
        "key_unfit",
        Fault(PRINTED, "      granted_sek: {", "      Beviljat: {", "Beviljat:", "ska vara skriven efter mönstret"),
        id="a column name that is none",
    ),
    pytest.param(
        "value_unfit",
        Fault(
            PROGRAMME,
            "agency: Myndigheten",
            "agency: 2024-01-01",
            "agency:",
            "”agency” ska vara en text; sätt den inom cit",
        ),
        marks=pytest.mark.rule("value_unfit"),
    ),
    pytest.param(
        "value_unfit",
        Fault(PRINTED, "annex: 2024", "annex: sist", "annex:", "värdet för ”annex” ska vara ett heltal."),
        id="a whole number",
    ),
    pytest.param(
        "value_unfit",
        Fault(PROGRAMME, "from: 2024-01-01", "from: i fjol", "from:", "ska vara ett datum, skrivet ÅÅÅÅ-MM-DD."),
        id="a date",
    ),
    pytest.param(
        "value_unfit",
        Fault(PROGRAMME, FORMS, "    forms: funds\n", "forms:", "värdet för ”forms” ska vara en lista."),
        id="a list",
    ),
    pytest.param(
        "value_unfit",
        Fault(DECISIONS, "total_row: {", "total_row: Summa #{", "total_row:", "ska vara nycklar med värden."),
        id="keys with values",
    ),
    pytest.param(
        "value_unfit",
        waiver(waived(reason="kort"), at="kort", told="ska vara en text (minsta antal tecken är 10)."),
        id="a reason that gives none",
    ),
    pytest.param(
        "value_unknown",
        Fault(
            PROGRAMME,
            "late_reports: accept",
            "late_reports: acept",
            "acept ",
            "kan inte vara ”acept”; menade du ”accept”?",
        ),
        marks=pytest.mark.rule("value_unknown"),
    ),
    pytest.param(
        "value_impossible",
        Fault(PROGRAMME, "to: 2024-12-31", "to: 2024-02-30", "2024-02-30", "Ett datum skrivs ÅÅÅÅ-MM-DD"),
        marks=pytest.mark.rule("value_impossible"),
    ),
    pytest.param(
        "yaml_broken",
        Fault(
            QUESTIONS, "sv: alla som svarat", 'sv: "alla som svarat', '"alla', "Se efter indrag, kolon, och citattecken"
        ),
        marks=pytest.mark.rule("yaml_broken"),
        id="a quote that does not end",
    ),
    pytest.param(
        "yaml_broken",
        Fault(PROGRAMME, "agency: M", "agency : : M", "agency : : M", "här går YAML inte att tyda."),
        id="two colons",
    ),
    pytest.param(
        "yaml_broken",
        Fault(PROGRAMME, "agency: M", "agency: !!python/name:os.system M", "agency: !!", "här går YAML inte att tyda."),
        id="a tag",
    ),
    pytest.param(
        "yaml_broken",
        Fault(PROGRAMME, "agency: M", "agency: !m {a: b} #", "agency: !m", "här går YAML inte att tyda."),
        id="a tag on a mapping",
    ),
    pytest.param(
        "yaml_broken",
        Fault(PROGRAMME, "agency: M", "agency: \x00M", "agency: \x00", "här går YAML inte att tyda."),
        id="a character that YAML has not",
    ),
]


@pytest.mark.parametrize(("rule", "fault"), FAULTS)
def test_a_fault_is_one_sentence_with_its_file_and_line(rule: str, fault: Fault, folder: Path):
    refused_in_its_line(folder, rule, fault)


def test_the_sentence_comes_in_english_too(folder: Path):
    spoil(folder, Fault(DECISIONS, "fields:", "feilds:"))
    error = refused(folder, "key_unknown", DECISIONS, "")
    told = f"programmes/{NAME}/{DECISIONS}, line 6: there is no key “feilds”; did you mean “fields”?"
    assert error.sentence("en") == told
    assert pickle.loads(pickle.dumps(error)).sentence("en") == told  # noqa: S301 - our own


def test_of_several_faults_the_first_by_file_and_line_is_told_and_the_others_are_counted(folder: Path):
    spoil(folder, Fault(PROGRAMME, "agency: Myndigheten", "agency: 1"))
    spoil(folder, Fault(FUNDS, "identity: recipient", "identity: recipients"))
    spoil(folder, Fault(FUNDS, "fills:", "fill:"))
    error = refused(folder, "key_unknown", FUNDS, "”fill”; menade du ”fills”? (Ytterligare fel: 2.)")
    assert error.sentence("en").endswith("did you mean “fills”? (Further faults: 2.)")


def test_files_that_cannot_be_read_are_counted_as_well(folder: Path):
    (folder / FUNDS).write_text("a: [", "utf-8")
    (folder / QUESTIONS).write_text("a: [", "utf-8")
    refused(folder, "yaml_broken", FUNDS, "(Ytterligare fel: 1.)")


@pytest.mark.rule("yaml_unreadable")
def test_a_file_that_is_not_there_has_no_line(folder: Path):
    (folder / QUESTIONS).unlink()
    error = refused(folder, "yaml_unreadable", QUESTIONS, f"programmes/{NAME}/{QUESTIONS}: filen kan inte läsas (")
    assert error.faults[0].place.line is None


@pytest.mark.rule("yaml_no_utf8")
def test_a_file_that_is_not_utf_8_is_named_with_the_line_of_the_first_such_letter(folder: Path):
    (folder / QUESTIONS).write_bytes("a: 1\nb: å\n".encode("latin-1"))
    assert refused(folder, "yaml_no_utf8", QUESTIONS, "Spara filen som UTF-8.").faults[0].place.line == 2


@pytest.mark.rule("yaml_no_mapping")
@pytest.mark.parametrize("content", ["", "# bara en kommentar\n", "- a\n", "text\n"])
def test_a_file_without_keys_is_refused(content: str, folder: Path):
    (folder / FUNDS).write_text(content, "utf-8")
    refused(folder, "yaml_no_mapping", FUNDS, "nycklar med värden")


@pytest.mark.rule("yaml_too_large")
@pytest.mark.parametrize(
    "content",
    [
        "a0: &a0 [0]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)),
        "a: &a [*a]\n",
        "a: " + "[" * 2000 + "]" * 2000,
    ],
    ids=["aliases of aliases", "an alias of itself", "brackets in brackets"],
)
def test_a_file_that_unfolds_without_end_is_refused(content: str, folder: Path):
    (folder / FUNDS).write_text(content, "utf-8")
    refused(folder, "yaml_too_large", FUNDS, "Skriv ut det som alias")


def test_what_an_alias_repeats_is_one_fault_where_it_is_written(folder: Path):
    old = "      granted_sek: {value: granted_sek, unit: sek, sv: Fördelat statsbidrag (kr), en: Distributed (SEK)}\n"
    new = old.replace("{value: granted_sek, unit: sek", "&c {value: granted_sek, unit: kr")
    spoil(folder, Fault(PRINTED, old, f"{new}      again: *c\n"))
    error = refused(
        folder, "value_unknown", PRINTED, "”unit” kan inte vara ”kr”; det finns sek, percent, count, hundredths."
    )
    assert len(error.faults) == 1
    assert error.faults[0].place.line == last_line_with(folder / PRINTED, "&c")


def test_a_merged_mapping_gives_way_to_the_keys_beside_it(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: {<<: [*a, {y: 4, z: 5}]}\n", "utf-8")
    read = yaml_source.read(tmp_path / "a.yaml", "a.yaml")
    assert read.content == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}, "c": {"x": 1, "y": 2, "z": 5}}


def test_what_a_name_in_a_file_holds_cannot_steer_a_terminal(folder: Path):
    spoil(folder, Fault(FUNDS, "codes:", r'"\e[31m\n": 1' + "\ncodes:"))
    assert refused(folder, "key_unknown", FUNDS, "”�[31m�”").sentence("sv").isprintable()

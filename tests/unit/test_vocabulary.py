"""Closed vocabularies: a word that is declared twice is the same word, and forms use no other."""

from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from schemas.configuration import catalogue, yaml_source
from schemas.configuration.programme import RoundSpec
from schemas.configuration.reports import TableColumn
from schemas.configuration.source_card import SourceCard
from schemas.rules.rule import RULEBOOK, Rule
from schemas.texts.catalogue import FILES, _texts, text
from schemas.words import events, vocabulary

VOCABULARIES = {name: words for name, words in vars(vocabulary).items() if isinstance(words, tuple) and name.isupper()}
PROGRAMMES = [catalogue.programme(name) for name in catalogue.programme_names()]


def words_of(model: type[BaseModel], field: str) -> tuple[Any, ...]:
    return get_args(model.model_fields[field].annotation)


def test_no_word_stands_twice():
    for words in VOCABULARIES.values():
        assert len(set(words)) == len(words) > 0, words


def test_what_yaml_may_say_is_what_tables_may_hold():
    assert words_of(RoundSpec, "late_reports") == vocabulary.LATE_POLICIES
    assert words_of(TableColumn, "unit") == vocabulary.UNITS
    assert words_of(SourceCard, "reality") == vocabulary.PROVENANCES
    assert get_args(vocabulary.Language) == vocabulary.LANGUAGES


def test_a_rule_has_a_declared_severity():
    assert get_args(get_type_hints(Rule)["severity"]) == vocabulary.SEVERITIES


CODED = [
    (form, field)
    for programme in PROGRAMMES
    for form in programme.forms.values()
    for field in form.codes
    if field in ("outcome", "event")
]


def test_a_forms_codes_are_words_of_the_vocabulary():
    for form, field in CODED:
        words = {"outcome": vocabulary.APPLICATION_OUTCOMES, "event": events.EVENTS}
        assert set(form.codes[field]) <= set(words[field]), form


SAID = {
    "late": vocabulary.LATE_POLICIES,
    "fate": vocabulary.FATES,
    "effect": vocabulary.CORRECTION_EFFECTS,
    "outcome": vocabulary.RECONCILIATION_OUTCOMES,
    "provenance": vocabulary.PROVENANCES,
    "severity": vocabulary.SEVERITIES,
    "status": vocabulary.ACCOUNT_STATUSES,
    "measure": vocabulary.ACCOUNT_MEASURES,
    "cause": vocabulary.CAUSES,
}


def test_every_word_that_a_report_prints_has_a_text():
    for name in [f"{kind}_{word}" for kind, words in SAID.items() for word in words]:
        assert name in _texts(), name


def test_no_two_options_of_a_question_have_the_same_text():
    for programme in PROGRAMMES:
        for form in programme.forms.values():
            for asked in form.questions.values():
                assert len(set(asked.options.values())) == len(asked.options), programme


def test_a_text_has_both_languages_and_the_same_placeholders():
    """But for the sentences of the library that reads command lines: its English is its own, and names what it will."""
    for name in _texts():
        sv, en = text(name, "sv"), text(name, "en")
        assert sv.strip(), name
        assert en.strip(), name
        named_sv, named_en = placeholders(sv), placeholders(en)
        assert named_sv == named_en or (name.startswith("click_") and named_sv < named_en), name


def placeholders(template: str) -> set[str]:
    return {part.partition("}")[0] for part in template.split("{")[1:]}


def test_no_name_stands_in_two_files_where_one_would_hide_the_other():
    for files in [[f"texts/{name}" for name in FILES], [f"rules/book/{name}.yaml" for name in RULEBOOK]]:
        folder = Path(catalogue.__file__).parents[1]
        names = [name for file in files for name in yaml_source.read(folder / file, file).content]
        assert len(names) == len(set(names)) > 0, files

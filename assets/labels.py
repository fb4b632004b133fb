"""What is made of declarations alone: what every coded value is called (out_label), how it was asked (out_question)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assets.domain.evaluation.dimensions import EVERYBODY
from assets.domain.evaluation.left_out import APPLICATIONS, GRANTED, TOGETHER, UNUSED
from schemas.configuration.declared import Label
from schemas.configuration.programme import Programme
from schemas.rules.rule import Rule, found_rules, rules
from schemas.tables import RELEASED, project
from schemas.texts.catalogue import text
from schemas.texts.spoken import text_of_word
from schemas.words.cases import EVIDENCE
from schemas.words.recovery import COVERS, NOT_TOLD
from schemas.words.vocabulary import CORRECTIONS, DIMENSIONS, EVERYONE, NOT_TOLD_WHICH, REAL, REGISTER

Record = dict[str, Any]
Said = tuple[str, str, str, str]
"""Within what, a value, and what it is called in Swedish and in English."""

ANY = "any"
"""Stands for the programme, or for the question, of a value that means the same in all of them."""

WITHOUT_GRANT = "without_grant"
DESCRIBING = ("out_label", "out_question", "data_dictionary")
"""Tables that are themselves about words."""


def labels(programmes: Iterable[Programme], categories: Iterable[Mapping[str, Any]]) -> Iterator[Record]:
    """Rows of out_label: the words of the system, once, and those of each programme.

    Args: categories: rows with programme, across, category and its labels, of figures that are broken down.
    """
    yield from _of_vocabularies()
    yield from _placed(ANY, _of_system())
    told = [*categories]
    for each in programmes:
        mine = [row for row in told if row["programme"] == each.programme]
        yield from _placed(each.programme, _of_programme(each, mine))


def coded_columns() -> Iterator[tuple[str, str]]:
    """Every column of a published table whose values have labels, by table."""
    for table, model in RELEASED.items():
        for column, fact in project.facts(model).items():
            if table not in DESCRIBING and (fact["one_of"] or column in DECLARED):
                yield table, column


DECLARED = (
    "programme",
    "other_programme",
    "form",
    "question",
    "indicator",
    "figure",
    "option",
    "base",
    "across",
    "category",
    "comparison",
    "report",
    "table_no",
    "provision",
    "part_of",
    "ground",
    "grounds",
    "rule",
    "suggested_by",
    "covers",
)
"""Columns whose words a programme, the rulebook or the texts declare; the others have a closed vocabulary."""


COMPARED, TRIED = "compared option", "rule tried"
OF_ONE_TABLE = {("out_comparison", "option"): COMPARED, ("core_rule_result", "rule"): TRIED}
"""Columns whose words are others than those of the same column elsewhere."""


def _record(table: str, column: str, programme: str, said: Said) -> Record:
    within, value, sv, en = said
    place = {"table_name": table, "column_name": column, "programme": programme, "within": within, "value": value}
    return place | {"label_sv": sv, "label_en": en, "provenance": REAL}


def _of_vocabularies() -> Iterator[Record]:
    for table, column in coded_columns():
        vocabulary = project.facts(RELEASED[table])[column]["one_of"] or ()
        for word in vocabulary:
            yield _record(table, column, ANY, _text(word, text_of_word(vocabulary, word)))


def _placed(programme: str, words: Mapping[str, Iterable[Said]]) -> Iterator[Record]:
    """The words of columns, by the columns' names, for each table that has such a column."""
    said = {column: [*each] for column, each in words.items()}
    for table, column in coded_columns():
        if not project.facts(RELEASED[table])[column]["one_of"]:
            kept = said.get(OF_ONE_TABLE.get((table, column), column), ())
            yield from (_record(table, column, programme, each) for each in kept)


def _text(value: str, name: str) -> Said:
    return ANY, value, text(name, "sv"), text(name, "en")


def _label(value: str, label: Label, within: str = ANY) -> Said:
    return within, value, label.sv, label.en


def _rule(rule: Rule) -> Said:
    return ANY, rule.id, rule.called("sv"), rule.called("en")


def _of_system() -> dict[str, Iterable[Said]]:
    everybody = (ANY, EVERYONE, EVERYBODY.sv, EVERYBODY.en)
    not_told = _text(NOT_TOLD, f"ground_{NOT_TOLD}")
    evidence = [_text(word, text_of_word(EVIDENCE, word)) for word in EVIDENCE]
    return {
        "form": [_text(form, f"form_{form}") for form in (REGISTER, CORRECTIONS)],
        "figure": [_text(figure, f"left_figure_{figure}") for figure in (GRANTED, UNUSED, APPLICATIONS)],
        "option": [_text(TOGETHER, f"option_{TOGETHER}")],
        "across": [_text(word, f"dimension_{word}") for word in (*DIMENSIONS, WITHOUT_GRANT)],
        "category": [everybody, _text(NOT_TOLD_WHICH, f"category_{NOT_TOLD_WHICH}")],
        "rule": [_rule(rule) for rule in found_rules()],
        TRIED: [_rule(rule) for rule in rules().values()],
        "suggested_by": evidence,
        "covers": [_text(word, text_of_word(COVERS, word)) for word in COVERS],
        "ground": [not_told],
        "grounds": [not_told],
    }


def _of_programme(each: Programme, categories: Iterable[Mapping[str, Any]]) -> dict[str, Iterable[Said]]:
    title = [_label(each.programme, each.title)]
    questions = [_label(name, question) for name, question in each.questions.items()]
    provisions = [
        (ANY, name, f"{one.sv}: {one.says.sv}", f"{one.en}: {one.says.en}")
        for name, one in each.ordinance.provisions.items()
    ]
    reports = each.reports.items()
    return {
        **dict.fromkeys(("programme", "other_programme"), title),
        **dict.fromkeys(("question", "indicator", "figure", "across"), questions),
        **dict.fromkeys(("provision", "part_of", "ground", "grounds"), provisions),
        "form": [_label(name, form.title) for name, form in each.forms.items()],
        "option": [
            _label(option, label, question)
            for question, asked in each.questions.items()
            for option, label in asked.options.items()
        ],
        "base": [_label(name, base) for name, base in each.bases.items()],
        "category": _categories(each, categories),
        "comparison": [_label(name, each.questions[one.question]) for name, one in _compared(each).items()],
        COMPARED: [
            _label(option, label, name)
            for name, one in _compared(each).items()
            for option, label in one.options.items()
        ],
        "report": [_label(name, report.title) for name, report in reports],
        "table_no": [
            _label(str(number), table.title, name)
            for name, report in reports
            for number, table in report.tables.items()
        ],
    }


def _compared(each: Programme) -> Mapping[str, Any]:
    return each.indicators.comparisons


def _categories(each: Programme, told: Iterable[Mapping[str, Any]]) -> list[Said]:
    """Counties and sizes as the figures have them, and the options of questions that others are broken down by."""
    found: dict[tuple[str, str], Said] = {}
    for row in told:
        said = (row["across"], row["category"], row["category_label_sv"], row["category_label_en"])
        found.setdefault(said[:2], said)
    for name, question in each.questions.items():
        for option, label in question.options.items():
            found.setdefault((name, option), _label(option, label, name))
    found.pop((EVERYONE, EVERYONE), None)
    return [found[key] for key in sorted(found)]


def questions(programmes: Iterable[Programme], rounds: Iterable[tuple[str, int]]) -> Iterator[Record]:
    """Rows of out_question. Args: rounds: those that are published, as programme and year."""
    years: dict[str, list[int]] = defaultdict(list)
    for name, year in rounds:
        years[name].append(year)
    for each in programmes:
        for year in sorted(years[each.programme]):
            for form in each.rounds[year].forms if year in each.rounds else ():
                yield from _asked(each, year, form)


def _asked(each: Programme, year: int, name: str) -> Iterator[Record]:
    form = each.forms[name]
    place = {"programme": each.programme, "year": year, "form": name, "provenance": REAL}
    titles = {"form_title_sv": form.title.sv, "form_title_en": form.title.en}
    for number, (question, asked) in enumerate(form.questions.items(), start=1):
        declared, base = each.questions[question], each.bases[asked.base]
        said = {
            "question": question,
            "question_no": number,
            "question_sv": declared.sv,
            "question_en": declared.en,
            "asked_as": asked.header,
            "kind": declared.type,
            "base": asked.base,
            "base_sv": base.sv,
            "base_en": base.en,
            "base_inferred": base.inferred,
        }
        for option_no, (option, label) in enumerate(declared.options.items(), start=1):
            if option in asked.options:
                told = {"option": option, "option_no": option_no, "answered_as": asked.options[option]}
                yield place | titles | said | told | {"option_sv": label.sv, "option_en": label.en}

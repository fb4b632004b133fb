"""The rule catalogue as a person reads it: a list on the terminal, one JSON array, and the page `docs/rules.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.reports.columns import Columns
from schemas.configuration import catalogue
from schemas.rules.constraints import Between, Compare, Constraint, NotNull, SumsTo, TableRule, columns_of
from schemas.rules.rule import Rule, rules
from schemas.texts.catalogue import text
from schemas.words.vocabulary import SEVERITIES, Language

PAGE_HEADERS = ("rule", "title", "what it means, and what to do", "ground", "holds", "can be waived")


def listed() -> list[Rule]:
    """The rules that an auditor's list has: those about running the system have no title."""
    return [rule for severity in SEVERITIES for rule in rules().values() if rule.title and rule.severity == severity]


def ground(rule: Rule, language: Language) -> str:
    """On what ground a rule stands; the ordinance of each programme where it is a provision."""
    programmes = map(catalogue.programme, catalogue.programme_names())
    return "; ".join(dict.fromkeys(programme.ground(rule, language) for programme in programmes))


def rule_list(language: Language) -> Iterator[str | Columns]:
    """The catalogue for a terminal, one row per rule, by severity."""
    rows = {rule.id: (rule.id, rule.called(language), ground(rule, language)) for rule in listed()}
    for severity in SEVERITIES:
        yield text(f"rules_{severity}", language)
        yield Columns([rows[rule.id] for rule in listed() if rule.severity == severity])
        yield ""


def rule_records() -> list[dict[str, object]]:
    """The catalogue as records, in both languages."""
    return [
        {
            "rule": rule.id,
            "severity": rule.severity,
            "title_sv": rule.called("sv"),
            "title_en": rule.called("en"),
            "ground_sv": ground(rule, "sv"),
            "ground_en": ground(rule, "en"),
            "message_sv": rule.sv,
            "message_en": rule.en,
            "holds": held(rule.holds) if rule.holds else None,
            "waivable": rule.waivable,
        }
        for rule in listed()
    ]


def rules_page() -> str:
    """The page `docs/rules.md`: one table per severity."""
    parts = [
        "# Rules",
        "Every rule that an auditor's list has, written by `make docs` from `schemas/rules/book/`; change it there.",
        "Words in {braces} are filled in with the values of the finding. Rules about running the system are left out.",
    ]
    for severity in SEVERITIES:
        rows = [_page_row(rule) for rule in listed() if rule.severity == severity]
        parts += [f"## {severity}", text(f"rules_{severity}", "en"), markdown_table(PAGE_HEADERS, rows)]
    return "\n\n".join(parts) + "\n"


def _page_row(rule: Rule) -> tuple[str, ...]:
    holds = held(rule.holds) if rule.holds else ""
    waivable = "yes" if rule.waivable else "no"
    return (f"`{rule.id}`", rule.called("en"), rule.en, ground(rule, "en"), holds, waivable)


def markdown_table(headers: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; what its cells say is text, never markup of a table or a page."""
    lines = [headers, tuple("---" for _ in headers), *(tuple(map(_plain, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(cell: str) -> str:
    return cell.replace("|", "\\|").replace("<", "&lt;")


def held(rule: TableRule) -> str:
    """What a table's rows must meet, as one line."""
    unless = f", unless {rule.unless.column} is {', '.join(rule.unless.values)}" if rule.unless else ""
    return f"{rule.table}: {_held(rule.constraint)}{unless}"


def _held(constraint: Constraint) -> str:
    match constraint:
        case Compare(left, operator, right):
            return f"{left} {operator} {right}"
        case SumsTo(total, parts, less):
            return " - ".join([f"{total} = {' + '.join(parts)}", *less])
        case NotNull(column):
            return f"{column} is known"
        case Between(column, ge, le):
            bounds = [f"{column} {sign} {bound}" for sign, bound in ((">=", ge), ("<=", le)) if bound is not None]
            return " and ".join(bounds)
        case _:
            return f"{type(constraint).__name__.lower()} of {', '.join(columns_of(constraint))}"

"""The rule catalogue: what the system can say, how severe it is, on what ground, and in which words (`rulebook/`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from typing import Any, Literal

from schemas.rules import trials
from schemas.rules.constraints import TableRule, declared, implied_rules
from schemas.tables import TABLES
from schemas.texts.catalogue import own_yaml, said
from schemas.words.vocabulary import ACT, FindingKind, Language, OneThing

Severity = Literal["stop", "quarantine", "warn"]
Mends = Literal["sender", "agency", "nobody"]
"""Who can mend what a rule finds in a sender's own row. What it finds in the agency's rows is the agency's to mend."""

RULEBOOK = (
    "received",
    "tables",
    "ledger",
    "books",
    "cases",
    "vintages",
    "versions",
    "replies",
    "stops",
    "configuration",
)
"""The rulebook's files: received rows, tables, money, the books, cases, changes, versions, receipts, stops, YAML."""


@dataclass(frozen=True)
class Place:
    """Where the cell stands that a rule of a computed table is about: a sourced table, and a field of it, if any."""

    table: str
    field: str | None


@dataclass(frozen=True)
class Rule:
    """One rule: its id, its severity, its source, and its message as a template in both languages.

    `source` names a text of `sources`, or `provision:<name>`: a provision of the programme's ordinance.
    `kind` is what a finding asks of somebody, None of a rule that ends in none; `one` what makes several of them one
    thing, None if that is whom they are about.
    `holds` is what a table's rows must meet, `at` the received cell that a breach leads to. A row that breaks one of
    `consequence_of` is not reported again by this rule.
    """

    id: str
    severity: Severity
    source: str
    sv: str
    en: str
    title: Mapping[Language, str] | None = None
    kind: FindingKind | None = None
    one: OneThing | None = None
    holds: TableRule | None = None
    at: Place | None = None
    consequence_of: tuple[str, ...] = ()
    mends: Mends | None = None
    to_sender: Mapping[Language, str] | None = None
    """What a sender is told of it; without that it is told in no receipt, or only counted."""

    doubts_sender: bool = False
    """Is it not sure that the row is the recipient's, or its alone? Then its cells are shown to nobody outside."""

    tried: trials.TriedOn | None = None
    """What it is held on; None of a rule without a title, which is in no report."""
    waivable: bool = False
    """May a round set it aside? Not what leaves a row out, nor what makes the run impossible, nor our own faults."""

    def called(self, language: Language) -> str:
        """What a list calls it."""
        return self.title[language] if self.title else self.id

    def message(self, language: Language, values: Mapping[str, object]) -> str:
        """The sentence a person reads. Raises KeyError if the template names a value that is not given."""
        template = self.sv if language == "sv" else self.en
        return template.format_map(dict(values))


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id."""
    files = [resources.files("schemas.rules").joinpath(f"book/{name}.yaml") for name in RULEBOOK]
    entries = {name: facts for file in files for name, facts in own_yaml(file.read_text("utf-8")).items()}
    return {name: _rule(name, **facts) for name, facts in entries.items()}


def _rule(name: str, **facts: Any) -> Rule:  # noqa: ANN401 - the rule's facts as YAML has them
    holds = declared(name, facts.pop("holds")) if "holds" in facts else None
    tried = trials.declared(name, facts.pop("tried"), holds) if "title" in facts else None
    table, _, field = facts.pop("at", "").partition(".")
    place = Place(table, field or None) if table else None
    waivable = not facts.pop("fault", False) and (facts["severity"] == "warn" or holds is not None)
    causes = tuple(facts.pop("consequence_of", ()))
    return Rule(id=name, holds=holds, at=place, tried=tried, consequence_of=causes, waivable=waivable, **facts)


@cache
def consequences() -> dict[str, tuple[str, ...]]:
    """The rules that a breach of others may explain, with those others."""
    return {rule.id: rule.consequence_of for rule in rules().values() if rule.consequence_of}


def asked_by(rule: str) -> FindingKind:
    """What the findings of a rule ask of somebody; of one that is no longer in the rulebook, that somebody looks."""
    known = rules().get(rule)
    return known.kind if known and known.kind else ACT


def is_to_act_on(rule: str) -> bool:
    """Whether what a rule finds asks for an act."""
    return asked_by(rule) == ACT


@cache
def found_rules() -> tuple[Rule, ...]:
    """The rules that end in findings; the others stop a run before there is anything to find."""
    return tuple(rule for rule in rules().values() if rule.severity != "stop" or rule.holds)


@cache
def received_rules() -> tuple[Rule, ...]:
    """The rules that are found while rows are read one by one."""
    return tuple(rule for rule in found_rules() if not rule.holds)


@cache
def table_rules(table: str) -> tuple[TableRule, ...]:
    """Every rule that the rows of a table must meet: those its model implies, and those of the catalogue."""
    return (*implied_rules(TABLES[table], TABLES), *catalogue_rules(table))


@cache
def catalogue_rules(table: str) -> tuple[TableRule, ...]:
    """The catalogue's rules for the rows of one table."""
    return tuple(rule.holds for rule in rules().values() if rule.holds and rule.holds.table == table)


@cache
def ruled_tables() -> tuple[str, ...]:
    """The tables that the catalogue has rules for."""
    return tuple(dict.fromkeys(rule.holds.table for rule in rules().values() if rule.holds))


@cache
def severity(rule: str) -> Severity:
    """How severe a rule of a table is. What a model implies stops: the table would not be what it says it is."""
    return rules()[rule].severity if rule in rules() else "stop"


class Stop(Exception):  # noqa: N818 - not an error of the program: a sentence to a person
    """Nothing can be published: one sentence that says where and what to do. Carries no cell value."""

    def __init__(self, rule: str, **values: object) -> None:
        """Stop by a rule of the catalogue (severity stop), with the values its sentence names."""
        self.rule = rules()[rule]
        self.values = values
        super().__init__(self.sentence("sv"))

    def __reduce__(self) -> tuple[Callable[[], Stop], tuple[()]]:
        """A stop goes whole from one process to another."""
        return partial(Stop, self.rule.id, **self.values), ()

    def sentence(self, language: Language) -> str:
        """The sentence in one language."""
        return self.rule.message(language, said(self.values, language))

    def sentences(self, language: Language) -> list[str]:
        """All that is to be told, where there is room for more than one sentence."""
        return [self.sentence(language)]

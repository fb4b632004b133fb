"""What the audit of the rules says: to a person on the terminal, to a program, and on the page `docs/rule-audit.md`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from assets.domain.shares import percent
from pipelines.audit.rule_audit import Planted
from pipelines.documentation.rulebook import listed, markdown_table
from pipelines.reports.columns import Columns
from schemas.texts.catalogue import known, text
from schemas.words.vocabulary import Language

OUTCOMES = ("stopped", "found", "harmless", "missed")
Held = Mapping[str, int]
"""On how many things each rule is held in the rounds that faults are planted in."""

DEFAULT_SEED = 1
Row = tuple[str, ...]

INTRODUCTION = """\
# Audit of the rules

Known kinds of fault are planted in copies of the sample rounds, one at a time, in seeded places; each damaged round is
computed as a run would, and what it finds is held against the undamaged round. Written by `make rule-audit`; a slow
test holds that it is true. `statsbidrag audit-rules --seed N` plants elsewhere.

*Stopped*: nothing would be published. *Found*: there is a new finding. *Harmless*: no figure or fact changed. *Missed*:
one did, and nothing was said. The rate leaves out what was harmless. The source card is taken to be the damaged file's
own: in `raw/`, a file that was changed after its card was written stops the run whatever the change."""


def report(planted: Sequence[Planted], seed: int, held: Held) -> dict[str, object]:
    """Everything as one object: each planted fault, and the counts by kind and by rule."""
    return {
        "seed": seed,
        "faults": [asdict(each) for each in planted],
        "kinds": {kind: counts(_of_kind(planted, kind)) for kind in _kinds(planted)},
        "rules": {rule: found for rule, (found, _) in by_rule(planted).items()},
        "rules_that_found_nothing": idle(planted, held),
        "rules_that_could_not_be_tried": untried(planted, held),
        "held_on": dict(held),
    }


def records(planted: Sequence[Planted]) -> list[dict[str, object]]:
    """Each planted fault as a row."""
    return [asdict(each) | {"rules": " ".join(each.rules)} for each in planted]


def counts(planted: Iterable[Planted]) -> dict[str, int]:
    """How many faults there were, and what became of them."""
    outcomes = Counter(str(each.outcome) for each in planted)
    return {"planted": outcomes.total(), **{name: outcomes[name] for name in OUTCOMES}}


def rate(count: dict[str, int]) -> int | None:
    """How many in a hundred were caught of those that had an effect; nothing where none had."""
    return percent(count["stopped"] + count["found"], count["planted"] - count["harmless"])


def by_rule(planted: Iterable[Planted]) -> dict[str, tuple[int, int]]:
    """How many faults each rule found, and how many it alone found; the busiest rule first."""
    found = Counter(rule for each in planted for rule in each.rules)
    alone = Counter(each.rules[0] for each in planted if len(each.rules) == 1)
    return {rule: (found[rule], alone[rule]) for rule in sorted(found, key=lambda rule: (-found[rule], rule))}


def idle(planted: Iterable[Planted], held: Held) -> list[str]:
    """The rules of the catalogue that found no planted fault, though the rounds have something to hold them on."""
    busy = by_rule(planted)
    return [rule.id for rule in listed() if rule.id not in busy and held.get(rule.id)]


def untried(planted: Iterable[Planted], held: Held) -> list[str]:
    """Those that found none since the rounds have nothing to hold them on: of them the audit tells nothing."""
    busy = by_rule(planted)
    return [rule.id for rule in listed() if rule.id not in busy and not held.get(rule.id)]


def figures(planted: Sequence[Planted], seed: int, date: dt.date) -> dict[str, object]:
    """What validation reports tell of the audit: how many faults were found, and of which kinds some were missed."""
    count = counts(planted)
    return {
        "date": date.isoformat(),
        "seed": seed,
        "caught": count["stopped"] + count["found"],
        "harmful": count["planted"] - count["harmless"],
        "missed": dict(Counter(each.kind for each in planted if each.outcome == "missed")),
    }


def _kinds(planted: Iterable[Planted]) -> list[str]:
    return list(dict.fromkeys(each.kind for each in planted))


def _of_kind(planted: Iterable[Planted], kind: str) -> list[Planted]:
    return [each for each in planted if each.kind == kind]


def totals(planted: Sequence[Planted], seed: int, language: Language) -> str:
    """The whole audit in one sentence."""
    count = counts(planted)
    caught, harmful = count["stopped"] + count["found"], count["planted"] - count["harmless"]
    facts = {"seed": seed, "caught": caught, "harmful": harmful, "percent": rate(count), "harmless": count["harmless"]}
    return text("audit_totals", language).format_map(facts)


def kind_rows(planted: Sequence[Planted], language: Language) -> Iterator[Row]:
    """One row per kind of fault: what became of it, and by which rules."""
    for kind in _kinds(planted):
        mine = _of_kind(planted, kind)
        count, share = counts(mine), rate(counts(mine))
        numbers = (str(number) for number in count.values())
        yield (
            text(f"fault_{kind}", language),
            *numbers,
            "" if share is None else f"{share} %",
            ", ".join(by_rule(mine)),
        )


def missed_rows(planted: Sequence[Planted], language: Language) -> Iterator[Row]:
    """One row per kind of fault that passed unseen: in which forms, and why."""
    missed = [each for each in planted if each.outcome == "missed"]
    for kind in _kinds(missed):
        places = Counter(f"{each.form} {each.year}" for each in _of_kind(missed, kind))
        where = ", ".join(f"{place} ({count})" if count > 1 else place for place, count in sorted(places.items()))
        reason = f"unseen_{kind}" if known(f"unseen_{kind}") else "audit_not_explained"
        yield text(f"fault_{kind}", language), where, text(reason, language)


def rule_rows(planted: Sequence[Planted]) -> Iterator[Row]:
    """One row per rule that found any."""
    yield from ((rule, str(found), str(alone)) for rule, (found, alone) in by_rule(planted).items())


def _headers(language: Language, *names: str) -> Row:
    return tuple(text(f"audit_{name}", language) for name in names)


KIND_HEADERS = ("kind", "planted", *OUTCOMES, "rate", "by")
RULE_HEADERS = ("rule", "faults", "alone")
MISSED_HEADERS = ("kind", "where", "why")


def lines(planted: Sequence[Planted], seed: int, language: Language, held: Held) -> Iterator[str | Columns]:
    """The audit for a terminal."""
    yield Columns([_headers(language, *KIND_HEADERS), *kind_rows(planted, language)])
    yield ""
    yield Columns([_headers(language, *RULE_HEADERS), *rule_rows(planted)])
    yield ""
    yield f"{text('audit_title_idle', language)}: {', '.join(idle(planted, held))}"
    yield f"{text('audit_title_untried', language)}: {', '.join(untried(planted, held))}"
    yield ""
    yield text("audit_title_missed", language)
    yield Columns([_headers(language, *MISSED_HEADERS), *missed_rows(planted, language)])
    yield ""
    yield totals(planted, seed, language)


def page(planted: Sequence[Planted], seed: int, held: Held) -> str:
    """The page `docs/rule-audit.md`."""
    idle_rules, not_tried = (", ".join(f"`{rule}`" for rule in of(planted, held)) for of in (idle, untried))
    parts = [
        INTRODUCTION,
        f"**{totals(planted, seed, 'en')}**",
        markdown_table(_headers("en", *KIND_HEADERS), kind_rows(planted, "en")),
        f"## {text('audit_title_missed', 'en')}",
        markdown_table(_headers("en", *MISSED_HEADERS), missed_rows(planted, "en")),
        "## What each rule found",
        markdown_table(_headers("en", *RULE_HEADERS), rule_rows(planted)),
        f"{text('audit_title_idle', 'en')}: {idle_rules}.",
        f"{text('audit_title_untried', 'en')}: {not_tried}. Unit tests hold them.",
    ]
    return "\n\n".join(parts) + "\n"

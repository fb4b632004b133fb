"""An auditor's lists beside findings: which rules found how much, which are set aside, what nobody looks at."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assets.domain.reading.checks import checks_of
from assets.domain.reading.forms import Export, Version, column_letter, text_of
from assets.domain.waivers import covering, in_force, subject_of
from schemas.configuration.layouts import plain
from schemas.configuration.programme import Programme, Waiver
from schemas.rules.predicate import Records
from schemas.rules.rule import found_rules, rules

Counts = Mapping[str, tuple[int, int]]
"""Findings by rule: how many, and how many of them are waived."""


def counted_by_rule(findings: Records) -> dict[str, tuple[int, int]]:
    """How many findings each rule of the catalogue has; those that found nothing have none."""
    counts = {rule.id: (0, 0) for rule in found_rules()}
    for found in findings:
        every, waived = counts[found["rule"]]
        counts[found["rule"]] = every + 1, waived + (found["waiver_reason"] is not None)
    return counts


def waivers_of(
    waivers: Iterable[Waiver], findings: Records, cases: Mapping[tuple[str, int], str], today: dt.date
) -> Iterator[dict[str, Any]]:
    """The round's waivers as rows of core_waiver without its round columns, expired ones too.

    Args: cases: the case numbers that rows state, by file and row.
    """
    every = list(waivers)
    now = in_force(every, today)
    subjects = ((found["rule"], subject_of(found["source_file"], found["source_row"], cases)) for found in findings)
    covered = Counter(id(covering(now, rule, subject)) for rule, subject in subjects)
    for number, waiver in enumerate(every, start=1):
        yield {
            "waiver_no": number,
            "rule": waiver.rule,
            "only_file": waiver.file,
            "only_row": waiver.row,
            "only_case_number": waiver.case_number,
            "reason": waiver.reason,
            "waived_by": waiver.by,
            "waived_date": waiver.date,
            "expires_date": waiver.expires,
            "is_expired": waiver.expires < today,
            "finding_count": covered[id(waiver)],
        }


def rule_results(
    programme: Programme, counts: Counts, trials: Mapping[str, tuple[int, str | None]]
) -> Iterator[dict[str, Any]]:
    """Every rule that an auditor's list has, with its ground and its counts, as rows of core_rule_result.

    A rule that stops the run before there are tables has found nothing if there is a table to say so.
    Args: trials: on how many things each was held, and why it could not be.
    """
    for rule in rules().values():
        if rule.tried:
            every, waived = counts.get(rule.id, (0, 0))
            tried, not_tried = trials[rule.id]
            yield {
                "rule": rule.id,
                "severity": rule.severity,
                "title_sv": rule.called("sv"),
                "title_en": rule.called("en"),
                "ground_sv": programme.ground(rule, "sv"),
                "ground_en": programme.ground(rule, "en"),
                "finding_count": every,
                "waived_count": waived,
                "tried_on": rule.tried.things,
                "tried_count": tried,
                "not_tried": not_tried,
            }


# -- coverage ---------------------------------------------------------------------------------------------------------
def source_columns(exports: Sequence[Export], programme: Programme) -> Iterator[dict[str, Any]]:
    """Every column of every received file, read or not, with the rules that its cells are held against."""
    for export in exports:
        yield from _columns_of(export, programme)


def _columns_of(export: Export, programme: Programme) -> Iterator[dict[str, Any]]:
    slots: dict[int, list[str]] = {}
    for version in export.versions:
        for slot, at in version.positions.items():
            slots.setdefault(at, []).append(slot)
    looking: dict[str, set[str]] = {}
    for version in export.versions:
        for slot, rule in _looking_at(export, version, programme):
            looking.setdefault(slot, set()).add(rule)
    for at, header in enumerate(export.headers):
        mine = list(dict.fromkeys(slots.get(at, ())))
        found = sorted({rule for slot in mine for rule in looking.get(slot, ())})
        yield {
            "source_file": export.path,
            "column_no": at + 1,
            "source_column": column_letter(at),
            "header": plain(text_of(header)) or None,
            "slot": ", ".join(mine) or None,
            "rules": ", ".join(found) or None,
            "rule_count": len(found),
            "provenance": export.file.card.reality,
        }


def _looking_at(export: Export, version: Version, programme: Programme) -> Iterator[tuple[str, str]]:
    """The rules that look at each slot: at its cell as received, or at the field of the table that it fills."""
    yield from ((check.slot, check.rule) for check in checks_of(export, version, programme) if check.slot)
    for rule in found_rules():
        if rule.at and rule.at.field and rule.at.table in export.form.fills:
            yield rule.at.field, rule.id

"""Where a round stands, in words: the same on the start page, in a report, in the list of cases and on a terminal.

Rows are those of out_standing and core_task; titles are those of the rules, by rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.reports.swedish import formatted, kronor
from schemas.texts.catalogue import known, text
from schemas.words.tasks import ALL_RIGHT, OF_BOOKS, OF_FINDING, OF_SET_ASIDE, OF_UNKNOWN, PRELIMINARY
from schemas.words.vocabulary import Language

Row = Mapping[str, Any]
Titles = Mapping[str, str]


# -- a round ----------------------------------------------------------------------------------------------------------
def verdict(standing: Row, language: Language) -> str:
    """The verdict in a word or two."""
    return text(f"verdict_{standing['verdict']}", language)


def sentence(standing: Row, language: Language) -> str:
    """The verdict as a sentence, and what is not known of repayments after it."""
    said = [_verdict(standing, language)]
    if standing["outstanding_unknown_count"] and standing["repayable_sek"]:
        values = {
            "count": formatted(standing["outstanding_unknown_count"]),
            "amount": kronor(standing["repayable_sek"], language),
        }
        said.append(text("standing_repayments_unknown", language).format(**values))
    return " ".join(said)


def _verdict(standing: Row, language: Language) -> str:
    if standing["verdict"] == ALL_RIGHT:
        return text("standing_all_right", language)
    name = "preliminary" if standing["verdict"] == PRELIMINARY else "to_do"
    rows, tasks = standing["set_aside_count"], standing["task_count"]
    return text(f"standing_{name}", language).format(
        rows=counted("standing_rows", rows, language), tasks=counted("standing_tasks", tasks, language)
    )


def at_stake(standing: Row, language: Language) -> str:
    """How many kronor are at stake, and how many of them are not known."""
    amount, not_known, unknown = (standing[name] for name in ("at_stake_sek", "not_known_sek", "unknown_count"))
    if amount == 0 and not unknown:
        return text("standing_nothing_at_stake", language)
    said = [kronor(amount, language)]
    if not_known:
        name = "standing_all_not_known" if not_known == amount else "standing_not_known"
        said.append(text(name, language).format(amount=kronor(not_known, language)))
    if unknown and amount is not None:
        said.append(text("standing_unknown_grants", language).format(count=formatted(unknown)))
    return ", ".join(said)


def overdue(standing: Row, language: Language) -> str:
    """How many things are overdue, and about how many kronor."""
    count = standing["overdue_count"]
    if not count:
        return text("standing_overdue_none", language)
    tasks, amount = counted("standing_tasks", count, language), kronor(standing["overdue_sek"], language)
    return text("standing_overdue_of", language).format(tasks=tasks, amount=amount)


def not_reported(standing: Row, language: Language) -> str:
    """How many have not reported, as far as is known."""
    count, unknown = formatted(standing["not_reported_count"]), standing["report_not_known_count"]
    if not unknown:
        return count
    return text("standing_not_reported_unknown", language).format(count=count, unknown=formatted(unknown))


def counted(name: str, count: int, language: Language) -> str:
    """A count and its noun, singular or plural."""
    return text(f"{name}_one" if count == 1 else name, language).format(count=formatted(count))


# -- a thing to do ----------------------------------------------------------------------------------------------------
def task(each: Row, titles: Titles, language: Language) -> str:
    """What there is to do."""
    if known(f"todo_{each['task']}"):
        return text(f"todo_{each['task']}", language)
    rule = titles.get(each["rule"] or "", each["rule"] or text("unknown", language))
    return text(f"task_{each['task']}", language).format(about=_about(each, language), rule=rule)


def _about(each: Row, language: Language) -> str:
    prefix = {OF_BOOKS: "book_result", OF_SET_ASIDE: "set_aside"}.get(each["kind"])
    return text(f"{prefix}_{each['about']}", language).lower() if prefix else str(each["about"])


def things(each: Row, language: Language) -> str:
    """How many grants, rows or places one thing to do is about, where it names no recipient."""
    if each["kind"] in (OF_UNKNOWN, OF_SET_ASIDE, OF_FINDING):
        return counted(f"task_things_{each['kind']}", each["thing_count"], language)
    return "–"


def owner(each: Row, language: Language) -> str:
    """Who does it."""
    return text(f"owner_{each['owner']}", language)


def amount(each: Row, language: Language) -> str:
    """The kronor that it is about: at most so many, not known, or none."""
    known_sek, unknown = each["at_stake_sek"], each["unknown_count"]
    if known_sek is None:
        return text("task_unknown" if unknown else "task_no_money", language)
    said = kronor(known_sek, language)
    if each["is_at_most"]:
        said = text("task_at_most", language).format(amount=said)
    return text("task_and_unknown", language).format(amount=said, count=formatted(unknown)) if unknown else said

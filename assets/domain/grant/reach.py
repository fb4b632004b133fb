"""How far the exports of a round reach: up to which day it is known that something has not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from assets.domain.grant.records import Grant, Reach, Told
from assets.domain.reading.forms import Export
from schemas.words.events import OF_RECIPIENTS, adding_to

OF_MONEY = ("core_decision", "core_usage_report", "core_booking")
"""The tables that tell of money and decisions, beside the events of recipients."""

REPAYING = adding_to("received")
REPLYING = ("hearing_answered",)


def latest_complete_day(exports: Iterable[Export]) -> dt.date:
    """The day that a round is as of where nobody says another: the last of which an export has everything.

    Only those count that tell of money and decisions: funds and applications are published long before or after. No day
    that stands in a row counts, which may be a slip.
    """
    return max(each.file.card.last_complete_day for each in exports if _tells_of_money(each))


def _tells_of_money(export: Export) -> bool:
    return not set(OF_MONEY).isdisjoint(export.form.fills) or _tells(export, OF_RECIPIENTS)


def _tells(export: Export, events: Collection[str]) -> bool:
    return not set(export.form.codes.get("event", ())).isdisjoint(events)


def reach_of(exports: Iterable[Export], day: dt.date) -> Reach:
    """How far each thing is told of that may be missing, by the files that hold on a day."""
    holding = [each for each in exports if each.holds(day)]
    return Reach(
        reports=_told([each for each in holding if each.is_report]),
        payments=_told([each for each in holding if _tells(each, REPAYING)]),
        replies=_told([each for each in holding if _tells(each, REPLYING)]),
    )


def _told(exports: Sequence[Export]) -> Told:
    """What all of them tell: as far as the shortest reaches. A closed one has no end."""
    cards = [each.file.card for each in exports]
    if still_open := [card for card in cards if not card.closed]:
        shortest = min(still_open, key=lambda card: card.last_complete_day)
        return Told(shortest.last_complete_day, shortest.date)
    return Told(exported=max((card.date for card in cards), default=None))


def is_before_reports(grants: Iterable[Grant], day: dt.date) -> bool:
    """Whether no report need have come by a day: each decision says by when, and no such day has passed."""
    due = [grant.due_date for grant in grants if grant.decision]
    return bool(due) and all(last is not None and last >= day for last in due)

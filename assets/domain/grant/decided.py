"""Decisions on recovery as rows: each act with what holds and what was paid of it, and what they come to by ground."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.domain.grant.follow import Followed
from assets.domain.grant.recovery import Act
from assets.domain.reality import provenance_of
from schemas.words.recovery import NO_DOUBT, NOT_TOLD

Record = dict[str, Any]


def decisions_of(followed: Followed) -> Iterator[Record]:
    """The decisions on recovery of one grant, as rows of core_recovery_decision."""
    for number, act in enumerate(followed.acts, start=1):
        yield {
            "grant_id": followed.grant.grant_id,
            "decision_no": number,
            "recipient_code": followed.grant.recipient_code,
            "decided_date": act.day,
            "since_date": min((claim.since for claim in act.claims), default=act.day),
            "event_nos": _joined(act.numbers),
            "replaces_nos": _joined(act.replaces),
            "grounds": _joined(row.ground for row in act.rows),
            "covers": _joined(row.covers for row in act.rows),
            "is_in_force": bool(act.claims or act.waivers),
            "claimed_sek": act.claimed_sek,
            "waived_sek": act.waived_sek,
            "received_sek": act.received_sek,
            "doubt": act.doubt or NO_DOUBT,
            "rival_file": act.rival.source.source_file if act.rival else None,
            "rival_row": act.rival.source.source_row if act.rival else None,
            **vars(act.rows[0].source),
        }


def _joined(words: Iterable[str | None]) -> str | None:
    return ", ".join(sorted({word for word in words if word})) or None


@dataclass
class _Ground:
    """What decisions on one ground come to, or on several with one amount; whole kronor."""

    claimed: int = 0
    waived: int = 0
    received: int = 0
    decisions: set[tuple[str, int]] = field(default_factory=set)
    provenances: set[str] = field(default_factory=set)


def by_ground(grants: Sequence[Followed]) -> list[Record]:
    """What the decisions on recovery of a round come to by ground, as rows of out_recovery_by_ground.

    What holds of them: decided is claimed and waived. A waiver is on the ground of the claim that it was decided with.
    """
    grounds: dict[str, _Ground] = defaultdict(_Ground)
    for followed in grants:
        for number, act in enumerate(followed.acts):
            for claim in act.claims:
                ground = grounds[claim.row.ground or NOT_TOLD]
                ground.claimed += claim.amount_sek
                ground.received += claim.received_sek
                _counted(ground, followed, number)
            for waiver in act.waivers:
                ground = grounds[waiver.ground or _only_ground(act)]
                ground.waived += waiver.amount_sek
                _counted(ground, followed, number)
    return [_record(name, grounds[name]) for name in sorted(grounds)]


def _only_ground(act: Act) -> str:
    told = {claim.row.ground for claim in act.claims}
    return (next(iter(told)) if len(told) == 1 else None) or NOT_TOLD


def _counted(ground: _Ground, followed: Followed, number: int) -> None:
    ground.decisions.add((followed.grant.grant_id, number))
    ground.provenances.add(followed.grant.provenance)


def _record(name: str, ground: _Ground) -> Record:
    return {
        "grounds": name,
        "decision_count": len(ground.decisions),
        "decided_sek": ground.claimed + ground.waived,
        "claimed_sek": ground.claimed,
        "waived_sek": ground.waived,
        "received_sek": ground.received,
        "provenance": provenance_of(ground.provenances),
    }

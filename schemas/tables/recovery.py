"""`core_*` and `out_*` about decisions on recovery: each as one act, and what they come to by ground."""

from __future__ import annotations

from schemas.tables.base import (
    LISTS,
    LISTS_OF_CODES,
    OWN,
    Count,
    Date,
    Flag,
    Kronor,
    RoundTable,
    SourcedTable,
    Text,
    Whole,
    body_code,
    column,
    grant_key,
)
from schemas.words.recovery import DOUBTS, NO_DOUBT

NOT_TOLD = "no row of the decision says"


class RecoveryDecision(SourcedTable):
    """One decision on recovery, with what holds of it: what one day says of one grant. The source is its first row."""

    grant_id: Text = grant_key(key=True)
    decision_no: Whole = column(sv="Beslutets ordning", en="Order of the decision within the grant", key=True, ge=1)
    recipient_code: Text = body_code()
    decided_date: Date = column(sv="Beslutat", en="Decided, or else recorded")
    since_date: Date = column(sv="Gäller från", en="Stands from: payments since then are payments of it")
    event_nos: Text = column(
        sv="Händelsernas nummer",
        en="Numbers of its events",
        null="not every source numbers them",
        characters=LISTS_OF_CODES,
    )
    replaces_nos: Text = column(
        sv="Ersätter händelserna",
        en="Replaces the events",
        null="it says that it replaces none",
        characters=LISTS_OF_CODES,
    )
    grounds: Text = column(sv="Grunder", en="Grounds", null=NOT_TOLD, characters=LISTS)
    covers: Text = column(sv="Avser", en="Of which money", null=NOT_TOLD, characters=LISTS)
    is_in_force: Flag = column(sv="Gäller", en="Anything of it holds")
    claimed_sek: Kronor = column(sv="Återkrävt", en="Claimed, of what holds", ge=0)
    waived_sek: Kronor = column(sv="Eftergivet", en="Waived, of what holds", ge=0)
    received_sek: Kronor = column(sv="Betalt av återkravet", en="Received of the claim", ge=0)
    doubt: Text = column(sv="Att reda ut", en="What there is to doubt", one_of=(NO_DOUBT, *DOUBTS))
    rival_file: Text = column(
        sv="Den andra radens fil", en="File of the other row", null="no row stands against it", text=OWN
    )
    rival_row: Whole = column(sv="Den andra raden", en="The other row", null="no row stands against it", ge=1)

    class Config:
        """Name and label."""

        name = "core_recovery_decision"
        title = "Beslut om återkrav"


class RecoveryByGround(RoundTable):
    """What decisions on recovery come to on one ground, or several with one amount: decided is claimed and waived."""

    grounds: Text = column(sv="Grund", en="Ground, or grounds of one amount", key=True, characters=LISTS)
    decision_count: Count = column(sv="Antal beslut", en="Decisions", ge=0)
    decided_sek: Kronor = column(sv="Beslutat", en="Decided", ge=0)
    claimed_sek: Kronor = column(sv="Återkrävt", en="Claimed", ge=0)
    waived_sek: Kronor = column(sv="Eftergivet", en="Waived", ge=0)
    received_sek: Kronor = column(sv="Betalt av återkravet", en="Received of the claim", ge=0)

    class Config:
        """Name and label."""

        name = "out_recovery_by_ground"
        title = "Återkrav per grund"

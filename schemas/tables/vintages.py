"""`out_*` about time and neighbours: what was known when, and what one round says of another."""

from __future__ import annotations

from schemas.tables.base import (
    OWN,
    SLUG,
    Date,
    Flag,
    Kronor,
    RoundTable,
    Text,
    Whole,
    Year,
    body_code,
    column,
)
from schemas.words import vocabulary as words

PER_DAY = "one row per measure and day: each is the whole sum as it was known"
PER_HINT = "one row per hint: the same money may be in several"


class Revision(RoundTable):
    """One balance of the round as it was known on one day: a day on which something of its ledger was recorded."""

    measure: Text = column(sv="Mått", en="Measure", key=True, one_of=words.ACCOUNT_MEASURES)
    as_of_date: Date = column(sv="Känt den", en="As known on", key=True)
    measure_no: Whole = column(sv="Måttets ordning", en="Order of the measure", ge=1)
    amount_sek: Kronor = column(sv="Belopp", en="Amount", null="known of nobody on that day", overlaps=PER_DAY)
    known_count: Whole = column(sv="Känt för", en="Known of so many", ge=0)
    unknown_count: Whole = column(sv="Okänt för", en="Not known of so many", ge=0)
    unknown_granted_sek: Kronor = column(
        sv="Beviljat till dem", en="Granted to those of whom it is not known", ge=0, overlaps=PER_DAY
    )
    change_sek: Kronor = column(
        sv="Ändring",
        en="Change since the day before",
        null="the amount is not known on both days, or there is no before",
        overlaps=PER_DAY,
    )
    is_assumed: Flag = column(sv="Dagen är filens", en="The day is that of a file, not the entries' own")

    class Config:
        """Name and label."""

        name = "out_revision"
        title = "Saldon som de var kända dag för dag"


class Across(RoundTable):
    """One hint about a recipient in a round, from another round or programme: something to look at, no verdict."""

    kind: Text = column(sv="Slag", en="Kind", key=True, one_of=words.ACROSS_KINDS)
    recipient_code: Text = body_code(key=True)
    measure: Text = column(sv="Mått", en="Measure", key=True, one_of=words.ACCOUNT_MEASURES)
    other_programme: Text = column(sv="Annat program", en="Other programme", key=True, characters=SLUG)
    other_year: Year = column(sv="Annat bidragsår", en="Other round (year)", key=True, ge=1990, le=2100)
    amount_sek: Kronor = column(sv="Belopp", en="Amount", overlaps=PER_HINT)
    other_amount_sek: Kronor = column(
        sv="Belopp i den andra", en="Amount in the other", null="not known there", overlaps=PER_HINT
    )
    message_sv: Text = column(sv="Meddelande", en="Message in Swedish", text=OWN)
    message_en: Text = column(sv="Meddelande på engelska", en="Message in English", text=OWN)

    class Config:
        """Name and label."""

        name = "out_across"
        title = "Mellan omgångar och program"

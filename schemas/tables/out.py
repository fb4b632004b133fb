"""`out_*`: what the evaluation prints. Shares are whole percent, rounded half up from exact integers."""

from __future__ import annotations

from typing import Any

from schemas.tables.base import (
    OWN,
    SLUG,
    WORDS,
    Count,
    Flag,
    Kronor,
    Percent,
    RoundTable,
    Table,
    Text,
    Whole,
    body_code,
    column,
    grant_key,
)
from schemas.words import vocabulary as words

UNKNOWN_FUNDS = "no such entry: unknown, never zero"
NO_BASE = "nobody to ask: a share of nothing is not zero"
PER_OPTION = "one row per option, or more: each says it of the same recipients"
PER_DIMENSION = "one row per category of several dimensions: each is all of the money, and groups may share recipients"
PER_FIGURE = "one row per figure and category: the same recipients are left out of several"
PER_CELL = "one row per printed cell: the same recipients are left out of several"
NOT_TOLD_WHO = "it is not told who they are, or what they were granted"


def reported_granted(overlaps: str | None = None) -> Any:  # noqa: ANN401 - as column
    """The base of the share of what was not used."""
    return column(sv="Beviljat, av dem som återrapporterat", en="Granted, of those reported", ge=0, overlaps=overlaps)


def left_out_count() -> Any:  # noqa: ANN401 - as column
    """How many are in no sum of what was not used, and in no share of it: the rest of what was granted."""
    return column(sv="Utelämnade bidrag", en="Grants left out", ge=0)


def left_out_granted(overlaps: str | None = None) -> Any:  # noqa: ANN401 - as column
    """What they were granted."""
    return column(sv="Beviljat till utelämnade", en="Granted to those left out", ge=0, overlaps=overlaps)


def set_aside_decisions() -> Any:  # noqa: ANN401 - as column
    """How many decisions are in no sum at all, since something is wrong with them."""
    return column(sv="Beslut som inte är med", en="Decisions set aside", ge=0)


def set_aside_granted() -> Any:  # noqa: ANN401 - as column
    """What they say is granted."""
    return column(
        sv="Beviljat i beslut som inte är med", en="Granted by decisions set aside", null="an amount is not known", ge=0
    )


def missing_count() -> Any:  # noqa: ANN401 - as column
    """How many could have answered and are not in the base."""
    return column(sv="Saknade svar", en="Recipients that did not answer", ge=0)


def missing_granted() -> Any:  # noqa: ANN401 - as column
    """What they were granted."""
    return column(
        sv="Beviljat till dem", en="Granted to those that did not answer", null=NOT_TOLD_WHO, ge=0, overlaps=PER_OPTION
    )


class GrantByYear(RoundTable):
    """The round in one row: what was granted, used and left."""

    recipient_count: Count = column(sv="Mottagare", en="Recipients", ge=0)
    granted_sek: Kronor = column(sv="Beviljade medel", en="Granted", ge=0)
    used_sek: Kronor = column(sv="Använda medel", en="Used", null="a report is missing, or cannot be read")
    reported_granted_sek: Kronor = reported_granted()
    unused_sek: Kronor = column(sv="Oanvända medel", en="Unused, as reported", null="nobody has reported", ge=0)
    unused_percent: Percent = column(sv="Andel oanvända medel", en="Share unused", null=NO_BASE)
    repaid_after_recovery_sek: Kronor = column(
        sv="Återbetalat efter återkrav", en="Repaid after recovery", null="no such entry in the accounts"
    )
    used_all_count: Count = column(sv="Använde allt", en="Used all of it", ge=0)
    used_part_count: Count = column(sv="Använde en del", en="Used part of it", ge=0)
    used_nothing_count: Count = column(sv="Använde inget", en="Used nothing", ge=0)
    without_report_count: Count = column(sv="Utan återrapportering", en="Without a report", ge=0)
    use_unknown_count: Count = column(sv="Återrapport som inte räknas", en="With a report that does not count", ge=0)
    left_out_count: Count = left_out_count()
    left_out_granted_sek: Kronor = left_out_granted()
    set_aside_count: Count = set_aside_decisions()
    set_aside_granted_sek: Kronor = set_aside_granted()

    class Config:
        """Name and label."""

        name = "out_grant_by_year"
        title = "Statsbidraget per år"


class FundsByYear(RoundTable):
    """The round's funds in one row: available = administration + granted + not distributed."""

    available_sek: Kronor = column(sv="Disponibla medel", en="Available funds", null=UNKNOWN_FUNDS, ge=0)
    administration_sek: Kronor = column(sv="Varav administration", en="Administration", null=UNKNOWN_FUNDS, ge=0)
    distributable_sek: Kronor = column(sv="Medel att fördela", en="Left to distribute", null=UNKNOWN_FUNDS)
    granted_sek: Kronor = column(sv="Beviljade medel", en="Granted", ge=0)
    undistributed_sek: Kronor = column(sv="Ej fördelade medel", en="Not distributed", null=UNKNOWN_FUNDS)
    set_aside_count: Count = set_aside_decisions()
    set_aside_granted_sek: Kronor = set_aside_granted()

    class Config:
        """Name and label."""

        name = "out_funds_by_year"
        title = "Medel per år"


class ApplicationByYear(RoundTable):
    """The round's applications in one row, by outcome."""

    application_count: Count = column(sv="Ansökningar", en="Applications", ge=0)
    approved_count: Count = column(sv="Bifall, helt eller delvis", en="Approved, wholly or partly", ge=0)
    rejected_count: Count = column(sv="Avslag", en="Rejected", ge=0)
    dismissed_count: Count = column(sv="Avvisade", en="Dismissed", ge=0)
    withdrawn_count: Count = column(sv="Avskrivna", en="Withdrawn", ge=0)
    approval_percent: Percent = column(sv="Bifallsfrekvens (%)", en="Approval rate (%)", null=NO_BASE)
    set_aside_count: Count = column(sv="Ansökningar som inte är med", en="Applications set aside", ge=0)

    class Config:
        """Name and label."""

        name = "out_application_by_year"
        title = "Ansökningar per år"


class Annex(RoundTable):
    """The annex: one line per grant."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    recipient_name: Text = column(sv="Mottagare", en="Recipient", text=OWN)
    name_as_reported: Text = column(sv="Mottagare enligt källan", en="Recipient, as reported", text=OWN)
    granted_sek: Kronor = column(sv="Beviljade medel (kr)", en="Granted (SEK)", ge=0)
    unused_sek: Kronor = column(sv="Oanvända medel (kr)", en="Unused (SEK)", null="no report: unknown, not zero", ge=0)
    unused_percent: Percent = column(
        sv="Andel oanvända medel (%)", en="Share unused (%)", null="no report, or nothing granted"
    )
    left_out: Text = column(
        sv="Utelämnad", en="Why it is in no sum of what was not used", null="it is", one_of=words.LEFT_OUT_REASONS
    )
    note: Text = column(sv="Anmärkning", en="Note", null="nothing to remark", text=OWN)

    class Config:
        """Name and label."""

        name = "out_annex"
        title = "Fördelning och användning per mottagare"


class Indicator(RoundTable):
    """How many chose an option, of how many that were asked."""

    indicator: Text = column(sv="Indikator", en="Indicator", key=True, characters=WORDS)
    option: Text = column(sv="Alternativ", en="Option", key=True, characters=WORDS)
    option_no: Whole = column(sv="Alternativets ordning", en="Order of the option", ge=1)
    option_label_sv: Text = column(sv="Alternativ på svenska", en="Option in Swedish", text=OWN)
    option_label_en: Text = column(sv="Alternativ på engelska", en="Option in English", text=OWN)
    numerator: Count = column(sv="Antal", en="Number that chose it", ge=0)
    denominator: Count = column(sv="Bas (antal)", en="Number that answered", ge=0)
    base: Text = column(sv="Bas", en="Who was asked", characters=WORDS)
    base_inferred: Flag = column(sv="Basen är härledd", en="The base is inferred, not printed")
    asked_count: Count = column(sv="Tillfrågade", en="Number asked", ge=0)
    blank_count: Count = column(sv="Obesvarade", en="Number that left it blank", ge=0)
    percent: Percent = column(sv="Andel (%)", en="Share (%)", null=NO_BASE, ge=0, le=100)
    missing_count: Count = missing_count()
    missing_granted_sek: Kronor = missing_granted()
    lowest_percent: Percent = column(
        sv="Andel om alla saknade svarat nej (%)", en="Share if all of them had said no (%)", null=NO_BASE, ge=0, le=100
    )
    highest_percent: Percent = column(
        sv="Andel om alla saknade svarat ja (%)", en="Share if all of them had said yes (%)", null=NO_BASE, ge=0, le=100
    )

    class Config:
        """Name and label."""

        name = "out_indicator"
        title = "Indikatorer"


class Grouped(RoundTable):
    """What every figure that is broken down says: by what, and of whom."""

    dimension: Text = column(sv="Uppdelning", en="Broken down by", key=True, one_of=words.DIMENSIONS)
    across: Text = column(
        sv="Uppdelande fråga", en="Question that it is broken down by, or the dimension", key=True, characters=WORDS
    )
    category: Text = column(sv="Kategori", en="Category", key=True, characters=WORDS)
    category_no: Whole = column(sv="Kategorins ordning", en="Order of the category", ge=0)
    category_label_sv: Text = column(sv="Kategori på svenska", en="Category in Swedish", text=OWN)
    category_label_en: Text = column(sv="Kategori på engelska", en="Category in English", text=OWN)


class GrantByGroup(Grouped):
    """What was granted, used and left, by what the recipients are."""

    recipient_count: Count = column(sv="Mottagare", en="Recipients", ge=0)
    granted_sek: Kronor = column(sv="Beviljade medel", en="Granted", ge=0, overlaps=PER_DIMENSION)
    used_sek: Kronor = column(
        sv="Använda medel", en="Used", null="a report is missing, or cannot be read", overlaps=PER_DIMENSION
    )
    reported_granted_sek: Kronor = reported_granted(PER_DIMENSION)
    unused_sek: Kronor = column(
        sv="Oanvända medel", en="Unused, as reported", null="nobody has reported", ge=0, overlaps=PER_DIMENSION
    )
    unused_percent: Percent = column(sv="Andel oanvända medel", en="Share unused", null=NO_BASE)
    left_out_count: Count = left_out_count()
    left_out_granted_sek: Kronor = left_out_granted(PER_DIMENSION)

    class Config:
        """Name and label."""

        name = "out_grant_by_group"
        title = "Statsbidraget per grupp"


class IndicatorByGroup(Grouped):
    """How many chose an option, or what they were granted, of those that answered: in all and by group."""

    indicator: Text = column(sv="Indikator", en="Indicator", key=True, characters=WORDS)
    option: Text = column(sv="Alternativ", en="Option", key=True, characters=WORDS)
    measure: Text = column(sv="Mått", en="Measure", key=True, one_of=(words.SHARE, words.SHARE_OF_MONEY))
    numerator: Whole = column(sv="Täljare (antal eller kr)", en="Numerator (number or SEK)", ge=0)
    denominator: Whole = column(sv="Nämnare (antal eller kr)", en="Denominator (number or SEK)", ge=0)
    unit: Text = column(sv="Täljarens enhet", en="Unit of the numerator", one_of=("count", "sek"))
    percent: Percent = column(sv="Andel (%)", en="Share (%)", null=NO_BASE, ge=0, le=100)
    missing_count: Count = missing_count()
    missing_granted_sek: Kronor = missing_granted()

    class Config:
        """Name and label."""

        name = "out_indicator_by_group"
        title = "Indikatorer per grupp"


class MeasureByGroup(Grouped):
    """The mean of a rating, or the sum of amounts, in all and by group."""

    indicator: Text = column(sv="Indikator", en="Indicator", key=True, characters=WORDS)
    option: Text = column(sv="Alternativ", en="Option, or all of them together", key=True, characters=WORDS)
    option_no: Whole = column(sv="Alternativets ordning", en="Order of the option", ge=1)
    option_label_sv: Text = column(sv="Alternativ på svenska", en="Option in Swedish", text=OWN)
    option_label_en: Text = column(sv="Alternativ på engelska", en="Option in English", text=OWN)
    measure: Text = column(sv="Mått", en="Measure", key=True, one_of=(words.MEAN, words.SUM))
    total: Whole = column(sv="Summa av betyg eller belopp", en="Sum of ratings or amounts", ge=0)
    answer_count: Count = column(sv="Antal svar", en="Number that answered", ge=0)
    blank_count: Count = column(sv="Obesvarade", en="Number that left any of it blank", ge=0)
    value: Whole = column(sv="Medelvärde i hundradelar, eller kr", en="Mean in hundredths, or SEK", null=NO_BASE)
    unit: Text = column(sv="Enhet", en="Unit", one_of=("hundredths", "sek"))
    missing_count: Count = missing_count()
    missing_granted_sek: Kronor = missing_granted()

    class Config:
        """Name and label."""

        name = "out_measure_by_group"
        title = "Medelvärden och summor"


class LeftOut(RoundTable):
    """Who is in no sum, count or share of a figure, for one reason: how many, and what they were granted."""

    figure: Text = column(
        sv="Uppgift", en="Figure: granted, unused, applications, or a question", key=True, characters=WORDS
    )
    option: Text = column(sv="Alternativ", en="Option, or all of them together", key=True, characters=WORDS)
    across: Text = column(
        sv="Uppdelande fråga", en="Question that it is broken down by, or the dimension", key=True, characters=WORDS
    )
    category: Text = column(sv="Kategori", en="Category, or not_told", key=True, characters=WORDS)
    reason: Text = column(sv="Skäl", en="Reason", key=True, one_of=words.LEFT_OUT_REASONS)
    left_out_count: Count = column(sv="Utelämnade", en="Left out", ge=1)
    left_out_granted_sek: Kronor = column(
        sv="Beviljat till utelämnade", en="Granted to those left out", null=NOT_TOLD_WHO, ge=0, overlaps=PER_FIGURE
    )
    stated_sek: Kronor = column(
        sv="Uppgivet oanvänt",
        en="Unused, as stated",
        null="they are left out for another reason",
        ge=0,
        overlaps=PER_FIGURE,
    )

    class Config:
        """Name and label."""

        name = "out_left_out"
        title = "Utelämnade ur utvärderingens uppgifter"


class Compared(RoundTable):
    """A question as it is compared between years, through the crosswalk: one year's share of one common option."""

    comparison: Text = column(sv="Jämförelse", en="Comparison", key=True, characters=WORDS)
    option: Text = column(sv="Gemensamt alternativ", en="Common option", key=True, characters=WORDS)
    option_no: Whole = column(sv="Alternativets ordning", en="Order of the option", ge=1)
    option_label_sv: Text = column(sv="Alternativ på svenska", en="Option in Swedish", text=OWN)
    option_label_en: Text = column(sv="Alternativ på engelska", en="Option in English", text=OWN)
    numerator: Count = column(sv="Antal", en="Number that chose it", null="not asked this year", ge=0)
    denominator: Count = column(sv="Bas (antal)", en="Number that answered", null="not asked this year", ge=0)
    percent: Percent = column(
        sv="Andel (%)", en="Share (%)", null="not asked this year, or nobody to ask", ge=0, le=100
    )
    base: Text = column(sv="Bas", en="Who was asked", null="not asked this year", characters=WORDS)
    missing_count: Count = column(
        sv="Saknade svar", en="Recipients that did not answer", null="not asked this year", ge=0
    )
    missing_granted_sek: Kronor = missing_granted()
    is_comparable: Flag = column(sv="Kan jämföras", en="Can be compared")
    why_not_sv: Text = column(sv="Varför inte", en="Why not, in Swedish", null="it can be compared", text=OWN)
    why_not_en: Text = column(sv="Varför inte, på engelska", en="Why not", null="it can be compared", text=OWN)

    class Config:
        """Name and label."""

        name = "out_comparison"
        title = "Jämförelser mellan år"


class TableCell(Table):
    """Every cell of every printed table of every report."""

    programme: Text = column(sv="Program", en="Programme", key=True, characters=SLUG)
    report: Text = column(sv="Rapport", en="Report", key=True, characters=WORDS)
    table_no: Whole = column(sv="Tabell", en="Table", key=True, ge=1)
    row_no: Whole = column(sv="Rad", en="Row", key=True, ge=1)
    row_label: Text = column(sv="Radrubrik", en="Row label", text=OWN)
    row_label_en: Text = column(sv="Radrubrik på engelska", en="Row label in English", text=OWN)
    column_no: Whole = column(sv="Kolumn", en="Column", key=True, ge=1)
    column_name: Text = column(sv="Kolumnens namn", en="Name of the column", characters=WORDS)
    column_label: Text = column(sv="Kolumnrubrik", en="Column label", text=OWN)
    column_label_en: Text = column(sv="Kolumnrubrik på engelska", en="Column label in English", text=OWN)
    value: Whole = column(sv="Värde", en="Value", null="the figure is not known")
    unit: Text = column(sv="Enhet", en="Unit", one_of=words.UNITS)
    base_count: Count = column(
        sv="Bas (antal)",
        en="Of how many it is a share or a mean; of few, which are counted, a count",
        null="it is neither",
        ge=0,
    )
    left_out_count: Count = column(sv="Utelämnade", en="Left out of the figure", ge=0)
    left_out_granted_sek: Kronor = column(
        sv="Beviljat till utelämnade", en="Granted to those left out", null=NOT_TOLD_WHO, ge=0, overlaps=PER_CELL
    )
    note_sv: Text = column(
        sv="Anmärkning", en="What the figure is of, in Swedish", null="there is nothing to remark", text=OWN
    )
    note_en: Text = column(
        sv="Anmärkning på engelska", en="What the figure is of", null="there is nothing to remark", text=OWN
    )
    expression: Text = column(
        sv="Uttryck",
        en="Expression that it is",
        text=OWN,
        null="a bound, an order, or kronor that may be nobody's: no expression tells it",
    )
    provenance: Text = column(sv="Verkliga eller fiktiva uppgifter", en="Real or synthetic", one_of=words.PROVENANCES)

    class Config:
        """Name and label."""

        name = "out_table_cell"
        title = "Rapporternas tabellceller"


class DictionaryEntry(Table):
    """One column of one table: the data dictionary as a table, since SQLite keeps no comments."""

    table_name: Text = column(sv="Tabell", en="Table", key=True, characters=WORDS)
    column_no: Whole = column(sv="Ordning", en="Order", ge=1)
    column_name: Text = column(sv="Kolumn", en="Column", key=True, characters=WORDS)
    type_name: Text = column(sv="Typ", en="Type", text=OWN)
    unit: Text = column(sv="Enhet", en="Unit", null="the column has no unit", text=OWN)
    is_key: Flag = column(sv="Ingår i nyckeln", en="Part of the key")
    refers_to: Text = column(
        sv="Hänvisar till", en="Refers to table", null="the column refers to no table", characters=WORDS
    )
    allowed_values: Text = column(sv="Tillåtna värden", en="Allowed values", null="not a closed vocabulary", text=OWN)
    overlap_reason: Text = column(
        sv="Varför den inte summeras rakt av",
        en="Why a plain sum would count money more than once",
        null="it would not, or the column is no amount",
        text=OWN,
    )
    null_reason: Text = column(sv="Varför den får vara tom", en="Why it may be empty", null="it may not", text=OWN)
    label_sv: Text = column(sv="Benämning", en="Label in Swedish", text=OWN)
    label_en: Text = column(sv="Benämning på engelska", en="Label in English", text=OWN)
    table_label_sv: Text = column(sv="Tabellens benämning", en="Label of the table in Swedish", text=OWN)
    table_meaning_en: Text = column(sv="Tabellens innebörd", en="Meaning of the table", text=OWN)
    provenance: Text = column(sv="Verkliga eller fiktiva uppgifter", en="Real or synthetic", one_of=words.PROVENANCES)

    class Config:
        """Name and label."""

        name = "data_dictionary"
        title = "Variabelförteckning"

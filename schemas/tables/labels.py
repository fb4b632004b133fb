"""What coded values are called, and how the questions were put: for those that read the tables without this system."""

from __future__ import annotations

from schemas.tables.base import LABEL_WORDS, OWN, SLUG, WORDS, Flag, Table, Text, Whole, Year, column
from schemas.words import vocabulary as words


class ValueLabel(Table):
    """What one value of one coded column is called: within one programme, and one question or the like, or in any."""

    table_name: Text = column(sv="Tabell", en="Table", key=True, characters=WORDS)
    column_name: Text = column(sv="Kolumn", en="Column", key=True, characters=WORDS)
    programme: Text = column(sv="Program", en="Programme, or any", key=True, characters=SLUG)
    within: Text = column(
        sv="Inom", en="Question, comparison or report that the value is of, or any", key=True, characters=WORDS
    )
    value: Text = column(sv="Värde", en="Value", key=True, characters=LABEL_WORDS)
    label_sv: Text = column(sv="Benämning", en="Label in Swedish", text=OWN)
    label_en: Text = column(sv="Benämning på engelska", en="Label in English", text=OWN)
    provenance: Text = column(sv="Verkliga eller fiktiva uppgifter", en="Real or synthetic", one_of=words.PROVENANCES)

    class Config:
        """Name and label."""

        name = "out_label"
        title = "Benämningar på kodade värden"


class QuestionAsked(Table):
    """One option of one question as one form of a round asks it: title, text as asked, and to whom it was put."""

    programme: Text = column(sv="Program", en="Programme", key=True, characters=SLUG)
    year: Year = column(sv="Bidragsår", en="Round (year)", key=True, ge=1990, le=2100)
    form: Text = column(sv="Formulär", en="Form", key=True, characters=WORDS)
    form_title_sv: Text = column(sv="Formulärets benämning", en="Title of the form in Swedish", text=OWN)
    form_title_en: Text = column(sv="Formulärets benämning på engelska", en="Title of the form", text=OWN)
    question: Text = column(sv="Fråga", en="Question", key=True, characters=WORDS)
    question_no: Whole = column(sv="Frågans ordning", en="Order of the question", ge=1)
    question_sv: Text = column(sv="Frågans benämning", en="Title of the question in Swedish", text=OWN)
    question_en: Text = column(sv="Frågans benämning på engelska", en="Title of the question", text=OWN)
    asked_as: Text = column(sv="Frågan i formuläret", en="Text of the question in the form", text=OWN)
    kind: Text = column(sv="Slag av fråga", en="Kind of question", one_of=("single", "multiple", "rating", "amounts"))
    base: Text = column(sv="Bas", en="Who was asked", characters=WORDS)
    base_sv: Text = column(sv="Vilka som tillfrågades", en="Who was asked, in Swedish", text=OWN)
    base_en: Text = column(sv="Vilka som tillfrågades på engelska", en="Who was asked, in English", text=OWN)
    base_inferred: Flag = column(sv="Basen är härledd", en="The base is inferred, not printed")
    option: Text = column(sv="Alternativ", en="Option", key=True, characters=WORDS)
    option_no: Whole = column(sv="Alternativets ordning", en="Order of the option", ge=1)
    option_sv: Text = column(sv="Alternativets benämning", en="Title of the option in Swedish", text=OWN)
    option_en: Text = column(sv="Alternativets benämning på engelska", en="Title of the option", text=OWN)
    answered_as: Text = column(sv="Alternativet i formuläret", en="Text of the option in the form", text=OWN)
    provenance: Text = column(sv="Verkliga eller fiktiva uppgifter", en="Real or synthetic", one_of=words.PROVENANCES)

    class Config:
        """Name and label."""

        name = "out_question"
        title = "Frågor och svarsalternativ"

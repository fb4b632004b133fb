"""What was answered, held against what the amounts say."""

from __future__ import annotations

from schemas.tables.base import WORDS, Count, RoundTable, Text, column
from schemas.words import vocabulary as words


class AnswerCheck(RoundTable):
    """What the answers to one form say, held against what the amounts say: how many answered, how many used what.

    Each may be more than is known: recipients did not answer, or their use is not known.
    """

    form: Text = column(sv="Formulär", en="Form", key=True, characters=WORDS)
    measure: Text = column(sv="Vad som jämförs", en="What is compared", key=True, one_of=words.ANSWER_CHECKS)
    said_count: Count = column(sv="Enligt svaren", en="By the answers", ge=0)
    said_at_most_count: Count = column(
        sv="Enligt svaren, som mest", en="By the answers, had all that did not answer said so", ge=0
    )
    amounts_count: Count = column(sv="Enligt beloppen", en="By the amounts", ge=0)
    amounts_at_most_count: Count = column(
        sv="Enligt beloppen, som mest", en="By the amounts, were it so of all of which use is not known", ge=0
    )

    class Config:
        """Name and label."""

        name = "out_answer_check"
        title = "Svaren mot beloppen"

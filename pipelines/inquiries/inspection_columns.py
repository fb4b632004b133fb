"""The columns of a table: which belong to one question, what each is for in its tool, and what its cells are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.domain.reading.forms import column_letter, text_of
from pipelines.inquiries import inspection_tools as tools
from pipelines.inquiries.inspection_tools import names
from pipelines.inquiries.inspection_values import (
    FREE_TEXT,
    ID,
    MULTIPLE,
    NOT_APPLICABLE,
    RATING,
    SINGLE,
    About,
    Counts,
    Guess,
    Known,
    guessed,
    pair_in,
    total,
    without_values,
)

RESPONDENT, SUBMITTED, RECIPIENT, COUNTY, TECHNICAL = ROLES = (
    "respondent",
    "submitted",
    "recipient",
    "county",
    "technical",
)
"""What a column is for, beside what it asks: what tools add of themselves is technical."""


def _listed(told: str) -> tuple[str, ...]:
    """Names in small letters, the one that is meant for it first."""
    return tuple(told.casefold().split("|"))


RESPONDENTS = {
    tools.QUALTRICS: _listed("ResponseId|ResponseID|Response ID|_recordId"),
    tools.SURVEYMONKEY: tuple(tools.MONKEY_IDS),
    tools.LIMESURVEY: _listed("id|Response ID|Svars-ID|Svar ID"),
    tools.KOBO: _listed("_uuid|KEY|meta/instanceID|meta-instanceID|instanceID|_id"),
    tools.MICROSOFT: _listed("ID"),
    tools.OPEN_E: _listed("Header/FlowInstanceID|Header/ID"),
}
SUBMISSIONS = {
    tools.QUALTRICS: _listed("RecordedDate|EndDate"),
    tools.SURVEYMONKEY: _listed("End Date|EndDate|date_modified|Slutdatum|Start Date|StartDate|Startdatum"),
    tools.LIMESURVEY: _listed("submitdate|Date submitted|Inskickad datum|Datum inskickat|Datum för inskick"),
    tools.KOBO: _listed("_submission_time|SubmissionDate|end"),
    tools.GOOGLE: tuple(tools.TIMES),
    tools.MICROSOFT: tuple(tools.MS_ENDS),
    tools.OPEN_E: _listed("Header/LastSubmitted|Header/Posted"),
}
OWN = {
    tools.QUALTRICS: tools.QUALTRICS_NAMES,
    tools.SURVEYMONKEY: tools.MONKEY_NAMES | tools.MONKEY_IDS,
    tools.LIMESURVEY: tools.LIME_NAMES,
    tools.REDCAP: tools.REDCAP_OWN | tools.REDCAP_LABELS,
    tools.KOBO: tools.KOBO_OWN | tools.KOBO_NAMES,
    tools.GOOGLE: tools.TIMES | tools.GOOGLE_NAMES,
    tools.MICROSOFT: tools.MS_STARTS | tools.MS_ENDS | tools.MS_NAMES | names("ID"),
}
"""What a tool adds of itself to what was asked."""

OPEN_E_OWN = re.compile(r"/?@.*|Header/.*|.*/(QueryID|Name|ID|Size|@.*)|.*citizenIdentifier.*")
ID_WORDS = "id|uuid|nr|nummer|no|number|key|respondent|respondent\\w*id|diarienummer|ärende-?id"
IDS = re.compile(rf"(.*[\W_])?({ID_WORDS})([\W_].*)?", re.IGNORECASE)
OPEN_WORDS = (
    "comments?|kommentar\\w*|beskriv\\w*|please describe|motivera|utveckla|ange vad|ange vilk\\w+|"
    "specify|vänligen ange|fritext\\w*|open-ended|explain|förklara"
)
PERSON_WORDS = (
    "namn|name|förnamn|efternamn|firstname|lastname|e-?post(adress)?|e-?mail|telefon\\w*|phone|telephone|mobil\\w*|"
    "user(name)?|användar\\w*|beslutsfattare|ansvarig\\w*|attest\\w*|ordförande|chef|vem|who|person\\w*|owner|ägare|"
    "adress|address|kontakt\\w*|contact|handläggare|ip|text|notes?|övrigt"
)
OPEN = re.compile(rf"(.*[\W_])?({OPEN_WORDS})([\W_].*)?", re.IGNORECASE | re.DOTALL)
PERSON = re.compile(rf"(.*[\W_])?({PERSON_WORDS})([\W_].*)?|.*\w (av|by)", re.IGNORECASE | re.DOTALL)
"""Headers that ask for words of one's own, and short ones that ask who somebody is: no value below them is told."""

RECIPIENT_WORDS = (
    "kommun|kommunens namn|kommunnamn|mottagare|organisation|municipality|recipient|bidragsmottagare|sökande"
)
RECIPIENTS = re.compile(rf"(vilken |ange )?({RECIPIENT_WORDS})(en)?\b.{{0,30}}", re.IGNORECASE)
COUNTIES = names("Län|Lan|Länsnamn|County|Lansnamn")
LONGEST_NAMED, LONGEST_CHOICE = 40, 200

STEMS = (
    re.compile(r"(?P<stem>.+?)___(?P<option>.+)"),
    re.compile(r"(?P<stem>.*) \(choice=(?P<option>.*)\)"),
    re.compile(r"(?P<stem>[A-Za-z]\w*)\[(?P<option>\w+)\].*", re.DOTALL),
    re.compile(r"(?P<stem>.+) [-–—] (?P<option>.+)"),
    re.compile(r"(?P<stem>.+?) [-–—] (?P<option>.+)"),
    re.compile(r"(?P<stem>.+?) / (?P<option>.+)"),
    re.compile(r"(?P<stem>.+)/(?P<option>[^/]+)"),
    re.compile(r"(?P<stem>.+) \[(?P<option>.+)\]"),
    re.compile(r"(?P<stem>.+)_(?P<option>\d+)"),
    re.compile(r"(?P<stem>.+?): (?P<option>.+)"),
    re.compile(r"(?P<stem>.+) \((?P<option>[^()]+)\)"),
    re.compile(r"(?P<stem>.+)[.](?P<option>\w+)"),
)
"""How headers name a question and one of its options, the surest first."""

PAIR, TICK = 2, 3
"""Two words for chosen and not; a mark for chosen is so many letters at most."""

LABEL, BLANK = "label or blank", " or blank"


@dataclass(frozen=True)
class Column:
    """One column: its place (from 0), its header as a form has it, the question behind a short name, and its guess.

    `stem` is what the headers of its question have in common, where the question has a column for each option.
    """

    position: int
    header: str
    label: str
    guess: Guess
    role: str | None = None
    stem: str | None = None
    option: str | None = None

    @property
    def letter(self) -> str:
        """What a spreadsheet calls it."""
        return column_letter(self.position)


@dataclass(frozen=True)
class Headed:
    """A column before it is guessed: what stands above it and what in it."""

    position: int
    header: str
    label: str
    counts: Counts


def columns_of(headed: Sequence[Headed], tool: str | None) -> list[Column]:
    """Every column with its guess; what is an option in one column is known in the others."""
    alone = [_alone(each, tool, frozenset()) for each in headed]
    known = frozenset(
        option for column in alone if column.guess.type in (SINGLE, RATING) for option in column.guess.options
    )
    alone = [
        column if column.guess.is_whole else _alone(each, tool, known)
        for each, column in zip(headed, alone, strict=True)
    ]
    grouped = _grouped([each for each, column in zip(headed, alone, strict=True) if column.role is None], tool)
    return [grouped.get(column.position, column) for column in alone]


def counts_of(cells: Sequence[str | None]) -> Counts:
    """What the cells of a column say, as a form reads them, and how many say each."""
    return Counter(text for cell in cells if (text := text_of(cell)))


# -- one column by itself -------------------------------------------------------------------------------------------
def _alone(headed: Headed, tool: str | None, known: Known) -> Column:
    is_first = not headed.position
    role = _role(headed, tool, is_first=is_first)
    about = About(
        _asks_words(headed) or role == RECIPIENT, tool == tools.KOBO, tool in (tools.QUALTRICS, tools.REDCAP), known
    )
    guess = guessed(headed.counts, about)
    if role == RESPONDENT or (role is None and _is_id(headed, is_first=is_first)):
        guess = Guess(ID, "numbers" if all(map(str.isdecimal, headed.counts)) else "texts", 0.9 if role else 0.7)
    if role is None and guess.type == ID and is_first:
        role = RESPONDENT
    if tool == tools.OPEN_E:
        guess = _of_open_e(headed, guess, role)
    return Column(headed.position, headed.header, headed.label, without_values(guess) if role else guess, role)


def _asks_words(headed: Headed) -> bool:
    texts = (headed.header, headed.label)
    return any(OPEN.fullmatch(text) or (len(text) <= LONGEST_NAMED and PERSON.fullmatch(text)) for text in texts)


def _of_open_e(headed: Headed, guess: Guess, role: str | None) -> Guess:
    """An instance has one answer to each question: whether it is closed is told by how it is written alone."""
    if role == TECHNICAL and headed.header.endswith(("ID", "Identifier")):
        return Guess(ID, "numbers", 0.9)
    if role or guess.type != FREE_TEXT or not headed.header.endswith("/Value"):
        return guess
    if any(len(value) > LONGEST_CHOICE or value.startswith('"') for value in headed.counts):
        return guess
    if any("\n" in value for value in headed.counts):
        return Guess(MULTIPLE, "joined by line break", 0.7, is_whole=False, separator="\n")
    return Guess(SINGLE, "labels", 0.4, is_whole=False)


def _role(headed: Headed, tool: str | None, *, is_first: bool) -> str | None:
    if tool and (role := _role_in(tool, headed, is_first=is_first)):
        return role
    if headed.header.casefold() in COUNTIES:
        return COUNTY
    named = any(len(text) <= LONGEST_NAMED and RECIPIENTS.fullmatch(text) for text in (headed.header, headed.label))
    return RECIPIENT if named and not all(map(str.isdecimal, headed.counts)) else None


def _called(header: str, label: str) -> set[str]:
    """What a tool may call a column, whichever way headers are exported."""
    return {header.casefold(), label.casefold(), tools.lime_code(header).casefold()}


def preference(column: Column, tool: str | None) -> int:
    """Among columns of one role: 0 for the one that the tool means for it, higher for others."""
    meant = {RESPONDENT: RESPONDENTS, SUBMITTED: SUBMISSIONS}.get(column.role or "", {}).get(tool or "", ())
    called = _called(column.header, column.label)
    return next((number for number, name in enumerate(meant) if name in called), len(meant))


def _role_in(tool: str, headed: Headed, *, is_first: bool) -> str | None:
    """What a column is for that the tool adds of itself."""
    asked = _called(headed.header, headed.label)
    if asked & set(RESPONDENTS.get(tool, ())) or (tool == tools.REDCAP and is_first):
        return RESPONDENT
    if asked & set(SUBMISSIONS.get(tool, ())):
        return SUBMITTED
    is_own = {
        tools.OPEN_E: OPEN_E_OWN.fullmatch(headed.header),
        tools.REDCAP: tools.COMPLETE.fullmatch(headed.header),
    }.get(tool)
    return TECHNICAL if is_own or asked & OWN.get(tool, frozenset()) else None


def _is_id(headed: Headed, *, is_first: bool) -> bool:
    """Whether every row has a value of its own, below a header that says so, or in the first column."""
    if not headed.counts or total(headed.counts) > len(headed.counts):
        return False
    if not headed.header:
        return is_first and all(map(str.isdecimal, headed.counts))
    return len(headed.header) <= LONGEST_NAMED and bool(IDS.fullmatch(headed.header)) and len(headed.counts) > 1


# -- a question with a column per option ----------------------------------------------------------------------------
def _grouped(headed: Sequence[Headed], tool: str | None) -> dict[int, Column]:
    """The columns of questions that have one for each option, by their places."""
    found: dict[int, Column] = {}
    for form in STEMS:
        waiting = [each for each in headed if each.position not in found]
        for stem, members in _stems(form, waiting):
            found.update({column.position: column for column in _question(stem, members, tool)})
    return found


def _stems(form: re.Pattern[str], headed: Sequence[Headed]) -> Iterator[tuple[str, list[tuple[Headed, str]]]]:
    by_stem: dict[str, list[tuple[Headed, str]]] = {}
    for each in headed:
        texts = dict.fromkeys((each.header, each.label))
        match = next((found for text in texts if (found := form.fullmatch(text))), None)
        if match:
            by_stem.setdefault(match["stem"], []).append((each, match["option"]))
    yield from by_stem.items()


def _question(stem: str, members: Sequence[tuple[Headed, str]], tool: str | None) -> Iterator[Column]:
    """The columns among those with one stem that are options of one question; none where they are no options."""
    labelled = [(each, option) for each, option in members if _is_label(each, option)]
    if labelled and (len(labelled) > 1 or _same(labelled[0][0], labelled[0][1])):
        sure = 0.9 if len(labelled) > 1 else 0.6
        blank = [(each, option) for each, option in members if not each.counts] if len(labelled) > 1 else []
        yield from (
            _option(each, stem, option, Guess(MULTIPLE, LABEL, sure, [option])) for each, option in labelled + blank
        )
        return
    paired = [(each, option) for each, option in members if _is_paired(each)]
    said = Counter[str]()
    for each, _ in paired:
        said.update({value: count for value, count in each.counts.items() if value.casefold() not in NOT_APPLICABLE})
    coding = pair_in(list(said)) if said else None
    ticks = [(each, option) for each, option in members if len(each.counts) <= 1]
    if len(paired) > 1 and coding:
        yield from _paired(stem, paired, said, coding, tool)
    elif len(ticks) > 1 and len({value for each, _ in ticks for value in each.counts}) == 1:
        [value] = {value for each, _ in ticks for value in each.counts}
        if len(value) <= TICK:
            yield from (
                _option(each, stem, option, Guess(MULTIPLE, f"{value}{BLANK}", 0.6, [value])) for each, option in ticks
            )


def _paired(
    stem: str, members: Sequence[tuple[Headed, str]], said: Counter[str], coding: str, tool: str | None
) -> Iterator[Column]:
    """Chosen or not chosen in words; only the one, or blank; of both, a blank is another thing."""
    yes = coding.partition("/")[0 if coding != "0/1" else 2]
    only = list(said) if len(said) == 1 else []
    if only and only[0].casefold() in (yes.casefold(), "1"):
        coding = f"{only[0]}{BLANK}"
    filled = [total(each.counts) for each, _ in members]
    is_scale = bool(only) and len(set(filled)) == 1 and tool == tools.QUALTRICS
    sure = 0.4 if is_scale else 0.9 if len(said) > 1 or len(members) > PAIR else 0.7
    for each, option in members:
        blank = next((value for value in each.counts if value.casefold() in NOT_APPLICABLE), "")
        yield _option(each, stem, option, Guess(MULTIPLE, coding, sure, sorted(said), not_asked=blank))


def _is_paired(headed: Headed) -> bool:
    """Whether a column holds nothing but two words for chosen and not, and perhaps one for not asked."""
    values = [value for value in headed.counts if value.casefold() not in NOT_APPLICABLE]
    return len(values) <= PAIR and (not values or pair_in(values) is not None)


def _same(headed: Headed, option: str) -> bool:
    return list(headed.counts) == [option]


def _is_label(headed: Headed, option: str) -> bool:
    """Whether a column says nothing, or always the text of its own option."""
    if len(headed.counts) != 1:
        return False
    [value] = headed.counts
    if value == option and not pair_in([value]):
        return len(value) > 1
    return len(value) > TICK and (headed.header.endswith(value) or headed.label.endswith(value))


def _option(headed: Headed, stem: str, option: str, guess: Guess) -> Column:
    return Column(headed.position, headed.header, headed.label, guess, None, stem, option)

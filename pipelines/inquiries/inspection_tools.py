"""Which form tool wrote a table, told by its own traits alone, and which rows are headers. No tool is invented."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.configuration.layouts import plain

QUALTRICS, SURVEYMONKEY, LIMESURVEY, REDCAP, KOBO, GOOGLE, MICROSOFT, OPEN_E = TOOLS = (
    "Qualtrics",
    "SurveyMonkey",
    "LimeSurvey",
    "REDCap",
    "KoboToolbox/ODK",
    "Google Forms",
    "Microsoft Forms",
    "Open ePlatform",
)
TITLE_BLOCK = 30
"""How far down a header row may stand."""

SURE, LIKELY, GUESSED = 0.95, 0.8, 0.6
SOME, MANY = 3, 4
"""So many names of a tool's own columns."""

Texts = Sequence[str]
Head = Sequence[Texts]
"""The first rows from a header row on, as plain texts."""


@dataclass(frozen=True)
class Layout:
    """Which tool wrote a table, how sure that is, and where its headers are: the first row (from 1) and how many."""

    tool: str | None
    confidence: float
    header_row: int
    header_rows: int


def layout_of(rows: Sequence[Sequence[str | None]], *, is_nested: bool = False) -> Layout:
    """Tool and header rows of a table. A table without headers has none of them, from row 1 on.

    Args: is_nested: its headers are paths, in row 1.
    """
    head = [[_short(cell) for cell in row] for row in rows[: TITLE_BLOCK + 5]]
    found = [
        (confidence, -number, tool)
        for number in range(1 if is_nested else min(TITLE_BLOCK, len(head)))
        for tool, asked in SIGNS.items()
        if (confidence := asked(head[number:])) >= GUESSED
    ]
    if found:
        confidence, above, tool = max(found, key=lambda each: each[:2])
        return Layout(tool, confidence, 1 - above, _header_rows(tool, head[-above:]))
    number = 0 if is_nested else _first_header(head)
    if number is None:
        return Layout(None, 0.0, 1, 0)
    return Layout(None, 0.0, number + 1, 2 if _goes_on(head[number:]) else 1)


@cache
def _plain(cell: str) -> str:
    return plain(cell)


def _short(cell: str | None) -> str:
    return _plain(cell[:2000]) if cell else ""


# -- the tools ------------------------------------------------------------------------------------------------------
def _named(row: Texts, names: frozenset[str]) -> int:
    return len({cell.casefold() for cell in row} & names)


def names(*several: str) -> frozenset[str]:
    """Names in small letters."""
    return frozenset(name.casefold() for each in several for name in each.split("|"))


QUALTRICS_NAMES = names(
    "ResponseId|ResponseID|Response ID|ResponseSet|StartDate|EndDate|RecordedDate|Status|IPAddress|Progress|Finished",
    "Duration (in seconds)|RecipientLastName|RecipientFirstName|RecipientEmail|ExternalReference|ExternalDataReference",
    "LocationLatitude|LocationLongitude|LocationAccuracy|DistributionChannel|UserLanguage|Name|EmailAddress",
)
QUALTRICS_QUESTION = re.compile(r"QI?D?[0-9]+([_.#].*)?")
QUALTRICS_IDS = names("ResponseId|ResponseID|_recordId")


def _qualtrics(head: Head) -> float:
    ids = _named(head[0], QUALTRICS_IDS) or (len(head) > 1 and _named(head[1], QUALTRICS_IDS))
    if any(_import_ids(row) for row in head[1:3]) and (ids or _named(head[0], QUALTRICS_NAMES) > 1):
        return SURE
    if not ids:
        return 0.0
    own = max(_named(row, QUALTRICS_NAMES) for row in head[:2])
    if own >= MANY:
        return SURE
    is_numbered = any(QUALTRICS_QUESTION.fullmatch(cell) for row in head[:2] for cell in row)
    return LIKELY if own > 1 and is_numbered else 0.0


def _import_ids(row: Texts) -> bool:
    """A row of Qualtrics' own ids, which some exports have below the questions."""
    return sum("ImportId" in cell for cell in row) * 2 > len(row)


MONKEY_IDS = names("RespondentID|Respondent ID|respondent_id|Respondent-ID|Svarande-ID|Respondent-id")
MONKEY_NAMES = names(
    "CollectorID|Collector ID|collector_id|Insamlar-ID|Insamlings-ID|StartDate|Start Date|date_created|EndDate",
    "End Date|LastName",
    "date_modified|IP Address|ip_address|Email Address|email_address|First Name|first_name|Last Name|last_name",
    "Custom Data|Custom Data 1|custom_1|Startdatum|Slutdatum|IP-adress|E-postadress|Förnamn|Efternamn|Anpassade data 1",
)
MONKEY_COLLECTORS = names("CollectorID|Collector ID|collector_id|Insamlar-ID|Insamlings-ID")
MONKEY_ANSWERS = names("Response|Open-Ended Response|Svar|Öppet svar|Fritextsvar|Open-Ended-Antwort")
LONG_ID = re.compile("[0-9]{9,13}")


def _surveymonkey(head: Head) -> float:
    if not _named(head[0][:1], MONKEY_IDS):
        return 0.0
    if _named(head[0], MONKEY_COLLECTORS):
        return SURE
    ids = [row[0] for row in head[1:] if row and row[0]]
    if ids and all(map(LONG_ID.fullmatch, ids)):
        return LIKELY + 0.1 * (_named(head[0], MONKEY_NAMES) > 1)
    if len(head) > 1 and not _at(head[1], 0) and _named(head[1], MONKEY_ANSWERS):
        return LIKELY
    return GUESSED if any(_says_its_option(head, at) for at in range(len(head[0]))) else 0.0


def _says_its_option(head: Head, at: int) -> bool:
    """Whether a column headed "Question - Choice" holds nothing but the choice."""
    _, dash, option = head[0][at].rpartition(" - ")
    return bool(dash and option) and {_at(row, at) for row in head[1:]} - {""} == {option}


LIME_NAMES = names(
    "id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|token|interviewtime",
    "Response ID|Date submitted|Last page|Start language|Date started|Date last action|IP address|Referrer URL",
    "Svars-ID|Svar ID|Inskickad datum|Datum inskickat|Datum för inskick|Sista sidan|Senaste sida|Startspråk|Frö",
    "Startdatum|Datum senaste åtgärd",
)
LIME_IDS = names("id|Response ID|Svars-ID|Svar ID|id. Response ID")
LIME_OWN = names(
    "submitdate|lastpage|startlanguage|interviewtime|Date submitted|Last page|Start language",
    "Inskickad datum|Datum inskickat|Datum för inskick|Sista sidan|Senaste sida|Startspråk",
)
LIME_CODE = re.compile(r"([A-Za-z][A-Za-z0-9]*)(\[[\w ]+\])*\. ")
LIME_SUBQUESTION = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\[[\w]+\])+(\. .*)?")
LIME_ARRAY = re.compile(r"[A-Za-z][A-Za-z0-9]*\[(SQ\d+|other)\](\[.*\])?(\. .*)?")


def lime_code(header: str) -> str:
    """A header without the question behind its code: `id` of `id. Response ID`."""
    found = LIME_CODE.match(header)
    return header[: found.end() - 2] if found else header


def _limesurvey(head: Head) -> float:
    codes = [lime_code(cell) for cell in head[0]]
    texts = [cell[len(code) :].removeprefix(". ") for cell, code in zip(head[0], codes, strict=True)]
    if max(_named(codes, LIME_OWN), _named(texts, LIME_OWN)) > 1:
        return SURE
    if max(_named(codes, LIME_OWN), _named(texts, LIME_OWN)) and _named([*codes, *texts], LIME_NAMES) >= SOME:
        return SURE
    if _named(head[0][:1], LIME_IDS) and _named([*codes, *texts], LIME_OWN):
        return LIKELY
    coded = sum(bool(LIME_CODE.match(cell)) for cell in head[0])
    parts = sum(bool(LIME_SUBQUESTION.fullmatch(cell)) for cell in head[0])
    if coded >= SOME and parts and coded * 10 > len(head[0]) * 8:
        return LIKELY
    return LIKELY if sum(bool(LIME_ARRAY.fullmatch(cell)) for cell in head[0]) > 1 else 0.0


REDCAP_OWN = names(
    "redcap_event_name|redcap_repeat_instrument|redcap_repeat_instance|redcap_data_access_group",
    "redcap_survey_identifier",
)
REDCAP_LABELS = names("Event Name|Repeat Instrument|Repeat Instance|Data Access Group|Survey Identifier|Complete?")
CHECKBOX = re.compile(r"[a-z][a-z0-9_]*___[a-z0-9_]+")
COMPLETE = re.compile(r"[a-z][a-z0-9_]*_complete")
CHOICE = re.compile(r".*\(choice=.*\)")


RECORD = re.compile(r"(record|study|participant|subject|patient|case)_?(id|no|nr)")
STATUSES = names("|0|1|2|Incomplete|Unverified|Complete")


def _is_status(head: Head, at: int) -> bool:
    """Whether a column holds nothing but how far an instrument has come."""
    return all(_at(row, at).casefold() in STATUSES for row in head[1:])


def _redcap(head: Head) -> float:
    row = head[0]
    if _named(row, REDCAP_OWN):
        return SURE
    boxes = sum(bool(CHECKBOX.fullmatch(cell)) for cell in row)
    complete = sum(bool(COMPLETE.fullmatch(cell)) and _is_status(head, at) for at, cell in enumerate(row))
    has_id = bool(row[:1] and RECORD.fullmatch(row[0]))
    if complete and (boxes or has_id or complete > 1):
        return SURE
    if sum(bool(CHOICE.fullmatch(cell)) for cell in row) > 1:
        return SURE if _named(row, REDCAP_LABELS) else LIKELY
    if _named(row, REDCAP_LABELS) > 1 and _named(row, names("Complete?|Repeat Instrument")):
        return LIKELY
    return LIKELY if boxes > 1 and has_id else 0.0


KOBO_OWN = names(
    "_uuid|__version__|_submission_time|_validation_status|_submitted_by|formhub/uuid|meta/instanceID|meta/instanceName",
    "meta-instanceID|meta-instanceName|_xform_id_string|_parent_table_name|_parent_index|_submission__uuid|instanceID",
    "meta:instanceID|__id|__system/submissionDate|__system/submitterId|__system/submitterName",
    "SubmitterID|AttachmentsPresent|AttachmentsExpected|ReviewState|_attachments|_geolocation|_bamboo_dataset_id",
)
KOBO_INSTANCES = names("meta/instanceID|meta-instanceID|meta:instanceID")
KOBO_NAMES = names(
    "_id|_index|start|end|today|deviceid|_notes|_status|_tags|SubmissionDate|KEY|SubmitterName|DeviceID|FormVersion"
)


def _kobo(head: Head) -> float:
    own, others = _named(head[0], KOBO_OWN), _named(head[0], KOBO_NAMES)
    if own > 1 or (own and others):
        return SURE
    if _named(head[0], KOBO_INSTANCES):
        return LIKELY
    return LIKELY if _named(head[0], names("SubmissionDate")) and _named(head[0], names("KEY")) else 0.0


TIMES = names("Timestamp|Tidstämpel|Tidsstämpel")
GOOGLE_NAMES = names(
    "Email Address|E-postadress|Username|Användarnamn|Score|Poäng|Email|E-post",
)
STAMP = re.compile(
    r"[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}[ T][0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2})?([.,][0-9]+)?( ?[apfe]\.?m\.?)?"
    r"( ?[A-Z]{2,5}([+-][0-9:]+)?)?"
    r"|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4} [0-9]{1,2}[:.][0-9]{2}[:.][0-9]{2}( ?[ap]m)?",
    re.IGNORECASE,
)


GOOGLES = re.compile("[0-9]{4}/.* [apfe]\\.?m|GMT", re.IGNORECASE)
"""How Google alone writes a moment."""


def _google(head: Head) -> float:
    if not _named(head[0][:1], TIMES):
        return 0.0
    stamps = [row[0] for row in head[1:] if row and row[0]]
    if not stamps or not all(map(STAMP.fullmatch, stamps)):
        return 0.0
    if any(GOOGLES.search(stamp) for stamp in stamps):
        return LIKELY + 0.1
    asked = [cell for cell in head[0][1:] if cell]
    worded = sum(" " in cell or cell.endswith("?") or cell.casefold() in GOOGLE_NAMES for cell in asked)
    has_words = any(cell and not NUMERIC.fullmatch(cell) for row in head[1:] for cell in row[1:])
    return LIKELY if worded * 2 >= len(asked) and has_words else 0.0


MS_STARTS = names("Start time|Starttid|Tid för start")
MS_ENDS = names("Completion time|Slutförandetid|Sluttid|Tid för slutförande|Slutförd tid|Tid för slutförd")
MS_NAMES = names(
    "Email|Name|E-post|Namn|E-postadress|Last modified time|Total points|Quiz feedback|Grade posted time|Språk"
)


DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}\b")


def _microsoft(head: Head) -> float:
    row = head[0]
    if row[:1] and row[0].casefold() == "id" and _named(row[1:2], MS_STARTS) and _named(row[2:3], MS_ENDS):
        return SURE if _named(row[3:7], MS_NAMES) else LIKELY
    is_timed = all(DAY.match(_at(each, at)) for each in head[1:] for at in (1, 2) if _at(each, 0))
    is_like = row[:1] and row[0].casefold() == "id" and len(head) > 1 and is_timed and _named(row[3:5], MS_NAMES) > 1
    return LIKELY if is_like else 0.0


OPEN_E_VALUE = re.compile(r"Values/[^/]+/Value")


def _open_e(head: Head) -> float:
    row = head[0]
    own = sum(cell.endswith(("Header/FlowInstanceID", "Header/Flow/FlowID", "Header/Flow/FamilyID")) for cell in row)
    if own:
        return SURE
    is_like = any(cell.startswith("Header/") for cell in row) and any(OPEN_E_VALUE.fullmatch(cell) for cell in row)
    return GUESSED if is_like else 0.0


SIGNS: dict[str, Callable[[Head], float]] = {
    QUALTRICS: _qualtrics,
    SURVEYMONKEY: _surveymonkey,
    LIMESURVEY: _limesurvey,
    REDCAP: _redcap,
    KOBO: _kobo,
    GOOGLE: _google,
    MICROSOFT: _microsoft,
    OPEN_E: _open_e,
}
"""How sure it is, from 0 to 1, that the rows from a header row on are of a tool."""


# -- header rows ----------------------------------------------------------------------------------------------------
def _header_rows(tool: str, head: Head) -> int:
    if tool == QUALTRICS:
        return _of_qualtrics(head)
    if tool == SURVEYMONKEY and len(head) > 1:
        answers = _named(head[1], MONKEY_ANSWERS)
        return 2 if not _at(head[1], 0) and (answers or _fills_gaps(head[0], head[1])) else 1
    if tool == KOBO and len(head) > 1 and _named(head[1], KOBO_OWN) > 1:
        return 2
    return 1


def _of_qualtrics(head: Head) -> int:
    """Names; below them questions, whose first ones repeat names or their labels; below them perhaps ids as JSON."""
    ids = next((number for number, row in enumerate(head[1:3], start=1) if _import_ids(row)), None)
    if ids is not None:
        return ids + 1
    same = sum(1 for above, below in zip(*head[:2], strict=False) if above and above == below) if len(head) > 1 else 0
    labels = (
        _named(head[1], names("Response ID|Start Date|End Date|Recorded Date|Startdatum|Slutdatum|Svars-ID"))
        if len(head) > 1
        else 0
    )
    swapped = len(head) > 1 and _named(head[1], QUALTRICS_NAMES) >= MANY
    return 2 if same > 1 or labels > 1 or swapped else 1


def _at(row: Texts, number: int) -> str:
    return row[number] if number < len(row) else ""


def _fills_gaps(above: Texts, below: Texts) -> bool:
    gaps = [number for number in range(len(below)) if not _at(above, number) and _at(below, number)]
    return bool(gaps)


NUMERIC = re.compile(r"[-+~−]?[0-9][0-9\s.,:/TZ%-]*(kr|sek|:-)?", re.IGNORECASE)


def _first_header(head: Head) -> int | None:
    """The first row (from 0) that is about as full as the fullest; None where it is as full of numbers as the next."""
    filled = [sum(map(bool, row)) for row in head]
    if not any(filled):
        return None
    number = next(at for at, count in enumerate(filled) if count * 2 > max(filled[:TITLE_BLOCK]))
    below = head[number + 1 : number + 6]
    if not below:
        return None if all(NUMERIC.fullmatch(cell) for cell in head[number] if cell) else number
    alike = [
        at for at, cell in enumerate(head[number]) if NUMERIC.fullmatch(cell) and NUMERIC.fullmatch(_at(below[0], at))
    ]
    return None if len(alike) * 2 > filled[number] else number


def _goes_on(head: Head) -> bool:
    """Whether headers go on in the row below: it fills gaps, holds no numbers, and stands above other than texts."""
    above, *below = head
    if len(below) <= 1 or not _fills_gaps(above, below[0]):
        return False
    if any(NUMERIC.fullmatch(cell) for cell in below[0] if cell):
        return False
    if any(not cell and all(_at(row, at) for row in below[1:] if any(row)) for at, cell in enumerate(below[0])):
        return True
    return any(NUMERIC.fullmatch(_at(row, at)) for row in below[1:] for at, cell in enumerate(below[0]) if cell)


def titles(rows: Sequence[Sequence[str | None]], layout: Layout) -> Iterator[int]:
    """The rows (from 1) above the headers that hold anything."""
    yield from (number for number, row in enumerate(rows[: layout.header_row - 1], start=1) if any(row))

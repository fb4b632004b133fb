"""Small exports as form tools write them, all made up: for each the tool, its header rows, and codings by column."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

WRITTEN = "Anna Exempelsson på Storgatan 1 är rädd"
"""What one respondent wrote in words of their own, in every export: it must be told nowhere."""

ROWS = range(12)


@dataclass(frozen=True)
class Export:
    """One export. `codings`: type and coding by column letter. `encoding`: what it is written in."""

    name: str
    content: bytes
    tool: str | None
    header_rows: int
    codings: dict[str, tuple[str, str]]


def written(rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    told = io.StringIO()
    csv.writer(told, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return told.getvalue().encode(encoding)


def pick(number: int, *words: str) -> str:
    return words[number % len(words)]


def words(number: int) -> str:
    return WRITTEN if number == 5 else pick(number, "", "", f"Egen rad {number}")


QUALTRICS_HEAD = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate", "ResponseId"]
QUALTRICS_LABELS = [
    "Start Date", "End Date", "Response Type", "IP Address", "Progress", "Finished", "Recorded Date", "Response ID",
]  # fmt: skip


def _qualtrics_row(number: int) -> list[str]:
    day = f"2024-01-{number + 1:02} 10:00:00"
    own = [day, day, "IP Address", "", "100", "True", day, f"R_{number:015}"]
    ticked = ["Stöd" if number % 2 else "", "Råd" if number % 3 else ""]
    return [*own, pick(number, "Bra", "Illa"), *ticked, words(number)]


QUALTRICS_ASKED = [
    *QUALTRICS_LABELS,
    "Hur gick det?",
    "Vad? - Selected Choice - Stöd",
    "Vad? - Selected Choice - Råd",
    "Mer?",
]
IMPORT_IDS = [f'{{"ImportId":"QID{number}"}}' for number in range(12)]
QUALTRICS = Export(
    "qualtrics.csv",
    written(
        [[*QUALTRICS_HEAD, "Q1", "Q2_1", "Q2_2", "Q3"], QUALTRICS_ASKED, IMPORT_IDS, *map(_qualtrics_row, ROWS)],
        encoding="utf-8-sig",
    ),
    "Qualtrics",
    3,
    {
        "A": ("date", "ISO"),
        "I": ("single", "labels"),
        "J": ("multiple", "label or blank"),
        "K": ("multiple", "label or blank"),
        "L": ("free_text", "words"),
    },
)

MONKEY_OWN = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]


def _monkey_row(number: int) -> list[str]:
    own = [f"1140{number:07}", "412345678", f"01/{number + 10}/2024 02:05:00 PM", f"01/{number + 10}/2024 02:15:00 PM"]
    ticked = ["Kurser" if number % 2 else "", "Läger" if number % 3 else "", WRITTEN if number == 5 else ""]
    return [*own, "192.0.2.1", "", "", pick(number, "Ja", "Nej"), *ticked, words(number)]


SURVEYMONKEY = Export(
    "surveymonkey.csv",
    written(
        [
            [*MONKEY_OWN, "Fortsätter ni?", "Vad har ni ordnat?", "", "", "Något mer?"],
            [*[""] * 7, "Response", "Kurser", "Läger", "Annat (ange vad)", "Open-Ended Response"],
            *map(_monkey_row, ROWS),
        ]
    ),
    "SurveyMonkey",
    2,
    {
        "A": ("id", "numbers"),
        "C": ("date", "%m/%d/%Y %I:%M:%S %p"),
        "H": ("single", "Ja/Nej"),
        "I": ("multiple", "label or blank"),
        "J": ("multiple", "label or blank"),
        "K": ("free_text", "words"),
        "L": ("free_text", "words"),
    },
)


def _lime_row(number: int) -> list[str]:
    own = [str(number + 1), f"2024-02-{number + 1:02} 08:15:30", "3", "sv", "1523"]
    return [
        *own,
        pick(number, "Y", "N"),
        pick(number, "Y", ""),
        pick(number, "", "Y"),
        pick(number, "A1", "A2"),
        words(number),
    ]


LIMESURVEY = Export(
    "limesurvey.csv",
    written(
        [
            [
                "id",
                "submitdate",
                "lastpage",
                "startlanguage",
                "seed",
                "on",
                "done[SQ001]",
                "done[SQ002]",
                "how",
                "more",
            ],
            *map(_lime_row, ROWS),
        ],
        delimiter=";",
    ),
    "LimeSurvey",
    1,
    {
        "B": ("date", "ISO"),
        "F": ("single", "Y/N"),
        "G": ("multiple", "Y or blank"),
        "H": ("multiple", "Y or blank"),
        "I": ("single", "labels"),
        "J": ("free_text", "words"),
    },
)
LIMESURVEY_SWEDISH = Export(
    "limesurvey-sv.csv",
    written(
        [
            [
                "Svars-ID",
                "Inskickad datum",
                "Sista sidan",
                "Startspråk",
                "Frö",
                "Fortsätter ni?",
                "Vad? [Kurser]",
                "Vad? [Läger]",
                "Hur?",
                "Mer?",
            ],
            *map(_lime_row, ROWS),
        ],
        encoding="cp1252",
    ),
    "LimeSurvey",
    1,
    {"B": ("date", "ISO"), "F": ("single", "Y/N"), "G": ("multiple", "Y or blank"), "J": ("free_text", "words")},
)


def _redcap_row(number: int) -> list[str]:
    coded = [pick(number, "0", "1"), pick(number, "1", "0", "0")]
    return [
        str(number + 1),
        *coded,
        pick(number, "1", "2", "3"),
        f"{number}000,5",
        words(number),
        pick(number, "2", "0"),
    ]


REDCAP = Export(
    "redcap.csv",
    written([["record_id", "org___1", "org___2", "how", "spent", "more", "survey_complete"], *map(_redcap_row, ROWS)]),
    "REDCap",
    1,
    {
        "A": ("id", "numbers"),
        "B": ("multiple", "0/1"),
        "C": ("multiple", "0/1"),
        "D": ("single", "codes"),
        "E": ("amount", "decimal comma"),
        "F": ("free_text", "words"),
    },
)
REDCAP_LABELS = Export(
    "redcap-labels.csv",
    written(
        [
            ["Record ID", "Event Name", "Vad? (choice=Stöd)", "Vad? (choice=Råd)", "Mer?", "Complete?"],
            *[
                [n + 1, "Start", pick(n, "Checked", "Unchecked"), pick(n, "Unchecked", "Checked"), words(n), "Complete"]
                for n in ROWS
            ],
        ]
    ),
    "REDCap",
    1,
    {"C": ("multiple", "Checked/Unchecked"), "D": ("multiple", "Checked/Unchecked"), "E": ("free_text", "words")},
)


def _kobo_row(number: int) -> list[str]:
    day = f"2024-02-{number + 1:02}T08:14:10.000+01:00"
    chosen = [name for name, is_so in (("samv", number % 2), ("stod", number % 3)) if is_so]
    ticks = ["1" if name in chosen else "0" for name in ("samv", "stod")]
    own = [str(number), f"0b5c{number:04}-aaaa", f"2024-02-{number + 1:02}T07:14:10", "vX1"]
    return [day, day, " ".join(chosen), *ticks, words(number), *own]


KOBO_OWN = ["_id", "_uuid", "_submission_time", "__version__"]
KOBO = Export(
    "kobo.csv",
    written(
        [["start", "end", "g/insats", "g/insats/samv", "g/insats/stod", "g/mer", *KOBO_OWN], *map(_kobo_row, ROWS)], ";"
    ),
    "KoboToolbox/ODK",
    1,
    {
        "A": ("date", "ISO"),
        "C": ("multiple", 'joined by " "'),
        "D": ("multiple", "0/1"),
        "E": ("multiple", "0/1"),
        "F": ("free_text", "words"),
    },
)
ODK = Export(
    "odk.csv",
    written(
        [
            ["SubmissionDate", "meta-instanceID", "g-how", "g-more", "KEY", "SubmitterName", "AttachmentsPresent"],
            *[
                [f"2024-02-{n + 1:02}T07:14:10.123Z", f"uuid:{n}", pick(n, "bra", "illa"), words(n), f"uuid:{n}", "", 0]
                for n in ROWS
            ],
        ]
    ),
    "KoboToolbox/ODK",
    1,
    {"A": ("date", "ISO"), "C": ("single", "labels"), "D": ("free_text", "words"), "E": ("id", "texts")},
)

GOOGLE_CHOICES = ("Stöd, råd", "Stöd, råd, Samverkan", "Samverkan, Ja, vissa av dem", "Ja, vissa av dem")
GOOGLE = Export(
    "google.csv",
    written(
        [
            ["Tidstämpel", "E-postadress", "Vad har ni gjort?", "Fortsätter ni nästa år?", "Något mer?"],
            *[
                [
                    f"2024/02/{n + 1:02} 10:05:00 AM GMT+1",
                    f"a{n}@exempel.se",
                    pick(n, *GOOGLE_CHOICES),
                    pick(n, "Ja", "Nej"),
                    words(n),
                ]
                for n in ROWS
            ],
        ]
    ),
    "Google Forms",
    1,
    {
        "A": ("date", "%Y/%m/%d %I:%M:%S %p GMT%z"),
        "C": ("multiple", 'joined by ", "'),
        "D": ("single", "Ja/Nej"),
        "E": ("free_text", "words"),
    },
)
MICROSOFT = Export(
    "microsoft.csv",
    written(
        [
            ["ID", "Starttid", "Slutförandetid", "E-post", "Namn", "Vad gjordes?", "Hur gick det?", "Något mer?"],
            *[
                [
                    n + 1,
                    f"2/{n + 13}/24 10:00:00",
                    f"2/{n + 13}/24 10:05:00",
                    "anonymous",
                    "",
                    pick(n, "Stöd;", "Stöd;Råd;"),
                    pick(n, "1", "2", "3", "4", "5 (mycket bra)"),
                    words(n),
                ]
                for n in ROWS
            ],
        ]
    ),
    "Microsoft Forms",
    1,
    {
        "B": ("date", "%m/%d/%y %H:%M:%S"),
        "F": ("multiple", 'joined by ";" and at the end'),
        "G": ("rating", "numbers, words at some"),
        "H": ("free_text", "words"),
    },
)


def _instance(number: int) -> str:
    areas = "".join(f"<Value>{area}</Value>" for area in ("Stöd", "Råd")[: 1 + number % 2])
    flow = f"<Flow><FlowID>470</FlowID></Flow><FlowInstanceID>{number + 100}</FlowInstanceID>"
    head = f"<Header>{flow}<Posted>2024-02-{number + 1:02}T10:05:00</Posted></Header>"
    more = f"<on><QueryID>2</QueryID><Name>Mer?</Name><Value>{words(number)}</Value></on>"
    values = f"<areas><QueryID>1</QueryID><Name>Vad?</Name>{areas}</areas>{more}"
    return f"<FlowInstance>{head}<Values>{values}</Values></FlowInstance>"


OPEN_E = Export(
    "eplatform.xml",
    f'<?xml version="1.0"encoding="UTF-8"?><FlowInstances>{"".join(map(_instance, ROWS))}</FlowInstances>'.encode(),
    "Open ePlatform",
    1,
    {"C": ("date", "ISO"), "F": ("multiple", "joined by line break")},
)
PLAIN = Export(
    "tabell.csv",
    written(
        [
            ["Svar 2024, hämtat 2024-03-01"],
            ["", "Kommun", "Insatser", "", "Belopp (kr)"],
            ["", "", "Kurser", "Läger", ""],
            *[[n + 7, f"Exempelkommun {n:02}", pick(n, "x", ""), pick(n, "", "x"), f"{n + 1} 000 kr"] for n in ROWS],
        ],
        delimiter="|",
        encoding="utf-16",
    ),
    None,
    2,
    {
        "A": ("id", "numbers"),
        "C": ("multiple", "x or blank"),
        "D": ("multiple", "x or blank"),
        "E": ("amount", "numbers as text"),
    },
)

EXPORTS = (
    QUALTRICS, SURVEYMONKEY, LIMESURVEY, LIMESURVEY_SWEDISH, REDCAP, REDCAP_LABELS, KOBO, ODK, GOOGLE, MICROSOFT,
    OPEN_E, PLAIN,
)  # fmt: skip

"""How the command line is used, wrongly too: its help, its languages, its endings, and that it starts at once."""

from __future__ import annotations

import ast
import errno
import inspect
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from pipelines.commands import printer
from pipelines.commands.cli import COMMANDS
from pipelines.commands.cli import statsbidrag as group
from pipelines.commands.command import Argument, Group, Option
from pipelines.commands.endings import BY_SIGNAL, signals
from pipelines.commands.spoken import CLICKS
from pipelines.documentation import rulebook
from pipelines.settings import LANGUAGE
from schemas.configuration.catalogue import programme_names
from schemas.texts.catalogue import text, translations
from tests.integration.command import COMMAND, ROOT, statsbidrag

PROGRAMME = "stadigvarande-boende"
OURS_OR_NEVER = {
    "Aborted!",
    "Show the version and exit.",
    "Show this message and exit.",
    "%(prog)s, version %(version)s",
    "Do you want to continue?",
    "Confirm the action without prompting.",
    "Choice({choices})",
    "{value!r} is not a valid UUID.",
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
}
"""What click can say of kinds of options that no command has, or that a text of ours says instead."""
TO_PROGRAMMERS = (
    "DeprecationWarning",
    "Could not determine",
    "No options defined",
    "Arguments take",
    "Name '",
    "Boolean",
)


def commands(within: Group = group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and group by its words."""
    for name in within.declared:
        found = within.get_command(click.Context(within), name)
        assert found is not None
        yield (*above, name), found
        if isinstance(found, Group):
            yield from commands(found, (*above, name))


# -- help and version -------------------------------------------------------------------------------------------------
def test_every_command_and_option_is_explained_in_both_languages():
    words = dict(commands())
    assert {first for first, *_ in words} == set(COMMANDS)
    for path, command in words.items():
        swedish, english = (statsbidrag(*path, "--help", "--language", language) for language in ("sv", "en"))
        assert (swedish.returncode, swedish.stderr, english.returncode, english.stderr) == (0, "", 0, "")
        assert swedish.stdout.startswith(f"Användning: statsbidrag {' '.join(path)} [FLAGGOR]")
        assert english.stdout.startswith(f"Usage: statsbidrag {' '.join(path)} [OPTIONS]")
        assert "Visa den här hjälpen." in swedish.stdout
        assert not {"Usage", "Options", "default", "required", "Commands"} & set(
            swedish.stdout.replace(":", " ").split()
        )
        for each in command.params:
            assert isinstance(each, Option | Argument), each


def test_the_list_of_commands_says_what_each_does():
    told = statsbidrag("--help").stdout
    assert [name for name in COMMANDS if f"\n  {name} " not in told] == []
    assert "Kommandon:" in told


def test_the_version_is_that_of_the_project():
    done = statsbidrag("--version")
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'version = "{done.stdout.split()[1]}"\n' in pyproject
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, "statsbidrag", "")


def test_all_that_click_may_say_has_a_translation():
    said = set()
    for module in CLICKS:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
                said |= {each.value for each in node.args[:2] if isinstance(each, ast.Constant)}
    said = {each for each in said if isinstance(each, str) and not each.startswith(TO_PROGRAMMERS)}
    assert said - set(translations()) - OURS_OR_NEVER == set()


# -- the language ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        ((), {}, "Fel: Flaggan '--finns' finns inte."),
        ((), {LANGUAGE: "en"}, "Error: No such option '--finns'."),
        ((), {LANGUAGE: ""}, "Fel: Flaggan '--finns' finns inte."),
        (("--language", "en"), {}, "Error: No such option '--finns'."),
        (("--language=sv",), {LANGUAGE: "en"}, "Fel: Flaggan '--finns' finns inte."),
        (("--language", "en"), {LANGUAGE: "finska"}, "Error: No such option '--finns'."),
    ],
)
def test_the_language_is_that_of_the_option_or_else_of_the_environment(
    arguments: tuple[str, ...], environment: dict[str, str], told: str
):
    done = statsbidrag("rules", *arguments, "--finns", environment=environment)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, told)


def test_a_language_that_there_is_not_is_one_sentence():
    done = statsbidrag("rules", environment={LANGUAGE: "finska"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "STATSBIDRAG_LANGUAGE är ”finska”; det ska vara sv eller en.\n"
    done = statsbidrag("rules", "--language", "finska")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "'sv', 'en'" in done.stderr


def test_answers_come_in_the_language_of_the_environment():
    assert "Salaries above what was used" in statsbidrag("rules", environment={LANGUAGE: "en"}).stdout


# -- wrong use ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "sv", "en"),
    [
        (("run", "--year", "1999"), "1999 är inte upplagt för något program", "1999 is not declared"),
        (("run", "--programme", PROGRAMME, "--year", "2021"), "Det finns 2022, 2023;", "There is 2022, 2023;"),
        (("run", "--programme", "stadigvarande"), f"menade du ”{PROGRAMME}”?", f"did you mean “{PROGRAMME}”?"),
        (("run", "--programme", "x"), f"Det finns {', '.join(programme_names())}.", "There is"),
        (("run", "--as-of", "igår"), "”igår” är inget datum; skriv ÅÅÅÅ-MM-DD.", "write YYYY-MM-DD."),
        (("run", "--as-of", "2023-02-29"), "2023-02-29", "2023-02-29"),
        (("run", "--all", "--year", "2023"), "kan inte förenas", "takes neither"),
        (("run", "--raw", "finns-inte-alls"), "finns-inte-alls finns inte.", "there is no folder"),
        (("run", "--year", "i fjol"), "'i fjol' är inget heltal.", "'i fjol' is not a valid integer."),
        (("check", "finns-inte.csv"), "Filen 'finns-inte.csv' finns inte.", "'finns-inte.csv' does not exist."),
        (("check", "README.md", "--raw", "finns-inte-alls"), "finns-inte-alls finns inte.", "there is no folder"),
        (("check", "README.md", "--year", "1999"), "1999", "1999"),
        (("names", "README.md", "--programme", "x"), "”x” finns inte", "no programme “x”"),
        (("cases", "--programme", "x"), "”x” finns inte", "no programme “x”"),
        (("cases", "--as-of", "igår"), "inget datum", "no date"),
        (("restate", "--year", "1999", "--from", "2023-01-01"), "1999", "1999"),
        (("restate", "--year", "2023", "--from", "2023-01-01", "--to", "snart"), "varken ett datum", "neither a date"),
        (("audit-rules", "--raw", "finns-inte-alls"), "finns-inte-alls finns inte.", "there is no folder"),
    ],
)
def test_a_wrong_value_is_one_sentence_before_anything_is_done(
    arguments: tuple[str, ...], sv: str, en: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pipelines.settings.prepare", None)  # whoever gets so far fails
    for language, told in (("sv", sv), ("en", en)):
        where = () if arguments[0] in {"check", "names", "audit-rules"} else ("--warehouse", tmp_path / "none")
        done = statsbidrag(*arguments, *where, "--language", language)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert told in done.stderr
    assert not (tmp_path / "none").exists()


def test_what_is_missing_is_told_with_how_to_use_the_command():
    done = statsbidrag("check")
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            "Användning: statsbidrag check [FLAGGOR] FIL",
            "Hjälp finns med ”statsbidrag check --help”.",
            "",
            "Fel: Argument saknas 'FIL'.",
        ],
    )
    assert "Flagga saknas '--year'" in statsbidrag("restate").stderr
    assert "Kommandot 'chek' finns inte." in statsbidrag("chek").stderr


@pytest.mark.rule("nothing_received")
def test_a_raw_folder_without_rounds_is_one_sentence_that_says_where_to_put_them(tmp_path: Path):
    done = statsbidrag("run", "--raw", tmp_path, "--warehouse", tmp_path / "warehouse")
    assert (done.returncode, done.stderr) == (
        1,
        f"Det finns inga omgångar i {tmp_path}: lägg exporterna i <program>/<år>/ där.\n",
    )


# -- shapes ------------------------------------------------------------------------------------------------------------
def test_a_table_may_be_had_as_csv_and_json():
    lines = statsbidrag("dictionary", "out_annex", "--csv").stdout.splitlines()
    records = json.loads(statsbidrag("dictionary", "out_annex", "--json").stdout)
    assert lines[0] == ",".join(records[0])
    assert len(lines) == len(records) + 1


def test_a_terminal_gets_lines_no_wider_than_it_is():
    wide, narrow = (statsbidrag("rules", terminal=True, environment={"COLUMNS": width}) for width in ("400", "90"))
    assert max(map(len, narrow.stdout.splitlines())) <= 90 < max(map(len, wide.stdout.splitlines()))
    assert "".join(narrow.stdout.split()).count("salary_above_used") == 1


@pytest.mark.parametrize(("environment", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_fault_is_coloured_on_a_terminal_unless_that_is_not_wanted(environment, is_coloured):
    done = statsbidrag("run", "--year", "1999", terminal=True, environment=environment)
    assert done.stderr.startswith("\x1b[31m") == is_coloured
    assert "\x1b" not in statsbidrag("run", "--year", "1999").stderr


def raising(error: Exception) -> Callable[[str], Iterator[str]]:
    def failing(_language: str) -> Iterator[str]:
        raise error

    return failing


# -- endings -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "code", "sentence"),
    [(signal.SIGINT, 130, "ended_interrupted"), (signal.SIGTERM, 143, "ended_terminated")],
)
def test_a_signal_ends_the_command_with_one_sentence_and_the_customary_code(
    number: int, code: int, sentence: str, monkeypatch: pytest.MonkeyPatch
):
    before = signal.getsignal(number)

    def interrupted(_language: str) -> Iterator[str]:
        signal.raise_signal(number)
        yield "never"

    def once_more(sentence: str, say: Callable[[str], None] = printer.fault) -> None:
        signal.raise_signal(number)
        say(sentence)

    monkeypatch.setattr(printer, "fault", once_more)
    monkeypatch.setattr(rulebook, "rule_list", interrupted)
    done = statsbidrag("rules")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", text(sentence, "sv") + "\n")
    assert signal.getsignal(number) == before


def test_a_signal_that_a_library_took_for_itself_is_known_all_the_same():
    with signals() as come:
        come.check()
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            come.check()
        assert come.ending().code == BY_SIGNAL + signal.SIGTERM


@pytest.mark.rule("disk_full")
@pytest.mark.parametrize(
    ("error", "file"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x/f"), "/x/f"),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "/x/f"), "/x/f"),
        (RuntimeError("(sqlite3.OperationalError) database or disk is full"), "warehouse"),
    ],
)
def test_a_disk_that_is_full_is_called_that(error: Exception, file: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rulebook, "rule_list", raising(error))
    for language, told in (("sv", "Disken är full: "), ("en", "The disk is full: ")):
        done = statsbidrag("rules", "--language", language)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert done.stderr.startswith(told)
        assert file in done.stderr


@pytest.mark.rule("write_failed")
def test_why_something_cannot_be_written_is_told_in_the_language_of_the_command(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rulebook, "rule_list", raising(PermissionError(errno.EACCES, "Permission denied", "/x/f")))
    assert statsbidrag("rules").stderr.startswith("/x/f kunde inte skrivas (behörighet saknas).")
    assert "(permission denied)" in statsbidrag("rules", "--language", "en").stderr


@pytest.mark.rule("out_of_order")
def test_a_fault_of_ours_is_one_sentence_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rulebook, "rule_list", lambda _: iter([1 / 0]))
    done = statsbidrag("rules")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "ZeroDivisionError" in done.stderr


def test_whoever_stops_reading_is_told_nothing(monkeypatch: pytest.MonkeyPatch):
    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(printer.click, "echo", closed)
    done = statsbidrag("rules")
    assert (done.returncode, done.stderr) == (BY_SIGNAL + signal.SIGPIPE, "")


# -- as a process ------------------------------------------------------------------------------------------------------
STARTING = """
import io, sys
from contextlib import redirect_stderr, redirect_stdout
from pipelines.commands.cli import exit_code
heavy = {"dagster", "pandas", "pandera", "pyarrow", "pydantic", "sqlalchemy"}
lines = "--help|run --help|--version|run --programme x|run --year 1999|run --as-of igår|run --x"
for line in lines.split("|"):
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        exit_code(line.split())
    print(line, sorted(heavy & set(sys.modules)), sep="|")
"""


def test_help_and_what_is_told_of_a_wrong_choice_import_nothing_heavy():
    done = subprocess.run([sys.executable, "-c", STARTING], capture_output=True, text=True, cwd=ROOT, check=True)
    told = [line.split("|") for line in done.stdout.splitlines()]
    assert len(told) == 7
    assert [line for line, heavy in told if heavy != "[]"] == []


@pytest.mark.rule("interrupted")
def test_ctrl_c_ends_the_console_script_and_leaves_nothing_published(tmp_path: Path):
    command = [COMMAND, "run", "--programme", PROGRAMME, "--warehouse", tmp_path]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
        assert run.stderr is not None
        lines = [line for line, _ in zip(run.stderr, range(3), strict=False)]
        os.killpg(run.pid, signal.SIGINT)
        lines += run.stderr.read().splitlines(keepends=True)
    assert run.returncode == 130
    assert lines[-1] == text("ended_interrupted", "sv") + "\n"
    assert not [line for line in lines if "Traceback" in line or "[2/2]" in line]
    assert not (tmp_path / "current").exists()

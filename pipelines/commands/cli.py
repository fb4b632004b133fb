"""The command line. Nothing heavy is imported before a command needs it; every error is one sentence.

Exit codes: 0 done, 1 stopped (nothing new was published for some round), 2 wrong use or environment.
"""

from __future__ import annotations

import atexit
import datetime as dt
import gc
import os
import sys
from functools import partial
from pathlib import Path

import click

from pipelines import settings
from pipelines.commands import cases as commands_cases
from pipelines.commands.command import (
    RECEIVED,
    STOPPED,
    WRONG_USE,
    as_json_text,
    check_date,
    in_one_sentence,
    json_option,
    language_option,
    raw_option,
    warehouse_option,
)
from pipelines.commands.draw import draw_sample
from pipelines.commands.restate import restate
from schemas.words.vocabulary import Language


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def statsbidrag() -> None:
    """Follow up a yearly state grant: from received exports to published, checked tables."""


@statsbidrag.command()
@click.option("--programme", metavar="P", help="One programme (default: all).")
@click.option("--year", type=int, metavar="Y", help="One round (default: every round that has a folder in raw/).")
@click.option("--all", "everything", is_flag=True, help="Every round of every programme; the default, said aloud.")
@click.option(
    "--as-of", default="", metavar="DATE", help="Count what was known on this date (default: the data's latest)."
)
@raw_option
@warehouse_option
@language_option
def run(  # noqa: PLR0913, PLR0917 - one argument per option
    programme: str | None,
    year: int | None,
    everything: bool,  # noqa: FBT001 - a flag
    as_of: str,
    raw: Path | None,
    warehouse: Path | None,
    language: Language,
) -> None:
    """Run rounds from received files to published tables, and show what came out."""
    if everything and (programme or year):
        raise click.UsageError("--all takes neither --programme nor --year")
    check_date(as_of, "--as-of")
    sys.exit(in_one_sentence(language, lambda: _run(programme, year, as_of, raw, warehouse, language)))


def _run(  # noqa: PLR0913, PLR0917 - one argument per option
    programme: str | None, year: int | None, as_of: str, raw: Path | None, warehouse: Path | None, language: Language
) -> int:
    settings.prepare(raw, warehouse)
    from pipelines.orchestration.run import RunStopped, rounds_to_run, run_round  # noqa: PLC0415 - imports Dagster
    from pipelines.reports.summary import summary  # noqa: PLC0415 - as above

    code = 0
    for round_key in rounds_to_run(programme, year):
        click.echo(f"{round_key.programme} {round_key.year}", err=True)
        try:
            run_round(round_key, as_of, language)
        except RunStopped as stop:
            click.secho(f"  ✗ {stop}", fg="red", err=True)
            code = STOPPED
    if (settings.warehouse_folder() / "current" / "statsbidrag.sqlite").exists():
        click.echo(summary(settings.warehouse_folder(), language))
    return code


@statsbidrag.command()
@click.option("--port", type=click.IntRange(1, 65534), default=3000, show_default=True, help="Port on this machine.")
@raw_option
@warehouse_option
@language_option
def ui(port: int, raw: Path | None, warehouse: Path | None, language: Language) -> None:
    """Start Dagster's web server and daemon on this machine only (it has no login)."""
    sys.exit(in_one_sentence(language, lambda: _ui(port, raw, warehouse, language)))


def _ui(port: int, raw: Path | None, warehouse: Path | None, language: Language) -> int:
    settings.prepare(raw, warehouse)
    from pipelines.orchestration.ui import serve  # noqa: PLC0415 - the command's own imports

    return serve(port, language)


@statsbidrag.command("rules")
@json_option
@language_option
def list_rules(as_json: bool, language: Language) -> None:  # noqa: FBT001 - a flag
    """List the rules: severity, id, title and the ground that each stands on."""
    sys.exit(in_one_sentence(language, lambda: _rules(language, as_json=as_json)))


def _rules(language: Language, *, as_json: bool) -> int:
    from pipelines.documentation.rulebook import rule_list, rule_records  # noqa: PLC0415 - the command's own imports

    click.echo(as_json_text(rule_records()) if as_json else "\n".join(rule_list(language)))
    return 0


@statsbidrag.command("dictionary")
@click.argument("table", required=False)
@json_option
@language_option
def list_dictionary(table: str | None, as_json: bool, language: Language) -> None:  # noqa: FBT001 - a flag
    """List every published TABLE and column: label, type, unit, and why it may be empty."""
    sys.exit(in_one_sentence(language, lambda: _dictionary(table, language, as_json=as_json)))


def _dictionary(table: str | None, language: Language, *, as_json: bool) -> int:
    from pipelines.documentation.dictionary import dictionary_list, dictionary_records  # noqa: PLC0415 - the command's own imports

    click.echo(as_json_text(dictionary_records(table)) if as_json else "\n".join(dictionary_list(table, language)))
    return 0


@statsbidrag.command("check")
@click.argument("file", type=RECEIVED)
@click.option("--programme", metavar="P", help="The file's programme, where its content fits several.")
@click.option("--year", type=int, metavar="Y", help="The file's round, where its content fits several.")
@json_option
@raw_option
@language_option
def check_file(  # noqa: PLR0913, PLR0917 - one argument per option
    file: Path,
    programme: str | None,
    year: int | None,
    as_json: bool,  # noqa: FBT001 - a flag
    raw: Path | None,
    language: Language,
) -> None:
    """Check one export as the next run would, and write nothing. Exit 1: the file would stop the run.

    A FILE from elsewhere takes the place of the file of its own form in raw/ and needs no source card.
    """
    sys.exit(in_one_sentence(language, lambda: _check(file, programme, year, raw, language, as_json=as_json)))


def _check(  # noqa: PLR0913 - one argument per option
    file: Path, programme: str | None, year: int | None, raw: Path | None, language: Language, *, as_json: bool
) -> int:
    from pipelines.inquiries import check_report  # noqa: PLC0415 - imports Dagster
    from pipelines.inquiries.checking import check  # noqa: PLC0415 - as above

    checked = check(file, (raw or settings.raw_folder()).resolve(), programme, year)
    told = as_json_text(check_report.report(checked)) if as_json else "\n".join(check_report.lines(checked, language))
    click.echo(told)
    if checked.stop and not as_json:
        click.secho(check_report.stop_line(checked.stop, language), fg="red", err=True)
    return STOPPED if check_report.stops(checked) else 0


@statsbidrag.group("corrections")
def corrections() -> None:
    """Corrections of what was received."""


@corrections.command("diff")
@click.argument("before", type=RECEIVED)
@click.argument("after", type=RECEIVED)
@click.argument("log", type=RECEIVED)
@click.option("--key", metavar="COLUMN", help="Column that tells rows apart (default: the first that does in both).")
@json_option
@language_option
def diff_corrections(  # noqa: PLR0913, PLR0917 - one argument per option
    before: Path,
    after: Path,
    log: Path,
    key: str | None,
    as_json: bool,  # noqa: FBT001 - a flag
    language: Language,
) -> None:
    """Say which differences between BEFORE and AFTER the LOG explains, and which of its entries explain nothing.

    Two tables (CSV or Excel) with a key column. The LOG is a table with key, column, old and new value, where an entry
    without a column is of a whole row, or a corrections.yaml. Exit 1: something is not explained, or explains nothing.
    """
    command = partial(_diff, before, after, log, key, language, as_json=as_json)
    sys.exit(in_one_sentence(language, command, stopped=WRONG_USE))


def _diff(  # noqa: PLR0913 - one argument per option
    before: Path, after: Path, log: Path, key: str | None, language: Language, *, as_json: bool
) -> int:
    from pipelines.inquiries import corrections_diff  # noqa: PLC0415 - the command's own imports

    result = corrections_diff.compare(before, after, log, key)
    told = corrections_diff.lines(result, language)
    click.echo(as_json_text(corrections_diff.report(result)) if as_json else "\n".join(told))
    return 0 if result.is_whole else STOPPED


@statsbidrag.command("names")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path))
@click.option(
    "--year", type=click.IntRange(1990, 2100), metavar="Y", help="Register of this year (default: last round)."
)
@click.option("--programme", metavar="P", help="Its aliases and kinds of recipients only (default: all).")
@click.option("--column", metavar="HEADER", help="The column of names, where no header or several tell.")
@raw_option
@language_option
def map_names(  # noqa: PLR0913, PLR0917 - one argument per option
    file: Path, year: int | None, programme: str | None, column: str | None, raw: Path | None, language: Language
) -> None:
    """Map a list of names to codes: CSV on standard output, one row per row of FILE, and nothing is written.

    FILE is what an export may be (.csv, .xlsx, ...) with a column called as names are in any form, or Kommun, Namn,
    Mottagare or the like, and a column Län, if there is one; or else text with one name per line. Exit 0: every name is
    certain, 1: some name is guessed or has no code, 2: wrong use, or FILE cannot be read.
    """
    sys.exit(in_one_sentence(language, lambda: _names(file, year, programme, column, raw, language), stopped=WRONG_USE))


def _names(  # noqa: PLR0913, PLR0917 - one argument per option
    file: Path, year: int | None, programme: str | None, column: str | None, raw: Path | None, language: Language
) -> int:
    from pipelines.inquiries import name_list  # noqa: PLC0415 - the command's own imports

    names = name_list.read_names(file, column)
    mapped = name_list.map_names(names, (raw or settings.raw_folder()).resolve(), programme, year)
    click.echo(name_list.as_csv(mapped), nl=False)
    click.echo("\n".join(name_list.told(names, mapped, language)), err=True)
    return 0 if mapped.is_certain else STOPPED


@statsbidrag.command("audit-rules")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Which places the faults get.")
@json_option
@raw_option
@language_option
def audit_rules(seed: int, as_json: bool, raw: Path | None, language: Language) -> None:  # noqa: FBT001 - a flag
    """Plant known faults in copies of the received rounds, and show which rules find them. Takes minutes."""
    sys.exit(in_one_sentence(language, lambda: _audit_rules(seed, raw, language, as_json=as_json)))


def _audit_rules(seed: int, raw: Path | None, language: Language, *, as_json: bool) -> int:
    from pipelines.audit import report as rule_audit_report  # noqa: PLC0415 - imports Dagster
    from pipelines.audit.rule_audit import audit  # noqa: PLC0415 - as above

    planted = audit((raw or settings.raw_folder()).resolve(), seed)
    told = rule_audit_report.lines(planted, seed, language)
    click.echo(as_json_text(rule_audit_report.report(planted, seed)) if as_json else "\n".join(told))
    return 0


@statsbidrag.group("programme")
def programmes() -> None:
    """Declare grant programmes."""


@programmes.command("new")
@click.argument("name")
@raw_option
@language_option
def new_programme(name: str, raw: Path | None, language: Language) -> None:
    """Start the programme NAME: files in schemas/programmes/NAME/ that can be read at once, to be filled in."""
    sys.exit(in_one_sentence(language, lambda: _new_programme(name, raw, language)))


def _new_programme(name: str, raw: Path | None, language: Language) -> int:
    from pipelines.commands import scaffold  # noqa: PLC0415 - the command's own imports

    year = dt.datetime.now(dt.UTC).year
    files = [Path(os.path.relpath(file)) for file in scaffold.start(name, year)]
    click.echo("\n".join(scaffold.told(name, files, year, raw or settings.raw_folder(), language)))
    return 0


statsbidrag.add_command(commands_cases.cases)
statsbidrag.add_command(commands_cases.drafts)
statsbidrag.add_command(restate)
statsbidrag.add_command(draw_sample)


def main() -> None:
    """Entry point of the console script."""
    atexit.register(gc.freeze)  # everything ends with the process; looking for garbage first takes a second
    statsbidrag(prog_name="statsbidrag")

"""What every command shares: its options, and that whatever goes wrong is one sentence. Nothing heavy is imported."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import click

from pipelines import settings
from schemas.words.vocabulary import LANGUAGES, Language

STOPPED, WRONG_USE = 1, 2
WRONG_USE_RULES = (
    "programme_unknown",
    "programme_name_unfit",
    "programme_exists",
    "round_undeclared",
    "port_taken",
    "table_unknown",
    "round_not_told",
    "name_column_not_told",
    "nothing_published_yet",
    "drafts_need_a_folder",
    "round_not_published",
    "round_without_version",
    "nothing_to_draw",
)
FOLDER = click.Path(file_okay=False, path_type=Path)
RECEIVED = click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path)
raw_option = click.option("--raw", type=FOLDER, metavar="DIR", help="Received files (default: raw).")
warehouse_option = click.option("--warehouse", type=FOLDER, metavar="DIR", help="Outputs (default: warehouse).")
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="sv", show_default=True, help="Language of messages."
)

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")


def in_one_sentence(language: Language, command: Callable[[], int], *, stopped: int = STOPPED) -> int:
    """Run a command; what stops it before any round is one sentence on stderr. A rule that stops exits `stopped`."""
    from schemas.rules.rule import Stop, rules  # noqa: PLC0415 - the command's own imports

    try:
        return command()
    except Stop as stop:
        told, code = stop.sentence(language), WRONG_USE if stop.rule.id in WRONG_USE_RULES else stopped
    except OSError as error:
        values = {"file": error.filename or settings.warehouse_folder(), "why": error.strerror}
        told, code = rules()["write_failed"].message(language, values), WRONG_USE
    except KeyboardInterrupt:
        told, code = "", STOPPED
    except Exception as error:  # noqa: BLE001 - the last net: whatever it is, a person gets a sentence
        values = {
            "error": type(error).__name__,
            "home": os.environ.get(settings.DAGSTER_HOME) or settings.warehouse_folder() / ".dagster",
        }
        told, code = rules()["out_of_order"].message(language, values), WRONG_USE
    click.secho(told, fg="red", err=True)
    return code


def check_date(text: str, option: str) -> None:
    """Refuse what is neither empty nor a date."""
    try:
        dt.date.fromisoformat(text or "2000-01-01")
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date; write YYYY-MM-DD", param_hint=option) from None


def as_json_text(content: object) -> str:
    """A document for programs."""
    return json.dumps(content, ensure_ascii=False, indent=2)

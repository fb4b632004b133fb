"""The command line as a person starts it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("statsbidrag")


def statsbidrag(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command from the project's folder; what it publishes is not examined, which takes seconds."""
    command = [sys.executable, "-m", "tests.unexamined"] if arguments[0] == "run" else [COMMAND]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)

"""Copies of the project in which programmes are added and run, each in a process of its own that reads the copy."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from pipelines.settings import DAGSTER_HOME, RAW, WAREHOUSE
from tests.integration.publishing import HERE, ROOT

PACKAGES = ("assets", "pipelines", "schemas")
RUN_HERE = "from pipelines.commands.cli import main; main()"
"""As the console script does, but of the packages in the folder that it is run in."""


def project_copy(folder: Path) -> Path:
    """The packages and the register, and no programme's exports."""
    for name in (*PACKAGES, "raw/reference"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)  # Dagster finds its project by it
    return folder


def statsbidrag(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, in a copy of the project."""
    inherited = {name: value for name, value in os.environ.items() if name not in {DAGSTER_HOME, RAW, WAREHOUSE}}
    return subprocess.run(
        [sys.executable, "-c", RUN_HERE, *arguments],
        env=inherited | HERE,
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def drop(folder: Path, name: str, *lines: str) -> None:
    """An export of synthetic rows and its source card."""
    folder.mkdir(parents=True, exist_ok=True)
    content = "".join(f"{line}\n" for line in lines).encode()
    card = {"title": name, "origin": "Made up for a test", "date": "2031-03-01", "reality": "synthetic"}
    card |= {"licence": "That of this repository", "sha256": hashlib.sha256(content).hexdigest()}
    (folder / name).write_bytes(content)
    (folder / f"{name}.card.yaml").write_text(yaml.safe_dump(card), "utf-8")

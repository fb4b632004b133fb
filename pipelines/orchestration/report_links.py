"""Links from Dagster's pages into the reports: to the report of a round as a certain run made it.

A check is told its link before there is a version, and by a run that may not know where the reports are served. So the
link names the round and the run, on Dagster's own address; here it is led on to where that report lies now.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

import dagster as dg

from assets.graph import TAG
from pipelines.orchestration.guard import App, Message, Receive, Send
from pipelines.reports.validation.paths import LINKS, page_path, refused_path
from pipelines.warehouse.layout import CURRENT, START_PAGES
from schemas.words.vocabulary import LANGUAGES

LINK = re.compile(rf"{LINKS}(?P<run>[\w-]+)/(?P<programme>[\w-]+)/(?P<year>\d{{4}})")
SHOWN = LANGUAGES[0]
"""The language that links lead to; every page links to the other."""


class ReportLinks:
    """An ASGI application before another: a link into the reports is led on, all else is passed on."""

    def __init__(self, app: App, instance: dg.DagsterInstance, warehouse: Path, address: str) -> None:
        """Lead to this warehouse's reports, served at this address."""
        self._app, self._instance, self._warehouse, self._address = app, instance, warehouse, address

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a link with where the report lies."""
        found = LINK.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        place = self.place(found["run"], found["programme"], int(found["year"]))
        headers = [(b"location", f"{self._address}/{place}".encode()), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": HTTPStatus.TEMPORARY_REDIRECT, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def place(self, run_id: str, programme: str, year: int) -> str:
        """Where the report of a run lies: in its version; if it has none, as it was refused; else what is current."""
        run = self._instance.get_run_by_id(run_id)
        version = run.tags.get(f"{TAG}/version") if run else None
        key = programme, year, SHOWN
        current = (self._warehouse / CURRENT).resolve().name
        places = (page_path(str(version), *key), refused_path(*key), page_path(current, *key))
        return next((place for place in places if (self._warehouse / place).is_file()), START_PAGES[SHOWN])

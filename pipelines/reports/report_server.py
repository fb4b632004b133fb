"""The reports of a warehouse over HTTP on this machine only, so that a check in Dagster can link to its place in one.

Reports, evidence and the tables that everybody may read, and nothing else: the store beside them holds rows as they
were received.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipelines.warehouse.layout import (
    CURRENT,
    DATABASE,
    DICTIONARY_PAGES,
    DOWNLOADS,
    EVIDENCE,
    INSIDE,
    REFUSED,
    SOURCES,
    START_PAGES,
    VALIDATION,
    VERSIONS,
)

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
REPORTS = "reports"
PAGES = "|".join(re.escape(page) for page in (*START_PAGES.values(), *DICTIONARY_PAGES.values()))
TABLES = rf"parquet/\w+\.parquet|{re.escape(DATABASE)}|{DOWNLOADS}/(?:[\w-]+/)?[\w.-]+"
"""What of a version is for everybody, to be saved and opened elsewhere."""

SERVED = re.compile(
    rf"/(?:{PAGES}|{REFUSED}/(?:{EVIDENCE}/)?[\w.-]+\.(?:html|csv)"
    rf"|{INSIDE}/[0-9a-f]+/(?:{VALIDATION}|{SOURCES})/(?:[\w-]+/)?[\w.-]+\.(?:html|csv)"
    rf"|(?:{CURRENT}|{VERSIONS}/[0-9a-f]+)/(?:{TABLES})"
    rf"|(?:{CURRENT}|{VERSIONS}/[0-9a-f]+)/(?:{EVIDENCE}|{REPORTS})/(?:[\w-]+/)?[\w.-]+\.(?:html|csv))"
)

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".sav": "application/x-spss-sav",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ReportsOnly(SimpleHTTPRequestHandler):
    """Serves the pages that people are meant to read, to a browser that asked this machine by name."""

    extensions_map = TYPES

    def send_head(self):  # type: ignore[no-untyped-def]  # noqa: ANN201 - the base class's own
        """Refuse another host's name (a page elsewhere may point one here) and every other path."""
        if self.headers.get("Host", "").rpartition(":")[0] not in NAMES:
            return self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        if self.path == "/":
            self.path = f"/{START_PAGES['sv']}"
        self.path = self.path.partition("?")[0].partition("#")[0]
        if not SERVED.fullmatch(self.path):
            return self.send_error(HTTPStatus.NOT_FOUND)
        if self._is_linked():
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def _is_linked(self) -> bool:
        """Whether a link leads out of the folder or within it, but for the one that says which version is current."""
        root = Path(self.directory)
        first, *rest = self.path.removeprefix("/").split("/")
        place = (root / first).resolve() if first == CURRENT else root / first
        if first == CURRENT and place.parent != root.resolve() / VERSIONS:
            return True
        parts = [place, *(place.joinpath(*rest[:count]) for count in range(1, len(rest) + 1))]
        return any(part.is_symlink() for part in parts)

    def end_headers(self) -> None:
        """Nothing is cached: the next run may publish another version."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's own name
        """Say nothing: the terminal shows what needs attention."""


@contextmanager
def served(warehouse: Path, port: int) -> Iterator[str]:
    """Serve a warehouse's reports until the block ends; gives their address. Raises: OSError if the port is taken."""
    server = ThreadingHTTPServer((LOOPBACK, port), partial(ReportsOnly, directory=str(warehouse)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{LOOPBACK}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()

"""The guard before Dagster's web server, which has no login, takes any Host and runs mutations by GET.

A page elsewhere that a person happens to have open must not be able to read or change anything here. So: the server
answers to its own names only, takes nothing that another page sent, and takes questions as JSON by POST alone, which
no page can send across sites without asking first. What an address bar or a link opens, it answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

NAMES = ("127.0.0.1", "localhost")
ALONE = ("host", "origin", "content-type")
"""Headers that stand once: of two, the guard and the server could read different ones."""

OWN_SITE = ("same-origin", "none")
"""Sec-Fetch-Site of what our own pages ask for, and of what a person typed."""

POLICY_VIOLATION = 1008
HTTP_PORT = 80


class Guard:
    """An ASGI application before another: what is refused never reaches it."""

    def __init__(self, app: App, port: int, language: Language) -> None:
        """Guard this application, served on this port of the own machine."""
        self._app, self._language = app, language
        self._hosts = {f"{name}:{port}" for name in NAMES} | {name for name in NAMES if port == HTTP_PORT}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it in one sentence."""
        why = None if scope["type"] == "lifespan" else self.refusal(scope)
        if why is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": why})
        else:
            await _refuse(send, text(why, self._language))

    def refusal(self, scope: Message) -> str | None:
        """The name of the text that says why a request is refused; None if it may pass."""
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name = raw_name.decode("latin-1").lower()
            if name in headers and name in ALONE:
                return "ui_refused_doubled"
            headers[name] = raw_value.decode("latin-1").strip().lower()
        if headers.get("host") not in self._hosts:
            return "ui_refused_host"
        if not self._is_from_here(scope, headers):
            return "ui_refused_origin"
        return None if scope["type"] == "websocket" else _misused(scope, headers)

    def _is_from_here(self, scope: Message, headers: dict[str, str]) -> bool:
        """Tell whether one of our own pages sent it, or a person opened it. A browser may leave Origin out by GET."""
        if "origin" in headers:
            return headers["origin"] in self._origins
        if scope["type"] == "websocket" or scope["method"] == "POST":
            return False
        return headers.get("sec-fetch-site", "none") in OWN_SITE or _is_navigation(headers)


def _is_navigation(headers: dict[str, str]) -> bool:
    """Tell whether a link opens the page in a window of its own, not within another page."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _misused(scope: Message, headers: dict[str, str]) -> str | None:
    if scope["method"] == "POST":
        is_json = headers.get("content-type", "").partition(";")[0].strip() == "application/json"
        return None if is_json else "ui_refused_post"
    if scope["method"] not in {"GET", "HEAD"}:
        return "ui_refused_method"
    [*_, last] = [part for part in scope["path"].lower().split("/") if part] or [""]
    return "ui_refused_graphql" if last == "graphql" and scope["query_string"] else None


async def _refuse(send: Send, sentence: str) -> None:
    body = sentence.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": HTTPStatus.FORBIDDEN, "headers": headers})
    await send({"type": "http.response.body", "body": body})

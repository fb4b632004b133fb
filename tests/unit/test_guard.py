"""What the guard before Dagster's web server lets through, and what it refuses; called in process, without a server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from pipelines.orchestration.guard import Guard
from schemas.texts.catalogue import text

PORT = 3000
HOST = "127.0.0.1:3000"
OWN = "http://127.0.0.1:3000"
JSON = "application/json"
LINK = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def scope(method: str, path: str, *, query: str = "", **headers: str | tuple[str, ...] | None) -> dict[str, Any]:
    """A request as ASGI has it, to the own host unless told; a header of several values stands as many times."""
    each = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    pairs = [
        (name.encode(), one.encode())
        for name, value in each.items()
        for one in ((value,) if isinstance(value, str) else value or ())
    ]
    kind = {"type": "websocket"} if method == "WS" else {"type": "http", "method": method}
    return {**kind, "path": path, "query_string": query.encode(), "headers": pairs}


def asked(request: dict[str, Any], port: int = PORT) -> tuple[bool, list[dict[str, Any]]]:
    """Whether the request reached the application behind, and what the guard answered in its place."""
    reached, sent = [], []

    async def behind(*_: object) -> None:
        reached.append(request)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Guard(behind, port, "sv")(request, receive, send))
    return bool(reached), sent


def passes(request: dict[str, Any], port: int = PORT) -> bool:
    reached, sent = asked(request, port)
    assert not (reached and sent)
    return reached


def refused_with(request: dict[str, Any]) -> str:
    """The sentence of a refusal: 403, and nothing reached the application."""
    reached, sent = asked(request)
    assert not reached
    assert sent[0]["status"] == 403
    return sent[1]["body"].decode()


def post(path: str = "/graphql", **headers: str | tuple[str, ...] | None) -> dict[str, Any]:
    return scope("POST", path, **{"origin": OWN, "content_type": JSON, **headers})


@pytest.mark.parametrize("host", ["127.0.0.1:3000", "localhost:3000", "LOCALHOST:3000"])
def test_the_own_names_are_answered(host: str):
    assert passes(scope("GET", "/runs", host=host))


@pytest.mark.parametrize("host", ["evil.example:3000", "127.0.0.1:3001", "127.0.0.1", "null", "", "localhost.:3000"])
def test_a_foreign_or_null_host_is_refused(host: str):
    assert refused_with(scope("GET", "/", host=host)) == text("ui_refused_host", "sv")


def test_a_missing_host_is_refused_and_so_are_two():
    assert refused_with(scope("GET", "/", host=None)) == text("ui_refused_host", "sv")
    assert refused_with(scope("GET", "/", host=(HOST, "evil.example"))) == text("ui_refused_doubled", "sv")
    assert refused_with(scope("GET", "/", host=(HOST, HOST))) == text("ui_refused_doubled", "sv")


def test_on_port_80_a_browser_leaves_the_port_out():
    assert passes(scope("GET", "/", host="localhost"), port=80)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:3000", "http://127.0.0.1:3001", ""]
)
def test_a_foreign_or_null_origin_is_refused_whatever_is_asked(origin: str):
    for request in (scope("GET", "/runs", origin=origin), post(origin=origin)):
        assert refused_with(request) == text("ui_refused_origin", "sv")
    assert not passes(scope("WS", "/graphql", origin=origin))


def test_two_origins_are_refused():
    assert refused_with(post(origin=(OWN, "http://evil.example"))) == text("ui_refused_doubled", "sv")


def test_a_post_or_a_web_socket_without_an_origin_is_refused():
    assert refused_with(post(origin=None)) == text("ui_refused_origin", "sv")
    assert refused_with(post("/report_asset_materialization/raw_file", origin=None))
    assert not passes(scope("WS", "/graphql"))


def test_a_refused_web_socket_is_closed_before_it_opens():
    _, sent = asked(scope("WS", "/graphql", host="evil.example:3000", origin=OWN))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_a_web_socket_of_our_own_pages_opens():
    assert passes(scope("WS", "/graphql", origin=OWN))


def test_a_page_that_is_typed_or_linked_to_opens_without_an_origin():
    assert passes(scope("GET", "/runs"))
    assert passes(scope("GET", "/runs", sec_fetch_site="none"))
    assert passes(scope("GET", "/runs", **LINK))


def test_what_another_page_embeds_or_fetches_is_refused():
    for headers in (
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
        {**LINK, "sec-fetch-dest": "iframe"},
    ):
        assert refused_with(scope("GET", "/runs", **headers)) == text("ui_refused_origin", "sv")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/graphql", "/graphql/", "//graphql", "/GraphQL", "/x/../graphql"])
def test_no_query_is_asked_by_get_or_head(method: str, path: str):
    for headers in ({}, {"origin": OWN}, LINK):
        assert refused_with(scope(method, path, query="query={x}", **headers)) == text("ui_refused_graphql", "sv")


def test_the_page_for_queries_opens_and_other_pages_may_have_a_query_string():
    assert passes(scope("GET", "/graphql"))
    assert passes(scope("GET", "/assets/core_finding", query="view=checks"))


@pytest.mark.parametrize("content_type", [JSON, "application/json; charset=utf-8", "Application/JSON"])
def test_a_post_of_our_own_pages_as_json_passes(content_type: str):
    assert passes(post(content_type=content_type))


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "text/plain; application/json",
        "application/graphql",
        "application/x-www-form-urlencoded",
    ],
)
def test_a_post_of_anything_but_json_is_refused(content_type: str | None):
    """Dagster itself takes any content type that has application/json somewhere in it."""
    assert refused_with(post(content_type=content_type)) == text("ui_refused_post", "sv")
    assert refused_with(post("/report_asset_check/raw_file", content_type=content_type)) == text(
        "ui_refused_post", "sv"
    )


def test_two_content_types_are_refused():
    assert refused_with(post(content_type=(JSON, "text/plain"))) == text("ui_refused_doubled", "sv")


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH"])
def test_no_other_method_passes(method: str):
    assert refused_with(scope(method, "/graphql", origin=OWN)) == text("ui_refused_method", "sv")


def test_the_servers_own_start_and_end_pass():
    reached, sent = asked({"type": "lifespan"})
    assert reached
    assert sent == []

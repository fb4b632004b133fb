"""Reports are served on this machine, to this machine; rows as received never are."""

import http.client
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.reports.report_server import served
from tests.integration.publishing import PROGRAMME, contents_of, current, publish

PAGE = f"validation/{PROGRAMME}-2022.sv.html"


@pytest.fixture(scope="module")
def address(sample_warehouse: Path) -> Iterator[str]:
    with served(sample_warehouse, 0) as address:
        yield address.removeprefix("http://")


def asked(address: str, path: str, host: str | None = None, method: str = "GET") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(address, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or address)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_the_index_and_the_reports_it_leads_to_are_served(address, sample_warehouse):
    status, index = asked(address, "/")
    assert status == 200
    version = current(sample_warehouse).name
    assert f"inside/{version}/{PAGE}".encode() in index
    for path in (
        f"/inside/{version}/{PAGE}",
        f"/inside/{version}/{PAGE}?x#rule",
        "/index.en.html",
        "/dictionary.html",
        "/current/statsbidrag.sqlite",
        "/current/parquet/core_task.parquet",
    ):
        assert asked(address, path)[0] == 200, path


@pytest.mark.parametrize("path", [PAGE.replace(".html", ".csv"), PAGE.replace(".sv.", ".en.")])
def test_what_a_report_links_to_is_served(address, path, sample_warehouse):
    assert asked(address, f"/inside/{current(sample_warehouse).name}/{path}")[0] == 200


@pytest.mark.parametrize("folder", ["current", "versions/{version}"])
def test_the_appendix_is_served(address, folder, sample_warehouse):
    path = folder.format(version=current(sample_warehouse).name)
    assert asked(address, f"/{path}/evidence/index.html")[0] == 200


TYPES = {
    f"{PROGRAMME}.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "accounts.sav": "application/x-spss-sav",
    "out_annex.csv": "text/csv; charset=utf-8",
    "datapackage.json": "application/json; charset=utf-8",
}


@pytest.mark.parametrize("name", TYPES)
def test_what_people_take_with_them_is_served_as_what_it_is(address, name, sample_warehouse):
    for folder in ("current", f"versions/{current(sample_warehouse).name}"):
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.request("GET", f"/{folder}/downloads/{PROGRAMME}/{name}")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Content-Type")) == (200, TYPES[name])
        connection.close()


@pytest.mark.parametrize(
    "folder",
    [
        "versions/{version}/downloads/programme",
        "versions/{version}/reports",
        "inside/{version}/validation",
        "inside/refused",
    ],
)
def test_no_link_is_followed(folder: str, tmp_path: Path):
    """Neither of a page nor of a folder: it may lead to a row as it was received."""
    version = publish(tmp_path / "warehouse", contents_of(1))
    place = tmp_path / "warehouse" / folder.format(version=version.name)
    place.mkdir(parents=True, exist_ok=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/page.csv").write_text("secret", "utf-8")
    (place / "linked.csv").symlink_to(tmp_path / "secret/page.csv")
    (place / "plain.csv").write_text("plain", "utf-8")
    within = place.relative_to(tmp_path / "warehouse").as_posix()
    with served(tmp_path / "warehouse", 0) as there:
        asked_for = [asked(there.removeprefix("http://"), f"/{within}/{name}.csv")[0] for name in ("plain", "linked")]
        assert asked_for == [200, 404]
        shutil.rmtree(place)
        place.symlink_to(tmp_path / "secret")
        assert asked(there.removeprefix("http://"), f"/{within}/page.csv")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/store/{PROGRAMME}/2022/accepted/raw_row.parquet",
        "/store/",
        "/current/",
        "/current/validation/",
        "/current/manifest.json",
        "/current/downloads/manifest.json",
        f"/current/downloads/{PROGRAMME}/../../manifest.json",
        "/inside/0123456789abcdef/parquet/core_row.parquet",
        "/inside/",
        "/.dagster/dagster.yaml",
        "/current/validation/../../../store/",
        "/current/validation/..%2f..%2f..%2fetc/passwd",
        f"/current/validation/../statsbidrag.sqlite#{PAGE}",
        "/versions/../store/index.html",
        "//etc/passwd",
    ],
)
def test_nothing_else_is_served(address, path):
    assert asked(address, path)[0] == 404


@pytest.mark.parametrize("host", ["example.org", "example.org:80", "127.0.0.1.example.org:80", ""])
def test_a_browser_that_was_sent_here_under_another_name_gets_nothing(address, host):
    assert asked(address, "/", host=host or "x")[0] == 421


def test_nothing_can_be_written(address):
    assert asked(address, f"/current/{PAGE}", method="PUT")[0] == 501
    assert asked(address, f"/current/{PAGE}", method="POST")[0] == 501

"""What /openapi.json says of the answers is so, whatever is asked for."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from webkit import told

from monitor.web.app import create_app
from monitor.web.passwords import Password

FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def _is_an_instant(words: object) -> bool:
    """As RFC 3339 wants it, which is all that a JSON Schema means."""
    return not isinstance(words, str) or ("T" in words and datetime.fromisoformat(words).tzinfo is not None)


ODD = st.one_of(
    st.text(max_size=20),
    st.integers().map(str),
    st.sampled_from(["", "NaN", "\0", "%", "'", "9" * 400, "0001-01-01", "9999-12-31", "a" * 5_000, "MSBj", "true"]),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with told(tmp_path_factory.mktemp("described"), words="<b>&\u202e") as monitor:
        client = TestClient(create_app(monitor.settings, monitor.store, password=Password.of("long enough")))
        # Each kind of record is there: also a verdict.
        (line,) = [one for one in monitor.store.changes() if one.change.kind == "raised"]
        form = {"name": "Ada", "password": "long enough"}
        client.post("/login", data=form)
        page = client.get(f"/claims/{line.claim.id}").text
        hidden = {name: page.split(f'name="{name}" value="')[-1].split('"')[0] for name in ("token", "seen")}
        told_so = client.post(
            f"/claims/{line.claim.id}/verdict", data=hidden | {"verdict": "accepted", "why": "by phone"}
        )
        assert told_so.status_code == 200
        yield client


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def known(client: TestClient) -> dict[str, list[str]]:
    """Names that there are, by the path that takes them."""
    changes = client.get("/api/v1/changes").json()["changes"]
    claims = client.get("/api/v1/claims").json()["claims"]
    return {
        "/api/v1/changes/{name}": [one["id"] for one in changes],
        "/api/v1/series/{name}": [one["series"] for one in changes],
        "/series/{name}.svg": [one["series"] for one in changes],
        "/api/v1/claims/{name}": [one["claim"] for one in claims],
        "/api/v1/articles/{number}": ["1", "2"],
        "/watches/{watch}/changes.{form}": ["koreans"],
    }


def check(described: dict[str, Any], path: str, answer: Any) -> None:
    """The status, the kind and the content are those that are told of this path."""
    told_of = described["paths"][path]["get"]["responses"]
    assert str(answer.status_code) in told_of, (path, answer.status_code, answer.text[:200])
    kinds = told_of[str(answer.status_code)].get("content", {})
    kind = answer.headers.get("content-type", "").partition(";")[0]
    assert kind in kinds if kinds else not answer.content, (path, kind)
    if kind.endswith("json") and "schema" in kinds[kind]:
        schema = kinds[kind]["schema"] | {"components": described["components"]}
        Draft202012Validator(schema, format_checker=FORMATS).validate(json.loads(answer.content))


def value(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Mostly what fits a parameter, and what doesn't."""
    kinds = schema.get("anyOf", [schema])
    fit = []
    for one in kinds:
        if "enum" in one:
            fit.append(st.sampled_from([str(word) for word in one["enum"]]))
        elif one.get("format") == "date":
            fit.append(st.dates().map(str))
        elif one.get("type") == "integer":
            fit.append(st.integers(one.get("minimum", 0), one.get("maximum", 10_000)).map(str))
        elif one.get("type") == "boolean":
            fit.append(st.sampled_from(["true", "false"]))
        elif one.get("type") == "string":
            fit.append(st.sampled_from(["koreans", "North", "e", "wire"]))
    return st.one_of(*fit, ODD)


def test_every_record_is_as_described(
    client: TestClient, described: dict[str, Any], known: dict[str, list[str]]
) -> None:
    asked = 0
    for path, one in described["paths"].items():
        for name in known.get(path, [""]):
            for form in ("atom", "json") if "{form}" in path else ("",):
                real = path.replace("{form}", form)
                answer = client.get(real.replace("{" + real.split("{")[1].split("}")[0] + "}", name) if name else real)
                assert answer.status_code == 200, (real, answer.text)
                check(described, path, answer)
                asked += 1
                assert answer.headers["etag"], path
                again = client.get(answer.request.url, headers={"If-None-Match": answer.headers["etag"]})
                check(described, path, again)
                assert again.status_code == 304, path
                assert one["get"]["description"], path
    assert asked >= 15


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_answer_is_as_described_whatever_is_asked_for(
    client: TestClient, described: dict[str, Any], known: dict[str, list[str]], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(described["paths"])))
    real, asked = path, {}
    for one in described["paths"][path]["get"].get("parameters", []):
        if one["in"] == "path":
            names = known.get(path, []) if one["name"] != "form" else ["atom", "json"]
            drawn = data.draw(st.one_of(st.sampled_from(names), ODD) if names else ODD)
            real = real.replace("{" + one["name"] + "}", quote(drawn, safe="") or "x")
        elif data.draw(st.booleans()):
            asked[one["name"]] = data.draw(value(one["schema"]))
    answer = client.get(real, params=asked)
    if "%2F" in real or answer.headers["content-type"].startswith("text/html"):
        assert answer.status_code in {404, 422, 304}  # another path than that, or an error where people look as well
    else:
        check(described, path, answer)


def test_lists_of_claims_and_articles_go_on_and_are_narrowed(client: TestClient) -> None:
    for what, key in (("claims", "claim"), ("articles", "id")):
        every = [one[key] for one in client.get(f"/api/v1/{what}").json()[what]]
        found, after = [], {}
        while after is not None:
            part = client.get(f"/api/v1/{what}", params={"limit": 1, **after}).json()
            found += [one[key] for one in part[what]]
            after = {"after": part["after"]} if part["after"] else None
        assert found == every
        assert len(every) == 3
    for asked, count in (
        ({"outlet": "wire"}, 3),
        ({"outlet": "%"}, 0),
        ({"title": "FIGHTING"}, 3),
        ({"figures": "false"}, 0),
        ({"figures": "true", "since": "2025-02-04", "until": "2025-02-04"}, 1),
        ({"status": "no_claims"}, 0),
    ):
        assert len(client.get("/api/v1/articles", params=asked).json()["articles"]) == count, asked
        assert client.get("/articles", params=asked).text.count('data-name="Seen"') == count, asked


def test_a_claim_tells_its_verdicts_and_a_change_its_deliveries(client: TestClient) -> None:
    (line,) = [one for one in client.get("/api/v1/changes").json()["changes"] if one["kind"] == "raised"]
    claim = client.get(f"/api/v1/claims/{line['claim']}").json()
    assert [(one["verdict"], one["who"], one["why"]) for one in claim["verdicts"]] == [("accepted", "Ada", "by phone")]
    (told_to,) = client.get(f"/api/v1/changes/{line['id']}").json()["deliveries"]
    assert (told_to["channel"], told_to["state"]) == ("desk", "due")

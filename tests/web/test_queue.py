"""The review queue: what some watch would take were it surer, judged there and then."""

import re
from pathlib import Path

import pytest
import webkit
from fastapi.testclient import TestClient

from monitor.web import waiting
from monitor.web.app import create_app
from monitor.web.passwords import Password


def test_the_queue_holds_what_a_watch_would_take_and_a_verdict_takes_it_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure = webkit.SETTINGS.replace("channels =", "min_confidence = 1.0\nchannels =")
    monkeypatch.setattr(webkit, "SETTINGS", unsure)
    monkeypatch.setattr(waiting, "ON_A_PAGE", 2)
    texts = [*webkit.TEXTS, "Hamas said 340 Palestinians had been killed in Gaza City."]
    with webkit.told(tmp_path, texts=texts) as monitor:
        client = TestClient(create_app(monitor.settings, monitor.store, password=Password.of("long enough")))
        queue = client.get("/review").text
        assert "<form" not in queue
        assert "Log in</a> to give a verdict" in queue
        client.post("/login", data={"name": "Ada", "password": "long enough"})
        queue = client.get("/review").text
        assert queue.count('<details class="act">') == 2
        assert "Palestinians" not in queue + client.get("/review?from=2").text
        assert 'href="/review?from=2"' in queue
        (claim, *_) = re.findall(r'action="/claims/(\w+)/verdict"', queue)
        form = queue.split(f"/claims/{claim}/verdict")[1].split("</form>")[0]
        hidden = dict(re.findall(r'name="(token|seen)" value="([^"]*)"', form))
        answer = client.post(f"/claims/{claim}/verdict", data=hidden | {"verdict": "rejected", "why": "a guess"})
        assert "Rejected" not in queue
        assert "Rejected" in answer.text
        waits = client.get("/api/v1/review").json()["unsure"]
        assert [(one["claim"] != claim, one["watches"]) for one in waits] == [(True, ["koreans"])] * 2


def test_a_figure_to_check_stands_under_the_title_that_its_series_has_everywhere(tmp_path: Path) -> None:
    said = "Ukraine said {} North Korean soldiers had been killed or wounded in Kursk since the autumn."
    unnamed = "{} North Korean soldiers have been captured in Kursk."
    texts = [said.format("4,606"), said.format("474"), unnamed.format("1,912"), unnamed.format("19")]
    with webkit.told(tmp_path, texts=texts) as monitor:
        client = TestClient(create_app(monitor.settings, monitor.store))
        queue = client.get("/review").text
        doubts = client.get("/api/v1/review").json()["doubts"]
        assert {(one["figure"], one["party"]) for one in doubts} == {("474", "Ukraine"), ("19", "no source named")}
        for one in doubts:
            title = re.search(r"<h1>(.*?)</h1>", client.get(f"/series/{one['series']}").text)
            assert title is not None
            assert one["title"] == title[1]
            assert f'{one["party"]} · <a href="/series/{one["series"]}">{one["title"]}</a>' in queue

"""A settings file is understood whole, or the complaint names its file, line and key."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.domain.claims import Measure, Scope
from monitor.domain.watches import MinChange
from monitor.errors import ConfigError
from monitor.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]

WHOLE = """\
public_url = "https://figures.example.org"

[store]
url = "sqlite:///data/monitor.db"

[lexicon]
packs = ["packs"]

[fetch]
allow_private = ["127.0.0.1"]
timeout = "10s"

[compare]
bound = "20%"

[[feed]]
name = "World"
url = "https://news.example.org/rss"
interval = "1h"

[[feed]]
name = "Drop"
folder = "drop"

[[watch]]
name = "north"
subject = "North Korean troops"
measures = ["killed"]
theatre = ["Kursk"]
scope = ["period", "cumulative"]
min_change = "2%"
channels = ["desk"]

[[watch]]
name = "anyone"
min_change = 50

[[channel]]
name = "desk"
url = "${DESK_URL}"
quiet_hours = "22:00-07:00 Europe/Kyiv"
digest = "daily 08:00"
max_per_hour = 20
"""


def load(folder: Path, text: str) -> Settings:
    file = folder / "monitor.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


def complaint(folder: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(folder, text)
    assert caught.value.file == str(folder / "monitor.toml")
    return caught.value


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITOR_STORE_URL", raising=False)
    monkeypatch.setenv("DESK_URL", "mailto://bot:hunter2@mail.example.org")


def test_everything_that_the_file_may_say_is_understood(tmp_path: Path) -> None:
    settings = load(tmp_path, WHOLE)
    assert settings.store.url == f"sqlite:///{tmp_path}/data/monitor.db"
    assert settings.lexicon.packs == (tmp_path / "packs",)
    assert settings.fetch.timeout == timedelta(seconds=10)
    assert settings.looseness.bound == pytest.approx(0.2)
    assert [feed.interval for feed in settings.feeds] == [timedelta(hours=1), timedelta(minutes=15)]
    assert settings.feeds[1].folder == tmp_path / "drop"
    north, anyone = settings.watch_settings
    assert (north.measures, north.scope) == ((Measure.KILLED,), (Scope.PERIOD, Scope.CUMULATIVE))
    assert (north.min_change, anyone.min_change) == (MinChange(fraction=0.02), MinChange(count=50))
    assert (anyone.subject, anyone.measures, anyone.scope) == (None, tuple(Measure), (Scope.CUMULATIVE,))
    assert settings.channels[0].url.get_secret_value() == "mailto://bot:hunter2@mail.example.org"


def test_no_secret_is_shown_when_settings_are_printed(tmp_path: Path) -> None:
    text = WHOLE.replace("sqlite:///data/monitor.db", "postgresql+psycopg://me:hunter3@db.example.org/monitor")
    shown = repr(load(tmp_path, text))
    assert "hunter2" not in shown
    assert "hunter3" not in shown


def test_an_empty_file_is_a_valid_one(tmp_path: Path) -> None:
    assert load(tmp_path, "").store.url == f"sqlite:///{tmp_path}/monitor.db"


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: no such file; `monitor init` writes one"):
        load_settings(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "said"),
    [
        ("min_change", "min_chnage", 31, "watch[0].min_chnage", 'unknown key; did you mean "min_change"?'),
        ("[lexicon]", "[lexikon]", 6, "lexikon", 'unknown key; did you mean "lexicon"?'),
        ('["killed"]', '["kiled"]', 28, "watch[0].measures[0]", '"kiled" is not known; did you mean "killed"?'),
        ('["period", "cumulative"]', '["weekly"]', 30, "watch[0].scope[0]", '"weekly" is not known (known: '),
        ('"2%"', '"two"', 31, "watch[0].min_change", "a whole number of people (50) or a percentage (2%)"),
        ('["desk"]', '["dekc"]', 32, "watch[0].channels", 'there is no channel "dekc"; did you mean "desk"?'),
        ('"anyone"', '"north"', 35, "watch[1].name", '"north" is used twice'),
        ("https://news", "file:///news", 18, "feed[0].url", "an address with http:// or https:// is wanted"),
        ('folder = "drop"', "", 21, "feed[1]", "a feed has either a url or a folder"),
        ('"1h"', '"hourly"', 19, "feed[0].interval", 'a time like "90s", "15m", "6h" or "1d" is wanted'),
        ('"20%"', '"200%"', 14, "compare.bound", "less than or equal to 1"),
        ("Europe/Kyiv", "Europe/Atlantis", 41, "channel[0].quiet_hours", '"Europe/Atlantis" is no time zone'),
        ('"daily 08:00"', '"8"', 42, "channel[0].digest", 'a time like "daily 08:00" is wanted'),
        ("DESK_URL", "NO_SUCH_URL", 40, "channel[0].url", "the environment variable NO_SUCH_URL is not set"),
        ('"${DESK_URL}"', '"hunter2"', 40, "channel[0].url", "an address like"),
        ('url = "${DESK_URL}"', 'url_file = "nope"', 40, "channel[0].url_file", "the file nope can't be read"),
        ('url = "${DESK_URL}"', "", 38, "channel[0].url", "is missing"),
        ("max_per_hour = 20", "max_per_hour = 0", 43, "channel[0].max_per_hour", "greater than or equal to 1"),
        ("[compare]", '[operator]\nwithout_run = "5m"\n[compare]', 14, "operator.without_run", "an hour or more"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, key: str, said: str
) -> None:
    error = complaint(tmp_path, WHOLE.replace(old, new, 1))
    assert (error.line, error.key) == (line, key)
    assert said in str(error)
    assert "hunter2" not in str(error)


def test_a_mistake_of_form_is_named_with_its_line(tmp_path: Path) -> None:
    error = complaint(tmp_path, '[store]\nurl = "a\n')
    assert error.line == 2
    assert "no valid TOML" in str(error)


def test_a_file_in_another_encoding_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_bytes(b'[store]\nurl = "\xff"\n')
    with pytest.raises(ConfigError, match=r"monitor\.toml:2: is no UTF-8 text"):
        load_settings(tmp_path / "monitor.toml")


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("slack://token\n", encoding="utf-8")
    settings = load(tmp_path, '[[channel]]\nname = "desk"\nurl_file = "secret"\n')
    assert settings.channels[0].url.get_secret_value() == "slack://token"


def test_a_variable_may_have_another_value_when_it_is_missing(tmp_path: Path) -> None:
    assert load(tmp_path, 'public_url = "${NO_SUCH_URL:-http://here}"').public_url == "http://here"


def test_the_environment_decides_on_the_folder_for_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(tmp_path, '[server]\ndata = "state"\n')
    assert settings.data == tmp_path / "state"
    monkeypatch.setenv("MONITOR_DATA", "/elsewhere")
    assert settings.data == Path("/elsewhere")


def test_the_environment_decides_on_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_STORE_URL", "postgresql+psycopg://db.example.org/monitor")
    assert load(tmp_path, "").store.url == "postgresql+psycopg://db.example.org/monitor"


def test_the_starting_settings_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSROOM_URL", "json://127.0.0.1:9")
    settings = load_settings(ROOT / "seeds" / "monitor.toml")
    assert [watch.name for watch in settings.watch_settings] == ["north-korean-troops"]
    assert len(settings.feeds) == 6
    assert all(pack.is_dir() for pack in settings.lexicon.packs)


def test_a_misspelt_party_is_no_watch_for_everybody(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    settings = load(tmp_path, WHOLE.replace("North Korean troops", "Norht Kroean troops"))
    with pytest.raises(ConfigError, match=r"monitor\.toml:27: watch\[0\]\.subject: no party that is known"):
        settings.watches(settings.load_lexicon())


def test_watches_are_understood_by_the_lexicon(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    pack = "places:\n  - name: Kursk\n    in: Russia\n    aliases: [Kursk region]\n"
    (tmp_path / "packs" / "kursk.yaml").write_text(pack, encoding="utf-8")
    text = WHOLE.replace('"Kursk"', '"the Kursk region"').replace("North Korean troops", "north korean troops")
    settings = load(tmp_path, text)
    north, anyone = settings.watches(settings.load_lexicon())
    assert north.subject is not None
    assert (north.subject.party, north.subject.kind) == ("North Korea", "troops")
    assert (north.theatre, anyone.subject) == (frozenset({"Kursk"}), None)


def test_a_place_takes_in_the_places_that_lie_in_it(tmp_path: Path) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text('[[watch]]\nname = "gaza"\nplace = "Gaza"\n', encoding="utf-8")
    settings = load_settings(file)
    (watch,) = settings.watches(settings.load_lexicon())
    assert {"Gaza", "Gaza City", "Rafah"} <= watch.places
    assert "Kursk" not in watch.places


@pytest.mark.parametrize(
    ("server", "due"), [("", "08:00"), ('[server]\ntimezone = "Europe/Berlin"\n', "07:00"), ("[server]\n", "08:00")]
)
def test_times_without_a_zone_are_in_that_of_the_server(tmp_path: Path, server: str, due: str) -> None:
    channel = (
        '[[channel]]\nname = "desk"\nurl = "json://127.0.0.1/"\ndigest = "daily 08:00"\nquiet_hours = "22:00-08:00"\n'
    )
    pace = load(tmp_path, f"[store]\n{server}{channel}").channels[0].pace
    midnight = datetime(2026, 1, 5, tzinfo=UTC)
    assert pace.digest is not None
    assert f"{pace.digest.next(midnight):%H:%M}" == due
    assert f"{pace.waits_until(midnight):%H:%M}" == due

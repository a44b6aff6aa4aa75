"""Secrets in the settings stay there: no command writes one anywhere, whatever fails and however much is logged.

Each command is a process of its own that logs everything at DEBUG, as somebody would who looks for a mistake.
"""

import base64
import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.process  # every command is one, and they talk to a server

NAMES = [
    "feedpass",
    "feedtoken",
    "badpass",
    "badtoken",
    "slashpass",
    "portpass",
    "gonepass",
    "mailpass",
    "smtppass",
    "hookpass",
    "hooktoken",
    "hookpath",
    "storepass",
    "filetoken",
]
SECRETS = {name: f"planted+{name}+{number}q7x" for number, name in enumerate(NAMES)}
Q = {name: quote(secret, safe="") for name, secret in SECRETS.items()}

LOUD = "import logging, sys; logging.basicConfig(level=logging.DEBUG); from monitor.cli import main; sys.exit(main())"

TEXT = """\
Moscow (Wire) - {} North Korean soldiers have been killed or wounded in Kursk, President Zelensky said on Monday.

Both sides have said little about it. Neither the ministry in Moscow nor the government in Pyongyang would comment, and
independent observers have no way into the region. The men are said to come from a corps that was raised for work behind
the lines of an enemy and to have been trained for it for years. Diplomats expect the matter to come up again when the
council meets. They do not expect a decision from it, since two of its members have a veto and have used it before on
this very question, and nobody there believes that they will not use it again."""

SETTINGS = """\
[fetch]
allow_private = ["127.0.0.1"]
timeout = "3s"

[store]
url = "sqlite:///monitor.db?key={storepass}"

[[feed]]
name = "Good"
url = "http://desk:{feedpass}@127.0.0.1:{port}/feed.xml?token={feedtoken}"

[[feed]]
name = "Broken"
url = "http://desk:{badpass}@127.0.0.1:{port}/broken?token={badtoken}"

[[feed]]
name = "Moved"
url = "http://desk:{badpass}@127.0.0.1:{port}/moved?token={badtoken}"

[[feed]]
name = "No feed"
url = "http://desk:{badpass}@127.0.0.1:{port}/page?token={badtoken}"

[[feed]]
name = "Gone"
url = "http://desk:{gonepass}@127.0.0.1:{closed}/feed?token={badtoken}"

[[feed]]
name = "Slash"
url = "http://desk:x/{slashpass}@127.0.0.1:{port}/feed.xml"

[[feed]]
name = "Port"
url = "http://desk:{portpass}@127.0.0.1:none/feed.xml"

[[watch]]
name = "koreans"
subject = "North Korean troops"
theatre = ["Kursk", "Russia", "Ukraine"]
channels = ["nobody", "login", "hook", "sealed"]

[[channel]]
name = "nobody"
url = "mailtos://bot:{mailpass}@127.0.0.1:{closed}?from=a@desk.example&to=b@desk.example"

[[channel]]
name = "login"
url = "mailto://bot:{smtppass}@127.0.0.1:{smtp}?from=a@desk.example&to=b@desk.example"

[[channel]]
name = "hook"
url = "json://bot:{hookpass}@127.0.0.1:{port}/hook/{hookpath}?+X-Token={hooktoken}"

[[channel]]
name = "sealed"
url_file = "sealed.url"
"""


@dataclass
class Site:
    """Feeds and a webhook that fail in their own ways, repeating what they were sent; `seen` is what came."""

    port: int = 0
    seen: list[str] = field(default_factory=list)

    def answer(self, path: str, headers: str) -> tuple[int, str]:
        self.seen += [path, headers]
        echo = f"{path} {headers}"
        if path.startswith("/feed.xml"):
            return 200, feed()
        if path.startswith("/moved"):
            return 302, echo
        return (200 if path.startswith("/page") else 500), f"<html><p>{echo}"


def feed() -> str:
    """Two articles that differ by their figures; their links are those of sloppy feeds."""
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>Losses {number}</title>{link}<pubDate>{format_datetime(now - timedelta(hours=hours))}</pubDate>"
        f"<content:encoded>{TEXT.format(count)}</content:encoded></item>"
        for number, (link, hours, count) in enumerate([("", 5, "1,200"), ("<link>#two</link>", 1, "At least 4,700")])
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>'
    return f"{head}{items}</channel></rss>"


@contextlib.contextmanager
def open_site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = site.answer(self.path, str(self.headers))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", self.path.replace("/moved", "/broken"))
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_port
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield site
        server.shutdown()


class Desk:
    """Somebody at a terminal, with verbs; `written` is everything that came out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[bytes] = []

    def types(self, *arguments: str, code: int | None = None, **environment: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", LOUD, *arguments],
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            timeout=120,
            check=False,
        )
        self.written += [ran.stdout, ran.stderr]
        assert code is None or ran.returncode == code, ran.stderr.decode()[-2000:]
        assert b"Traceback" not in ran.stderr, ran.stderr.decode()[-3000:]
        return ran.stdout.decode()

    def found(self) -> set[str]:
        """Names of the secrets that stand in any output or file but the settings', in any spelling."""
        own = {"monitor.toml", "sealed.url"}
        files = [path.read_bytes() for path in self.folder.rglob("*") if path.is_file() and path.name not in own]
        everything = b"\n".join([*self.written, *files])
        return {name for name, secret in SECRETS.items() if any(form in everything for form in forms(secret))}


def forms(secret: str) -> list[bytes]:
    logins = [base64.b64encode(f"{user}:{secret}".encode()).rstrip(b"=")[:-2] for user in ("desk", "bot")]
    plain = base64.b64encode(f"\0bot\0{secret}".encode()).rstrip(b"=")[:-2]
    return [secret.encode(), quote(secret, safe="").encode(), *logins, plain]


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as site:
        yield site


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Iterator[Desk]:
    with open_site() as other:
        closed = other.port
    with open_mail_server() as smtp:
        values = {**Q, "port": site.port, "closed": closed, "smtp": smtp}
        (tmp_path / "monitor.toml").write_text(SETTINGS.format(**values), encoding="utf-8")
        (tmp_path / "sealed.url").write_text(f"jsons://127.0.0.1:{site.port}/{Q['filetoken']}", encoding="utf-8")
        yield Desk(tmp_path)


@contextlib.contextmanager
def open_mail_server() -> Iterator[int]:
    """A mail server that lets nobody in and says what it was given."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

    def check(_: object, __: object, ___: object, ____: str, data: object) -> AuthResult:
        return AuthResult(success=False, handled=False, message=f"535 5.7.8 not with {data!r}"[:400])

    with open_site() as other:
        port = other.port
    controller = Controller(
        object(), hostname="127.0.0.1", port=port, authenticator=check, auth_required=True, auth_require_tls=False
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_no_secret_of_the_settings_gets_out(desk: Desk, site: Site) -> None:
    desk.types("check", code=1)
    assert "Broken" in desk.types("run", code=0)
    desk.types("run", "--json", code=0)
    failing = [line for line in desk.types("feeds").splitlines() if "failing" in line]
    assert len(failing) == 6
    assert f"http://127.0.0.1:{site.port}/broken" in desk.types("feeds", "--json")
    sent = desk.types("deliveries")
    assert all(word in sent for word in ("nobody", "refused", "login", "smtp_535", "hook", "http_500", "sealed"))
    for command in ("deliveries", "articles", "changes", "figures"):
        assert desk.types(command, "--json", code=0)
    desk.types("alert", "test", code=1)
    assert desk.found() == set()
    seen = " ".join(site.seen)
    wanted = {
        name
        for name in ("feedtoken", "badtoken", "hookpath", "hooktoken")
        if any(form.decode() in seen for form in forms(SECRETS[name]))
    }
    assert wanted == {"feedtoken", "badtoken", "hookpath", "hooktoken"}  # the secrets were used, not lost


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://desk:{}@127.0.0.1:1/x",
        "postgresql+psycopg://desk:a/{}@127.0.0.1:1/x",
        "postgresql+psycopg://desk@127.0.0.1:1/x?password={}",
        "postgresql+psycopg://desk:{}@127.0.0.1:port/x",
        "mystery://desk:{}@127.0.0.1/x",
        "sqlite://desk:{}@127.0.0.1/x",
        "sqlite:////nowhere/at/all.db?key={}",
        "{}",
    ],
)
def test_the_password_of_a_database_that_cannot_be_used_is_not_told(desk: Desk, address: str) -> None:
    for command in ("check", "run"):
        desk.types(command, code=2, MONITOR_STORE_URL=address.format(Q["storepass"]))
    assert desk.found() == set()

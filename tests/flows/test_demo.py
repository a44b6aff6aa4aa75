"""`make run` as a newcomer has it: alerts as real mails the first time, silence the second."""

import email
import email.policy
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flowkit import lay_tables

pytestmark = [pytest.mark.prefect, pytest.mark.process, pytest.mark.timeout(400)]


def demo(data: Path) -> str:
    command = [sys.executable, "-m", "flows", "demo", "--data", str(data)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, stdin=subprocess.DEVNULL)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def text(mail: Path) -> str:
    """Subject and plain text of a mail."""
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return f"{message['Subject']}\n{body.get_content()}"


def test_the_demonstration_tells_each_change_once(tmp_path: Path, prefect_tables: Path) -> None:
    lay_tables(prefect_tables, tmp_path)
    first = demo(tmp_path)
    mails = sorted((tmp_path / "mails").glob("*.eml"))
    told = "\n".join(text(mail) for mail in mails)
    assert re.search(r"about 4,700, says South Korea", told), told
    assert re.search(r"about 300 (?:→|to) about 600", told), told
    assert all(mail.name in first for mail in mails)

    assert first.count("articles handled") == 2, "both tables use the same words"

    second = demo(tmp_path)
    assert "answered that nothing in it has changed (304)" in second
    assert re.search(r"feeds unchanged +1 *\n", second)
    assert "none: nothing has changed" in second
    assert sorted((tmp_path / "mails").glob("*.eml")) == mails

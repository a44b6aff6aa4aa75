"""`make run` as a newcomer has it: alerts as real mails the first time, silence the second."""

import email
import email.policy
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.prefect, pytest.mark.process, pytest.mark.timeout(400)]


def demo(data: Path) -> str:
    command = [sys.executable, "-m", "flows", "demo", "--data", str(data)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, stdin=subprocess.DEVNULL)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_the_demonstration_tells_each_change_once(tmp_path: Path) -> None:
    first = demo(tmp_path)
    mails = sorted((tmp_path / "mails").glob("*.eml"))
    subjects = [email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)["Subject"] for mail in mails]
    assert any("4,700" in subject for subject in subjects), subjects
    assert any("600" in subject for subject in subjects), subjects
    assert all(mail.name in first for mail in mails)

    second = demo(tmp_path)
    assert "none: nothing has changed" in second
    assert sorted((tmp_path / "mails").glob("*.eml")) == mails

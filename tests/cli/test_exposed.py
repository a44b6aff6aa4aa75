"""Files with secrets that others may read are named."""

from pathlib import Path

import pytest

from monitor.cli.exposed import exposed


@pytest.mark.parametrize(
    ("table", "secret"),
    [
        ('[[channel]]\nurl = "mailto://bot:hunter2@mail.example?to=a@b.org"', True),
        ('[[channel]]\nurl = "mailto://bot:${PASS}@mail.example/a@b.org"', False),
        ('[[channel]]\nurl = "slack://T0/B0/token"', True),
        ('[[channel]]\nurl = "${SLACK}"', False),
        ('[[channel]]\nurl = "json://hooks.example?secret=abc"', True),
        ('[store]\nurl = "postgresql://u:p@h/d"', True),
        ('[store]\nurl = "sqlite:///monitor.db"', False),
        ('[[feed]]\nurl = "https://wire.example/feed.xml"', False),
    ],
)
def test_settings_with_secrets_that_others_may_read(tmp_path: Path, table: str, secret: bool) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(table, encoding="utf-8")
    file.chmod(0o644)
    assert exposed(file) == ([file] if secret else [])
    file.chmod(0o640)
    assert exposed(file) == []


def test_the_file_of_an_address_is_a_secret_itself(tmp_path: Path) -> None:
    file, sealed = tmp_path / "monitor.toml", tmp_path / "sealed.url"
    file.write_text('[[channel]]\nurl_file = "sealed.url"', encoding="utf-8")
    sealed.touch(0o644)
    assert exposed(file) == [sealed]

"""A mail server that takes mails (OpenSMTPD) and one that readers look into (Dovecot), as Debian 12 has them.

Both are processes of the tests' own, on free ports of the loopback, with folders and settings of their own. OpenSMTPD
starts as root only, and keeps its queue and its control socket at places that can't be changed: one at a time. Its TLS
is broken in Debian 12 (https://github.com/OpenSMTPD/OpenSMTPD/issues/1171), so STARTTLS and the login are those of
Dovecot's submission service, which hands on to OpenSMTPD.
"""

import contextlib
import email
import imaplib
import re
import shutil
import ssl
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import trustme
from running import free_ports, running

USER, PASSWORD = "newsdesk", "hunter2-planted"
READERS = ("desk", "night", "late", "early")
DOMAIN = "desk.example"

SMTP_SETTINGS = """\
table readers {{ {readers} }}
table accounts {{ {accounts} }}
listen on 127.0.0.1 port {port} hostname {DOMAIN}
action "keep" maildir "{folder}/mails/%{{user.username}}" userbase <accounts> virtual <readers>
match from any for domain "{DOMAIN}" action "keep"
"""

IMAP_SETTINGS = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap submission
listen = 127.0.0.1
hostname = {DOMAIN}
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = yes
submission_relay_host = 127.0.0.1
submission_relay_port = {port}
submission_relay_trusted = yes
auth_username_format = %n
mail_location = maildir:{folder}/mails/%n
first_valid_uid = {uid}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mails/%n allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service submission-login {{
  inet_listener submission {{
    port = {submission_port}
  }}
}}
"""


@dataclass(frozen=True)
class MailServers:
    """`submission_port` wants STARTTLS and a login, by a certificate that `authority` has signed; `port` nothing."""

    port: int
    submission_port: int
    imap_port: int
    authority: trustme.CA

    def mails(self, reader: str, count: int, *, patience: float = 20.0) -> list[EmailMessage]:
        """What stands in a reader's mailbox, once there are so many."""
        with self._mailbox(reader) as box:
            until = time.monotonic() + patience
            while int(box.select("INBOX")[1][0]) < count:
                assert time.monotonic() < until, f"{reader} has fewer than {count} mails"
                time.sleep(0.2)
            return [_fetched(box, number) for number in _numbers(box)]

    def threads(self, reader: str) -> list[list[int]]:
        """The numbers of the mails in each thread, as Dovecot sorts them by their references (RFC 5256)."""
        with self._mailbox(reader) as box:
            box.select("INBOX")
            said = box.thread("REFERENCES", "UTF-8", "ALL")[1][0].decode()
        return [sorted(int(number) for number in re.findall(r"\d+", part)) for part in _parts(said)]

    @contextlib.contextmanager
    def _mailbox(self, reader: str) -> Iterator[imaplib.IMAP4]:
        trusted = ssl.create_default_context()
        self.authority.configure_trust(trusted)
        with imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=20) as box:
            box.starttls(trusted)
            box.login(reader, PASSWORD)
            yield box


@contextlib.contextmanager
def open_mail_servers() -> Iterator[MailServers]:
    """Starts both."""
    # Not under pytest's own directory, which the owner of the mails may not enter.
    folder = Path(tempfile.mkdtemp(prefix="monitor-mail-"))
    folder.chmod(0o755)
    mails = folder / "mails"
    mails.mkdir()
    shutil.chown(mails, "nobody", "nogroup")
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    certificate.cert_chain_pems[0].write_to_path(folder / "server.pem")
    certificate.private_key_pem.write_to_path(folder / "server.key")
    servers = MailServers(*free_ports(3), authority)
    owner = mails.stat()
    known = {
        "DOMAIN": DOMAIN,
        "PASSWORD": PASSWORD,
        "folder": folder,
        "uid": owner.st_uid,
        "gid": owner.st_gid,
        "readers": ", ".join(f'"{reader}@{DOMAIN}" = {reader}' for reader in READERS),
        "accounts": ", ".join(f'{reader} = "{owner.st_uid}:{owner.st_gid}:{mails}"' for reader in READERS),
        "port": servers.port,
        "submission_port": servers.submission_port,
        "imap_port": servers.imap_port,
    }
    smtp, imap = folder / "smtpd.conf", folder / "dovecot.conf"
    smtp.write_text(SMTP_SETTINGS.format(**known), encoding="utf-8")
    smtp.chmod(0o600)
    imap.write_text(IMAP_SETTINGS.format(**known), encoding="utf-8")
    with (
        running(["smtpd", "-d", "-f", str(smtp)], folder / "smtpd.log", servers.port),
        running(["dovecot", "-F", "-c", str(imap)], folder / "dovecot.said", servers.imap_port),
    ):
        yield servers
    shutil.rmtree(folder, ignore_errors=True)


def _numbers(box: imaplib.IMAP4) -> list[str]:
    return box.search(None, "ALL")[1][0].decode().split()


def _fetched(box: imaplib.IMAP4, number: str) -> EmailMessage:
    raw = box.fetch(number, "(RFC822)")[1][0]
    assert isinstance(raw, tuple)
    mail = email.message_from_bytes(raw[1], policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def _parts(said: str) -> Iterator[str]:
    """The outermost brackets."""
    depth, part = 0, ""
    for char in said:
        depth += (char == "(") - (char == ")")
        part += char
        if depth == 0 and part.strip():
            yield part
            part = ""

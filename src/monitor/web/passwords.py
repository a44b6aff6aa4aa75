"""The operator's password: kept as a hash by scrypt (RFC 7914), whichever way it is given."""

import base64
import hashlib
import hmac
import os
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from monitor.errors import ConfigError

VARIABLE = "MONITOR_OPERATOR_PASSWORD"
"""The variable of the environment with the operator's password or its hash; it wins over `[server] password_file`."""

MARK = "scrypt"
SHORTEST = 8
"""Characters of a password."""
LONGEST = 1_000
_COST = (2**15, 8, 1)
"""N, r and p: a tenth of a second and 32 MB for each try."""
_MEMORY = 2**27
"""Bytes that a hash may take: one that asks for more was not made here."""

_one = threading.Lock()
"""One try at a time: many at once would take the memory of all."""


@dataclass(frozen=True, slots=True)
class Password:
    """A password's hash."""

    cost: tuple[int, int, int]
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, words: str) -> Self:
        """A new hash of a password. ValueError for one that is too short."""
        if not SHORTEST <= len(words) <= LONGEST:
            raise ValueError(f"a password has at least {SHORTEST} characters, and at most {LONGEST:,}")
        salt = secrets.token_bytes(16)
        return cls(_COST, salt, _scrypt(words, salt, _COST))

    @classmethod
    def read(cls, text: str) -> Self:
        """A hash as `text` writes it, or a password in plain words, which is hashed. ValueError for neither."""
        if not text.startswith(f"{MARK}:"):
            return cls.of(text)
        try:
            _, n, r, p, salt, digest = text.split(":")
            found = cls((int(n), int(r), int(p)), base64.urlsafe_b64decode(salt), base64.urlsafe_b64decode(digest))
            _scrypt("", found.salt, found.cost)
        except (ValueError, OverflowError):
            raise ValueError(f"it begins with {MARK}: and is no hash that `monitor password` makes") from None
        return found

    @property
    def text(self) -> str:
        """The hash on one line. No sign in it means anything to a shell or in a settings file."""
        salt, digest = (base64.urlsafe_b64encode(part).decode() for part in (self.salt, self.digest))
        return ":".join([MARK, *map(str, self.cost), salt, digest])

    def matches(self, words: str) -> bool:
        """Whether these are the words. Takes as long for wrong ones as for right ones."""
        if len(words) > LONGEST:
            return False
        with _one:
            return hmac.compare_digest(_scrypt(words, self.salt, self.cost), self.digest)


def _scrypt(words: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(words.encode("utf-8", "replace"), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def operator_password(file: Path | None) -> Password | None:
    """The operator's password: from the environment, else from the file; None where neither is given. Raises
    ConfigError, which never holds the password."""
    words, where = os.environ.get(VARIABLE, ""), VARIABLE
    if not words and file is not None:
        where = f"[server] password_file {file}"
        try:
            words = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{where} can't be read") from error
    elif not words:
        return None
    try:
        return Password.read(words)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None

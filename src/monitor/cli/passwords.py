"""`monitor password`: the operator's password for the pages, as a hash that may lie in a file."""

import getpass
import sys

from cyclopts import App

from monitor.cli import show
from monitor.errors import InputError

app = App()


@app.command
def password() -> None:
    """Asks for a password and prints its hash, for `[server] password_file` or MONITOR_OPERATOR_PASSWORD.

    Whoever has the hash can't log in with it. Without a terminal the password is the first line of standard input.
    """
    from monitor.web.passwords import Password

    words = _asked() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    try:
        show.say(Password.of(words).text)
    except ValueError as error:
        raise InputError(str(error)) from None


def _asked() -> str:
    words = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != words:
        raise InputError("the two differ")
    return words

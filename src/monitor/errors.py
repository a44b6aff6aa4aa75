"""All errors of the monitor, as one tree.

MonitorError                 anything that a user can be told in one line; the command line exits with 2
├── ConfigError              monitor.toml, a lexicon pack or an environment variable; names file, line and key
├── InputError               a file or line given on the command line that can't be read; names it
├── StoreError               the database can't be used: unreachable, of a newer version, locked for long
├── SourceError              a feed or page couldn't be read; `.kind` is the recorded reason, `.subject` the URL
└── ChannelError             a message couldn't be delivered; `.permanent` says whether trying again is useless

Failures of one item (a feed, an article, a delivery) are data: the step that meets one records it and goes on.
Vendor exceptions are wrapped where the vendor is called. Anything outside this tree is a bug: one that a single text or
message brings out is logged and sets that one aside; any other ends the run loudly.
"""

from collections.abc import Sequence


class MonitorError(Exception):
    """Something that the user can mend, said in one line. `others`: what else is wrong, told with it."""

    others: "tuple[MonitorError, ...]" = ()


class ConfigError(MonitorError):
    """A setting is wrong.

    `file`, `line` (1-based) and `key` ("watch[0].min_change") say where, as far as known.
    `others` are further errors of the settings, told with this one.
    """

    def __init__(
        self, message: str, *, file: str | None = None, line: int | None = None, key: str | None = None
    ) -> None:
        self.file, self.line, self.key = file, line, key
        self.others: tuple[ConfigError, ...] = ()
        where = ":".join(str(part) for part in (file, line) if part is not None)
        named = f"{key}: {message}" if key else message
        super().__init__(f"{where}: {named}" if where else named)


def together(errors: Sequence[ConfigError]) -> ConfigError:
    """These, and what each was told with, as one to raise; in the order of their lines. At least one is wanted."""
    known = [one for error in errors for one in (error, *error.others)]
    first, *rest = sorted(known, key=lambda one: (one.file or "", one.line or 0))
    first.others = tuple(rest)
    return first


class InputError(MonitorError):
    """A file or a line of input can't be used; the message names it."""


class StoreError(MonitorError):
    """The database can't be used; the message names it without its password."""


class SourceError(MonitorError):
    """A feed or page couldn't be read.

    `kind` is a short recorded reason ("http_404", "timeout", "not_a_feed", "private_address", "too_large", …),
    `retry_after` the seconds that the server asked for, if it did; `onward` is where a page sends its readers instead
    of answering, "" for none.
    """

    def __init__(
        self, subject: str, kind: str, message: str, *, retry_after: float | None = None, onward: str = ""
    ) -> None:
        self.subject, self.kind, self.retry_after, self.onward = subject, kind, retry_after, onward
        super().__init__(f"{subject}: {message}")


class ChannelError(MonitorError):
    """A message couldn't be delivered on a channel.

    `channel` is its name in monitor.toml (never its URL: that holds secrets), `code` a short class of failure
    ("smtp_451", "timeout", "refused"), `permanent` is True where trying again is useless, `auth` where the channel
    as a whole has to be held, `retry_after` the seconds that the receiver asked for.
    """

    def __init__(
        self,
        channel: str,
        code: str,
        message: str,
        *,
        permanent: bool = False,
        auth: bool = False,
        retry_after: float | None = None,
    ) -> None:
        self.channel, self.code, self.permanent, self.auth, self.retry_after = (
            channel,
            code,
            permanent,
            auth,
            retry_after,
        )
        super().__init__(f"{channel}: {message}")

"""monitor.toml: what it may hold, read into frozen models. Every complaint names file, line and key.

Texts may hold `${NAME}`, taken from the environment (`${NAME:-other}` when it may be missing); `url_file` names a file
that holds a secret. Relative paths, and the file of an SQLite address, are meant from the folder of monitor.toml.
"""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from monitor.domain.claims import Measure, Scope, Subject
from monitor.domain.pace import BURST, Digest, Pace, QuietHours, parse_digest, parse_quiet_hours, zone_named
from monitor.domain.quantities import Looseness
from monitor.domain.watches import TRUSTED, MinChange, Watch, parse_min_change
from monitor.errors import ConfigError, together
from monitor.setting_values import an_hour_or_more, as_duration, as_fraction, as_keeping, as_size, kept_for
from monitor.settings_text import SettingsText, complaint, no_such, suggestion
from monitor.toml_lines import Key

if TYPE_CHECKING:
    from monitor.extract.lexicon import Lexicon

SCHEMES = ("http://", "https://")
DATA = "MONITOR_DATA"
"""Where the environment names the folder of all state and logs."""


def within_bounds(value: timedelta) -> timedelta:
    """The interval of a feed as it will be kept. Raises ValueError."""
    if not timedelta(minutes=5) <= value <= timedelta(days=1):
        raise ValueError("between 5m and 1d is wanted: feeds are not asked more often")
    return value


def as_min_change(value: object) -> object:
    """ "2%" or a count of people, as a MinChange. Raises ValueError."""
    return parse_min_change(value if isinstance(value, str | int) else repr(value))


def one_or_more(value: object) -> object:
    """A single word where a list may stand."""
    return [value] if isinstance(value, str) else value


def beside(value: Path, info: ValidationInfo) -> Path:
    """A path as meant from the folder of the settings file."""
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / value.expanduser()


def as_quiet_hours(value: object, info: ValidationInfo) -> object:
    """ "22:00-07:00 Europe/Kyiv". Raises ValueError."""
    return parse_quiet_hours(value if isinstance(value, str) else repr(value), zone_of(info))


def as_digest(value: object, info: ValidationInfo) -> object:
    """ "daily 08:00" or "monday 08:00", with a time zone if wanted. Raises ValueError."""
    return parse_digest(value if isinstance(value, str) else repr(value), zone_of(info))


def zone_of(info: ValidationInfo) -> str:
    """The zone of [server] for times that name none; UTC where it has none, or one that will be complained of there."""
    server = (info.context or {}).get("server")
    named = server.get("timezone") if isinstance(server, dict) else None
    try:
        return known_zone(named) if isinstance(named, str) else "UTC"
    except ValueError:
        return "UTC"


def known_zone(name: str) -> str:
    """The name of a time zone that is known here. Raises ValueError."""
    return zone_named(name).key


def networks(values: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses, or networks as in "10.0.0.0/8". Raises ValueError."""
    for value in values:
        ip_network(value)
    return values


Duration = Annotated[timedelta, BeforeValidator(as_duration)]
Size = Annotated[int, BeforeValidator(as_size)]
Fraction = Annotated[float, BeforeValidator(as_fraction), Field(ge=0, le=1)]
Names = Annotated[tuple[str, ...], BeforeValidator(one_or_more)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
HeaderText = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\x20-\x7e]+$")]
Beside = Annotated[Path, AfterValidator(beside)]
Zone = Annotated[str, AfterValidator(known_zone)]


class Table(BaseModel):
    """A table of monitor.toml: a key that it doesn't know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class StoreSetting(Table):
    """[store]: where everything is kept. The address may hold a password, so it is never shown whole."""

    url: str = Field("sqlite:///monitor.db", repr=False, validate_default=True)

    @field_validator("url")
    @classmethod
    def _from_folder(cls, value: str, info: ValidationInfo) -> str:
        if "://" not in value:
            raise ValueError('an address like "sqlite:///monitor.db" or "postgresql+psycopg://…" is wanted')
        found = re.fullmatch(r"sqlite:///(?!:memory:)([^/?].*)", value)
        return f"sqlite:///{beside(Path(found[1]), info).resolve()}" if found else value


class FeedSetting(Table):
    """[[feed]]: a feed's address, or a folder of text files. The address may hold a password or a token."""

    name: Word
    url: str | None = Field(None, repr=False)
    folder: Beside | None = None
    interval: Annotated[Duration, AfterValidator(within_bounds)] = timedelta(minutes=15)

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(SCHEMES):
            raise ValueError("an address with http:// or https:// is wanted")
        return value

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.url is None) == (self.folder is None):
            raise ValueError("a feed has either a url or a folder")
        return self


class WatchSetting(Table):
    """[[watch]]: what somebody wants to be told about, in the words of the file."""

    name: Word
    subject: Word | None = None
    measures: Annotated[tuple[Measure, ...], BeforeValidator(one_or_more), Field(min_length=1)] = tuple(Measure)
    theatre: Names = ()
    place: Names = ()
    scope: Annotated[tuple[Scope, ...], BeforeValidator(one_or_more), Field(min_length=1)] = (Scope.CUMULATIVE,)
    min_change: Annotated[MinChange, BeforeValidator(as_min_change)] = MinChange()
    min_confidence: Annotated[float, Field(ge=0, le=1)] = TRUSTED
    channels: Names = ()
    urgent: bool = False


class ChannelSetting(Table):
    """[[channel]]: where alerts go. It is spoken of by its name; the address holds secrets."""

    name: Word
    url: SecretStr
    quiet_hours: Annotated[QuietHours, InstanceOf(), BeforeValidator(as_quiet_hours)] | None = None
    digest: Annotated[Digest, InstanceOf(), BeforeValidator(as_digest)] | None = None
    max_per_hour: Annotated[int, Field(ge=1)] | None = None
    burst: Annotated[int, Field(ge=1)] = BURST

    @property
    def pace(self) -> Pace:
        """When it may be written to."""
        return Pace(self.quiet_hours, self.digest, self.max_per_hour, self.burst)

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: SecretStr) -> SecretStr:
        if "://" not in value.get_secret_value():
            raise ValueError('an address like "mailtos://…" or "slack://…" is wanted')
        return value


class LexiconSetting(Table):
    """[lexicon]: packs of words for more conflicts, files or folders of them."""

    packs: tuple[Beside, ...] = ()


class FetchSetting(Table):
    """[fetch]: how pages and feeds are asked for. `allow_private` names hosts of one's own network, `contact` (a URL or
    address) whom a webmaster can turn to, `user_agent` the whole header instead."""

    allow_private: Names = ()
    timeout: Duration = timedelta(seconds=30)
    contact: HeaderText | None = None
    user_agent: HeaderText | None = None


class OperatorSetting(Table):
    """[operator]: who is told how the monitor itself does, of a feed that fails or falls silent, and after how long
    without a run that succeeds."""

    channels: Names = ()
    without_run: Annotated[Duration, AfterValidator(an_hour_or_more)] = timedelta(hours=3)


class CompareSetting(Table):
    """[compare]: how loosely numbers are read when they are held against each other."""

    bound: Fraction = 0.10
    parties: Fraction = 0.10


class ServerSetting(Table):
    """[server]: what `monitor serve` listens on, where it keeps its state, and who may give verdicts on the pages."""

    host: Word = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 4200
    pages_port: Annotated[int, Field(ge=1, le=65535)] = 4201
    data: Beside | None = None
    timezone: Zone = "UTC"
    password_file: Beside | None = None
    user_header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,60}$")] | None = None
    proxies: Annotated[tuple[str, ...], BeforeValidator(one_or_more), AfterValidator(networks)] = ()

    @model_validator(mode="after")
    def _whose_header(self) -> Self:
        """Anybody can send a header: it says something only where it is known who sends it."""
        if self.user_header is not None and not self.proxies:
            raise ValueError('user_header needs proxies, the addresses that it is believed from: proxies = "127.0.0.1"')
        return self


class KeepSetting(Table):
    """[keep]: how long `monitor prune` leaves what nobody has judged. None: for good."""

    texts: Annotated[timedelta | None, BeforeValidator(as_keeping), AfterValidator(kept_for(45))] = None
    deliveries: Annotated[timedelta | None, BeforeValidator(as_keeping), AfterValidator(kept_for(30))] = None
    runs: Annotated[timedelta | None, BeforeValidator(as_keeping), AfterValidator(kept_for(1))] = timedelta(days=90)
    history: Annotated[timedelta | None, BeforeValidator(as_keeping), AfterValidator(kept_for(1))] = timedelta(days=14)


class ReprocessSetting(Table):
    """[reprocess]: where the flow `reprocess_texts` reads: None on its own machine, else the address of a Dask
    scheduler, or "local" for a cluster of its own on this machine."""

    dask: Annotated[str, Field(pattern=r"^(local|(tcp|tls)://\S+:\d+)$")] | None = None


class LogSetting(Table):
    """[log]: how processes write what they say, and how much of it is kept: `files` old ones of `size` for each."""

    format: Literal["text", "json"] = "text"
    size: Annotated[Size, Field(ge=100_000)] = 10_000_000
    files: Annotated[int, Field(ge=1, le=100)] = 1


class Settings(Table):
    """All of monitor.toml. `file` is where it was read from; `numbers`, which tables of an array these are in it, where
    some were left out."""

    file: Path = Field(Path("monitor.toml"), exclude=True)
    numbers: Mapping[str, tuple[int, ...]] = Field({}, exclude=True)
    public_url: str | None = None
    store: StoreSetting
    feeds: tuple[FeedSetting, ...] = Field((), alias="feed")
    watch_settings: tuple[WatchSetting, ...] = Field((), alias="watch")
    channels: tuple[ChannelSetting, ...] = Field((), alias="channel")
    lexicon: LexiconSetting = LexiconSetting()
    fetch: FetchSetting = FetchSetting()
    operator: OperatorSetting = OperatorSetting()
    compare: CompareSetting = CompareSetting()
    server: ServerSetting = ServerSetting()
    keep: KeepSetting = KeepSetting()
    reprocess: ReprocessSetting = ReprocessSetting()
    log: LogSetting = LogSetting()

    @property
    def store_url(self) -> str:
        """The database's address, its password included: never to be shown."""
        return self.store.url

    @property
    def data(self) -> Path:
        """The folder for what isn't in the database: logs, the server's state, journals of deliverers. MONITOR_DATA
        wins, for settings in a folder that is only to be read."""
        named = os.environ.get(DATA)
        return Path(named) if named else self.server.data or self.file.resolve().parent / "var"

    @property
    def looseness(self) -> Looseness:
        """How loosely numbers are compared."""
        return Looseness(bound=self.compare.bound, parties=self.compare.parties)

    def number(self, table: str, number: int) -> int:
        """Which table of an array of the file (from 0) this one of ours is."""
        return self.numbers[table][number] if table in self.numbers else number

    def load_lexicon(self) -> "Lexicon":
        """The words of the monitor with the packs of this file. Raises ConfigError for packs that clash."""
        from monitor.extract.lexicon import load

        return load(self.lexicon.packs)

    def watches(self, lexicon: "Lexicon") -> tuple[Watch, ...]:
        """The watches with their words understood. Raises ConfigError for subjects that mean nothing."""
        found, wrong = [], []
        for number, setting in enumerate(self.watch_settings):
            try:
                found.append(self._watch(number, setting, lexicon))
            except ConfigError as error:
                wrong.append(error)
        if wrong:
            raise together(wrong)
        return tuple(found)

    def _watch(self, number: int, setting: WatchSetting, lexicon: "Lexicon") -> Watch:
        from monitor.extract import canonical_place

        return Watch(
            name=setting.name,
            subject=self._subject(number, setting.subject, lexicon) if setting.subject else None,
            measures=frozenset(setting.measures),
            theatre=frozenset(canonical_place(words, lexicon) for words in setting.theatre),
            places=frozenset().union(*(lexicon.within(canonical_place(words, lexicon)) for words in setting.place)),
            scopes=frozenset(setting.scope),
            min_change=setting.min_change,
            min_confidence=setting.min_confidence,
            channels=setting.channels,
            looseness=self.looseness,
            atlas=lexicon,
        )

    def _subject(self, number: int, words: str, lexicon: "Lexicon") -> Subject:
        """Who is meant. A misspelt party would make it a watch for everybody's troops, so it is an error."""
        from monitor.extract import parse_subject

        subject = parse_subject(words, lexicon)
        if subject.party is None:
            # Names are known by their capitals; people type without them.
            subject = replace(parse_subject(words.title(), lexicon), text=subject.text)
        if subject.party is None and any(word[:1].isupper() for word in words.split()):
            said = f'no party that is known is named in "{words}"; a lexicon pack can add one'
            raise complaint(self.file, ("watch", self.number("watch", number), "subject"), said)
        return subject


def load_settings(path: Path) -> Settings:
    """Reads and checks a settings file. Raises ConfigError with its file, line and key, and all others beside it."""
    settings, wrong = look_over(path)
    if wrong:
        raise together(wrong)
    return settings


def look_over(path: Path) -> tuple[Settings, list[ConfigError]]:
    """What is right of a settings file, without the tables that something is wrong with, and all that is wrong.

    Raises ConfigError for a file that can't be read at all.
    """
    file = SettingsText(path)
    tables = file.tables()
    tables["store"] = _store_from_environment(tables.get("store", {}))
    context = {"folder": path.resolve().parent, "server": tables.get("server")}
    named = {table: _names(tables.get(table)) for table in NAMED}
    _check_twice(named, file)
    try:
        settings = Settings.model_validate(tables | {"file": path}, context=context)
    except ValidationError as error:
        for details in error.errors():
            file.complain(_key(details), _said(details))
        tables, numbers = _right(tables, file.wrong)
        settings = Settings.model_validate(tables | {"file": path, "numbers": numbers}, context=context)
    _check_channels(settings, [name for _, name in named["channel"]], file)
    return settings, list(file.wrong.values())


def _right(tables: dict[str, Any], wrong: Collection[Key]) -> tuple[dict[str, Any], dict[str, tuple[int, ...]]]:
    """The tables that nothing is wrong with; and of those in arrays, which ones they are."""
    left: dict[str, Any] = {"store": {}}
    numbers: dict[str, tuple[int, ...]] = {}
    for name, value in tables.items():
        mine = {key[1] if len(key) > 1 else None for key in wrong if key[0] == name}
        if isinstance(value, list) and None not in mine:
            numbers[name] = tuple(number for number in range(len(value)) if number not in mine)
            left[name] = [value[number] for number in numbers[name]]
        elif not mine:
            left[name] = value
    return left, numbers


def _store_from_environment(store: Any) -> Any:
    """MONITOR_STORE_URL wins over [store] url, so that a container needs no file of its own."""
    url = os.environ.get("MONITOR_STORE_URL")
    return store | {"url": url} if url and isinstance(store, dict) else store


def _key(details: ErrorDetails) -> Key:
    return tuple(part for part in details["loc"] if not (isinstance(part, str) and part.startswith("function-")))


def _said(details: ErrorDetails) -> str:
    kind, key = details["type"], _key(details)
    match kind:
        case "extra_forbidden":
            return f"unknown key{suggestion(str(key[-1]), known_keys(key[:-1]))}"
        case "missing":
            return "is missing"
        case "enum":
            known = [member.strip(" '") for member in re.split(r",| or ", str(details["ctx"]["expected"]))]
            return f'"{details["input"]}" is not known{suggestion(str(details["input"]), known)}'
        case "value_error":
            return str(details["ctx"]["error"])
        case "tuple_type" | "frozen_set_type" | "set_type" | "list_type":
            return "a list is wanted, in square brackets"
    return details["msg"].removeprefix("Input ").strip()


def known_keys(table: Key) -> list[str]:
    """The keys that a table of monitor.toml may hold."""
    names = [part for part in table if isinstance(part, str)]
    model: type[BaseModel] = TABLES.get(names[0], Settings) if names else Settings
    known = [field.alias or name for name, field in model.model_fields.items() if not field.exclude]
    return [*known, "url_file"] if model in {ChannelSetting, StoreSetting} else known


TABLES: Mapping[str, type[BaseModel]] = {
    "store": StoreSetting,
    "feed": FeedSetting,
    "watch": WatchSetting,
    "channel": ChannelSetting,
    "lexicon": LexiconSetting,
    "fetch": FetchSetting,
    "operator": OperatorSetting,
    "compare": CompareSetting,
    "server": ServerSetting,
    "keep": KeepSetting,
    "reprocess": ReprocessSetting,
    "log": LogSetting,
}

NAMED = ("feed", "watch", "channel")


def _names(tables: Any) -> list[tuple[int, str]]:
    """The names in an array of tables, as far as it is one."""
    found = enumerate(tables if isinstance(tables, list) else ())
    return [
        (number, one["name"]) for number, one in found if isinstance(one, dict) and isinstance(one.get("name"), str)
    ]


def _check_twice(named: Mapping[str, Sequence[tuple[int, str]]], file: SettingsText) -> None:
    for table, entries in named.items():
        seen: set[str] = set()
        for number, name in entries:
            if name in seen:
                file.complain((table, number, "name"), f'"{name}" is used twice')
            seen.add(name)


def _check_channels(settings: Settings, channels: Sequence[str], file: SettingsText) -> None:
    """A watch sends to channels that there are, and so do operators."""
    wanted: list[tuple[Key, str]] = [(("operator", "channels"), name) for name in settings.operator.channels]
    for number, watch in enumerate(settings.watch_settings):
        key: Key = ("watch", settings.number("watch", number), "channels")
        wanted += [(key, name) for name in watch.channels]
    for key, name in wanted:
        if name not in channels:
            file.complain(key, no_such("channel", name, channels))

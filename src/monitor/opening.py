"""The channels of the settings, opened: one that can't be is said with its place in the file."""

from collections.abc import Callable, Collection
from typing import TypeVar

from monitor.alerts.channels import Channel, open_channel, recipients
from monitor.errors import ChannelError, ConfigError, together
from monitor.settings import Settings
from monitor.settings_text import complaint, read_text
from monitor.toml_lines import key_lines

T = TypeVar("T")


def open_channels(settings: Settings, only: Collection[str] | None = None) -> dict[str, Channel]:
    """The channels by name, all or only some. Raises ConfigError that names each one that doesn't load."""
    return _of_each(settings, open_channel, only)


def addresses(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The addresses of each channel. Raises ConfigError as above."""
    return _of_each(settings, recipients, None)


def _of_each(settings: Settings, make: Callable[[str, str], T], only: Collection[str] | None) -> dict[str, T]:
    found: dict[str, T] = {}
    wrong: list[ConfigError] = []
    for number, one in enumerate(settings.channels):
        if only is None or one.name in only:
            try:
                found[one.name] = make(one.name, one.url.get_secret_value())
            except ChannelError as error:
                wrong.append(_told(settings, settings.number("channel", number), error))
    if wrong:
        raise together(wrong) from None  # what is behind it may know the address
    return found


def _told(settings: Settings, number: int, error: ChannelError) -> ConfigError:
    text = read_text(settings.file)
    file = ("channel", number, "url_file")
    return complaint(settings.file, file if file in key_lines(text) else ("channel", number, "url"), str(error), text)

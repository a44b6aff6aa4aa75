"""What single chat services want otherwise than Apprise sends it by itself."""

from importlib.resources import files
from typing import Any

import apprise

from monitor.alerts import render
from monitor.alerts.messages import Message

TEMPLATES = {"discord": "discord.json", "workflow": "teams.json", "workflows": "teams.json"}
"""By the schemes of their URLs. Discord is told to ping nobody, whatever a text holds; a Teams card
breaks the lines of its heading, else it shows the first words of it."""

TITLED = frozenset({"discord"})
"""These count a title among the characters of the message."""

PARAGRAPHS = frozenset({"workflow", "workflows"})
"""These read Markdown, in which a line ends with an empty one
(https://github.com/microsoft/AdaptiveCards/issues/5538)."""


NAME = "Figure monitor"


def own_asset() -> apprise.AppriseAsset:
    """How Apprise introduces itself: under our name, and without pictures that readers' programs would fetch from
    elsewhere. No redirect is followed, and no secret is logged."""
    return apprise.AppriseAsset(
        app_id=NAME,
        app_desc=NAME,
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        secure_logging=True,
        http_redirects=False,
    )


def fit(plugin: Any) -> None:
    """Gives a plugin our template, unless its URL asks for one of its own or for people to be pinged."""
    name = TEMPLATES.get(str(plugin.schema))
    if name is not None and not plugin.template and not getattr(plugin, "ping", None):
        plugin.template.add(str(files("monitor.alerts") / "templates" / name))
    if getattr(plugin, "qos", None) == 0:
        plugin.qos = 1  # MQTT: else what a broker never confirmed counts as sent


def close(plugin: Any) -> None:
    """Ends what a plugin leaves behind: that for MQTT a thread and a connection for each message."""
    client = getattr(plugin, "client", None)
    if client is not None and hasattr(client, "loop_stop"):
        client.disconnect()
        client.loop_stop()


def body(plugin: Any, message: Message, title: str) -> str:
    """The message below its title, as long as the service takes it."""
    service = str(plugin.schema)
    room = min(int(getattr(plugin, "body_maxlen", 0) or render.CHAT_LIMIT), render.CHAT_LIMIT)
    if service in TITLED or not getattr(plugin, "title_maxlen", 0):
        room -= len(title) + 10
    return render.chat(message, max(room, 40), headed=False, gap="\n\n" if service in PARAGRAPHS else "\n")

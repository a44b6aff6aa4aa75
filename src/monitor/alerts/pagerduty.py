"""PagerDuty: each delivery is one incident, however often it is sent. Apprise's plugin sends no key for that.

The form of an event is that of its Events API, version 2 (https://developer.pagerduty.com/docs/send-alert-event).
"""

import json
from typing import Any

from monitor.alerts import neutral, render
from monitor.alerts.mail import Receipt
from monitor.alerts.messages import Message
from monitor.alerts.posting import Poster

REGIONS = {
    "us": "https://events.pagerduty.com/v2/enqueue",
    "eu": "https://events.eu.pagerduty.com/v2/enqueue",
}
NAME = "figure-monitor"
MOST_LINKS = 5


class PagerDutyChannel:
    """A `pagerduty://INTEGRATION_KEY@API_KEY` address, as Apprise reads it."""

    def __init__(self, name: str, plugin: Any) -> None:
        self.name, self._plugin = name, plugin
        self._url = REGIONS[str(plugin.region_name)]
        self._poster = Poster(name, plugin)

    def __repr__(self) -> str:
        return f"PagerDutyChannel({self.name!r})"

    def send(self, message: Message, key: str, *, to: str | None = None) -> Receipt:  # noqa: ARG002  # the protocol's
        """Sends; `to` has no meaning here. Raises ChannelError."""
        headers = {"Content-Type": "application/json", "User-Agent": NAME}
        self._poster.ask("POST", self._url, content=json.dumps(self._event(message, key)).encode(), headers=headers)
        return Receipt()

    def rest(self) -> None:
        """The connection is kept: receivers close idle ones by themselves."""

    def _event(self, message: Message, key: str) -> dict[str, Any]:
        """The headline is what is read out on the phone; the rest stands below it."""
        plugin = self._plugin
        own = plugin.source if plugin.source != "Apprise" else NAME
        links = [(neutral.safe_url(item.url), neutral.chat(item.where, 60)) for item in message.items[:MOST_LINKS]]
        return {
            "routing_key": plugin.integration_key,
            "event_action": "trigger",
            "dedup_key": key,
            "client": "Figure monitor",
            "payload": {
                "summary": render.chat_title(message),
                "source": own,
                "severity": plugin.severity or ("warning" if message.urgent else "info"),
                "component": plugin.component,
                **({"group": plugin.group} if plugin.group else {}),
                **({"class": plugin.class_id} if plugin.class_id else {}),
                "custom_details": {"alert": render.chat(message, headed=False), **plugin.details},
            },
            "links": [{"href": link, "text": text or "the article"} for link, text in dict(links).items() if link],
        }

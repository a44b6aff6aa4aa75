"""How our own processes write what they say: a line for people, or a JSON object a line for programs."""

import json
import logging
from datetime import UTC, datetime
from typing import Literal

from monitor.alerts.neutral import clean

TEXT = "%(asctime)s %(levelname)s %(message)s"


class JsonLines(logging.Formatter):
    """One record as one JSON object: time (UTC), level, logger, message, the flow run that says it, and the
    error's trace when there is one."""

    def __init__(self, *_: object) -> None:
        """Takes what settings of logging give to formatters, and needs none of it."""
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": clean(record.getMessage()),
        }
        if run := getattr(record, "flow_run_name", None):
            said["run"] = clean(str(run))
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def line(message: str, form: str) -> str:
    """What a process says without a logger, in the form of the rest."""
    if form != "json":
        return message
    return JsonLines().format(logging.LogRecord("monitor", logging.INFO, "", 0, message.strip(), None, None))


def set_up(form: Literal["text", "json"]) -> None:
    """Makes this process write to standard error in this form: our own records from INFO on, those of others from
    WARNING. Where somebody has set that up already, theirs stays."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(TEXT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("monitor").setLevel(logging.INFO)

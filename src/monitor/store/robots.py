"""What sites ask of programs (robots.txt), kept from run to run until it has to be asked for again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from monitor.store.base import Part, put
from monitor.store.tables import RobotsTable


class RobotsPart(Part):
    """The rules of sites."""

    def robots_of(self, site: str, now: datetime) -> tuple[str, datetime] | None:
        """The text of a site's robots.txt ("" for a site that has none) and until when it holds; None for none."""
        query = select(RobotsTable.text, RobotsTable.until).where(RobotsTable.site == site, RobotsTable.until > now)
        with self._database.read() as session:
            row = session.execute(query).one_or_none()
            return (row.text, row.until) if row is not None else None

    def keep_robots(self, texts: Mapping[str, str], until: datetime, now: datetime) -> None:
        """Keeps these texts by their sites, and drops what holds no longer."""
        if texts:
            with self._database.write() as session:
                session.execute(delete(RobotsTable).where(RobotsTable.until <= now))
                rows = [{"site": site, "text": said, "until": until} for site, said in sorted(texts.items())]
                put(session, RobotsTable, rows, ["site"])

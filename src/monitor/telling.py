"""Changes of estimates → deliveries, in the transaction that writes them."""

from collections.abc import Sequence
from datetime import datetime

from monitor.alerts.channels import recipients
from monitor.alerts.messages import ChangeToTell, Standing, compose_all, deliveries_for
from monitor.domain.changes import Change
from monitor.domain.claims import Claim
from monitor.domain.deliveries import NewDelivery
from monitor.domain.series import Anchor, Support, in_doubt
from monitor.domain.watches import Watch
from monitor.domain.windows import TOLD
from monitor.settings import Settings
from monitor.store import Comparing, Mute


class Teller:
    """Who is told of what, by the settings."""

    def __init__(self, settings: Settings, watches: Sequence[Watch]) -> None:
        self._settings = settings
        self._channels = {watch.name: watch.channels for watch in watches}

    def deliveries(self, told: Sequence[ChangeToTell], now: datetime) -> list[NewDelivery]:
        """One delivery for each message and channel, a message for each article and watch."""
        addresses = {
            one.name: recipients(one.name, one.url.get_secret_value())
            for one in (self._settings.channels if told else ())
        }
        return [
            delivery
            for message in compose_all(told, now=now, public_url=self._settings.public_url)
            for delivery in deliveries_for(message, self._channels.get(message.watch, ()), now, addresses)
        ]


def change_to_tell(
    change: Change,
    book: Comparing,
    why: str,
    *,
    told: Anchor | None,
    also: Sequence[Claim] = (),
    by: str = "",
) -> ChangeToTell:
    """A change with what stands behind it and beside it. `told` is what readers have in hand by it, `also` are claims
    of its line that aren't recorded yet; `by` is the person who set it right."""
    claim = book.claim(change.claim_id)
    behind = Support(0, 0)
    if change.after is not None:
        day = told.as_of.day if told else claim.day
        behind = book.statements(change.series, change.party, change.after, day=day, also=also)
    series, lines = book.series(change.series, TOLD), book.other_lines(change.series, but=change.party)
    return ChangeToTell(
        change=change,
        claim=claim,
        statements=behind.statements,
        outlets=behind.outlets,
        credit=behind.credit,
        others=tuple(
            Standing(party, quantity := other.figure.quantity, other.as_of.at, in_doubt(series, party, quantity))
            for party, other in sorted(lines.items())
        ),
        why=why,
        by=by,
    )


def muted(change: Change, mutes: Sequence[Mute]) -> bool:
    """True when nobody wants to hear of it now."""
    return any(mute.watch == change.series.watch and mute.party in (None, change.party) for mute in mutes)

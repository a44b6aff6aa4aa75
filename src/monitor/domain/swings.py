"""Figures that swing to and fro: two outlets, or one source, give two numbers by turns. Pure.

3,000 → 4,700 → 3,000 → 4,700 would be an alert each time, and none of them news. So readers are told with the first
return that the figure swings between the two, and then no more until one of the two has held: until it is said again
when nothing else was said for the days in which copies of a statement come out.
"""

from collections.abc import Sequence
from enum import Enum

from monitor.domain.claims import Claim
from monitor.domain.lines import Line
from monitor.domain.quantities import in_words
from monitor.domain.series import STATEMENT_DAYS, Anchor, overtaken, speaking
from monitor.domain.windows import LAST_DAYS


class Swing(Enum):
    """What a step back to an earlier figure is to readers: news, or known to them."""

    NEW = "new"
    KNOWN = "known"


def swing(line: Line, claim: Claim, told: Anchor) -> Swing | None:
    """Whether this claim, a step from the figure told, is a return to the figure before it; None where it isn't, or
    where the figure holds by now.

    It is known to readers when the figure they were told last was a return as well, or when it has gone to and fro
    since. Only the last days are looked at: of a swing that goes on, readers are reminded about once a week.
    """
    turns = _turns(line, claim, told)
    if len(turns) < 3 or claim.day - turns[-1][0].day >= STATEMENT_DAYS:
        return None
    last = next((at for at, turn in enumerate(turns) if told.claim_id in {one.id for one in turn}), 0)
    return Swing.KNOWN if last >= 2 or len(turns) > 4 else Swing.NEW


def words(claim: Claim, told: Anchor) -> str:
    """What readers are told of it."""
    two = sorted((claim.figure.quantity, told.quantity), key=lambda quantity: quantity.number)
    days = STATEMENT_DAYS.days
    return (
        f"swings between {in_words(two[0])} and {in_words(two[1])}; the next you hear is when one holds for {days} days"
    )


def _turns(line: Line, claim: Claim, told: Anchor) -> list[list[Claim]]:
    """The turns of the two figures up to this claim, its own last, back to where the line gave another figure or one of
    them held. Late copies of what the party had gone beyond are no turns."""
    newest = max([claim.day, *(one.day for one in line.kept)])
    lately = [one for one in line.sure if newest - one.day <= LAST_DAYS and one.when <= claim.when]
    turns: list[list[Claim]] = [[claim]]
    for at, one in reversed([*enumerate(said := speaking(lately))]):
        now, was = claim.figure.quantity, told.quantity
        mine, theirs = (line.agrees(one.figure.quantity, quantity) for quantity in (now, was))
        if mine == theirs:
            break
        if overtaken(one, said[:at]) is not None:
            continue
        if mine is (len(turns) % 2 == 1):
            turns[-1].append(one)
        else:
            turns.append([one])
    return _unbroken(turns)


def _unbroken(turns: Sequence[Sequence[Claim]]) -> list[list[Claim]]:
    """Oldest first, each turn's claims too; from the last one on that held."""
    ordered = [sorted(turn, key=lambda one: one.when) for turn in reversed(turns)]
    held = [at for at, turn in enumerate(ordered) if turn[-1].day - turn[0].day >= STATEMENT_DAYS]
    return ordered[held[-1] :] if held else ordered

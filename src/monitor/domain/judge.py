"""One claim held against one party's line of one series: its kind, and whether readers are told.

The rule behind the rules: an alert goes out when the picture that the reader was last given is no longer right. So a
claim is held against the anchor of its line, the figure last told, and not against the article before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from monitor.domain.changes import Kind, direction
from monitor.domain.claims import UNATTRIBUTED, Claim, Scope, Status
from monitor.domain.doubted import (
    PLEASE_CHECK,
    copied_doubt,
    doubt_corrected,
    doubt_denied,
    doubt_dropped,
    judge_doubted,
)
from monitor.domain.lines import Line, Verdict
from monitor.domain.quantities import Interval, Quantity, agree, in_words, interval, narrower, overall, restates, widen
from monitor.domain.series import (
    STATEMENT_DAYS,
    Anchor,
    anchor_of,
    denies,
    gone_beyond,
    latest,
    leading,
    near,
    overtaken,
    place_in_time,
)
from monitor.domain.swings import Swing, swing
from monitor.domain.swings import words as swing_words
from monitor.domain.watches import EVERYONE, Watch
from monitor.domain.windows import Glance

_ASIDE = {
    Status.SUPERSEDED: "superseded: fills the history",
    Status.DENIED: "denied: kept and shown, never compared",
    Status.HYPOTHETICAL: "hypothetical: never compared with a total",
    Status.PLANNED: "planned: never compared with a total",
    Status.ADDITIONAL: "on top of a total given elsewhere: never compared with one",
}

# What is asked for with each claim: an enumeration looks a member up by its name each time.
_REFINED, _REPEATED, _LATE = Kind.REFINED, Kind.REPEATED, Kind.LATE
_INCIDENT = Scope.INCIDENT

FIRST_LATE = timedelta(days=3)
"""A party's first figure is late when the series has others newer by more than this. Within it, news of the same days
may come in any order: feeds are polled in turn and outlets differ by a day in what they retell."""


HISTORY = timedelta(days=180)
"""Bloodshed so long past, of which readers were never told, is told as background to something else."""


def verdicts(line: Line) -> Iterator[tuple[Claim, Verdict]]:
    """A verdict for each new claim of the line, and for a figure that was dropped: at most one of them alerts."""
    speaker = leading(line.news) or _own_denial(line)
    yield from ((claim, _set_aside(line, claim, speaker)) for claim in line.news if claim is not speaker)
    if speaker is not None:
        denied = speaker.figure.status is Status.DENIED
        yield speaker, _judge_denial(line, speaker) if denied else _judge(line, speaker)
    elif (dropped := leading(line.gone)) is not None:
        yield dropped, _judge_dropped(line, dropped)


def _own_denial(line: Line) -> Claim | None:
    """The party's denial of the very figure that readers were told it gives, or were asked to check."""
    told = [anchor.quantity for anchor in (line.told, line.doubt) if anchor is not None]
    mine = (claim for claim in line.news if claim.own_denial)
    return next((no for no in mine if any(line.agrees(no.figure.quantity, one) for one in told)), None)


def _set_aside(line: Line, claim: Claim, speaker: Claim | None) -> Verdict:
    """A claim that is not held against the line: by its status, or because another figure speaks for its article."""
    if speaker is None or not claim.asserted:
        return _aside(claim, line.told)
    figure = speaker.figure.quantity
    if line.agrees(claim.figure.quantity, figure):
        return Verdict(Kind.REPEATED, "said again in the same article", line.told, False, speaker.id, figure)
    why = f"the article's {in_words(figure)} speaks for this line: later, or the whole of which this is a part"
    return Verdict(None, why, line.told, False, speaker.id, figure)


def _judge(line: Line, claim: Claim) -> Verdict:
    """The asserted claim that speaks for its article in this line, whether the article is new or revised."""
    replaced = leading(line.gone)
    if replaced is not None:
        return _judge_revised(line, claim, replaced)
    return _judge_new(line, claim)


def judge_at_a_glance(glance: Glance, watch: Watch, party: str, claim: Claim) -> Verdict | None:
    """The verdict on an article's one claim for a line, where a first look decides it; None where it takes the line.

    That is so for what stands beside the line by its status; for a single man beside a total; for a figure older than
    the one told; and for one that agrees with what was told, by far the most. What `judge` would find, found sooner.
    """
    told = glance.anchors.get(party)
    if claim.accepted or told is None or (glance.doubts and _concerns_a_doubt(glance, watch, party, claim)):
        return None
    if not claim.asserted:
        own = claim.own_denial and _agree(watch, claim.figure.quantity, told.quantity)
        return None if own else _aside(claim, told)
    if claim.lone:
        return _beside_total(glance.anchors, told)
    if claim.figure.scope is _INCIDENT:
        return None
    if _before(claim, told, glance.told_at):
        return _late(told, _older(claim, told))
    return _agreeing(watch, claim, told) if claim.day >= glance.newest else None


def _concerns_a_doubt(glance: Glance, watch: Watch, party: str, claim: Claim) -> bool:
    """True where readers were asked to check a figure of this party, or one that this claim may confirm or copy: it
    gives that figure, and not the one that readers were told before it."""
    if not claim.asserted:
        return claim.own_denial and party in glance.doubts
    if party in glance.doubts:
        return True
    told, loose, now = glance.anchors, watch.looseness, claim.figure.quantity
    if party == UNATTRIBUTED:
        return not agree(now, told[party].quantity, same_party=False, looseness=loose)
    for speaker, doubt in glance.doubts.items():
        before = told.get(speaker)
        if agree(now, doubt.quantity, same_party=False, looseness=loose) and not (
            before and agree(now, before.quantity, same_party=False, looseness=loose)
        ):
            return True
    return False


def _aside(claim: Claim, told: Anchor | None) -> Verdict:
    """A claim that is kept, by its status, and not held against the line."""
    return Verdict(None, _ASIDE.get(claim.figure.status, ""), told)


def _judge_dropped(line: Line, dropped: Claim) -> Verdict:
    """A revision that no longer gives the figure that its article gave for this line."""
    told = line.told
    if (verdict := doubt_dropped(line, dropped)) is not None:
        return verdict
    if told is None or not _stood_behind(line, dropped, told):
        return Verdict(Kind.WITHDRAWN, "the article dropped a figure that readers were not told", told)
    return _taken_back(line, told, line.kept, "the article dropped the figure")


def _judge_denial(line: Line, denial: Claim) -> Verdict:
    """The party's own denial of a figure."""
    told = line.told
    quantity = denial.figure.quantity
    if line.in_doubt(quantity):
        return doubt_denied(line)
    if told is None or not line.agrees(quantity, told.quantity) or denial.as_of.before(told.as_of):
        return Verdict(None, "denied: kept and shown, never compared", told)
    # What it said before it went on to the figure that it now denies isn't its word any more.
    since = tuple(
        one for one in line.kept if not one.as_of.before(told.as_of) or line.agrees(one.figure.quantity, told.quantity)
    )
    return _taken_back(line, told, (*since, denial), f"{line.party} denies its own figure")


def _judge_new(line: Line, claim: Claim) -> Verdict:
    if claim.lone and (verdict := _beside_total(line.series.anchors, line.told)) is not None:
        return verdict
    if line.doubt is not None and (verdict := _judge_beside_doubt(line, claim)) is not None:
        return verdict
    if (verdict := copied_doubt(line, claim)) is not None:
        return verdict
    if line.told is None:
        return _judge_first(line, claim)
    if _is_part(line, claim, line.told):
        return Verdict(None, f"a part of the {in_words(line.told.quantity)} that readers were told", line.told)
    return _judge_next(line, claim, line.told)


def _beside_total(anchors: Mapping[str, Anchor], told: Anchor | None) -> Verdict | None:
    """A single man where readers know of more; None where they don't."""
    if max((anchor.quantity.number for anchor in anchors.values()), default=0) <= 1:
        return None
    return Verdict(None, "a single person is an event within the total, not a new total", told)


def _judge_beside_doubt(line: Line, claim: Claim) -> Verdict | None:
    """A claim of a party whose last figure readers were asked to check; None for one that says nothing about it."""
    doubt = line.doubt
    if doubt is not None and doubt.as_of.day - claim.day > STATEMENT_DAYS:
        why = f"as of {claim.day}: older than the figure that readers were asked to check, as of {doubt.as_of.day}"
        return Verdict(Kind.LATE, why, line.told, False, doubt.claim_id, doubt.quantity)
    if line.told is not None:
        late = _why_late(line, claim, line.told) or overtaken(claim, line.sure)
        if late or _is_part(line, claim, line.told):
            return None
    return judge_doubted(line, claim)


def _is_part(line: Line, claim: Claim, told: Anchor) -> bool:
    """True for the civilians or police among an incident's dead, beside a told toll of all people."""
    if claim.figure.scope is not Scope.INCIDENT:
        return False
    teller = next((old for old in line.kept if old.id == told.claim_id), None)
    return (
        teller is not None
        and teller.figure.subject.kind == EVERYONE != claim.figure.subject.kind
        and claim.figure.quantity.number < told.quantity.number
    )


def _judge_first(line: Line, claim: Claim) -> Verdict:
    """A party of which the reader was told nothing in this series."""
    if why := _why_first_is_late(line, claim):
        return Verdict(Kind.LATE, why, None)
    anchor = anchor_of(line.party, claim)
    doubt = line.doubt_of(None, claim.figure.quantity)
    if not line.others:
        why = "the series had no figure"
        if doubt:
            return Verdict(Kind.FIRST, f"{why}: {doubt}; {PLEASE_CHECK}", None, alert=True, doubt=anchor)
        return Verdict(Kind.FIRST, why, anchor, alert=True)
    nearest = _nearest(line.others, claim)
    before = overall(other.quantity for other in line.others)
    said = in_words(before) if before else ""
    if _agrees_with_others(line, claim):
        why = f"{line.party}'s first figure agrees with what others say ({said})"
        return Verdict(Kind.CONFIRMED, why, anchor, False, nearest.claim_id, before)
    why = f"{line.party}'s first figure does not agree with what others say ({said})"
    if doubt:
        why = f"{why}: {doubt}; {PLEASE_CHECK}"
        return Verdict(Kind.DIFFERS, why, None, True, nearest.claim_id, before, doubt=anchor)
    return Verdict(Kind.DIFFERS, why, anchor, True, nearest.claim_id, before)


def _judge_next(line: Line, claim: Claim, told: Anchor) -> Verdict:
    """A party of which the reader knows a figure."""
    quantity = claim.figure.quantity
    if why := _why_late(line, claim, told):
        return _late(told, why)
    if (verdict := _agreeing(line.watch, claim, told)) is not None:
        return verdict
    held = Verdict(Kind.REPEATED, "", told, False, told.claim_id, told.quantity)
    if (old := overtaken(claim, line.sure)) is not None:
        why = f"retells {old.origin.outlet}'s figure of {old.day}, which {line.party} has gone beyond since"
        return replace(held, kind=Kind.LATE, why=why)
    if quantity.number < told.quantity.number and (old := gone_beyond(claim, line.sure)) is not None:
        why = f"gives {old.origin.outlet}'s figure of {old.day} again, which {line.party} has gone beyond since"
        return replace(held, kind=Kind.LATE, why=why)
    if line.party == UNATTRIBUTED and line.others and _agrees_with_others(line, claim):
        return replace(held, why="names nobody, and agrees with what others say: no voice of its own")
    return _judge_step(line, claim, held, direction(quantity, told.quantity))


def _late(told: Anchor, why: str) -> Verdict:
    return Verdict(_LATE, why, told, False, told.claim_id, told.quantity)


def _agreeing(watch: Watch, claim: Claim, told: Anchor) -> Verdict | None:
    """A figure that agrees with the one told; None for one that doesn't."""
    quantity = claim.figure.quantity
    if not _agree(watch, quantity, told.quantity):
        return None
    if narrower(quantity, told.quantity, watch.looseness):
        why = f"agrees with {in_words(told.quantity)} and is more exact"
        return Verdict(_REFINED, why, told, False, told.claim_id, told.quantity)
    why = f"agrees with {in_words(told.quantity)}, which readers were told"
    return Verdict(_REPEATED, why, told, False, told.claim_id, told.quantity)


def _agree(watch: Watch, one: Quantity, other: Quantity) -> bool:
    return agree(one, other, same_party=True, looseness=watch.looseness)


def _judge_step(line: Line, claim: Claim, held: Verdict, kind: Kind) -> Verdict:
    """A figure that no longer agrees with what was told: told in turn unless the watch wants longer steps."""
    quantity, before = claim.figure.quantity, held.before or claim.figure.quantity
    step = f"{in_words(before)} was told, now {in_words(quantity)}"
    if not line.watch.min_change.reached(before, quantity):
        why = f"{step}: smaller than min_change {line.watch.min_change}, counted from the figure told"
        return replace(held, kind=kind, why=why)
    now = anchor_of(line.party, claim)
    if kind is not Kind.CORRECTED and line.told is not None and not claim.accepted:
        returned = swing(line, claim, line.told)
        if returned is Swing.KNOWN:
            return replace(held, kind=kind, why=f"{step}: swings between the two, as readers were told")
        if returned is Swing.NEW:
            step = f"{step}: {swing_words(claim, line.told)}"
    doubt = line.doubt_of(line.told, quantity) if kind is not Kind.CORRECTED else None
    if doubt:
        return replace(held, kind=kind, why=f"{step}: {doubt}; {PLEASE_CHECK}", alert=True, doubt=now)
    return replace(held, kind=kind, why=step, anchor=now, alert=True)


def _judge_revised(line: Line, claim: Claim, replaced: Claim) -> Verdict:
    told, now, was = line.told, claim.figure.quantity, replaced.figure.quantity
    if (verdict := doubt_corrected(line, claim, replaced)) is not None:
        return verdict
    if told is not None and told.claim_id in {old.id for old in line.gone}:
        told = replace(told, claim_id=claim.id, as_of=claim.as_of)  # its old claim is no longer active
    if restates(now, was, line.watch.looseness):
        before = told.quantity if told else None
        return Verdict(Kind.REPEATED, "the new revision gives the same figure", told, False, replaced.id, before)
    loose = line.watch.looseness
    still_given = any(restates(other.figure.quantity, was, loose) for other in line.news if other.asserted)
    if told is None or still_given or not _stood_behind(line, replaced, line.told):
        return _judge_new(line, claim)
    return _judge_correction(line, claim, replaced, told)


def _judge_correction(line: Line, claim: Claim, replaced: Claim, told: Anchor) -> Verdict:
    """Another number where the article had the one that the reader was told."""
    held = Verdict(Kind.CORRECTED, "", told, False, replaced.id, told.quantity)
    if restates(claim.figure.quantity, told.quantity, line.watch.looseness):
        return replace(held, why=f"corrected to what readers were told ({in_words(told.quantity)})")
    if (since := _spoken_since(line, claim, told)) is not None:
        return replace(held, why=f"corrected, but {line.party} has said {in_words(since.figure.quantity)} since")
    return _judge_step(line, claim, held, Kind.CORRECTED)


def _taken_back(line: Line, told: Anchor, left: tuple[Claim, ...], why: str) -> Verdict:
    """The told figure has lost a claim behind it: it stands on the others, falls back, or is gone."""
    held = Verdict(Kind.WITHDRAWN, "", told, False, told.claim_id, told.quantity)
    left = tuple(claim for claim in left if not line.in_doubt(claim.figure.quantity))
    remaining = latest(left)
    still = _still_given(line, told, left, remaining)
    if still is not None:
        anchor = replace(told, claim_id=still.id, as_of=still.as_of)
        return replace(held, why=f"{why}; {still.origin.outlet} still gives it", anchor=anchor)
    if remaining is None:
        return replace(held, why=f"{why}; nothing else stands behind {line.party}'s line", anchor=None, alert=True)
    back = remaining.figure.quantity
    anchor = anchor_of(line.party, remaining)
    return replace(held, why=f"{why}; back to {in_words(back)} of {remaining.day}", anchor=anchor, alert=True)


def _why_first_is_late(line: Line, claim: Claim) -> str | None:
    if line.series.key.scope is not Scope.CUMULATIVE and claim.said_at.date() - claim.event_day > HISTORY:
        return f"tells of {claim.event_day} as history"
    newest = max((other.day for _, other in line.series.claims if other.asserted), default=None)
    if newest is not None and newest - claim.day > FIRST_LATE:
        return f"as of {claim.day}: the series already has figures as of {newest}"
    previous = line.previous
    if previous is not None and claim.day < previous.day:
        return f"as of {claim.day}: {line.party} already has a figure as of {previous.day}"
    return None


def _why_late(line: Line, claim: Claim, told: Anchor) -> str | None:
    """Older than the figure told, or of an earlier day than the line's latest.

    Not simply older than the latest: the breaking article of half past nine may come in after one of ten o'clock that
    still retells the old figure.
    """
    teller = next((old for old in line.kept if old.id == told.claim_id), None)
    if _before(claim, told, teller.when if teller else None):
        return _older(claim, told)
    # Nothing newer in the line: whoever speaks for the party, it is no later figure.
    newest = max((old.day for old in line.kept), default=claim.day)
    previous = line.previous if claim.day < newest else None
    if previous is not None and claim.day < previous.day:
        return f"as of {claim.day}: {line.party} already has a figure as of {previous.day}"
    return None


def _before(claim: Claim, told: Anchor, told_at: tuple[date, datetime] | None) -> bool:
    """True for a claim older than the figure told; `told_at` is the moment of the claim that told it, if it is known
    (of another day it tells no more than the anchor)."""
    if told_at is not None:
        return claim.when < told_at
    day = told.as_of.day
    return claim.as_of.before(told.as_of) if claim.day == day else claim.day < day


def _older(claim: Claim, told: Anchor) -> str:
    return f"as of {claim.day}: older than the figure that readers were told, as of {told.as_of.day}"


def _agrees_with_others(line: Line, claim: Claim) -> bool:
    loose = line.watch.looseness
    spans = [widen(interval(other.quantity, loose), loose.parties) for other in line.heard]
    span = Interval(min(low for low, _ in spans), max(high for _, high in spans))
    mine = widen(interval(claim.figure.quantity, loose), loose.parties)
    return mine.low <= span.high and span.low <= mine.high


def _nearest(anchors: tuple[Anchor, ...], claim: Claim) -> Anchor:
    number = claim.figure.quantity.number
    return min(anchors, key=lambda anchor: (abs(anchor.quantity.number - number), anchor.party))


def _stood_behind(line: Line, claim: Claim, told: Anchor | None) -> bool:
    """True when the claim was the one told, or says the same."""
    return told is not None and (
        told.claim_id in {old.id for old in line.gone} or line.agrees(claim.figure.quantity, told.quantity)
    )


def _spoken_since(line: Line, claim: Claim, told: Anchor) -> Claim | None:
    """What the party says now, in a statement of its own days after the corrected article, when that is what readers
    were told or too near to it to be told."""
    now = line.previous
    if now is None or now.day - claim.day <= STATEMENT_DAYS:
        return None
    quantity = now.figure.quantity
    near = line.agrees(quantity, told.quantity) or not line.watch.min_change.reached(told.quantity, quantity)
    return now if near else None


def _still_given(line: Line, told: Anchor, left: tuple[Claim, ...], now: Claim | None) -> Claim | None:
    """What still gives the figure told: what the party says now, or a copy of the days in which it was told."""
    if now is not None and line.agrees(now.figure.quantity, told.quantity):
        return now
    denials = [claim for claim in left if claim.own_denial]
    copies = (one for one in left if one.asserted and near(one, told) and not any(denies(no, one) for no in denials))
    return max(
        (one for one in copies if line.agrees(one.figure.quantity, told.quantity)), key=place_in_time, default=None
    )

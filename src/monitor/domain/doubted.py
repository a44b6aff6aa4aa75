"""Lines whose last figure readers were asked to check: what confirms it, what corrects it, what is only a copy."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.domain.changes import Comparison, Decision, Kind, direction
from monitor.domain.claims import UNATTRIBUTED, Claim, Scope, Status
from monitor.domain.lines import Line, Verdict
from monitor.domain.quantities import Looseness, agree, in_words, significant
from monitor.domain.series import STATEMENT_DAYS, Anchor, Series, anchor_of, near, same_credit

PLEASE_CHECK = "please check"


def judge_doubted(line: Line, claim: Claim) -> Verdict | None:
    """What a new claim says about the line's doubt; None when it says nothing, and is held against the anchor alone."""
    doubt = line.doubt
    assert doubt is not None  # noqa: S101 - asked for lines with a doubt only
    quantity = claim.figure.quantity
    if line.in_doubt(quantity):
        return _said_again(line, claim, doubt)
    if not _after(claim, doubt):
        return None
    if line.told is not None and line.agrees(quantity, line.told.quantity):
        return _returned(line, claim, doubt, line.told)
    if _adds_to(line, claim, doubt):
        return _gone_on(line, claim, doubt)
    if line.doubt_of(line.told, quantity) is None:
        how = f"goes on from {_told(line)}" if line.told else "nearer to what others say"
        return _corrected(line, claim, doubt, how)
    if line.doubt_of(doubt, quantity) is None:
        return _gone_on(line, claim, doubt)
    return None


def _adds_to(line: Line, claim: Claim, doubt: Anchor) -> bool:
    """ "31 more have died, bringing the number to 149" after a doubtful 118: what came on top by the same text makes a
    total of that figure, so it is the party's own."""
    added = (one.figure.quantity.number for one in line.news if one.figure.status is Status.ADDITIONAL)
    return claim.figure.quantity.number - doubt.quantity.number in added


def copied_doubt(line: Line, claim: Claim) -> Verdict | None:
    """A claim that names nobody and gives another party's doubtful figure: that one copied, as far as can be known."""
    if line.party != UNATTRIBUTED or (line.told is not None and _gives(line, claim, line.told)):
        return None
    doubts = sorted(line.series.doubts.items())
    known = next((doubt for party, doubt in doubts if party != line.party and _gives(line, claim, doubt)), None)
    if known is None:
        return None
    why = f"agrees with {known.party}'s {in_words(known.quantity)}, which readers were told: {PLEASE_CHECK}"
    return Verdict(Kind.REPEATED, why, line.told, False, known.claim_id, known.quantity)


def doubt_corrected(line: Line, claim: Claim, replaced: Claim) -> Verdict | None:
    """A revision of an article that gave the doubtful figure; None for any other."""
    doubt, now, was = line.doubt, claim.figure.quantity, replaced.figure.quantity
    if doubt is None or not (_is_told_by(line, doubt) or line.in_doubt(was)):
        return None
    if line.agrees(now, was):
        moved = anchor_of(line.party, claim) if _is_told_by(line, doubt) else doubt
        why = "the new revision gives the same figure, which readers were asked to check"
        return Verdict(Kind.REPEATED, why, line.told, False, replaced.id, doubt.quantity, doubt=moved)
    if any(line.agrees(was, other.figure.quantity) for other in line.news if other.asserted):
        return None
    returns = line.told is not None and line.agrees(now, line.told.quantity)
    if not returns and line.doubt_of(line.told, now) is not None:
        return None
    corrected = _corrected(line, claim, doubt, "the article was corrected")
    return replace(corrected, held_against=replaced.id)


def doubt_dropped(line: Line, dropped: Claim) -> Verdict | None:
    """A revision that no longer gives the doubtful figure; None where its article gave another one."""
    doubt = line.doubt
    if doubt is None or not (_is_told_by(line, doubt) or line.in_doubt(dropped.figure.quantity)):
        return None
    held = Verdict(Kind.WITHDRAWN, "", line.told, False, doubt.claim_id, doubt.quantity)
    why = f"the article dropped the {in_words(doubt.quantity)} that readers were asked to check"
    copies = (claim for claim in line.kept if claim.asserted and near(claim, doubt))
    others = [claim for claim in copies if line.in_doubt(claim.figure.quantity)]
    if others:
        still = max(others, key=lambda claim: (claim.said_at, claim.id))
        moved = anchor_of(line.party, still)
        return replace(held, why=f"{why}; {still.origin.outlet} still gives it", doubt=moved)
    return replace(held, why=f"{why}; {_told(line)} stands", alert=True, settled=True)


def doubt_denied(line: Line) -> Verdict:
    """The party denies the doubtful figure itself."""
    doubt = line.doubt
    assert doubt is not None  # noqa: S101 - asked for lines with a doubt only
    why = f"{line.party} denies the {in_words(doubt.quantity)} that readers were asked to check; {_told(line)} stands"
    return Verdict(Kind.WITHDRAWN, why, line.told, True, doubt.claim_id, doubt.quantity, settled=True)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A doubt of another party that a claim confirms, with the decision about the doubtful claim itself."""

    party: str
    doubt: Anchor
    decision: Decision


def confirmations(line: Line, claim: Claim) -> Iterator[Confirmation]:
    """The doubts of other parties that this claim confirms: it gives their figure and not the one they had before.

    A claim that names nobody may be a copy, and so may the same article, and two copies of one agency's report, which
    name its sources in their own way: none is a second statement.
    """
    if line.party == UNATTRIBUTED or not claim.asserted:
        return
    for party, doubt in sorted(line.series.doubts.items()):
        before = line.series.anchors.get(party)
        if party == line.party or not _gives(line, claim, doubt) or (before and _gives(line, claim, before)):
            continue
        teller = next((one for _, one in line.series.claims if one.id == doubt.claim_id), None)
        copied = teller is not None and (teller.origin.url == claim.origin.url or same_credit(teller, claim))
        if not copied and doubt.as_of.day - claim.day <= STATEMENT_DAYS:
            yield _confirmation(line.series, party, doubt, claim.id, f"{line.party} says so too")


def accepted(series: Series, claim: Claim, why: str, looseness: Looseness | None = None) -> Comparison:
    """What follows when a person accepts a doubtful claim, or a copy of one, as right: the doubts that it stands for
    become anchors. Readers were told the figure already. Nothing follows for any other claim."""
    found = [
        _confirmation(series, party, doubt, claim.id, why)
        for party, doubt in sorted(series.doubts.items())
        if party in claim.figure.parties
        and agree(doubt.quantity, claim.figure.quantity, same_party=True, looseness=looseness)
    ]
    return Comparison(
        tuple(one.decision for one in found),
        (),
        {(series.key, one.party): one.doubt for one in found},
        {(series.key, one.party): None for one in found},
    )


def _confirmation(series: Series, party: str, doubt: Anchor, by: str, why: str) -> Confirmation:
    before = series.anchors.get(party)
    decision = Decision(
        claim_id=doubt.claim_id,
        series=series.key,
        party=party,
        kind=Kind.CONFIRMED,
        held_against=by,
        before=before.quantity if before else None,
        alert=False,
        why=f"{why}: {in_words(doubt.quantity)} is no slip; readers were told",
    )
    return Confirmation(party, doubt, decision)


def _said_again(line: Line, claim: Claim, doubt: Anchor) -> Verdict:
    held = Verdict(Kind.REPEATED, "", line.told, False, doubt.claim_id, doubt.quantity)
    if _second_statement(line, claim, doubt):
        why = f"a second statement gives the {in_words(doubt.quantity)} that readers were told and asked to check"
        return replace(held, kind=Kind.CONFIRMED, why=why, anchor=doubt, settled=True)
    return replace(held, why=f"agrees with {in_words(doubt.quantity)}, which readers were told: {PLEASE_CHECK}")


def _second_statement(line: Line, claim: Claim, doubt: Anchor) -> bool:
    """True for the doubtful figure said anew, not copied: after the days in which copies come out; or on a later day
    in a text that dates it itself (the date of a strike is not that of its count) and doesn't go back to the same
    agency, or as another number that agrees and can't be the same one rounded."""
    later = claim.day - doubt.as_of.day
    now, was = claim.figure.quantity.number, doubt.quantity.number
    counted_anew = now != was and significant(now) >= significant(was)
    copied = any(one.id == doubt.claim_id and same_credit(one, claim) for one in line.kept)
    dated = claim.figure.as_of is not None and claim.figure.scope is not Scope.INCIDENT and not copied
    return later > STATEMENT_DAYS or (later.days > 0 and (dated or counted_anew))


def _returned(line: Line, claim: Claim, doubt: Anchor, told: Anchor) -> Verdict | None:
    """The party's old figure once more: on a later day it sets the doubtful one right, before that it is a copy.

    But the toll of one strike is retold for days after it has risen.
    """
    rising = line.series.key.scope is Scope.INCIDENT and doubt.quantity.number > told.quantity.number
    if claim.day <= doubt.as_of.day or (rising and claim.day - told.as_of.day <= STATEMENT_DAYS):
        return None
    return _corrected(line, claim, doubt, f"{line.party} still says {in_words(told.quantity)}")


def _corrected(line: Line, claim: Claim, doubt: Anchor, how: str) -> Verdict:
    now, was = claim.figure.quantity, doubt.quantity
    step = f'{in_words(was)} was told with "{PLEASE_CHECK}", now {in_words(now)}: {how}'
    anchor = anchor_of(line.party, claim)
    held = Verdict(Kind.CORRECTED, step, anchor, True, doubt.claim_id, was, settled=True)
    if line.watch.min_change.reached(was, now):
        return held
    why = f"{step}; smaller than min_change {line.watch.min_change}"
    return replace(held, why=why, anchor=line.told or anchor, alert=False)


def _gone_on(line: Line, claim: Claim, doubt: Anchor) -> Verdict:
    """Another figure that follows from the doubtful one and not from the one before: no copy, and so a second
    statement that confirms it."""
    now, was = claim.figure.quantity, doubt.quantity
    kind = direction(now, was)
    why = f'{in_words(was)} was told with "{PLEASE_CHECK}"; now {in_words(now)}, which goes on from it'
    held = Verdict(kind, why, anchor_of(line.party, claim), True, doubt.claim_id, was, settled=True)
    if line.watch.min_change.reached(was, now):
        return held
    return replace(held, why=f"{why}; smaller than min_change {line.watch.min_change}", anchor=doubt, alert=False)


def _after(claim: Claim, doubt: Anchor) -> bool:
    return not claim.as_of.before(doubt.as_of)


def _is_told_by(line: Line, doubt: Anchor) -> bool:
    return doubt.claim_id in {old.id for old in line.gone}


def _gives(line: Line, claim: Claim, anchor: Anchor) -> bool:
    return agree(claim.figure.quantity, anchor.quantity, same_party=False, looseness=line.watch.looseness)


def _told(line: Line) -> str:
    return in_words(line.told.quantity) if line.told else "nothing"

"""Comparing an arrival with what is stored: a decision for every claim, the changes to tell, the anchors that moved.

Pure: the same arrival held against the same book gives the same comparison, ids included.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from monitor.domain.beside import beside_of
from monitor.domain.changes import ALERTING, Arrival, Book, Change, Comparison, Decision, Kind, Move, change_id
from monitor.domain.claims import UNATTRIBUTED, Claim, Measure, Scope, Status
from monitor.domain.doubted import accepted, confirmations
from monitor.domain.doubts import Beside
from monitor.domain.elsewhere import told_beside
from monitor.domain.judge import judge_at_a_glance, verdicts
from monitor.domain.lines import Line, Verdict
from monitor.domain.parts import takes_in, whole_of
from monitor.domain.placing import Placing, turn
from monitor.domain.quantities import adds_up, agree, in_words
from monitor.domain.series import (
    STATEMENT_DAYS,
    Anchor,
    Series,
    SeriesKey,
    anchor_of,
    counting,
    latest,
    leading,
    with_anchor,
)
from monitor.domain.shares import Unit, unit_of
from monitor.domain.starts import parts_after_all, whole_key
from monitor.domain.verdicts import merged
from monitor.domain.watches import Watch, left_open, series_key
from monitor.domain.windows import TOLD, Window

LineName = tuple[SeriesKey, str]
_KILLED, _WOUNDED, _CASUALTIES = Measure.KILLED, Measure.WOUNDED, Measure.CASUALTIES
_INCIDENT = Scope.INCIDENT
AFTER_ALL = "judged anew, since a text that came in late shows where it belongs"


def compare(
    arrival: Arrival,
    watches: Sequence[Watch],
    book: Book,
    placed: Mapping[tuple[str, str], SeriesKey] | None = None,
    *,
    only: Collection[Unit] | None = None,
) -> Comparison:
    """What follows from an arrival, for every watch. An arrival that the book holds already has no consequences.

    `placed` names the series of each claim, by watch and claim id, where history is folded again; no others count.
    `only` are the units that this book is about, where others have the rest.
    """
    page = _Page(arrival, book, placed, only)
    for watch in watches:
        for key, party in page.lines(watch):
            page.settle(watch, key, party)
        if page.moves:
            page.tell_what_stays(watch)
    return Comparison(tuple(page.decisions), tuple(page.changes), page.moved, page.doubted, tuple(page.moves))


def place(claim: Claim, watch: Watch, book: Book) -> SeriesKey | None:
    """The series of a watch that a claim of its own would go into; None when the watch doesn't ask for it."""
    alone = replace(claim, id="")  # where it stood says nothing any more
    return _Page(Arrival((alone,)), book, None).key(alone, watch)


class _Page:
    """A comparison being written: the book as it will be, line by line, so that the second party of a text is held
    against the first, and a total against its own parts."""

    def __init__(
        self,
        arrival: Arrival,
        book: Book,
        placed: Mapping[tuple[str, str], SeriesKey] | None,
        only: Collection[Unit] | None = None,
    ) -> None:
        self.arrival = arrival
        self.book = book
        self.placed = placed
        self.only = only
        self.decisions: list[Decision] = []
        self.changes: list[Change] = []
        self.moved: dict[LineName, Anchor | None] = {}
        self.doubted: dict[LineName, Anchor | None] = {}
        self._opened: set[LineName] = set()
        self._gone_ids = frozenset(claim.id for claim in arrival.replaced)
        self._series: dict[SeriesKey, Series] = {}
        self._beside: dict[SeriesKey, list[tuple[str, Claim]]] = {}
        self._news: dict[LineName, list[Claim]] = {}
        self._gone: dict[LineName, list[Claim]] = {}
        self._incidents: dict[tuple[str, str], Placing] = {}
        self._left: dict[SeriesKey, frozenset[str]] = {}
        self.moves: list[Move] = []

    def lines(self, watch: Watch) -> list[LineName]:
        """The lines of this watch that the arrival touches, in the text's order, totals after their parts."""
        names = self._sort_into(self._news, self.arrival.claims, watch)
        if self.arrival.replaced:
            names += self._sort_into(self._gone, self.arrival.replaced, watch)
        if moves := self._to_move(watch):
            self._relocate(watch, moves)
        if len(names) == 1:
            return names
        return sorted(dict.fromkeys(names), key=lambda name: name[0].measure is _CASUALTIES)

    def settle(self, watch: Watch, key: SeriesKey, party: str) -> None:
        """Decides on one line and enters what follows."""
        if self._settled_at_a_glance(watch, key, party):
            return
        series = self.series(key, party)
        kept = series.line(party)
        given = self._news.get((key, party), [])
        known = {claim.id for claim in kept}
        news = tuple(claim for claim in given if claim.id not in known)
        if given and not news:
            return
        beside = partial(self._beside_of, key, party, leading(news))
        line = Line(watch, series, party, news, tuple(self._gone.get((key, party), ())), beside, self.book.only_agreed)
        if not self.arrival.baseline and (speaker := leading(news)) is not None:
            line = self._confirmed(line, speaker)
        for claim, held in verdicts(line):
            found = self._no_voice(line, claim) or self._copied(line, claim, held) or held
            verdict = told_beside(line, claim, found, self._told_beside(key)) if found.alert else found
            self._enter(line, claim, self._with_baseline(line, self._in_context(watch, key, party, claim, verdict)))
        now = self.series(key)
        claims = (*series.claims, *((party, claim) for claim in news))
        self._series[key] = Series(key, claims, now.anchors, now.doubts)
        for claim in news:
            if claim.accepted and claim.asserted:
                self._accept(key, claim, watch)

    def _told_beside(self, key: SeriesKey) -> list[Series]:
        """What readers were told in series of people who may be the same, with the claims of those who told it."""
        keys = [one for one in self.book.beside(key) if left_open(key.subject, one.subject)]
        for one in keys:
            for party in sorted(self.series(one).anchors):
                self.series(one, party)
        return [self.series(one) for one in keys]

    def _settled_at_a_glance(self, watch: Watch, key: SeriesKey, party: str) -> bool:
        """Decides on a line without reading it, where a first look tells what follows: nothing is told then."""
        news = self._news.get((key, party), ())
        if len(news) != 1 or self.arrival.baseline or self.arrival.replaced or key in self._series:
            return False
        if party == UNATTRIBUTED and len(self.arrival.claims) > 1:
            return False  # it may be a part of what the same text has from somebody
        claim = news[0]
        glance = self.book.glance(key, party, claim)
        verdict = judge_at_a_glance(glance, watch, party, claim) if glance is not None else None
        if verdict is None:
            return False
        self._decide(key, party, claim, self._in_context(watch, key, party, claim, verdict))
        if len(self.arrival.claims) > 1 or len(claim.figure.claimants) > 1:
            self._beside.setdefault(key, []).append((party, claim))
        return True

    def _accept(self, key: SeriesKey, claim: Claim, watch: Watch) -> None:
        """What a person says is right is not to be checked any more."""
        found = accepted(self.series(key), claim, "a person accepted it", watch.looseness)
        self.decisions.extend(found.decisions)
        for (_, party), doubt in found.anchors.items():
            self._move(key, party, doubt)
            self._doubt(key, party, None)

    def series(self, key: SeriesKey, party: str | None = None) -> Series:
        """The series as it stands now, without the claims that the arrival replaces, as far as it was asked for: what
        readers were told, and the window of each party that was named."""
        known = self._series.get(key)
        if known is None or (party is not None and (key, party) not in self._opened):
            gone = self._gone_ids | self._left[key] if key in self._left else self._gone_ids
            window = Window(party, self._news.get((key, party or ""), ()), gone) if party else TOLD
            known = self._joined(known, self.book.series(key, window))
            self._series[key] = known
            self._opened.add((key, party or ""))
        return known

    def _joined(self, known: Series | None, stored: Series) -> Series:
        """What is known of a series with what was read of it now, without the claims that the arrival replaces."""
        claims, left = stored.claims, self._left.get(stored.key)
        gone = self._gone_ids | left if left else self._gone_ids
        if gone:
            claims = tuple(pair for pair in claims if pair[1].id not in gone)
        if known is None:
            if not gone and stored.key not in self._beside:
                return stored
            claims = (*claims, *self._beside.get(stored.key, ()))
            return Series(stored.key, claims, stored.anchors, stored.doubts)
        if known.claims:
            held = {(speaker, claim.id) for speaker, claim in known.claims}
            claims = tuple(pair for pair in claims if (pair[0], pair[1].id) not in held)
        return Series(known.key, (*known.claims, *claims), known.anchors, known.doubts)

    def _to_move(self, watch: Watch) -> list[Move]:
        """What belongs to another series of this watch now. The newest first, since what came before it is late."""
        moves = [move for placing in self._incidents.values() for move in placing.moves()]
        if self.placed is None:
            here = [(claim, key) for (key, _), news in self._news.items() for claim in news if key.watch == watch.name]
            moves += parts_after_all(here, watch, self.book)
        if not moves:
            return moves
        mine = (move for move in moves if move.into.watch == watch.name)
        return sorted(mine, key=lambda move: turn(move.claim), reverse=True)

    def _relocate(self, watch: Watch, moves: Sequence[Move]) -> None:
        """Moves what belongs to another series now: readers know of it what they knew, and are told what was kept
        from them where it stood."""
        self.moves.extend(moves)
        for move in moves:
            self._left[move.source] = self._left.get(move.source, frozenset()) | {move.claim.id}
        lines = dict.fromkeys((move.source, party) for move in moves for party in move.claim.figure.parties)
        told = {line: self.series(*line) for line in lines}
        for line, series in told.items():
            self._take_along(line, series, [move for move in moves if move.source == line[0]])
        for move in moves:
            for party in move.claim.figure.parties:
                self._settle_moved(watch, move, party)

    def _take_along(self, line: LineName, series: Series, moves: Sequence[Move]) -> None:
        """Gives the figures that readers were told of a line to the incidents that they belong to now."""
        key, party = line
        told, doubt = series.anchors.get(party), series.doubts.get(party)
        for move in moves:
            if party not in move.claim.figure.parties:
                continue
            into = self.series(move.into, party)
            known = into.anchors.get(party)
            newer = known is None or not move.claim.as_of.before(known.as_of)
            if newer and self._is_told(told, move.claim):
                self._move(move.into, party, anchor_of(party, move.claim))
            if doubt is not None and doubt.claim_id == move.claim.id and party not in into.doubts:
                self._doubt(move.into, party, doubt)
        gone = {move.claim.id for move in moves}
        if told is not None and told.claim_id in gone and self._anchor_now(key, party) == told:
            self._move(key, party, self._told_before(series.line(party), party))
        if doubt is not None and doubt.claim_id in gone and self.series(key).doubts.get(party) == doubt:
            self._doubt(key, party, None)

    def _anchor_now(self, key: SeriesKey, party: str) -> Anchor | None:
        return self.series(key).anchors.get(party)

    def _is_told(self, told: Anchor | None, claim: Claim) -> bool:
        """True when readers know the claim's figure by what they were told last, or were told of the claim itself."""
        known = told is not None and agree(told.quantity, claim.figure.quantity, same_party=True)
        return known or self.book.known_to_readers([claim.id])

    def _told_before(self, left: Sequence[Claim], party: str) -> Anchor | None:
        """What readers know of a line from which the figure told last was moved; None where they know nothing."""
        now = latest(left)
        if now is None:
            return None
        same = [one.id for one in left if agree(one.figure.quantity, now.figure.quantity, same_party=True)]
        return anchor_of(party, now) if self.book.known_to_readers(same) else None

    def tell_what_stays(self, watch: Watch) -> None:
        """Judges anew what stays where all that readers were told has gone: it was late beside that, or agreed."""
        for key in dict.fromkeys(move.source for move in self.moves if move.source.watch == watch.name):
            self._tell_what_stays(watch, key)

    def _tell_what_stays(self, watch: Watch, key: SeriesKey) -> None:
        series = self.series(key)
        if series.anchors or series.doubts:
            return
        gone = self._left[key]
        stored = [pair for pair in self.book.series(key).claims if pair[1].id not in gone]
        claims = {(party, claim.id): claim for party, claim in (*stored, *series.claims)}
        lines = {party: [one for (speaker, _), one in claims.items() if speaker == party] for party, _ in claims}
        for party, line in lines.items():
            if (known := self._told_before(line, party)) is not None:
                self._move(key, party, known)
        if self.series(key).anchors:
            return
        said = {party: latest(line) for party, line in lines.items()}
        again = sorted({one for one in said.values() if one is not None}, key=turn, reverse=True)
        decided = {(one.claim_id, one.series) for one in self.decisions}
        again = [one for one in again if (one.id, key) not in decided]
        names = {one.id for one in again}
        kept = tuple((party, one) for (party, name), one in claims.items() if name not in names)
        self._series[key] = replace(series, claims=kept)
        self._opened |= {(key, party) for party in said}
        for claim in again:
            move = Move(claim, key, key)
            self.moves.append(move)
            for party in claim.figure.parties:
                self._settle_moved(watch, move, party)

    def _settle_moved(self, watch: Watch, move: Move, party: str) -> None:
        line, made = (move.into, party), len(self.decisions)
        given = self._news.pop(line, None)
        self._news[line] = [move.claim]
        self.settle(watch, *line)
        if given is None:
            del self._news[line]
        else:
            self._news[line] = given
        for at in range(made, len(self.decisions)):
            decision = self.decisions[at]
            if decision.claim_id == move.claim.id:
                self.decisions[at] = replace(decision, why=f"{AFTER_ALL}: {decision.why}")

    def _confirmed(self, line: Line, claim: Claim) -> Line:
        """The line beside others whose doubts this claim has confirmed."""
        if not line.series.doubts:
            return line
        for found in confirmations(line, claim):
            self.decisions.append(found.decision)
            self._move(line.series.key, found.party, found.doubt)
            self._doubt(line.series.key, found.party, None)
        return replace(line, series=self.series(line.series.key))

    def _sort_into(self, lines: dict[LineName, list[Claim]], claims: Sequence[Claim], watch: Watch) -> list[LineName]:
        names = []
        for claim in claims:
            key = self.key(claim, watch)
            if key is not None:
                for party in claim.figure.parties:
                    name = (key, party)
                    names.append(name)
                    lines.setdefault(name, []).append(claim)
        return names

    def key(self, claim: Claim, watch: Watch) -> SeriesKey | None:
        """The claim's series; an incident that this arrival opens is remembered for its next figures."""
        if self.placed is not None:
            return self.placed.get((watch.name, claim.id))
        key = self._key(claim, watch)
        merges = self.book.merges() if key else ()
        return merged(key, merges) if key and merges else key

    def _key(self, claim: Claim, watch: Watch) -> SeriesKey | None:
        counting_since = claim.figure.since is not None
        whole = whole_key(claim, watch, self.book, self.arrival.claims) if counting_since else None
        key = whole or series_key(claim, watch)
        if key is None or (self.only is not None and unit_of(key) not in self.only):
            return None
        if key.incident is None or claim.incident is not None:
            return key
        return self._placing(watch, key.subject).place(claim, key)

    def _placing(self, watch: Watch, subject: str) -> Placing:
        found = self._incidents.get((watch.name, subject))
        if found is None:
            found = self._incidents[watch.name, subject] = Placing(watch, subject, self.book, self.arrival)
        return found

    def _in_context(self, watch: Watch, key: SeriesKey, party: str, claim: Claim, verdict: Verdict) -> Verdict:
        """The verdict with the breakdown named."""
        context = self._breakdown(watch, key, party, claim) if key.measure is _CASUALTIES else ""
        if len(self.arrival.claims) > 1:
            context += self._whole(claim)
        return replace(verdict, why=verdict.why + context) if context else verdict

    def _no_voice(self, line: Line, claim: Claim) -> Verdict | None:
        """Fewer than the same text has from somebody who is named, of the same strike or, where neither a day nor ten
        people are told of, since the start, in a sentence that names nobody: a part of those ("six bodies were found
        under the hall", "the dead include three women")."""
        key, figure = line.series.key, claim.figure
        if line.party != UNATTRIBUTED or key.scope is Scope.PERIOD or figure.status is not Status.ASSERTED:
            return None
        named = [
            leading(said)
            for (other, party), said in self._news.items()
            if party not in {line.party, UNATTRIBUTED} and _holds(other, key, claim)
        ]
        here = [one for one in named if one is not None and one.origin.url == claim.origin.url]
        wholes = [one for one in here if one.figure.quantity.number > figure.quantity.number]
        if not wholes:
            return None
        whole = max(wholes, key=lambda one: (one.figure.quantity.number, one.id))
        said = f"{whole.figure.parties[0]}'s {in_words(whole.figure.quantity)}"
        why = f"names nobody, beside {said} in the same text: a part of that"
        return Verdict(None, why, line.told, held_against=whole.id, before=whole.figure.quantity, speaks=False)

    def _copied(self, line: Line, claim: Claim, verdict: Verdict) -> Verdict | None:
        """A copy of an article as it was before its correction: the figure that was put right there, once more within
        the days in which copies come out."""
        if not verdict.alert or line.gone or verdict.kind in {Kind.CORRECTED, Kind.WITHDRAWN}:
            return None
        before = self.book.corrected(line.series.key, line.party, claim.day - STATEMENT_DAYS, claim.day)
        old = next((one for one in before if line.agrees(one, claim.figure.quantity)), None)
        if old is None:
            return None
        why = f"the {in_words(old)} that an article gave before it was corrected: a copy of that"
        held = verdict.held_against
        return Verdict(Kind.LATE, why, line.told, False, held, verdict.before, speaks=False)

    def _with_baseline(self, line: Line, verdict: Verdict) -> Verdict:
        """The verdict without an alert where the reader is taken to know."""
        if not self.arrival.baseline:
            return verdict
        newest = latest((*line.kept, *line.news))
        anchor = anchor_of(line.party, newest) if newest else None
        why = f"{verdict.why} (baseline)"
        return replace(verdict, why=why, alert=False, anchor=anchor, doubt=None, settled=line.doubt is not None)

    def _beside_of(self, key: SeriesKey, party: str, claim: Claim | None) -> Beside:
        """What readers know of the party's dead, wounded and casualties beside the one that a claim gives."""
        return beside_of(
            key,
            party,
            claim,
            lambda other: leading(self._news.get((other, party), ())),
            lambda other: self.series(other).anchors.get(party),
        )

    def _breakdown(self, watch: Watch, key: SeriesKey, party: str, claim: Claim) -> str:
        """Says when a total is the sum of the party's own killed and wounded: a breakdown, no contradiction."""
        if not claim.asserted:
            return ""
        total, loose = claim.figure.quantity, watch.looseness
        dead = self._speaker(counting(key, _KILLED), party)
        hurt = self._speaker(counting(key, _WOUNDED), party) if dead else None
        if dead is None or hurt is None or not adds_up(dead.figure.quantity, hurt.figure.quantity, total, loose):
            return ""
        killed_in_words, wounded_in_words = in_words(dead.figure.quantity), in_words(hurt.figure.quantity)
        return f"; its own {killed_in_words} killed and {wounded_in_words} wounded add up to it"

    def _whole(self, claim: Claim) -> str:
        """Names the whole that the text gives a part of: "4,700, including 600 dead"."""
        whole = whole_of(claim, self.arrival.claims)
        if whole is None:
            return ""
        return f"; of the {in_words(whole.figure.quantity)} {whole.figure.measure} in the same sentence"

    def _speaker(self, key: SeriesKey, party: str) -> Claim | None:
        """The claim that speaks for a party in another series now."""
        if self.arrival.replaced or key in self._series or key in self._beside:
            return latest(self.series(key, party).line(party))
        return self.book.speaker(key, party)

    def _enter(self, line: Line, claim: Claim, verdict: Verdict) -> None:
        key, party = line.series.key, line.party
        decision = self._decide(key, party, claim, verdict)
        if verdict.anchor != line.told:
            self._move(key, party, verdict.anchor)
        if verdict.settled or (verdict.doubt is not None and verdict.doubt != line.doubt):
            self._doubt(key, party, None if verdict.settled else verdict.doubt)
        if verdict.alert:
            self.changes.append(_change(decision, verdict, claim))

    def _decide(self, key: SeriesKey, party: str, claim: Claim, verdict: Verdict) -> Decision:
        decision = Decision(
            claim_id=claim.id,
            series=key,
            party=party,
            kind=verdict.kind,
            held_against=verdict.held_against,
            before=verdict.before,
            alert=verdict.alert,
            why=verdict.why,
            speaks=verdict.speaks,
        )
        self.decisions.append(decision)
        return decision

    def _move(self, key: SeriesKey, party: str, anchor: Anchor | None) -> None:
        self.moved[key, party] = anchor
        series = self.series(key)
        anchors = with_anchor(series.anchors, party, anchor)
        self._series[key] = Series(key, series.claims, anchors, series.doubts)

    def _doubt(self, key: SeriesKey, party: str, doubt: Anchor | None) -> None:
        self.doubted[key, party] = doubt
        series = self.series(key)
        doubts = with_anchor(series.doubts, party, doubt)
        self._series[key] = Series(key, series.claims, series.anchors, doubts)


def _holds(total: SeriesKey, key: SeriesKey, claim: Claim) -> bool:
    """True for a series whose figure may hold a smaller one: its own, and for one strike all that takes it in."""
    if key.scope is _INCIDENT:
        return total == key or takes_in(total, key, claim)
    return total == key and takes_in(total, key, claim)


def _change(decision: Decision, verdict: Verdict, claim: Claim) -> Change:
    kind = decision.kind
    assert kind in ALERTING  # noqa: S101 - only verdicts of these kinds alert
    return Change(
        id=change_id(decision.series, decision.party, kind, claim.id, decision.held_against, claim.origin.revision),
        series=decision.series,
        party=decision.party,
        kind=kind,
        before=decision.before,
        after=verdict.after,
        claim_id=decision.claim_id,
        held_against=decision.held_against,
        check=verdict.check,
    )

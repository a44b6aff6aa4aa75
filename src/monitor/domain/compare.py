"""Comparing an arrival with what is stored: a decision for every claim, the changes to tell, the anchors that moved.

Pure: the same arrival held against the same book gives the same comparison, ids included.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.domain.changes import ALERTING, Arrival, Book, Change, Comparison, Decision, Kind, change_id
from monitor.domain.claims import Claim, Measure, Status
from monitor.domain.doubted import accepted, confirmations
from monitor.domain.incidents import RETOLD, Incident, find_incident, incident_day, incident_name
from monitor.domain.judge import aside, judge, judge_at_a_glance, judge_denial, judge_dropped
from monitor.domain.lines import Line, Verdict
from monitor.domain.parts import whole_of
from monitor.domain.quantities import adds_up, in_words
from monitor.domain.series import (
    Anchor,
    Series,
    SeriesKey,
    anchor_of,
    counting,
    is_own_denial,
    latest,
    leading,
    with_anchor,
)
from monitor.domain.verdicts import merged
from monitor.domain.watches import Watch, series_key
from monitor.domain.windows import TOLD, Window

LineName = tuple[SeriesKey, str]


def compare(
    arrival: Arrival, watches: Sequence[Watch], book: Book, placed: Mapping[tuple[str, str], SeriesKey] | None = None
) -> Comparison:
    """What follows from an arrival, for every watch. An arrival that the book holds already has no consequences.

    `placed` names the series of each claim, by watch and claim id, where history is folded again; no others count.
    """
    page = _Page(arrival, book, placed)
    for watch in watches:
        for key, party in page.lines(watch):
            page.settle(watch, key, party)
    return Comparison(tuple(page.decisions), tuple(page.changes), page.moved, page.doubted)


def place(claim: Claim, watch: Watch, book: Book) -> SeriesKey | None:
    """The series of a watch that a claim of its own would go into; None when the watch doesn't ask for it."""
    alone = replace(claim, id="")  # where it stood says nothing any more
    return _Page(Arrival((alone,)), book, None).key(alone, watch, [])


class _Page:
    """A comparison being written: the book as it will be, line by line, so that the second party of a text is held
    against the first, and a total against its own parts."""

    def __init__(self, arrival: Arrival, book: Book, placed: Mapping[tuple[str, str], SeriesKey] | None) -> None:
        self.arrival = arrival
        self.book = book
        self.placed = placed
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

    def lines(self, watch: Watch) -> list[LineName]:
        """The lines of this watch that the arrival touches, in the text's order, totals after their parts."""
        incidents: list[tuple[SeriesKey, Claim]] = []
        news = self._sort_into(self._news, self.arrival.claims, watch, incidents)
        gone = self._sort_into(self._gone, self.arrival.replaced, watch, incidents)
        return sorted(dict.fromkeys((*news, *gone)), key=lambda name: name[0].measure is Measure.CASUALTIES)

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
        line = Line(watch, series, party, news, tuple(self._gone.get((key, party), ())))
        if not self.arrival.baseline and (speaker := leading(news)) is not None:
            line = self._confirmed(line, speaker)
        for claim, verdict in _verdicts(line):
            self._enter(line, claim, self._with_baseline(line, self._in_context(watch, key, party, claim, verdict)))
        now = self.series(key)
        claims = (*series.claims, *((party, claim) for claim in news))
        self._series[key] = Series(key, claims, now.anchors, now.doubts)
        for claim in news:
            if claim.accepted and claim.figure.status is Status.ASSERTED:
                self._accept(key, claim, watch)

    def _settled_at_a_glance(self, watch: Watch, key: SeriesKey, party: str) -> bool:
        """Decides on a line without reading it, where a first look tells what follows: nothing is told then."""
        news = self._news.get((key, party), ())
        if len(news) != 1 or self.arrival.baseline or self.arrival.replaced or key in self._series:
            return False
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
            window = Window(party, self._news.get((key, party or ""), ()), self._gone_ids) if party else TOLD
            known = self._joined(known, self.book.series(key, window))
            self._series[key] = known
            self._opened.add((key, party or ""))
        return known

    def _joined(self, known: Series | None, stored: Series) -> Series:
        """What is known of a series with what was read of it now, without the claims that the arrival replaces."""
        claims = stored.claims
        if self._gone_ids:
            claims = tuple(pair for pair in claims if pair[1].id not in self._gone_ids)
        if known is None:
            claims = (*claims, *self._beside.get(stored.key, ()))
            return Series(stored.key, claims, stored.anchors, stored.doubts)
        if known.claims:
            held = {(speaker, claim.id) for speaker, claim in known.claims}
            claims = tuple(pair for pair in claims if (pair[0], pair[1].id) not in held)
        return Series(known.key, (*known.claims, *claims), known.anchors, known.doubts)

    def _confirmed(self, line: Line, claim: Claim) -> Line:
        """The line beside others whose doubts this claim has confirmed."""
        if not line.series.doubts:
            return line
        for found in confirmations(line, claim):
            self.decisions.append(found.decision)
            self._move(line.series.key, found.party, found.doubt)
            self._doubt(line.series.key, found.party, None)
        return replace(line, series=self.series(line.series.key))

    def _sort_into(
        self,
        lines: dict[LineName, list[Claim]],
        claims: Sequence[Claim],
        watch: Watch,
        incidents: list[tuple[SeriesKey, Claim]],
    ) -> Iterator[LineName]:
        for claim in claims:
            key = self.key(claim, watch, incidents)
            if key is None:
                continue
            for party in claim.figure.parties:
                lines.setdefault((key, party), []).append(claim)
                yield key, party

    def key(self, claim: Claim, watch: Watch, opened: list[tuple[SeriesKey, Claim]]) -> SeriesKey | None:
        """The claim's series; an incident that this arrival opens is remembered for its next figures."""
        if self.placed is not None:
            return self.placed.get((watch.name, claim.id))
        key = self._key(claim, watch, opened)
        return merged(key, self.book.merges()) if key else None

    def _key(self, claim: Claim, watch: Watch, opened: list[tuple[SeriesKey, Claim]]) -> SeriesKey | None:
        key = series_key(claim, watch)
        if key is None or key.incident is None or claim.incident is not None:
            return key
        known = self._incidents(key, opened, claim)
        found = find_incident(known, claim, watch.atlas)
        if found is None:
            names = [one.name for one in known]
            name = incident_name(key.place, claim.event_day, names, claim.figure.target or claim.figure.event)
            key = replace(key, incident=name)
        else:
            key = replace(key, incident=found.name, place=found.place)
        opened.append((key, claim))
        return key

    def _incidents(self, key: SeriesKey, opened: list[tuple[SeriesKey, Claim]], claim: Claim) -> list[Incident]:
        """The incidents of some days around the claim's, with what their texts and this one say of them."""
        keys: dict[str, list[SeriesKey]] = {}
        mine = [other for other, _ in opened if (other.watch, other.subject) == (key.watch, key.subject)]
        first, last = claim.event_day - RETOLD, claim.event_day + RETOLD
        for other in (*self.book.incidents(key.watch, key.subject, first, last), *mine):
            name = other.incident or ""
            if first <= incident_day(name) <= last:
                keys.setdefault(name, []).append(other)
        return [self._incident(name, mine, key, opened) for name, mine in keys.items()]

    def _incident(
        self, name: str, keys: list[SeriesKey], key: SeriesKey, opened: list[tuple[SeriesKey, Claim]]
    ) -> Incident:
        stored = [self.book.series(one) for one in dict.fromkeys((*keys, replace(keys[0], measure=key.measure)))]
        claims = [claim for series in stored for _, claim in series.claims]
        claims += [claim for one, claim in opened if one in keys]
        same = [series for series in stored if series.key.measure is key.measure]
        told = [anchor.quantity for one in same for known in (one.anchors, one.doubts) for anchor in known.values()]
        return Incident(
            name=name,
            place=keys[0].place,
            events=frozenset(claim.figure.event for claim in claims if claim.figure.event),
            targets=frozenset(claim.figure.target for claim in claims if claim.figure.target),
            told=tuple(told),
            claims=frozenset(claim.id for claim in claims),
        )

    def _in_context(self, watch: Watch, key: SeriesKey, party: str, claim: Claim, verdict: Verdict) -> Verdict:
        """The verdict with the breakdown named."""
        context = self._breakdown(watch, key, party, claim) + self._whole(claim)
        return replace(verdict, why=verdict.why + context) if context else verdict

    def _with_baseline(self, line: Line, verdict: Verdict) -> Verdict:
        """The verdict without an alert where the reader is taken to know."""
        if not self.arrival.baseline:
            return verdict
        newest = latest((*line.kept, *line.news))
        anchor = anchor_of(line.party, newest) if newest else None
        why = f"{verdict.why} (baseline)"
        return replace(verdict, why=why, alert=False, anchor=anchor, doubt=None, settled=line.doubt is not None)

    def _breakdown(self, watch: Watch, key: SeriesKey, party: str, claim: Claim) -> str:
        """Says when a total is the sum of the party's own killed and wounded: a breakdown, no contradiction."""
        if key.measure is not Measure.CASUALTIES or claim.figure.status is not Status.ASSERTED:
            return ""
        total, loose = claim.figure.quantity, watch.looseness
        dead = self._speaker(counting(key, Measure.KILLED), party)
        hurt = self._speaker(counting(key, Measure.WOUNDED), party) if dead else None
        if dead is None or hurt is None or not adds_up(dead.figure.quantity, hurt.figure.quantity, total, loose):
            return ""
        killed_in_words, wounded_in_words = in_words(dead.figure.quantity), in_words(hurt.figure.quantity)
        return f"; its own {killed_in_words} killed and {wounded_in_words} wounded add up to it"

    def _whole(self, claim: Claim) -> str:
        """Names the whole that the text gives a part of: "4,700, including 600 dead"."""
        whole = whole_of(claim, self.arrival.claims) if len(self.arrival.claims) > 1 else None
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
        )
        self.decisions.append(decision)
        return decision

    def _move(self, key: SeriesKey, party: str, anchor: Anchor | None) -> None:
        self.moved[key, party] = anchor
        series = self.series(key)
        self._series[key] = replace(series, anchors=with_anchor(series.anchors, party, anchor))

    def _doubt(self, key: SeriesKey, party: str, doubt: Anchor | None) -> None:
        self.doubted[key, party] = doubt
        series = self.series(key)
        self._series[key] = replace(series, doubts=with_anchor(series.doubts, party, doubt))


def _verdicts(line: Line) -> Iterator[tuple[Claim, Verdict]]:
    """A verdict for each new claim of the line, and for a figure that was dropped: at most one of them alerts."""
    speaker = leading(line.news) or _own_denial(line)
    yield from ((claim, _set_aside(line, claim, speaker)) for claim in line.news if claim is not speaker)
    if speaker is not None:
        denied = speaker.figure.status is Status.DENIED
        yield speaker, judge_denial(line, speaker) if denied else judge(line, speaker)
    elif (dropped := leading(line.gone)) is not None:
        yield dropped, judge_dropped(line, dropped)


def _own_denial(line: Line) -> Claim | None:
    """The party's denial of the very figure that readers were told it gives, or were asked to check."""
    told = [anchor.quantity for anchor in (line.told, line.doubt) if anchor is not None]
    mine = (claim for claim in line.news if is_own_denial(claim))
    return next((no for no in mine if any(line.agrees(no.figure.quantity, one) for one in told)), None)


def _set_aside(line: Line, claim: Claim, speaker: Claim | None) -> Verdict:
    """A claim that is not held against the line: by its status, or because another figure speaks for its article."""
    if speaker is None or claim.figure.status is not Status.ASSERTED:
        return aside(claim, line.told)
    figure = speaker.figure.quantity
    if line.agrees(claim.figure.quantity, figure):
        return Verdict(Kind.REPEATED, "said again in the same article", line.told, False, speaker.id, figure)
    why = f"the article's {in_words(figure)} speaks for this line: later, or the whole of which this is a part"
    return Verdict(None, why, line.told, False, speaker.id, figure)


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

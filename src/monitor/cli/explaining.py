"""`monitor explain`: why a text was read as it was, and why somebody was told, or not."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cyclopts import App

from monitor.cli import show
from monitor.cli.known import bounds, counted, merge_row, named, opened, plain, told_words, words
from monitor.cli.options import CONFIG, Config, Json
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.domain.claims import Claim, Claimant, Figure
    from monitor.domain.verdicts import Said
    from monitor.domain.watches import Watch
    from monitor.store import (
        ChangeLine,
        ClaimDetail,
        DecisionLine,
        DeliveryLine,
        FormerReading,
        MergeLine,
        Store,
        VerdictLine,
    )

AROUND = 200
"""Characters shown before and after a figure, where its paragraph goes on that far."""

MARKS = ("»", "«")
app = App()


@app.command
def explain(id_: str, /, *, json: Json = False, config: Config = CONFIG) -> None:
    """Why: the quote in its sentence, the rules, the confidence, what it was held against, who was told.

    Parameters
    ----------
    id_
        a claim or a change, as `monitor figures` and `monitor changes` show them, or the address of an article
    """
    from monitor.settings import load_settings

    settings = load_settings(config)
    watches = settings.watches(settings.load_lexicon())
    if ":" in id_:
        _explain_article(id_, watches, config, as_json=json)
        return
    with opened(config) as store:
        detail = _detail(store, id_)
        deliveries = _deliveries(store, detail)
        against = {line.decision.held_against: _held(store, line) for line in detail.decisions}
    if json:
        show.json_lines([{**_as_row(detail, deliveries), "left": dict(_left(detail, watches))}])
        return
    for line in _told(detail, against, deliveries):
        show.say(line)
    for watch, why in _left(detail, watches):
        show.say(f"{show.cell(watch)}: {show.cell(why)}")


def _explain_article(url: str, watches: "Sequence[Watch]", config: Path, *, as_json: bool) -> None:
    """All that was read in an article: which of its figures changed something, and why the others didn't."""
    from monitor.cli.explaining_articles import article_json, article_lines, article_of

    with opened(config) as store:
        article, details = article_of(store, url)
        left = [dict(_left(detail, watches)) for detail in details]
        told = list(zip(details, left, strict=True))
        rows = [{**_as_row(one, _deliveries(store, one)), "left": why} for one, why in told] if as_json else []
    if as_json:
        show.json_lines([article_json(article, rows)])
        return
    for line in article_lines(article, told):
        show.say(line)


def _detail(store: "Store", wanted: str) -> "ClaimDetail":
    """The claim of this id, or the one that caused the change of this id. Raises InputError."""
    change = store.change(wanted)
    detail = store.claim(change.change.claim_id if change else wanted)
    if detail is None:
        raise InputError(
            f'no claim or change "{wanted}"; `monitor figures` and `monitor changes` show their ids, '
            "and the address of an article those of all its figures"
        )
    return detail


def _deliveries(store: "Store", detail: "ClaimDetail") -> "list[DeliveryLine]":
    return store.deliveries_of([line.change.id for line in detail.changes])


def _held(store: "Store", line: "DecisionLine") -> "Claim | None":
    other = store.claim(line.decision.held_against) if line.decision.held_against else None
    return other.claim if other else None


def _told(
    detail: "ClaimDetail", against: "dict[str | None, Claim | None]", deliveries: "list[DeliveryLine]"
) -> Iterator[str]:
    """The explanation, line by line."""
    claim, figure = detail.claim, detail.claim.figure
    yield f"claim {claim.id}{_standing(detail)}"
    yield _field("article", f"{claim.origin.title or claim.origin.url} ({_source(claim)})")
    yield _field("", claim.origin.url)
    if claim.origin.credit:
        yield _field("goes back", f"to {claim.origin.credit}, by its own words: copies of it are one statement")
    yield _field("text", in_sentence(detail.text, claim))
    yield from figure_lines(figure)
    yield _field("as of", f"{claim.as_of.day} ({_dated(claim)})")
    if claim.names_day and claim.event_day != claim.as_of.day:
        yield _field("", f"tells of {claim.event_day}")
    yield _field("read by", f"extractor {detail.extractor}, language {detail.language}")
    for former in detail.former:
        yield _former_line(former, figure)
    for line in detail.decisions:
        yield from _decision_lines(line, claim, against.get(line.decision.held_against))
    for verdict in detail.verdicts:
        yield _verdict_line(verdict)
    for merge in detail.merges:
        yield from _merge_lines(merge)
    for change in detail.changes:
        yield _change_line(change)
    if detail.decisions and all(change.muted for change in detail.changes):
        yield "nobody was told of it"
    for delivery in deliveries:
        ended = f" {show.cell(delivery.ended_at)}" if delivery.ended_at else ""
        error = f": {show.cell(delivery.error)}" if delivery.error else ""
        yield f"alert on {show.cell(delivery.channel)}: {delivery.state.value}{ended}{error} (delivery {delivery.key})"


def _change_line(line: "ChangeLine") -> str:
    change = line.change
    step = f"{words(change.before) or 'nothing'} → {words(change.after) or 'nothing'}"
    mark = ", please check" if change.check else ""
    watch, party = show.cell(change.series.watch), show.cell(change.party)
    what = f"{change.kind.value}, {step}{mark}"
    muted = f": {show.cell(told_words(None, line.muted))}" if line.muted else ""
    return f"change {change.id} of {watch}, line of {party}: {what} ({line.at:%Y-%m-%d %H:%M} UTC){muted}"


def _left(detail: "ClaimDetail", watches: "Sequence[Watch]") -> Iterator[tuple[str, str]]:
    """Why each watch that holds no decision on the claim doesn't: it leaves it aside, or the claim wasn't compared."""
    from monitor.domain.watches import why_left

    held = {line.decision.series.watch for line in detail.decisions if not line.undone}
    for watch in watches:
        if watch.name not in held:
            why = why_left(detail.claim, watch)
            yield watch.name, f"not compared: {why or _not_yet(detail)}"


def _not_yet(detail: "ClaimDetail") -> str:
    if detail.rejected:
        return "a person rejected it"
    if detail.replaced:
        return "its text was set aside, or another one took its place first"
    return "its run is not finished, or the watch is newer than the claim"


def figure_lines(figure: "Figure") -> Iterator[str]:
    """How a figure was read and by what."""
    place = f" in {figure.place}" if figure.place else ""
    window = f" of {figure.window_days} days" if figure.window_days else ""
    window += f" since {figure.since}" if figure.since else ""
    what = f"{figure.subject.text}, {figure.measure.value}{place}: {words(figure.quantity)}"
    yield _field("read as", f"{what}; {figure.scope.value}{window}, {figure.status.value}")
    if figure.event or figure.target:
        yield _field("event", " on ".join(word for word in (figure.event, figure.target) if word))
    yield _field("who says", ", ".join(_spoken(claimant) for claimant in figure.claimants) or "nobody is named")
    if figure.via:
        yield _field("passed on", ", ".join(_spoken(claimant) for claimant in figure.via))
    terms = " ".join(f"{value:+.2f} {name}" for name, value in figure.terms)
    yield _field("confidence", f"{figure.confidence:.2f}{f' = {terms}' if terms else ''}")
    yield from _rule_lines(figure)


def _rule_lines(figure: "Figure") -> Iterator[str]:
    """The rules that read a figure, each with the phrase that it is for and its reason."""
    from monitor.extract.rules import RULES

    told = [(rule, RULES.get(rule)) for rule in figure.rules]
    lines = [f"{rule}: {known.phrase} ({known.reason})" if known else rule for rule, known in told]
    for number, line in enumerate(lines or ["none"]):
        yield _field("" if number else "rules", line)


def in_sentence(text: str, claim: "Claim") -> str:
    """The paragraph around the figure, the figure marked: … had been »more than 3,000« …"""
    from monitor.domain.rereading import TITLE_RULE

    figure = claim.figure
    return marked(claim.origin.title if TITLE_RULE in figure.rules else text, figure.start, figure.end)


def marked(text: str, start: int, end: int) -> str:
    """The part of the text around start:end, within its paragraph, with marks around it."""
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    stop = text.find("\n", end)
    last = min(stop if stop >= 0 else len(text), end + AROUND)
    head = "…" if first > 0 and text[first - 1] != "\n" else ""
    tail = "…" if last < len(text) and text[last] != "\n" else ""
    return f"{head}{text[first:start]}{MARKS[0]}{text[start:end]}{MARKS[1]}{text[end:last]}{tail}"


def _difference_lines(was: "Claim", now: "Claim") -> Iterator[str]:
    """What an article said before it was corrected."""
    from monitor.alerts.difference import difference, in_line

    if was.origin.url == now.origin.url and was.id != now.id:
        yield _field("it said", f"“{was.figure.quote}”")
        yield _field("differs", in_line(difference(was.figure.quote, now.figure.quote)) or "nothing in this sentence")


def _decision_lines(line: "DecisionLine", claim: "Claim", against: "Claim | None") -> Iterator[str]:
    decision = line.decision
    kind = decision.kind.value if decision.kind else "not compared"
    was = " (no longer holds)" if line.undone else ""
    yield f"{show.cell(decision.series.watch)}, line of {show.cell(decision.party)}: {kind}{was}"
    if decision.before is not None:
        source = f" (claim {against.id}, {_source(against)})" if against else ""
        yield _field("before", f"{words(decision.before)}{source}")
    if against is not None and decision.kind is not None and decision.kind.value == "corrected":
        yield from _difference_lines(against, claim)
    yield _field("alert", f"{'yes' if decision.alert else 'no'}: {decision.why}")
    if line.undone:
        yield _field("undone", line.undone)


def _verdict_line(line: "VerdictLine") -> str:
    on = "" if not line.edits else f" ({', '.join(f'{name}: {value}' for name, value in line.edits.items())})"
    why = f": {line.why}" if line.why else ""
    return show.cell(f"{line.verdict.value} by {line.who}, {line.at:%Y-%m-%d %H:%M} UTC{on}{why}")


def _former_line(former: "FormerReading", figure: "Figure") -> str:
    """What an older extractor read otherwise."""
    from monitor.domain.rereading import SAID, differing

    names = [name for name in differing(former.figure, figure) if name in SAID]
    said = "; ".join(f"{name} {plain(getattr(former.figure, name))}" for name in names) or "the same, for other reasons"
    return _field("before", f"{said} (extractor {former.extractor}, until {former.until:%Y-%m-%d %H:%M} UTC)")


def _merge_lines(line: "MergeLine") -> Iterator[str]:
    """Series that a person has put together, and taken apart again."""
    source, into = (counted(key) for key in (line.merge.source, line.merge.into))
    yield show.cell(f"{source} put into {into} by {_by(line.said)} (merge {line.number})")
    if line.ended is not None:
        yield show.cell(f"taken apart by {_by(line.ended)} (merge {line.number})")


def _by(said: "Said") -> str:
    return f"{said.who}, {said.now:%Y-%m-%d %H:%M} UTC{f': {said.why}' if said.why else ''}"


def _field(name: str, value: str) -> str:
    return f"  {name:<11}{show.cell(value)}"


def _standing(detail: "ClaimDetail") -> str:
    if detail.rejected:
        return ", rejected as misread"
    if detail.read_no_more:
        return ", read no more by the extractor of today"
    if detail.claim.accepted:
        return f", {detail.verdicts[-1].verdict.value} by a person" if detail.verdicts else ", accepted by a person"
    return ", replaced by a later text of its article" if detail.replaced else ""


def _source(claim: "Claim") -> str:
    published = f", {claim.origin.published_at:%Y-%m-%d %H:%M} UTC" if claim.origin.published_at else ""
    return f"{claim.origin.outlet or 'outlet not named'}{published}, revision {claim.origin.revision}"


def _dated(claim: "Claim") -> str:
    if claim.as_of.precision == "day":
        return "the text's own date"
    if claim.figure.said_at is not None:
        return "the time of its post"
    return "its publication" if claim.origin.published_at else "when it was fetched"


def _spoken(claimant: "Claimant") -> str:
    same = claimant.party in {None, claimant.name}
    return claimant.name if same else f"{claimant.name} (for {claimant.party})"


def _as_row(detail: "ClaimDetail", deliveries: "list[DeliveryLine]") -> dict[str, Any]:
    claim, figure = detail.claim, detail.claim.figure
    return {
        "claim": claim.id,
        "active": detail.active,
        "url": claim.origin.url,
        "outlet": claim.origin.outlet,
        "credit": claim.origin.credit,
        "revision": claim.origin.revision,
        "quote": figure.quote,
        "measure": figure.measure.value,
        "subject": figure.subject.text,
        "status": figure.status.value,
        **bounds("", figure.quantity),
        "as_of": claim.as_of.day,
        "confidence": figure.confidence,
        "terms": dict(figure.terms),
        "rules": list(figure.rules),
        "extractor": detail.extractor,
        "decisions": [_decision_row(line, figure.subject.text) for line in detail.decisions],
        "verdicts": [
            {"verdict": one.verdict.value, "edits": one.edits, "who": one.who, "why": one.why, "at": one.at}
            for one in detail.verdicts
        ],
        "former": [
            {
                **bounds("", one.figure.quantity),
                "extractor": one.extractor,
                "until": one.until,
                "rules": list(one.figure.rules),
            }
            for one in detail.former
        ],
        "merges": [merge_row(line) for line in detail.merges],
        "changes": [{"change": line.change.id, "at": line.at, "muted": line.muted or None} for line in detail.changes],
        "deliveries": [{"channel": line.channel, "state": line.state.value, "key": line.key} for line in deliveries],
    }


def _decision_row(line: "DecisionLine", subject: str) -> dict[str, Any]:
    decision = line.decision
    return {
        "watch": decision.series.watch,
        "figure": named(decision.series, subject),
        "party": decision.party,
        "kind": decision.kind.value if decision.kind else None,
        "held_against": decision.held_against,
        **bounds("previous_", decision.before),
        "alert": decision.alert,
        "why": decision.why,
        "at": line.at,
        "undone": line.undone or None,
    }

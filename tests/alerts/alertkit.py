"""What the tests of this room share: changes as a pipeline would hand them over, made in one line."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from monitor.alerts.mail import build
from monitor.alerts.messages import ChangeToTell, Message, Standing, compose
from monitor.alerts.smtp import MailServer
from monitor.domain.changes import Change, Kind
from monitor.domain.claims import Claim, Claimant, Figure, Measure, Origin, Scope, Status, Subject
from monitor.domain.quantities import Qualifier, Quantity
from monitor.domain.series import SeriesKey
from monitor.domain.steps import Course, Mark, Step

NOW = datetime(2025, 1, 13, 9, 30, tzinfo=UTC)

MORE_THAN_3000 = Quantity(3000, None, Qualifier.MORE_THAN)
NIS = Claimant("National Intelligence Service", "South Korea")
EXACT_4700 = Quantity(4700, 4700, Qualifier.EXACT)

COURSES = (
    Course(
        "South Korea",
        (
            Step(date(2024, 12, 19), Quantity(1100, None, Qualifier.AT_LEAST)),
            Step(date(2025, 1, 10), Quantity(31_000, 31_000, Qualifier.EXACT), Mark.TAKEN_BACK),
            Step(date(2025, 1, 11), MORE_THAN_3000),
            Step(date(2025, 1, 13), EXACT_4700),
        ),
    ),
    Course("Ukraine", (Step(date(2025, 1, 4), Quantity(3500, 4000, Qualifier.RANGE)),)),
)


def key(measure: Measure = Measure.CASUALTIES, place: str | None = None) -> SeriesKey:
    return SeriesKey(
        watch="north-korean-troops",
        subject="North Korea/troops",
        measure=measure,
        scope=Scope.CUMULATIVE,
        place=place,
    )


def claim(
    quote: str = "Seoul’s spy agency put the North’s losses at 4,700, including 600 dead",
    title: str = "North Korea has lost 4,700 in Kursk, Seoul says",
    url: str = "https://northwire.example.org/2025/04/30/seoul-nk?ref=a_b",
    outlet: str = "Northwire",
    claimant: Claimant = NIS,
) -> Claim:
    figure = Figure(
        quantity=EXACT_4700,
        measure=Measure.CASUALTIES,
        subject=Subject("North Korean troops", "North Korea", "troops"),
        claimants=(claimant,),
        place="Kursk",
        scope=Scope.CUMULATIVE,
        status=Status.ASSERTED,
        as_of=date(2025, 1, 13),
        start=0,
        end=5,
        quote=quote,
        quote_start=0,
        confidence=0.93,
    )
    origin = Origin(url=url, outlet=outlet, title=title, revision=1, published_at=NOW, fetched_at=NOW)
    return Claim(id="c0123456789ab", figure=figure, origin=origin)


def change(identity: str = "x0123456789ab", kind: Kind = Kind.RAISED, measure: Measure = Measure.CASUALTIES) -> Change:
    return Change(
        id=identity,
        series=key(measure),
        party="South Korea",
        kind=kind,
        before=None if kind is Kind.FIRST else MORE_THAN_3000,
        after=None if kind is Kind.WITHDRAWN else EXACT_4700,
        claim_id="c0123456789ab",
        held_against=None,
    )


def told(
    identity: str = "x0123456789ab",
    kind: Kind = Kind.RAISED,
    measure: Measure = Measure.CASUALTIES,
    source: Claim | None = None,
) -> ChangeToTell:
    return ChangeToTell(
        change=change(identity, kind, measure),
        claim=source or claim(),
        statements=2,
        outlets=5,
        others=(
            Standing("Ukraine", Quantity(4000, 4000, Qualifier.EXACT), NOW),
            Standing("United States", Quantity(None, 8000, Qualifier.AT_MOST)),
        ),
        why="South Korea's figure no longer agrees with the one you were last told",
    )


def message(*changes: ChangeToTell) -> Message:
    return compose("north-korean-troops", changes or (told(),), now=NOW)


def hostile_message(words: str) -> Message:
    """A message all of whose feed texts are `words`."""
    source = claim(quote=words, title=words, url=words, outlet=words, claimant=Claimant(words, None))
    bad = told(source=source)
    bad = replace(
        bad, change=replace(bad.change, party=words), others=(Standing(words, EXACT_4700),), why=words, credit=words
    )
    bad = replace(bad, courses=tuple(replace(one, party=words) for one in COURSES))
    bad = replace(bad, was_quote=f"{words} was {words}")
    subject = Subject(words, None, "people")
    bad = replace(bad, claim=replace(source, figure=replace(source.figure, subject=subject)))
    return compose("north-korean-troops", (bad,), now=NOW)


def mail(message: Message, key: str, server: MailServer) -> EmailMessage:
    """The mail as its reader's program has it."""
    read = message_from_bytes(build(message, key, server), policy=default)
    assert isinstance(read, EmailMessage)
    assert not [part.defects for part in read.walk() if part.defects]
    return read


def without_charts(message: Message) -> Message:
    """The message as a mail that no picture is drawn for: that takes most of the time of a mail."""
    return replace(message, items=tuple(replace(item, courses=()) for item in message.items))

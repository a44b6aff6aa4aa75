"""One article read sentence by sentence: gate, annotate, frame, attribute."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from monitor.domain.claims import DENIED_BY_ANOTHER, Figure, Measure, Scope, Status, Subject
from monitor.extract.chain import frames_of
from monitor.extract.harmless import harmless, part_of_none
from monitor.extract.lexicon import Lexicon, Mention
from monitor.extract.lexicon.grammar_words import Words, load_words
from monitor.extract.measures.bystanders import bystanders
from monitor.extract.measures.confidence import confidence_of, terms_of
from monitor.extract.measures.frames import Frame, is_soldier, military
from monitor.extract.measures.refused import given_back, negated, no_war, wounds_of_the_dead
from monitor.extract.measures.status import status_of
from monitor.extract.measures.tables import asked
from monitor.extract.numbers.number_phrases import NumberPhrase, find_numbers
from monitor.extract.parties.attribution import (
    attribute,
    closing_source,
    denied_by_another,
    header_of,
    in_quotation,
    opens_quoted,
)
from monitor.extract.parties.people_told import acting_people, counted_people
from monitor.extract.parties.rows import columns_of, heading_index, is_row, measure_of_heading, topic_of
from monitor.extract.parties.sources import (
    actor_of,
    claimants_of,
    covering,
    housed,
    introduces,
    phrase_claimants,
    speeches_of,
)
from monitor.extract.parties.whose import attacked_of, heading_of, subject_of
from monitor.extract.scene.context import Context
from monitor.extract.scene.scenes import happened, notice
from monitor.extract.scene.scopes import span_of_heading
from monitor.extract.scene.spots import Extent
from monitor.extract.scene.when import clause, event_date
from monitor.extract.scene.where import apart, extent_of, firm_place, last_land
from monitor.extract.sentence.annotate import Sentence, Token, annotate
from monitor.extract.sentence.make_believe import goes_on, make_believe
from monitor.extract.sentence.named_groups import with_named_groups
from monitor.extract.sentence.short_names import with_short_names
from monitor.extract.setting import setting_of
from monitor.extract.speech.credits import POINTING, credit_of
from monitor.extract.speech.headings import document_head, letterhead
from monitor.extract.speech.venues import venues
from monitor.extract.text.normalise import normalise
from monitor.extract.text.quotes import with_plain_quotes
from monitor.extract.text.sentences import ARTICLE_CAP, split_sentences
from monitor.extract.text.sentences import Sentence as Span

QUOTE_CAP = 320
"""Characters of the sentence that are quoted around a figure."""
CONTEXT = 4
"""How many sentences before a figure can hold what its pronouns stand for."""
QUOTED_REACH = 4
"""Sentences behind a figure in which its quotation may end."""
MOST_FIGURES = 400
"""No honest article holds more; what lies behind is not read."""
OWN_PLACE = frozenset({"place-in", "place-setting", "place-owner", "place-named", "place-land"})
"""Rules by which the figure's own sentence names its place."""
LANDED = frozenset({"name", "capital", "seat", "place"})
"""Roles of names that tell of a land, not of its people alone."""
Item = TypeVar("Item", NumberPhrase, Mention)


@dataclass(slots=True)
class Article:
    """A text with its numbers and names, and what has been read of it so far."""

    text: str
    plain: str
    numbers: list[NumberPhrase]
    mentions: list[Mention]
    context: Context
    words: Words
    subjects: dict[int, Subject] = field(default_factory=dict)
    full: bool = False


def _within(items: Sequence[Item], starts: Sequence[int], start: int, end: int) -> list[Item]:
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    return [item for item in items[first:last] if item.end <= end]


def open_article(text: str, lexicon: Lexicon, published: date | None, title: str = "", outlet: str = "") -> Article:
    """Normalises and finds numbers and names; offsets hold in the text as given. A country that the title alone names
    is the one whose offices the text speaks of; where none is named at all, that in the name of the outlet."""
    plain = with_plain_quotes(normalise(text[:ARTICLE_CAP]))
    mentions = with_named_groups(plain, with_short_names(plain, lexicon.mentions(plain)))
    if "WIA" in plain:
        mentions = [m for m in mentions if m.surface != "KIA"]  # beside the wounded in action it is no army's name
    behind, home = (_land_of(lexicon.mentions(name), lexicon) for name in (title, outlet))
    context = Context(lexicon, published, country_behind=behind, home=home)
    return Article(text, plain, find_numbers(plain), mentions, context, load_words())


def _land_of(mentions: Sequence[Mention], lexicon: Lexicon) -> str | None:
    """The one country that a title or a dateline names, by itself or by a place in it."""
    named = {lexicon.land(m.name) or m.party for m in mentions if m.role != "leader"}
    lands = [one for one in named if one is not None and lexicon.kind(one) == "country"]
    return lands[0] if len(lands) == 1 else None


def sentences_of(article: Article) -> Iterator[Sentence]:
    """The sentences that matter, annotated, in order: those that count, and those told shortly before them."""
    spans = split_sentences(article.plain)
    numbers_at, mentions_at = [n.start for n in article.numbers], [m.start for m in article.mentions]
    counting = _counting(article.numbers, spans)
    wanted = {i for at in counting for i in range(max(0, at - CONTEXT), at + 1)} | set(range(min(2, len(spans))))
    for at in counting:
        wanted |= _rest_of_quotation(article.plain, spans, at)
        if at + 1 < len(spans) and POINTING.match(article.plain, spans[at + 1].start, spans[at + 1].end):
            wanted.add(at + 1)
    for number, span in enumerate(spans if counting else ()):
        if span.dateline is not None and article.context.filed_from is None:
            _filed(article, _within(article.mentions, mentions_at, *span.dateline), *span.dateline)
        if number not in wanted:
            continue
        numbers = _within(article.numbers, numbers_at, span.start, span.end)
        mentions = _within(article.mentions, mentions_at, span.start, span.end)
        sentence = annotate(article.plain, span.start, span.end, numbers, mentions, article.words)
        sentence.number, sentence.headline = number, span.kind == "headline"
        sentence.bullet = span.kind in {"bullet", "row"}
        sentence.quoted = opens_quoted(article.plain, span.start)
        yield sentence


def _filed(article: Article, named: Sequence[Mention], start: int, end: int) -> None:
    """Keeps the land and the town of a dateline; a capital, where reports of the whole land are filed, is no town."""
    context = article.context
    context.filed_from = _land_of(named, context.lexicon)
    towns = [mention for mention in named if mention.role == "place"]
    words = article.plain[start:end].rstrip(" ,")
    if towns and context.lexicon.kind(towns[0].name) != "country":
        context.filed_in = towns[0].name
    elif not named and not any(character.isdigit() for character in words) and not _counts_in_words(article, words):
        context.filed_in = words.title() if words.isupper() else words


def _counts_in_words(article: Article, words: str) -> bool:
    """ "ENEMY LOSSES: 45 killed": people and what became of them are no town."""
    known = (article.words.single.get(word) for word in words.lower().split())
    return any(entry is not None and (entry.person or any(s.role == "toll" for s in entry.senses)) for entry in known)


def _rest_of_quotation(text: str, spans: Sequence[Span], at: int) -> set[int]:
    """The sentences to the end of a quotation that is still open: its speaker may be named only there."""
    if '"' not in text[spans[at].start : spans[at].end] or not opens_quoted(text, spans[at].end):
        return set()
    last = at
    while last + 1 < len(spans) and last - at < QUOTED_REACH:
        last += 1
        if '"' in text[spans[last].start : spans[last].end]:
            break
    return set(range(at, last + 1))


def _counting(numbers: Sequence[NumberPhrase], spans: Sequence[Span]) -> list[int]:
    """The places of the sentences that hold a number which may count people."""
    starts = [n.start for n in numbers if n.refusal in {None, "event"} and "article" not in n.flags]
    return [i for i, span in enumerate(spans) if bisect_left(starts, span.start) < bisect_left(starts, span.end)]


def read(article: Article) -> list[tuple[Figure, bool]]:
    """Every figure of the article, in order, with whether a headline holds it."""
    found: list[tuple[Figure, bool]] = []
    unclaimed: list[int] = []
    told = 0
    before: Sentence | None = None
    for sentence in sentences_of(article):
        if len(found) >= MOST_FIGURES:
            article.full = True
            break
        if before is not None:  # here, not below: what the last sentence leaves behind is for nobody
            _remember(before, article.context)
        before = sentence
        _note(sentence, article.context)
        unclaimed = _claim(found, unclaimed, sentence, article.context)
        _credit(found, told, sentence, article.context)
        told = len(found)
        frames = frames_of(sentence, article.context) if _gate(sentence, article.context) else []
        subjects: dict[int, Subject] = {}
        none: list[Frame] = []
        for frame in frames:
            if _none_at_all(sentence, frame, none, article.context):
                none.append(frame)
                continue
            if wounds_of_the_dead(sentence, frame, article.context.dead_before(sentence.number)):
                continue
            figure = _figure(article, sentence, frame, subjects)
            if figure is not None:
                found.append((figure, sentence.headline))
                if in_quotation(sentence, at := frame.count.number) and not covering(speeches_of(sentence), at):
                    unclaimed.append(len(found) - 1)
    return found


def _none_at_all(sentence: Sentence, frame: Frame, none: Sequence[Frame], context: Context) -> bool:
    """True where nothing happened to the people counted, as the text has it; `none` are those already left out."""
    return (
        negated(sentence, frame)
        or given_back(sentence, frame)
        or no_war(sentence, frame)
        or harmless(sentence, frame, context)
        or bystanders(sentence, frame)
        or part_of_none(frame, none)
    )


def _claim(found: list[tuple[Figure, bool]], unclaimed: list[int], sentence: Sentence, context: Context) -> list[int]:
    """Gives what stood earlier in a quotation to the speaker named where it ends; returns the figures still waiting."""
    if not unclaimed or not sentence.quoted:
        return []
    source = closing_source(sentence)
    if source is None:
        return [] if '"' in sentence.words else unclaimed
    claimants = tuple(claimants_of(sentence, source, context))
    for index in unclaimed if claimants else ():
        figure, headline = found[index]
        rules = tuple(rule for rule in figure.rules if rule != "said-earlier")
        found[index] = replace(figure, claimants=claimants, rules=(*rules, "said-after")), headline
    return []


def _credit(found: list[tuple[Figure, bool]], told: int, sentence: Sentence, context: Context) -> None:
    """Gives the figures of the sentence before to the source that this one names for them."""
    if len(found) == told or sentence.number - context.frame_at != 1:
        return
    phrase = credit_of(sentence)
    claimants = tuple(phrase_claimants(sentence, *phrase, context)) if phrase is not None else ()
    for index in range(told, len(found)) if claimants else ():
        figure, headline = found[index]
        if not figure.claimants and not headline:
            found[index] = replace(figure, claimants=claimants, rules=(*figure.rules, "said-after")), headline


def _gate(sentence: Sentence, context: Context) -> bool:
    """Only sentences that hold a number which may count people are worth the grammar, and no games."""
    score = any(number.refusal == "score" for number in sentence.numbers)
    told_on = sentence.number - max(context.unreal_at, context.work_at) == 1 and goes_on(sentence)
    if not sentence.tags.isdisjoint({"works", "works_about"}):
        context.work_at = sentence.number
    if score or told_on or make_believe(sentence):  # "beat Celtic 3-1": where there is a score there is a game
        context.unreal_at = sentence.number
    return sentence.number - context.unreal_at > 1 and sentence.counts


def _announced(sentence: Sentence, context: Context) -> None:
    """Keeps what a question asks for, and that a list of losses begins."""
    question = asked(sentence)
    if question is not None:
        context.asked, context.asked_at = question, sentence.number
    if "losses" in sentence.low:
        context.losses_at = sentence.number
    if "incident" in sentence.tags:
        context.attack_at = sentence.number
    if "exercises" in sentence.tags and any(t.has("exercises") and "parade" not in t.low for t in sentence.tokens):
        context.drilled_at = sentence.number


def _note(sentence: Sentence, context: Context) -> None:
    """Keeps whose forces and which country the text speaks of, before the sentence is read."""
    _announced(sentence, context)
    said_there = venues(sentence, speeches_of(sentence), abroad=True) if sentence.named else frozenset()
    for index in sentence.named:
        token = sentence.tokens[index]
        party = token.mention.party if token.mention is not None else None
        if token.mention is None or party is None:
            continue
        if index in said_there:
            context.spoken_in.add(party)
            continue
        after = sentence.tokens[index + 1 : index + 3]
        person = next((t.person for t in after if t.person is not None), None)
        context.sides.setdefault(party, sentence.number)
        things = person is None and not (after and after[0].has("incident", "assaults", "things"))
        landed = token.mention.role in LANDED or (token.mention.role == "adjective" and things)  # "a Yemeni hospital"
        if landed and context.lexicon.kind(party) == "country":
            context.states.add(party)
        if token.mention.role == "name":
            context.shown.setdefault(party, token.text)
        if token.mention.role == "troops" or (
            token.mention.role in {"adjective", "name"} and person is not None and military(person.kind)
        ):
            context.forces[party] = context.forces.get(party, 0) + 1
        if (
            token.mention.role in {"name", "capital", "place", "adjective"}
            and context.country is None
            and not _elsewhere(token, context)
        ):
            kind = context.lexicon.kind(party)
            context.country = party if kind in {"country", "group"} else None
        if token.mention.role == "institution" and context.country_behind is None:
            kind = context.lexicon.kind(party)
            context.country_behind = party if kind == "country" else None


def _elsewhere(token: Token, context: Context) -> bool:
    """A town in another state than that in which somebody speaks: of which of them the speaker is nobody knows."""
    named = token.mention
    return named is not None and named.role == "place" and bool(context.spoken_in - {named.party})


def _remember(sentence: Sentence, context: Context) -> None:
    """Keeps whose forces were told of and who spoke, for "their troops", "he said" and "the agency said" further on."""
    force = _force_of(sentence)
    if force is not None:
        context.party, context.party_at = force, sentence.number
    _remember_place(sentence, context)
    if context.frame_at == sentence.number:
        context.counted_at = sentence.number
    context.header = header_of(sentence, context)
    _remember_people(sentence, context)
    if sentence.number <= 1 and (office := letterhead(sentence) or document_head(sentence)) is not None:
        context.communique = tuple(phrase_claimants(sentence, *office, context))
    actor = None if sentence.headline else actor_of(sentence, context)
    if actor is not None:
        context.actor, context.actor_at = actor, sentence.number
        if introduces(sentence):
            context.introducer, context.introduced_at = (actor,), sentence.number
    for speech in speeches_of(sentence):
        claimants = claimants_of(sentence, speech, context)
        for claimant in claimants:
            if claimant not in context.speakers:
                context.speakers.append(claimant)
            else:
                context.speakers.remove(claimant)
                context.speakers.append(claimant)
        if claimants and not speech.deny:
            context.claimants, context.claimants_at = tuple(claimants), sentence.number


def _remember_place(sentence: Sentence, context: Context) -> None:
    """Keeps where the sentence happens, by its own words or by those of its figures, and the event that it tells of."""
    place = firm_place(sentence, speeches_of(sentence), context)
    if place is None and context.figure_place_at == sentence.number:
        place = context.figure_place
    if place is not None:
        context.place, context.place_at = place, sentence.number
    land = last_land(sentence, context)
    if land is not None:
        context.country_named, context.country_named_at = land, sentence.number
    notice(
        context.scene,
        sentence,
        context.published,
        place=place,
        spot=extent_of(place, context) is Extent.SPOT,
        moved=apart(place, context.scene.day_place, context),
    )


def _remember_people(sentence: Sentence, context: Context) -> None:
    """Keeps the people that a later bare number may count: those of a heading, who acted, was attacked, was counted."""
    opens = sentence.tokens[-1].low == ":" and not sentence.counts
    if opens or not is_row(sentence):
        heads = opens or heading_index(sentence) is not None
        words = sentence.text[sentence.start : sentence.end] if heads else ""
        context.heading_span = span_of_heading(words)
        context.heading_day = event_date(words, context.published) if words and context.published else None
    topic = topic_of(sentence)
    if topic is not None:
        context.topic, context.topic_end = topic, sentence.end
    context.heading = heading_of(sentence, context)
    context.heading_measure = measure_of_heading(sentence, context)
    context.columns = columns_of(sentence, context)
    if (actors := acting_people(sentence, context)) is not None:
        context.actors, context.actors_at = actors, sentence.number
    if (victims := attacked_of(sentence, context)) is not None:
        context.victims, context.victims_at = victims, sentence.number
    if (people := counted_people(sentence, context)) is not None:
        context.people, context.people_at = people, sentence.number


def _force_of(sentence: Sentence) -> str | None:
    """The party of the last soldiers, fighters or bodies of troops named in the sentence."""
    found = None
    for index in sentence.named:
        token = sentence.tokens[index]
        if token.mention is None or token.mention.party is None:
            continue
        after = sentence.tokens[index + 1 : index + 3]
        joined = sentence.tokens[index - 1].low in {"from", "of"} if index > 1 else False
        after = [*after, sentence.tokens[index - 2]] if joined else after
        soldiers = any(is_soldier(t) or "bodies" in t.tags or t.low == "units" for t in after)
        if token.mention.role == "troops" or (token.mention.role in {"adjective", "name"} and soldiers):
            found = token.mention.party
    return found


def _of_them(sentence: Sentence, frame: Frame) -> bool:
    at = frame.count.number
    return [t.low for t in sentence.tokens[at + 1 : at + 3]] in (["of", "them"], ["of", "these"], ["of", "those"])


def _quote(article: Article, sentence: Sentence, frame: Frame) -> tuple[int, str]:
    """The clause that carries the figure, an exact slice of the text as given."""
    start, end = clause(sentence, frame)
    number = sentence.tokens[frame.count.number]
    if end - start > QUOTE_CAP:
        start = max(start, number.start - QUOTE_CAP // 2)
        end = min(end, start + QUOTE_CAP)
    while start < number.start and article.text[start].isspace():
        start += 1
    while end > number.end and article.text[end - 1].isspace():
        end -= 1
    return start, article.text[start:end]


def _figure(article: Article, sentence: Sentence, frame: Frame, subjects: dict[int, Subject]) -> Figure | None:
    context = article.context
    speeches = speeches_of(sentence)
    number = sentence.tokens[frame.count.number].number
    if number is None:
        return None
    parent = subjects.get(id(frame.parent)) if frame.parent is not None else None
    if parent is None and frame.rule == "same-count":
        parent = context.subject
    subject = subject_of(sentence, frame, context, parent)
    subjects[id(frame)] = subject
    claimants, via, said = attribute(sentence, frame, speeches, context)
    status = status_of(sentence, frame, speeches)
    told = context.scene.most if context.scene.scope is Scope.INCIDENT else 0
    setting = setting_of(sentence, frame, speeches, context)
    if setting.where is not None and setting.where.rule in OWN_PLACE:
        context.figure_place, context.figure_place_at = setting.place, sentence.number
    if number.quantity.number < told and setting.span.scope is Scope.PERIOD and _of_them(sentence, frame):
        return None  # "one of them was reported dead in 2024": they are those of the strike just told, not of that year
    claimants = housed(claimants, setting.place, context)
    event, target = happened(context.scene, sentence, setting.span, number.start)
    terms = terms_of(frame, subject, claimants, status)
    quote_start, quote = _quote(article, sentence, frame)
    rules = [frame.rule] + ([said] if said else []) + ([status.value] if status is not Status.ASSERTED else [])
    if status is Status.DENIED and denied_by_another(sentence, claimants, speeches, context):
        rules.append(DENIED_BY_ANOTHER)
    rules += setting.rules
    context.subject, context.subject_at = subject, sentence.number
    if subject.kind == "troops" and subject.party is not None:
        context.soldiers, context.soldiers_at = subject.party, sentence.number
    if context.frame_at != sentence.number:
        context.lead = frame
    context.frame, context.frame_at = frame, sentence.number
    context.whole = frame.measure, number.quantity.number
    if frame.measure is Measure.KILLED:
        context.dead[number.quantity.number] = sentence.number
    return Figure(
        quantity=number.quantity,
        measure=frame.measure,
        subject=subject,
        claimants=claimants,
        via=via,
        place=setting.place,
        scope=setting.span.scope,
        window_days=setting.span.days,
        since=setting.since,
        status=status,
        as_of=setting.day,
        start=number.start,
        end=number.end,
        quote=quote,
        quote_start=quote_start,
        confidence=confidence_of(terms),
        terms=terms,
        rules=tuple(rules),
        event=event,
        target=target,
    )

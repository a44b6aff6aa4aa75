"""Which source claims a figure: the one that covers it, or one named before whose account goes on."""

from itertools import pairwise

from monitor.domain.claims import UNATTRIBUTED, Claimant, Measure
from monitor.extract.measures.frames import Frame
from monitor.extract.parties.rows import is_row
from monitor.extract.parties.sources import claimants_of, covering, phrase_claimants, speeches_of
from monitor.extract.parties.told_before import other_harm
from monitor.extract.scene.context import Context
from monitor.extract.scene.scopes import counts_over
from monitor.extract.scene.when import clause
from monitor.extract.sentence.annotate import Sentence
from monitor.extract.sentence.phrases import Head
from monitor.extract.speech.saying import Speech
from monitor.extract.speech.speakers import can_speak

PARAGRAPH = 2_000
"""Characters back to the paragraph's beginning in which open quotation marks are counted."""
_QUOTED = 2
"""For how many sentences a quotation goes on for who spoke before it."""
_CONTINUING = frozenset({"they", "their", "its", "it", "he", "she", "these", "those", "of"})
_OPENERS = ("another", "a further", "further", "some of them", "of them", "of those", "of these", "among them")
_REMAINDER = frozenset({"others", "more", "rest", "remaining", "remainder"})
_SET_BACK = frozenset({"ago", "before", "after", "when", "since"})
_CHANGING = frozenset({"brings", "brought", "takes", "took", "makes", "raises", "raised", "pushes"})

Claim = tuple[tuple[Claimant, ...], tuple[Claimant, ...], str | None]


def attribute(sentence: Sentence, frame: Frame, speeches: list[Speech], context: Context) -> Claim:
    """Claimants, those who pass it on, and the rule."""
    index = frame.count.number
    own = elliptic_source(sentence, frame)
    if own is not None and not any(own[0] <= speech.verb <= own[1] for speech in speeches):
        return tuple(phrase_claimants(sentence, *own, context)), (), "own-count"
    covers = covering(speeches, index)
    if covers:
        inner = covers[0]
        if inner.silent:
            return (), (), None
        claimants = claimants_of(sentence, inner, context)
        outer = [c for speech in covers[1:] for c in claimants_of(sentence, speech, context)]
        if not outer and sentence.tokens[inner.first].has("negation"):
            return (), (), None  # "no one has claimed the blast"
        rule = "said-earlier" if inner.pronoun else inner.rule
        return *_nested(claimants, outer, context), rule
    return _from_before(sentence, frame, context)


def denied_by_another(
    sentence: Sentence, claimants: tuple[Claimant, ...], speeches: list[Speech], context: Context
) -> bool:
    """ "Russia denied Ukraine's claim that 600 died": who denies a figure isn't of those who said it."""
    said = {one.party or one.name for one in claimants}
    denying = (speech for speech in speeches if speech.deny and not speech.pronoun)
    deniers = {one.party or one.name for speech in denying for one in claimants_of(sentence, speech, context)}
    return bool(said and deniers) and said.isdisjoint(deniers)


def _from_before(sentence: Sentence, frame: Frame, context: Context) -> Claim:
    """The source of an earlier sentence whose account goes on in this one, which names none."""
    index = frame.count.number
    if context.header and (sentence.headline or is_row(sentence)):
        return context.header, (), "said-earlier"
    if sentence.headline:
        return (), (), None
    if frame.rule == "same-count" and sentence.bullet and sentence.number - context.claimants_at <= 1:
        context.claimants_at = sentence.number
        return context.claimants, (), "said-earlier"
    if sentence.number - context.introduced_at == 1:
        return context.introducer, (), "said-earlier"
    since = sentence.number - context.claimants_at
    opened = sentence.quoted or sentence.tokens[0].low == '"'
    if opened and in_quotation(sentence, index) and since <= _QUOTED:
        return context.claimants, (), "said-earlier"
    leans = sentence.number - context.counted_at == 1 and _bare_count(sentence)
    goes_on = (
        leans
        or _goes_on(sentence)
        or _of_its_own(sentence, frame)
        or _backshifted(sentence)
        or _takes_sides(sentence)
        or _counts_on(sentence, frame, context)
        or (frame.rule == "toll-link" and other_harm(sentence, frame, context))
    )
    if since <= 1 and goes_on:
        context.claimants_at = sentence.number
        return context.claimants, (), "said-earlier"
    return context.communique, (), "said-earlier" if context.communique else None


def _goes_on(sentence: Sentence) -> bool:
    """ "Another 93 were wounded", "Ten others died", "That brings the toll to 400": part of the account before it."""
    words = [t for t in sentence.tokens if t.text[0].isalnum()][:6]
    if not words:
        return False
    opening = words[0].low
    if opening in {"that", "this"}:
        return len(words) > 1 and words[1].low in _CHANGING
    if opening in _CONTINUING or opening.startswith(_OPENERS):
        return True
    return words[0].counts and any(t.low in _REMAINDER for t in words[1:3])


def _of_its_own(sentence: Sentence, frame: Frame) -> bool:
    """ "Nine of its own soldiers have died.": who counts them is who spoke before."""
    near = sentence.tokens[max(0, frame.count.first - 3) : frame.count.last + 4]
    return any(one.low in {"its", "their"} and two.low == "own" for one, two in pairwise(near))


def _takes_sides(sentence: Sentence) -> bool:
    """ "The enemy lost 180 men", "Own losses 900 killed": no narrator has an enemy; it is still the side that spoke."""
    tokens = sentence.tokens
    foe = any(t.has("opponents") and (i == 0 or tokens[i - 1].low == "the") for i, t in enumerate(tokens))
    return foe or tokens[0].low in {"own", "our"}


def _counts_on(sentence: Sentence, frame: Frame, context: Context) -> bool:
    """ "…, the staff reported. The day before, losses came to 1,174": a running count of losses, told for another time
    right behind a figure of the same account, in the same paragraph.
    """
    if context.frame is None or frame.measure is Measure.DEPLOYED or sentence.number - context.frame_at != 1:
        return False
    struck = {frame.measure, context.frame.measure} <= {Measure.KILLED, Measure.WOUNDED}
    if not struck and frame.count.head in {Head.PEOPLE, Head.NATION} and not frame.rule.startswith("toll"):
        return False  # "Eleven pilgrims have been missing since May": a story of its own
    start = sentence.start
    if "\n" in sentence.text[max(0, start - 2) : start].strip(" "):
        return False
    begin, end = clause(sentence, frame)
    words = sentence.text[begin:end]
    single = any(t.has("incident") or t.low in {"ago", "after", "when"} for t in sentence.tokens)
    return counts_over(words) and not single


def _bare_count(sentence: Sentence) -> bool:
    """ "Seventeen were injured.", "At least 207 of them were shot": a number without its people leans on what was told
    before, so on who told it; "In Israel, 28 died" sets out anew.
    """
    words = [t for t in sentence.tokens if t.text[0].isalnum()][:6]
    at = next((i for i, t in enumerate(words) if not t.has("adverbs", "conjunctions")), len(words))
    if at + 2 >= len(words) or not words[at].counts:
        return False
    after = words[at + 1]
    if after.low == "of":
        return words[at + 2].low in {"them", "those", "these", "the"}
    return after.has("be", "have") or any(s.form in {"past", "pastpart"} for s in after.senses)


def _backshifted(sentence: Sentence) -> bool:
    """ "The army said it had retaken the town. More than 40 rebels had been killed": the past perfect behind a verb of
    saying goes on with what was said, unless a time of its own sets it back.
    """
    tokens = sentence.tokens
    if any(t.has("weekdays", "months", "former") or t.low in _SET_BACK for t in tokens):
        return False
    return any(
        token.low == "had" and any(s.form in {"part", "pastpart"} for t in tokens[at + 1 : at + 4] for s in t.senses)
        for at, token in enumerate(tokens)
    )


def opens_quoted(text: str, at: int) -> bool:
    """True when the character at `at` stands inside a quotation that its paragraph opened."""
    start = text.rfind("\n", max(0, at - PARAGRAPH), at)
    if start < 0 and at > PARAGRAPH:
        return False
    return text.count('"', start + 1, at) % 2 == 1


def in_quotation(sentence: Sentence, index: int) -> bool:
    """True when the token at `index` stands between quotation marks."""
    marks = sum(token.low == '"' for token in sentence.tokens[:index])
    return sentence.quoted != (marks % 2 == 1)


def closing_source(sentence: Sentence) -> Speech | None:
    """ "…and it goes on," said Y: the source right behind the end of a quotation that an earlier sentence opened."""
    end = next((i for i, token in enumerate(sentence.tokens) if token.low == '"'), None)
    if end is None:
        return None
    near = (
        s for s in speeches_of(sentence) if not s.deny and end < max(s.verb, s.first) and min(s.verb, s.first) < end + 3
    )
    return next(near, None)


def header_of(sentence: Sentence, context: Context) -> tuple[Claimant, ...]:
    """ "Bullet points from the army's tally:": the source of the rows below, until a line that is none."""
    tokens = sentence.tokens
    if sentence.bullet or (context.header and _row_or_headline(sentence)):
        return context.header
    if not tokens or tokens[-1].low != ":":
        return ()
    for speech in speeches_of(sentence):
        if speech.rule == "according" and not speech.pronoun:
            return tuple(phrase_claimants(sentence, speech.first, speech.last, context))
    speakers = [
        i for i, t in enumerate(tokens) if t.has("speakers") or (t.mention is not None and t.mention.role != "place")
    ]
    if not speakers or not any(t.has("account_nouns", "according") or t.role("say") for t in tokens):
        return ()
    told = [s for s in speeches_of(sentence) if s.rule == "according" and not s.deny and not s.pronoun]
    if told:
        return tuple(claimants_of(sentence, told[-1], context))
    owners = [i for i in speakers if not tokens[i].has("account_nouns")]  # "From the General Staff's bulletin:"
    first = last = (owners or speakers)[-1]
    while first > 0 and (
        tokens[first - 1].has("determiners", "premodifiers", "speakers") or tokens[first - 1].mention is not None
    ):
        first -= 1
    return tuple(phrase_claimants(sentence, first, last, context))


def _row_or_headline(sentence: Sentence) -> bool:
    return is_row(sentence) or (sentence.headline and not sentence.words.isdisjoint({"-", "–", "—", ":"}))


def _nested(
    inner: list[Claimant], outer: list[Claimant], context: Context
) -> tuple[tuple[Claimant, ...], tuple[Claimant, ...]]:
    """The source nearest to the figure claims it, those around it pass it on; a nameless one leaves it to them."""
    outer = [c for c in dict.fromkeys(outer) if c not in inner]
    if any(c.party not in {None, UNATTRIBUTED} for c in inner):
        return tuple(inner), tuple(outer)
    known = [c for c in outer if c.party not in {None, UNATTRIBUTED}]
    carried = bool(known) and all(context.lexicon.kind(c.party or "") == "media" for c in known)
    if carried and any(c.party is None for c in inner):
        return tuple(inner), tuple(outer)  # "Reuters, citing the ministry": a paper only carries what a named one says
    if known and all(c.party is None or c.party == UNATTRIBUTED for c in inner):
        return tuple(known), (*inner, *(c for c in outer if c not in known))
    return (*inner, *outer), ()


def _told_by_head(sentence: Sentence, index: int) -> bool:
    """True unless the only source of the token at `index` stands behind what it tells."""
    covers = covering(speeches_of(sentence), index)
    return not covers or any(s.verb < index for s in covers)


def elliptic_source(sentence: Sentence, frame: Frame) -> tuple[int, int] | None:
    """ "diplomats had heard between 60 and 70, and hospital workers more than 70": those before the number."""
    if frame.rule != "elliptic" or frame.parent is None or frame.parent.rule in {"lost-object", "active-object"}:
        return None
    tokens, last = sentence.tokens, frame.count.first - 1
    if last > 1 and [t.low for t in tokens[last - 1 : last + 1]] == [",", "of"]:
        last -= 2  # "the minister spoke of 11 dead; the mayor of Brussels, of 20"
    if not _told_by_head(sentence, frame.parent.count.number):
        return None  # "The Egyptians left 400 dead and the Israelis about 90, observers say": whose they are
    first = last
    while first > 0 and tokens[first - 1].low not in {",", ";", "and", "while", "but"}:
        first -= 1
    last -= first < last and tokens[last].low in {"of", "at", "to"}
    if tokens[last].low in {"'s", "'"}:
        return None  # "Russia's dead number 6,000, Ukraine's 31,000": whose they are
    return (first, last) if first <= last and can_speak(tokens[first : last + 1]) else None

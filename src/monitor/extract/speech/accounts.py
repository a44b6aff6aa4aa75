"""Sources that no verb of saying goes with: "according to", an account, a headline's colon, a bracket, who counts."""

from collections.abc import Sequence
from itertools import pairwise

from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.sentence.annotate import POSSESSIVES, Sentence, Token
from monitor.extract.sentence.labels import SERVICES, labels_of, tellers_of
from monitor.extract.speech.attackers import does_harm
from monitor.extract.speech.saying import Speech, segment_start, segment_stop
from monitor.extract.speech.speakers import head_phrase, speaker_left, speaker_right

_TENDING = frozenset({"saw", "received", "treated", "registered", "admitted", "logged"})
_TENDERS = frozenset(
    {"medics", "doctors", "surgeons", "nurses", "hospital", "hospitals", "morgue", "morgues", "clinic", "paramedics"}
    | {"journalists", "reporters", "witnesses", "residents", "villagers", "correspondents", "locals", "onlookers"}
)
_RELIEF = frozenset({"Doctors Without Borders", "Red Cross", "Red Crescent", "ICRC"})
_GIVEN = frozenset({"given", "provided", "supplied", "issued", "cited", "announced", "released", "reported"})
_BODIES = frozenset({"dead", "bodies", "corpses", "body", "remains"})
_RECOVERING = frozenset({"accounted for", "accounted", "picked up", "picked", "recovered", "retrieved", "collected"})
TAKING_IN = _TENDING | _RECOVERING
_SOCIETIES = frozenset({"red cross", "red crescent"})
_NOBODY = frozenset({"both", "either", "neither", "each", "none", "all"})
_TELLING = frozenset({"saying", "claiming", "stating", "declaring", "announcing", "admitting", "putting"})
_LISTS = frozenset("list register tally count estimate figures database census records log".split())
_FRESH = frozenset(
    "joint written brief short fresh new revised updated latest running partial full first final".split()
)


def according(sentence: Sentence, index: int) -> Speech | None:
    tokens = sentence.tokens
    phrase = speaker_right(tokens, index + 1)
    if phrase is None or (phrase[0] == phrase[1] and tokens[phrase[0]].low in _NOBODY):
        return None
    begin, stop = segment_start(tokens, index), segment_stop(tokens, index)
    return Speech(*(_giver(tokens, phrase) or phrase), begin, stop, "according", index, both=True)


def _giver(tokens: Sequence[Token], phrase: tuple[int, int]) -> tuple[int, int] | None:
    """Who gave them out in "figures that the president read out", "data the ministry published"."""
    if not tokens[phrase[0]].has("account_nouns"):
        return None
    at = phrase[0] + 1
    at += at < len(tokens) and tokens[at].low in {"that", "which"}
    named = at > phrase[0] + 1 or (at < len(tokens) and tokens[at].has("determiners"))
    giver = speaker_right(tokens, at) if named and at < len(tokens) else None
    return giver if giver is not None and _has_source(tokens[giver[0] : giver[1] + 1]) else None


def per_source(sentence: Sentence, index: int) -> bool:
    """ "11,000 troops in Kursk, per Pentagon": a body behind "per", no measure of time."""
    named = sentence.tokens[index + 1].mention if index + 1 < len(sentence.tokens) else None
    return named is not None and named.role in {"institution", "capital", "seat", "leader", "name"}


def counted_by(sentence: Sentence, index: int) -> bool:
    """ "are listed as missing by the Red Crescent": the agent of a passive verb of saying or counting."""
    tokens = sentence.tokens
    if index == 0 or tokens[index - 1].has("conduits") or _sorted_by(tokens, index + 1) or _by_how_much(tokens, index):
        return False
    if tokens[index - 1].low in _GIVEN and any(t.counts for t in tokens[max(0, index - 4) : index - 1]):
        return True  # "the toll of 84 given by the ministry"
    if tokens[index - 1].has("account_nouns") or (
        index > 1 and tokens[index - 2].has("account_nouns") and tokens[index - 1].low.endswith(("ed", "pt", "en"))
    ):
        return True  # "a tally by AFP", "the count kept by Mediazona"
    agent = speaker_right(tokens, index + 1)
    speaks = agent is not None and _has_source(tokens[agent[0] : agent[1] + 1])
    for at in range(index - 1, max(-1, index - 12), -1):
        if tokens[at].low in {";", ","}:
            return False
        said = any(s.role in {"say", "put"} and s.form in {"pastpart", "part"} for s in tokens[at].senses)
        if (said or tokens[at].low == "numbered") and (
            at in sentence.passive
            or (at > 0 and (tokens[at - 1].has("account_nouns", "silent") or tokens[at - 1].low == "as"))
        ):
            return True
        if speaks and at > 1 and tokens[at - 1].counts and tokens[at - 2].low == "and":
            continue  # "were put at 12 dead and 35 wounded by the army": their state, not its deed
        if any(s.measure is not None and s.form in {"pastpart", "part"} for s in tokens[at].senses):
            return tokens[at].low.startswith(("listed", "reported", "registered", "declared"))
    return False


def _by_how_much(tokens: Sequence[Token], index: int) -> bool:
    """ "cut by half", "raised by two metres", "cut by 500 soldiers to 1,200"; "by two officers" is by whom."""
    after = tokens[index + 1 : index + 2]
    if not after or after[0].low in {"half", "third", "thirds", "quarter"}:
        return bool(after)
    number = after[0].number
    return number is not None and (number.refusal == "difference" or not _has_source(tokens[index + 2 : index + 5]))


def _sorted_by(tokens: Sequence[Token], index: int) -> bool:
    """ "the toll by nationality:", "deaths by province:": a bare noun before the colon is what a list is sorted by."""
    closes = index + 1 < len(tokens) and tokens[index + 1].low == ":"
    return (
        closes and tokens[index].mention is None and not tokens[index].capital and not tokens[index].low.endswith("s")
    )


def account(sentence: Sentence, index: int) -> Speech | None:
    """ "by Israeli tallies", "Kyiv's claim of about 400 dead", "Seoul's estimate, 1,100"."""
    tokens = sentence.tokens
    begin, stop = segment_start(tokens, index), segment_stop(tokens, index)
    first = index  # an article opens the phrase: "told Reuters the toll was 40" is no toll of theirs
    while (first > begin and tokens[first].low != "the") and (
        tokens[first - 1].mention is not None
        or tokens[first - 1].low in {"'s", "'", "own", "the", "latest", "official"}
        or tokens[first - 1].has("premodifiers", "speakers", "account_nouns")
        or (tokens[first].low == "'s" and (tokens[first - 1].has("anonymous") or tokens[first - 1].person is not None))
        or (
            tokens[first - 1].capital
            and not tokens[first - 1].has("prepositions", "contradicting")
            and tokens[first - 1].low not in POSSESSIVES
        )
    ):
        first -= 1
    kept = (
        _kept_account(sentence, index, stop)
        or _account_given(sentence, index, begin)
        or _account_that(sentence, index, stop)
        or _account_of(sentence, index, begin)
    )
    if kept is not None:
        return kept
    if 1 < first < index and tokens[first - 2].low == "by" and tokens[first - 1].low in {"a", "an", "one"}:
        first -= 1  # "by a security source's estimate"
    before = tokens[first - 1].low if first else ""
    if first == index or (tokens[first].low == "own" and before in POSSESSIVES):
        return _pronoun_account(tokens, index, begin, stop)
    if before == "whose" and (keeper := _keeper(tokens, first - 2)) is not None:
        return Speech(*keeper, index + 1, stop, "own-count", index)
    owner = any(t.low in {"'s", "'"} for t in tokens[first:index])
    by = before == "by" or (owner and before in {"on", "in"})
    last = index if not owner else max(i for i in range(first, index) if tokens[i].low in {"'s", "'"}) - 1
    if by:
        return Speech(first, max(first, last), begin, stop, "according", index, both=True)
    if before in {"in", "at", "near", "across"} and not owner:
        return None  # "In Syria the toll stood at 2,662"
    named = any(
        (t.mention is not None and (owner or t.mention.role != "place")) or (owner and t.has("speakers"))
        for t in tokens[first:index]
    )
    following = tokens[index + 1] if index + 1 < stop else None
    if named and following is not None and (following.low in {",", "that"} or following.has("strong_links", "have")):
        return Speech(first, max(first, last), index + 1, stop, "own-count", index)
    return None


def _keeper(tokens: Sequence[Token], comma: int) -> tuple[int, int] | None:
    """Whose account it is in "Rawalpindi, whose own tally stands above 7,000": the phrase before the comma."""
    if comma < 1 or tokens[comma].low != ",":
        return None
    first = comma
    while first > 0 and (
        tokens[first - 1].mention is not None
        or tokens[first - 1].capital
        or tokens[first - 1].has("determiners", "premodifiers", "speakers")
    ):
        first -= 1
    return (first, comma - 1) if first < comma and _has_source(tokens[first:comma]) else None


def _kept_account(sentence: Sentence, index: int, stop: int) -> Speech | None:
    """ "The association has a list of 67 missing", "released a tally of": who keeps a count is its source."""
    tokens = sentence.tokens
    at = index - 1
    while at > 0 and (tokens[at].has("determiners", "premodifiers", "adjectives") or tokens[at].low in _FRESH):
        at -= 1
    if at > 1 and tokens[at].low == "public" and tokens[at - 1].low in {"made", "makes", "making"}:
        at -= 1  # "made public its estimate of enemy losses: 1,350,000"
    own = at > 0 and tokens[at + 1].low in {"its", "his", "her", "their"} and tokens[at].has("revoking", "repeating")
    published = at > 0 and tokens[at + 1].low == "public"
    if at <= 0 or not (tokens[at].has("keeping") or own or published) or at in sentence.passive:
        return None
    going_on = index + 1 < stop and (tokens[index + 1].low == "that" or tokens[index + 1].low in _TELLING)
    if index + 1 >= stop or not any(t.counts for t in tokens[index + 1 : stop if going_on or published else index + 8]):
        return None
    phrase = speaker_left(sentence, at)
    if phrase is None or not _has_source(tokens[phrase[0] : phrase[1] + 1]):
        return None
    return Speech(*phrase, index, stop, "own-count", at)


def _account_of(sentence: Sentence, index: int, begin: int) -> Speech | None:
    """ "That 300 have died is the estimate of the commander", "…: the tally of the ministry": what stands before an
    account that is somebody's is told by it; "the tally of the raids" belongs to nobody.
    """
    tokens = sentence.tokens
    first = index
    while first > begin and (tokens[first - 1].has("determiners", "premodifiers") or tokens[first - 1].low in _FRESH):
        first -= 1
    linked = first > begin and (tokens[first - 1].has("be") or tokens[first - 1].low in {":", ",", "-", "—", "--"})
    of = index + 1 < len(tokens) and tokens[index + 1].low == "of"
    if not linked or not of or first == index or not any(t.counts for t in tokens[begin:first]):
        return None
    phrase = speaker_right(tokens, index + 2)
    if phrase is None or not _has_source(named := tokens[phrase[0] : phrase[1] + 1]):
        return None
    if (
        named[-1].mention is not None
        and named[-1].mention.role == "place"
        and not any(t.has("speakers") for t in named)
    ):
        return None
    return Speech(*phrase, begin, index, "according", index, both=True)


def _account_that(sentence: Sentence, index: int, stop: int) -> Speech | None:
    """ "The list of the dead that the state government keeps ends at 1,383": who keeps it, in a relative clause."""
    tokens = sentence.tokens
    opened = next((i for i in range(index + 1, min(stop, index + 8)) if tokens[i].low in {"that", "which"}), stop)
    if opened == stop or any(t.counts or t.role("say") for t in tokens[index + 1 : opened]):
        return None
    verb = next((i for i in range(opened + 2, min(stop, opened + 10)) if tokens[i].has("keeping")), None)
    if verb is None or not _has_source(tokens[opened + 1 : verb]):
        return None
    if any(t.counts for t in tokens[opened + 1 : verb]):
        return None  # "its claim that 61 soldiers had been killed": what is claimed
    return Speech(opened + 1, verb - 1, verb + 1, stop, "own-count", verb)


def _account_given(sentence: Sentence, index: int, begin: int) -> Speech | None:
    """ "…, a figure that the minister gave to the committee": who gave the number that stands before; what somebody
    told that he could not confirm is not his.
    """
    tokens = sentence.tokens
    opened = index - 1 if tokens[index - 1].has("determiners") else index
    parted = opened > begin and tokens[opened - 1].low in {",", "-", "—", "("}
    if not parted or index + 3 >= len(tokens) or not any(t.counts for t in tokens[begin:opened]):
        return None
    first = index + 2 if tokens[index + 1].low in {"that", "which"} else index + 1
    for verb in range(first + 1, min(len(tokens), first + 10)):
        token = tokens[verb]
        if token.has("keeping", "negation", "be") or token.role("say", "put"):
            given = token.has("keeping") or token.role("put") is not None
            named = tokens[first:verb]
            return Speech(first, verb - 1, begin, index, "according", verb) if given and _has_source(named) else None
    return None


def _pronoun_account(tokens: Sequence[Token], index: int, begin: int, stop: int) -> Speech | None:
    """ "by his reckoning", "on their own count": the account of somebody named before."""
    own = index > 1 and tokens[index - 1].low == "own"
    owner = index - 2 if own else index - 1
    if owner < 0 or tokens[owner].low not in POSSESSIVES:
        return None
    if owner in {0, begin} and tokens[index].low in _LISTS:  # "Its list … has the names of 716 dead"
        return Speech(owner, owner, index + 1, stop, "according", index, pronoun=True)
    if owner < 1:
        return None
    if tokens[owner - 1].low not in {"by", "on", "in"} or (
        tokens[owner - 1].low == "in" and tokens[index].low != "words"
    ):
        return None
    subject = head_phrase(tokens, begin if owner - 1 > begin else index + 1) if own else None
    if own and subject is None and owner - begin > 2 and tokens[owner - 2].low == ",":
        subject = _keeper(tokens, owner - 2)  # "The rebels, by their own account, lost 315"
    if subject is not None and not tokens[subject[0]].has("pronouns"):
        return Speech(*subject, begin, stop, "according", index, both=True)  # "the army lost 16, by its own count"
    which = next((i for i in range(owner - 1, begin, -1) if tokens[i].has("relatives")), begin)
    return Speech(owner, owner, which, stop, "according", index, pronoun=True, both=True)


def tended(sentence: Sentence, index: int) -> Speech | None:
    """ "medics at al-Ahli, by contrast, had received 60 bodies": who takes in the dead and hurt tells of them."""
    tokens = sentence.tokens
    if tokens[index].low in _RECOVERING:
        return _recovered(sentence, index)
    if tokens[index].low not in _TENDING:
        return None
    begin, stop = segment_start(tokens, index), segment_stop(tokens, index)
    first = begin + 1 if begin < index and tokens[begin].has("determiners") else begin
    if index in sentence.passive or index - begin > 12 or first >= index:
        return None
    ends = (i - 1 for i in range(first, index) if tokens[i].low in {",", *_TENDING} or tokens[i].has("have"))
    last = next(ends, index - 1)  # "received 40 bodies and treated 70": the hospital is named before both
    tends = any(t.low in _TENDERS or _relief(t) for t in tokens[begin : begin + 3])
    return Speech(begin, max(begin, last), index + 1, stop, "own-count", index) if tends else None


def _relief(token: Token) -> bool:
    return token.mention is not None and token.mention.role == "institution" and token.mention.party in _RELIEF


def _recovered(sentence: Sentence, verb: int) -> Speech | None:
    """ "The Red Cross picked up 48 bodies", "police have accounted for 74 dead": who gathers the dead counts them."""
    tokens = sentence.tokens
    count = next((i for i in range(verb + 1, min(len(tokens), verb + 4)) if tokens[i].counts), None)
    if verb in sentence.passive or count is None or not any(t.low in _BODIES for t in tokens[count + 1 : count + 3]):
        return None
    phrase = speaker_left(sentence, verb)
    if phrase is None or not _has_source(tokens[phrase[0] : phrase[1] + 1]):
        return None
    return Speech(*phrase, verb + 1, segment_stop(tokens, verb), "own-count", verb)


def stepped(sentence: Sentence, index: int) -> Speech | None:
    """ "A spokesman emerged from a briefing to say that 14 had died": who comes, rings or goes somewhere to speak."""
    tokens = sentence.tokens
    if index < 3 or tokens[index - 1].low != "to" or tokens[index].role("say") is None:
        return None
    phrase = head_phrase(tokens, segment_start(tokens, index))
    if phrase is None or phrase[1] + 1 >= index or not tokens[phrase[1] + 1].has("stepping"):
        return None
    stop = segment_stop(tokens, index)
    pronoun = phrase[0] == phrase[1] and tokens[phrase[0]].has("pronouns")
    told = any(t.counts for t in tokens[index + 1 : stop])
    return Speech(*phrase, index + 1, stop, "said-before", index, pronoun=pronoun) if told else None


def has_count(sentence: Sentence, index: int, earlier: Sequence[Speech]) -> Speech | None:
    """ "…, whereas the Observatory has 19 killed": who counts for others "has" a number; an army has only its own dead,
    unless another source was set against it before.
    """
    tokens = sentence.tokens
    at = index + 1
    while at < len(tokens) and (tokens[at].has("adverbs") or tokens[at].low in {"it", "them", "only", "just"}):
        at += 1
    if at >= len(tokens) or not tokens[at].counts:
        return None
    after = tokens[at + 1 : at + 3]
    harmed = bool(after) and any(t.role("adjective", "count") or any(s.measure for s in t.senses) for t in after)
    if not harmed and after and after[0].low not in {";", ",", "."}:
        return None
    phrase = speaker_left(sentence, index)
    if phrase is None or not _has_source(named := tokens[phrase[0] : phrase[1] + 1]):
        return None
    counter = any(t.has("independent") or t.low.removeprefix("the ") in _SOCIETIES for t in named)
    before = tokens[phrase[0] - 1].low if phrase[0] else ""
    set_against = before in {"whereas", "while", ";", "but", "and"} and any(s.verb < phrase[0] for s in earlier)
    if not counter and not (set_against and (harmed or before == "whereas")):
        return None
    return Speech(*phrase, index + 1, segment_stop(tokens, index), "own-count", index)


def elided(sentence: Sentence, index: int) -> Speech | None:
    """ "Kyiv says …, Moscow that Ukraine has had 1,570 killed": the second source shares the verb of the first."""
    tokens = sentence.tokens
    mention = tokens[index - 1].mention if index > 1 else None
    if mention is None:
        return None
    if mention.role not in {"capital", "seat", "name", "institution"} or tokens[index - 2].low not in {",", ";", "and"}:
        return None
    if not any(t.role("say") for t in tokens[: index - 2]):
        return None
    return Speech(index - 1, index - 1, index, segment_stop(tokens, index), "said-before", index)


def announced(sentence: Sentence, index: int) -> Speech | None:
    """ "The general was blunt: his brigade had lost 300"; "He did not spare them: "We lost 300."": a person at the head
    of the clause, and behind its colon what that person says.
    """
    tokens = sentence.tokens
    if index + 1 >= len(tokens) or sentence.headline or sentence.bullet:
        return None
    begin = segment_start(tokens, index)
    phrase = head_phrase(tokens, begin)
    opens = tokens[index + 1].low == '"' or tokens[index - 1].has("outspoken")
    if phrase is None or not opens or any(t.counts for t in tokens[begin:index]):
        return None
    pronoun = phrase[0] == phrase[1] and tokens[phrase[0]].has("pronouns")
    return Speech(*phrase, index + 1, segment_stop(tokens, index), "said-before", index, pronoun=pronoun)


def _is_clock(token: Token) -> bool:
    return token.number is not None and token.number.refusal is not None


def colon(sentence: Sentence) -> Speech | None:
    """Headlines and bullets: "Seoul: 1,100 dead", "300 dead: spy agency"."""
    tokens = sentence.tokens
    parting = {":", "-", "—", "--"} if sentence.headline else {":"}
    if sentence.words.isdisjoint(parting) or labels_of(sentence) or tellers_of(sentence):
        return None
    marks = [i for i, t in enumerate(tokens) if t.low in parting]
    lead = 0
    while lead < len(tokens) - 1 and (
        _is_clock(tokens[lead]) or (tokens[lead].low == ":" and _is_clock(tokens[lead + 1]))
    ):
        lead += 1
    marks = [mark for mark in marks if mark > lead]
    if not marks:
        return None
    while lead < len(tokens) and tokens[lead].low in {"*", "•", "-", "\n", "–"}:
        lead += 1
    first_mark, last_mark = marks[0], marks[-1]
    tail = [t for t in tokens[last_mark + 1 :] if t.low not in {".", "\n"}]
    if (
        tail
        and len(tail) <= 7
        and not any(t.counts for t in tail)
        and any(t.counts for t in tokens[:last_mark])
        and _has_source(tail)
    ):
        return Speech(last_mark + 1, last_mark + len(tail), 0, last_mark, "colon", last_mark)
    head = tokens[lead:first_mark]
    if head and (head[0].low in {"from", "in", "at"} or _labels_people(sentence, lead, first_mark)):
        return None  # "From London: the Admiralty …" tells where it was written
    if any(t.role("toll", "count") is not None and not t.has("account_nouns", "speakers") for t in head):
        return None
    total = (
        bool(head)
        and any(t.has("speakers") or (t.mention is not None and t.mention.role == "institution") for t in head)
        and any(t.has("account_nouns") for t in head)
    )
    if head and not total and not (head[-1].mention is not None or head[-1].has("speakers") or head[-1].capital):
        return None
    if (
        head
        and len(head) <= 8
        and not any(t.counts for t in head)
        and _has_source(head)
        and not (len(head) == 1 and _only_heads(tokens, first_mark))
    ):
        if any(
            any(s.form for s in t.senses) and not t.has("speakers", "state_bodies") and t.mention is None
            for t in head[head[0].low == "state" :]
        ):
            return None
        return Speech(lead, first_mark - 1, first_mark + 1, len(tokens), "colon", first_mark)
    return None


_LANDLESS = frozenset({"United Nations", "NATO", "European Union", "African Union"})
"""Bodies of states: they tell of what happens in many countries."""


def _labels_people(sentence: Sentence, lead: int, mark: int) -> bool:
    """ "Security forces: 332 killed", "Hamas fighters: 19 killed", in a list "- Army: 4 killed": people before a bare
    number are those it counts; "Rebels: 12 soldiers killed" tells of others, and the police, doctors and officials
    count for all."""
    tokens = sentence.tokens
    person, after = tokens[mark - 1].person, tokens[mark + 1 : mark + 3]
    units = tokens[mark - 1].has("bodies") and tokens[mark - 1].low.endswith("s")  # "Government brigades: 17 dead"
    units = units or (sentence.bullet and tokens[mark - 1].low in SERVICES)
    plural = units or (
        person is not None and person.plural and not (tokens[mark - 1].has("state_bodies", "body_counters"))
    )
    fights = person is not None and person.kind in load_words().military
    if len(after) == 2 and after[1].counts and after[0].role("count") is not None and not after[0].role("transitive"):
        return plural or tokens[mark - 1].has("opponents") or tokens[mark - 1].low in SERVICES  # "Army: dead 243, …"
    named = not fights and any(t.mention is not None and t.mention.role != "adjective" for t in tokens[lead:mark])
    bare = len(after) == 2 and after[0].counts and any(s.measure and s.form != "s" for s in after[1].senses)
    return plural and bare and not named and not tokens[mark - 1].has("anonymous", "independent")


def _only_heads(tokens: Sequence[Token], mark: int) -> bool:
    """ "Sudan: RSF kills 78": a town, a land that tells of its own alone, or behind which others speak, only heads."""
    head = tokens[mark - 1]
    placed = head.mention is not None and head.mention.role == "place"
    placed = placed or any(t.low in {"said", "says"} and end.low == "." for t, end in pairwise(tokens[mark:]))
    return _country(head) and (placed or not _other_party(tokens[mark:], head))


def _country(token: Token) -> bool:
    named = token.mention is not None and token.mention.role in {"name", "place"}
    return named and token.mention is not None and token.mention.party not in _LANDLESS


def _other_party(tokens: Sequence[Token], speaker: Token) -> bool:
    """Another side is counted or loses: then the country tells of it. "Sudan: RSF kills 78" and "Ukraine: 3 dead in
    Russian strike" only head the story of what was done there."""
    own = speaker.mention.party if speaker.mention else None
    return any(
        t.mention is not None
        and t.mention.party not in {None, own}
        and not does_harm(tokens, i)
        and not (i + 1 < len(tokens) and tokens[i + 1].role("say") is not None)
        for i, t in enumerate(tokens)
    )


def _has_source(tokens: Sequence[Token]) -> bool:
    return any(t.mention is not None or t.has("speakers") for t in tokens)


def parenthesised(sentence: Sentence, index: int) -> Speech | None:
    """ "31,000 (Zelensky, February)"; "(BBC)": a source in brackets right after its number."""
    tokens = sentence.tokens
    number = next((i for i in range(index - 1, max(-1, index - 5), -1) if tokens[i].counts), None)
    if number is None:
        return None
    last = index + 1
    while last < len(tokens) and tokens[last].low not in {",", ")"}:
        last += 1
    inner = tokens[index + 1 : last]
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and (after.person is not None or after.has("bodies")):
        return None  # "four New People's Army (NPA) fighters": the short form of a name
    named = (
        inner
        and not any(t.number is not None for t in inner)
        and (any(t.mention is not None or t.has("speakers") for t in inner) or all(t.capital for t in inner))
        and not any(t.role("count", "adjective") for t in inner)
    )
    return Speech(index + 1, last - 1, number, index, "according", index) if named else None

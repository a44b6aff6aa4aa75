"""Who says so: every clause of saying in a sentence, the stretch of tokens that it covers, and its speaker's phrase."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.extract.sentence.annotate import POSSESSIVES, Sentence, Token
from monitor.extract.speech.accounts import (
    TAKING_IN,
    according,
    account,
    announced,
    colon,
    counted_by,
    elided,
    has_count,
    parenthesised,
    per_source,
    stepped,
    tended,
)
from monitor.extract.speech.headings import headed, listed
from monitor.extract.speech.saying import Speech, complement_at, segment_start, segment_stop, speaking
from monitor.extract.speech.speakers import (
    can_speak,
    head_phrase,
    is_time,
    pronoun_subject,
    speaker_left,
    speaker_right,
)

_TRAILING = frozenset({".", '"', "!", "on", "late", "early"})
_PARTING = frozenset({",", '"', "", "—", "-", "'"})
_CLOSING = frozenset({"said", "says", "say", "reported", "claimed", "believe", "suggests", "added"})
_INVERTING = frozenset(
    "said says reported announced claimed added wrote say believe writes admitted conceded confirmed recalled insisted "
    "reports replied replies states declares announces confirms "
    "declared tweeted posted recounted boasted warned estimated estimates reckons reckoned concluded explained".split()
)
_REACHING = frozenset({"said-after", "according"})
"""Sources that stand at the end of what they tell, so over a semicolon too; a speaker before the verb reaches no clause
to its left."""
_NAMED = frozenset({"name", "capital", "seat", "leader", "institution", "troops"})

_DOCUMENTS = frozenset(
    "communique communiqué statement bulletin dispatch despatch note telegram message announcement text".split()
)
_NOBODY = frozenset({"nobody", "none", "few"})
""" "Nobody believes that …": who none are can't be found as speakers, and yet deny."""
_SOURCES = frozenset({"according", "account_nouns"})
_JOINTS = frozenset({"by", "that", "(", ":", "per", "saw"})
_TELLING = TAKING_IN | {"hold", "holds", "held"}
"""Verbs with which somebody tells though they aren't of saying: "the panel holds that", "received 60 bodies"."""


def _content_after(sentence: Sentence, verb: int, stop: int) -> bool:
    """True when something countable or a clause follows the verb."""
    rest = sentence.tokens[verb + 1 : stop]
    if not rest or rest[0].low in {".", ",", ";", '"'}:
        return False
    return any(t.counts for t in rest) or any(t.low == "that" for t in rest[:6])


def _quoted(sentence: Sentence, verb: int) -> Speech | None:
    """ "quoted officers as saying": the quoted one speaks, not the one who quotes."""
    tokens = sentence.tokens
    if tokens[verb].low not in {"quoted", "quotes", "cited", "quoting"} or verb in sentence.passive:
        return None
    for index in range(verb + 2, min(len(tokens), verb + 14)):
        if tokens[index].low == "as" and index + 1 < len(tokens) and tokens[index + 1].role("say"):
            stop = segment_stop(tokens, verb)
            told = any(t.counts for t in tokens[index:stop])
            start = index if told else segment_start(tokens, verb)
            return Speech(verb + 1, index - 1, start, stop, "said-before" if told else "said-after", verb)
    return None


def _verb_speech(sentence: Sentence, verb: int, role: str, earlier: Sequence[Speech]) -> Speech | None:
    """The source of one verb of saying, with what it covers."""
    quoted = _quoted(sentence, verb)
    if quoted is not None:
        return quoted
    inverted = _inverted(sentence, verb) if role == "say" else None
    if inverted is not None:
        return inverted
    tokens = sentence.tokens
    phrase = _in_headline(sentence, verb) or speaker_left(sentence, verb) or _shared_subject(sentence, verb, earlier)
    if role == "deny" and verb and tokens[verb - 1].low in _NOBODY:
        phrase = verb - 1, verb - 1
    if phrase is None or not can_speak(tokens[phrase[0] : phrase[1] + 1]):
        return None
    if any(s.rule == "according" and phrase[0] < s.first and s.last <= phrase[1] for s in earlier):
        return None  # "A toll issued by the agency put …": whose account it is was told in it
    tallied = tokens[verb].has("tallied") and tokens[phrase[1]].role("count") is not None
    if (
        tallied
        or (role in {"say", "put"} and any(t.low in {"we", "i"} for t in tokens[phrase[0] : phrase[1] + 1]))
        or _finds(tokens, verb, phrase[1])
        or _by_event(tokens, verb, phrase)
        or (role == "put" and _grows(tokens, verb, phrase[1]))
    ):
        return None
    return _stretch(sentence, verb, role, phrase)


def _finds(tokens: Sequence[Token], verb: int, last: int) -> bool:
    """ "paratroops found 18 hostages dead": whom soldiers come upon is what they do, not what they tell."""
    person = tokens[last].person
    found = tokens[verb].low in {"found", "find", "finds", "discovered"}
    found = found and any(one.counts for one in tokens[verb + 1 : verb + 2])
    return found and person is not None and person.plural and person.kind in {"troops", "fighters", "police"}


def _grows(tokens: Sequence[Token], verb: int, last: int) -> bool:
    """ "the toll doubled to 40", "the toll, first given as 40": a count without an object is put by somebody else."""
    onward = verb + 1 < len(tokens) and tokens[verb + 1].low in {"to", "by", "from", "as", "at"}
    subject = tokens[last]
    counts = subject.has("account_nouns") or subject.low == "number" or subject.role("toll", "count") is not None
    return onward and counts


def _by_event(tokens: Sequence[Token], verb: int, phrase: tuple[int, int]) -> bool:
    """ "2,000 soldiers have entered Congo, which brings their number to 9,000": what happened does, nobody says it."""
    which = verb > 1 and tokens[verb - 1].low == "which" and tokens[verb - 2].low == ","
    return which and any(t.has("have", "be") for t in tokens[phrase[0] : phrase[1] + 1])


def _stretch(sentence: Sentence, verb: int, role: str, phrase: tuple[int, int]) -> Speech:
    """What a speaker before its verb tells of: the clause behind the verb, or that before it too where none follows."""
    tokens, (first, last) = sentence.tokens, phrase
    if role == "silent":
        return Speech(
            first, last, verb, _background(tokens, verb, segment_stop(tokens, verb)), "said-before", verb, silent=True
        )
    begin, stop = segment_start(tokens, verb), segment_stop(tokens, verb)
    pronoun = first == last and tokens[first].has("pronouns")
    parted = first > begin and tokens[first - 1].low in _PARTING
    counts_left = any(t.counts for t in tokens[begin:first])
    content = complement_at(tokens, verb, stop)
    told_after = content is not None and tokens[content].low != ":" and _content_after(sentence, verb, stop)
    start = verb if tokens[verb].has("stances") else last + 1  # "denied that …, and accused militias": of what follows
    speech = Speech(first, last, start, stop, "own-count" if role == "put" else "said-before", verb)
    speech.deny, speech.pronoun = role == "deny", pronoun
    if not counts_left or told_after:
        speech.stop = _background(tokens, verb, stop)
        return speech
    if parted:
        return replace(speech, start=begin, rule="said-after", both=True)
    if not parted and content is None and role == "say" and tokens[verb].low in _CLOSING:
        return replace(speech, start=begin, rule="said-after")
    return speech


def _background(tokens: Sequence[Token], verb: int, stop: int) -> int:
    """ "claimed responsibility for the blast, which killed 12": what the speaker only takes a stand on is the
    narrator's own story from the relative clause on, or from the number that is spoken of as known.
    """
    if not (tokens[verb].has("stances") or any(t.has("stances") for t in tokens[verb + 1 : verb + 4])):
        return stop
    for index in range(verb + 1, stop):
        if tokens[index].low in {"and", "but"} and any(t.role("say") for t in tokens[index + 1 : index + 5]):
            return stop
        relative = tokens[index].low in {"which", "who", "that", "when", "where"} and index > verb + 1
        known = tokens[index].counts and tokens[index - 1].low in {"the", "those", "these", "all"}
        if relative or known:
            return index
    return stop


def _shared_subject(sentence: Sentence, verb: int, earlier: Sequence[Speech]) -> tuple[int, int] | None:
    """ "denied the loss but owned up to 48", "stood up and shouted that": both verbs have one subject."""
    tokens = sentence.tokens
    joined = verb - 1
    while joined > 0 and tokens[joined].has("adverbs", "have", "pronouns") and not tokens[joined].has("conjunctions"):
        joined -= 1
    if tokens[joined].low not in {"and", "but", ","} or joined == 0:
        return None
    begin = segment_start(tokens, verb)
    near = [s for s in earlier if begin <= s.verb < verb and s.last < s.verb]
    if near:
        near[-1].stop = min(near[-1].stop, joined)
        return near[-1].first, near[-1].last
    return _head_of(tokens, begin) if tokens[joined].low != "," else None


def _in_headline(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """ "Malian army repels attack, says 40 killed": behind its only comma a headline goes on with its subject."""
    tokens = sentence.tokens
    if not sentence.headline or verb < 3 or [i for i, t in enumerate(tokens[:verb]) if t.low == ","] != [verb - 1]:
        return None
    return _head_of(tokens, 0)


def _head_of(tokens: Sequence[Token], begin: int) -> tuple[int, int] | None:
    """The office or person at the head of the clause, else the capital or state that stands for its government."""
    phrase = head_phrase(tokens, begin)
    first = next((i for i in range(begin, len(tokens)) if tokens[i].text[0].isalnum()), None)
    mention = tokens[first].mention if first is not None else None
    if phrase is None and first is not None and mention is not None and mention.role in {"capital", "seat", "name"}:
        return first, first
    return phrase


def _inverted(sentence: Sentence, verb: int) -> Speech | None:
    """ "…, said the mayor": the verb before its speaker."""
    tokens = sentence.tokens
    before = tokens[verb - 1].low if verb else ""
    if before not in _PARTING or verb + 1 >= len(tokens) or tokens[verb].low not in _INVERTING:
        return None
    phrase = speaker_right(tokens, verb + 1)
    if tokens[verb + 1].low in POSSESSIVES and not any(t.counts for t in tokens[:verb]):
        behind = phrase[1] + 1 if phrase is not None else verb
        if behind >= len(tokens) or tokens[behind].low not in _PARTING:
            return None  # "The junta, by contrast, says its men killed 80": nothing was told yet
    if phrase is None or not can_speak(tokens[phrase[0] : phrase[1] + 1]):
        return None
    if pronoun_subject(tokens, *phrase) or _acts(tokens, phrase[1] + 1) or _closing_apposition(tokens, verb):
        return None
    return Speech(*phrase, segment_start(tokens, verb), segment_stop(tokens, verb), "said-after", verb)


def _acts(tokens: Sequence[Token], index: int) -> bool:
    """ "says the Azeris have buried 6,500": whom a verb follows is told of and doesn't speak."""
    return index < len(tokens) and tokens[index].has("have", "be", "modal_future")


def _closing_apposition(tokens: Sequence[Token], verb: int) -> bool:
    """ "Kyrylo Budanov, told": the comma before the verb closes an apposition when a comma opened it before."""
    after = tokens[verb + 1]
    return after.low == "that" or after.counts or after.has("subordinators") or after.low in {".", "on"}


def find_speech(sentence: Sentence) -> list[Speech]:
    """Every source of the sentence with what it covers, in order."""
    headline = (headed(sentence) if ":" in sentence.words else None) or colon(sentence)
    found = [headline] if headline is not None else listed(sentence)
    for index in _telling(sentence.tokens):
        source = _source_at(sentence, index, found)
        if source is not None:
            found.append(source)
    if len(found) > 1:
        found = [one for one in found if not (_only_gathers(sentence, one, found) or _holds_another(one, found))]
    if not found and sentence.counts and (closing := _closing_clause(sentence)) is not None:
        found.append(closing)
    return _neighbours(sentence, _bounded(sentence, _adding(sentence, found)))


def _telling(tokens: Sequence[Token]) -> Iterator[int]:
    """The indices of the words at which a rule of `_source_at` may begin: few do, and most are let go by one look."""
    for index, token in enumerate(tokens):
        low, tags = token.low, token.tags
        if not (tags or token.senses):  # nearly half of all words
            if low in _JOINTS or low.endswith("ed"):
                yield index
        elif low in _JOINTS or not tags.isdisjoint(_SOURCES):
            yield index
        elif token.senses:
            if "have" in tags or low in _TELLING or token.role("say", "put", "deny") is not None:
                yield index
        elif low in _TELLING and low.endswith("ed"):
            yield index


def _holds_another(one: Speech, found: Sequence[Speech]) -> bool:
    """ "according to figures released by the ministry": the source is the ministry, named inside the phrase."""
    inside = (s for s in found if s is not one and s.rule == one.rule == "according")
    return any(one.first < s.first and s.last <= one.last for s in inside)


def _only_gathers(sentence: Sentence, one: Speech, found: Sequence[Speech]) -> bool:
    """ "divers have brought up 68 bodies, the army's man said": who gathers the dead counts them only where nobody else
    is said to tell of it."""
    gathers = one.rule == "own-count" and sentence.tokens[one.verb].role("say", "put") is None
    return gathers and any(s.rule == "said-after" and s.verb > one.verb and s.covers(one.verb) for s in found)


def _source_at(sentence: Sentence, index: int, earlier: Sequence[Speech]) -> Speech | None:
    """The source that the token at `index` makes: a verb of saying, an account, who takes in the dead."""
    token = sentence.tokens[index]
    if token.low in _MARKED:
        return _MARKED[token.low](sentence, index)
    if "according" in token.tags or (token.low == "by" and counted_by(sentence, index)):
        return according(sentence, index)
    if token.low == "per" and per_source(sentence, index):
        return according(sentence, index)
    takes_in = tended(sentence, index) or stepped(sentence, index)
    if takes_in is None and "have" in token.tags:
        takes_in = has_count(sentence, index, earlier)
    if takes_in is not None:
        return takes_in
    role = speaking(sentence, index)
    if role is not None:
        return _verb_speech(sentence, index, role, earlier)
    return account(sentence, index) if "account_nouns" in token.tags else None


_MARKED = {"(": parenthesised, ":": announced, "that": elided}


def _closing_clause(sentence: Sentence) -> Speech | None:
    """ "…, the mayor lamented.": a speaker and an unknown past verb at the end can only say what went before."""
    tokens, end = sentence.tokens, len(sentence.tokens)
    while end and (tokens[end - 1].low in _TRAILING or is_time(tokens[end - 1])):
        end -= 1
    first = next((i + 1 for i in range(end - 1, max(-1, end - 12), -1) if tokens[i].low in {",", '"', "—"}), None)
    if first is None or end - first < 2 or not any(t.counts for t in tokens[:first]):
        return None
    verb, phrase = tokens[end - 1], tokens[first : end - 1]
    unknown = verb.low.endswith("ed") and not verb.senses and not verb.tags
    unknown = unknown or (verb.low in {"read", "ran"} and bool(phrase) and phrase[-1].low in _DOCUMENTS)
    named = any(t.has("speakers") or (t.mention is not None and t.mention.role in _NAMED) for t in phrase)
    plain = not any(t.counts or t.has("be", "have", "relatives", "subordinators", "conjunctions") for t in phrase)
    if not (unknown and named and plain and can_speak(phrase)):
        return None
    return Speech(first, end - 2, segment_start(tokens, end - 1), len(tokens), "said-after", end - 1)


def _adding(sentence: Sentence, speeches: list[Speech]) -> list[Speech]:
    """ "…, saying they had buried 19": the participle goes on for the speaker before it."""
    for place, speech in enumerate(speeches):
        verb = sentence.tokens[speech.verb]
        earlier = [s for s in speeches[:place] if s.verb < speech.verb]
        if (
            verb.low.endswith("ing")
            and verb.role("say", "deny")
            and sentence.tokens[speech.verb - 1].low == ","
            and earlier
        ):
            speech.first, speech.last, speech.pronoun = earlier[-1].first, earlier[-1].last, earlier[-1].pronoun
            earlier[-1].stop = min(earlier[-1].stop, speech.verb)
    return speeches


def _neighbours(sentence: Sentence, speeches: list[Speech]) -> list[Speech]:
    """A clause after ";" that names no source goes on with that of the clause before, or the one behind it."""
    if ";" not in sentence.words:
        return speeches
    tokens = sentence.tokens
    marks = [-1, *[i for i, t in enumerate(tokens) if t.low == ";"], len(tokens)]
    parts = [(low + 1, high) for low, high in pairwise(marks)]
    if len(parts) < 2:
        return speeches
    owners = [[s for s in speeches if low <= s.verb < high] for low, high in parts]
    added = []
    order = [*range(len(parts)), *reversed(range(len(parts) - 1))]  # a source at the end reaches back over all of them
    for place in order:
        if owners[place]:
            continue
        near = owners[place - 1] if place else []
        if not near and place + 1 < len(parts):
            near = [speech for speech in owners[place + 1] if speech.rule in _REACHING]
        if near and near[-1].rule != "colon" and not near[-1].deny:
            owners[place] = near
            added.append(replace(near[-1], start=parts[place][0], stop=parts[place][1]))
    return [*speeches, *added]


def _bounded(sentence: Sentence, speeches: list[Speech]) -> list[Speech]:
    """A source that speaks before its content ends where the next clause with its own source begins."""
    _share_out(sentence, [s for s in speeches if s.rule == "according"])
    for speech in speeches:
        if speech.rule in {"said-before", "own-count", "said-after"}:
            later = [
                s.first
                for s in speeches
                if s is not speech
                and s.first > speech.verb
                and s.rule in {"said-before", "own-count"}
                and _new_clause(sentence, s.first)
                and not _shares_content(sentence, speech, s)
            ]
            speech.stop = min([speech.stop, *later])
    return speeches


def _share_out(sentence: Sentence, sources: Sequence[Speech]) -> None:
    """ "According to the government 12 died, according to the rebels 40": each tells of what stands on its own side, if
    a number stands there."""
    tokens = sentence.tokens
    for one, other in pairwise(sorted(sources, key=lambda s: s.verb)):
        if not any(t.counts for t in tokens[one.last + 1 : other.verb]) or other.start > one.verb:
            continue
        leads = one.verb == segment_start(tokens, one.verb)
        if leads and any(t.counts for t in tokens[other.last + 1 : other.stop]):
            one.stop, other.start = min(one.stop, other.verb), other.verb
        elif not leads:
            one.stop, other.start = one.last + 1, one.last + 1


def _shares_content(sentence: Sentence, one: Speech, other: Speech) -> bool:
    """ "Rebels claim, and the army denies, that 44 were killed": nothing stands between, so both have what follows."""
    between = sentence.tokens[one.verb + 1 : other.first]
    return one.rule == "said-before" and all(t.has("conjunctions") or t.low in {",", "while"} for t in between)


def _new_clause(sentence: Sentence, first: int) -> bool:
    before = sentence.tokens[first - 1].low if first else ""
    return before in {",", ";", "and", "but", "while", "whereas", "—", "though", "although"}

"""Who says so: every clause of saying in a sentence, the stretch of tokens that it covers, and its speaker's phrase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from monitor.extract.annotate import Sentence, Token
from monitor.extract.speakers import behind_time, can_speak, is_time, pronoun_subject, speaker_left, speaker_right

_TRAILING = frozenset({".", '"', "!", "on", "late", "early"})
_TENDING = frozenset({"received", "treated", "registered", "admitted", "logged"})
_TENDERS = frozenset(
    {"medics", "doctors", "surgeons", "nurses", "hospital", "hospitals", "morgue", "morgues", "clinic", "paramedics"}
)
_REACHING = frozenset({"said-after", "according"})
"""Sources that stand at the end of what they tell, so over a semicolon too; a speaker before the verb reaches no clause
to its left."""
_NAMED = frozenset({"name", "capital", "seat", "leader", "institution", "troops"})


_SOURCES = frozenset({"according", "account_nouns"})
_JOINTS = frozenset({"by", "that"})


@dataclass(slots=True)
class Speech:
    """A source as token ranges: its phrase `first…last`, the content that it covers `start…stop` (stop excluded)."""

    first: int
    last: int
    start: int
    stop: int
    rule: str
    verb: int
    deny: bool = False
    pronoun: bool = False
    both: bool = False

    def covers(self, index: int) -> bool:
        """True when the token at `index` is told by this source."""
        return self.start <= index < self.stop and not self.first <= index <= self.last


def _segment_start(tokens: Sequence[Token], index: int) -> int:
    """The beginning of the clause of `index`: after the nearest strong mark to its left."""
    while index > 0 and tokens[index - 1].low not in {";", "•", "*"} and not tokens[index - 1].low.startswith("\n"):
        index -= 1
    return index


def _segment_stop(tokens: Sequence[Token], index: int) -> int:
    while index < len(tokens) and tokens[index].low not in {";", "•"} and not tokens[index].low.startswith("\n"):
        index += 1
    return index


def _passive_say(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    forms = {s.form for s in token.senses if s.role in {"say", "put", "deny"}}
    return bool(forms & {"pastpart", "part"}) and index in sentence.passive


def _speaking(sentence: Sentence, index: int) -> str | None:
    """The role (say, put, deny) in which a token opens a clause of saying, None when it does not."""
    token = sentence.tokens[index]
    if token.role("say", "put", "deny") is None or token.number is not None:
        return None
    forms = {s.form for s in token.senses if s.role in {"say", "put", "deny"}}
    before = sentence.tokens[index - 1] if index else None
    role = "deny" if token.role("deny") else "say" if token.role("say") else "put"
    if role == "deny" and any(t.low in {"not", "n't", "never"} for t in sentence.tokens[max(0, index - 3) : index]):
        role = "say"  # "did not deny that 200 had surrendered"
    if "ing" in forms:
        going_on = before is not None and (before.low == "," or index in sentence.passive)
        return role if going_on and role != "put" else None
    if _passive_say(sentence, index):
        return "say" if token.low in {"told", "informed", "briefed", "quoted", "cited"} else None
    after = sentence.tokens[index + 1].low if index + 1 < len(sentence.tokens) else ""
    if token.low in {"accused", "blamed"} and after in {"of", "for"}:
        return None  # "a captain accused of killing 40"
    if _is_noun(sentence, index, forms) or _takes_lives(sentence, index):
        return None
    return role if role != "put" or _puts_number(sentence, index) else None


def _is_noun(sentence: Sentence, index: int, forms: set[str]) -> bool:
    """True for "a report", "claims of", "to estimate", a participle without "have": no verb that somebody speaks by."""
    token = sentence.tokens[index]
    before = sentence.tokens[index - 1] if index else None
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    if forms <= {"part"} and not (before is not None and before.has("have", "adverbs")):
        return True
    if before is not None and (before.low == "to" or (before.has("prepositions") and "pastpart" in forms)):
        return True
    if not token.has("also_nouns"):
        return token.has("speakers") or (token.person is not None and "base" in forms)
    if before is None or before.has("determiners", "prepositions") or before.low in {"'s", "'", '"'}:
        return True
    described = before.has("premodifiers") and before.person is None and not before.has("speakers")
    nation = before.mention is not None and before.mention.role == "adjective"
    return described or nation or (after is not None and after.low in {"of", "from", "for", ",", "by"})


def _takes_lives(sentence: Sentence, index: int) -> bool:
    """ "has claimed 261 lives": a cause that takes lives says nothing."""
    after = sentence.tokens[index + 1 : index + 4]
    inflicts = any(s.role == "inflict" for s in sentence.tokens[index].senses)
    taken = any(t.low in {"lives", "victims"} for t in after[1:])
    return inflicts and bool(after) and after[0].counts and taken


def _puts_number(sentence: Sentence, index: int) -> bool:
    """A number follows: "put losses at 1,510", "raised its estimate to 4,700"."""
    for token in sentence.tokens[index + 1 : index + 16]:
        if token.low in {";", "who", "which"} or (token.has("subordinators") and token.low != "as"):
            return False
        if token.counts:
            return True
    return False


def _content_after(sentence: Sentence, verb: int, stop: int) -> bool:
    """True when something countable or a clause follows the verb."""
    rest = sentence.tokens[verb + 1 : stop]
    if not rest or rest[0].low in {".", ",", ";", '"'}:
        return False
    return any(t.counts for t in rest) or any(t.low == "that" for t in rest[:6])


def _quoted(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """ "quoted officers as saying": the quoted one speaks, not the one who quotes."""
    tokens = sentence.tokens
    if tokens[verb].low not in {"quoted", "quotes", "cited", "quoting"} or verb in sentence.passive:
        return None
    for index in range(verb + 2, min(len(tokens), verb + 14)):
        if tokens[index].low == "as" and index + 1 < len(tokens) and tokens[index + 1].role("say"):
            return verb + 1, index - 1
    return None


def _verb_speech(sentence: Sentence, verb: int, role: str) -> Speech | None:
    tokens = sentence.tokens
    begin, stop = _segment_start(tokens, verb), _segment_stop(tokens, verb)
    quoted = _quoted(sentence, verb)
    if quoted is not None:
        return Speech(*quoted, quoted[1] + 1, stop, "said-before", verb)
    before = tokens[verb - 1].low if verb else ""
    if before in {",", '"', "", "—", "-"} and verb + 1 < len(tokens) and not tokens[verb].low.endswith("ing"):
        phrase = speaker_right(tokens, verb + 1)
        if (
            phrase is not None
            and can_speak(tokens[phrase[0] : phrase[1] + 1])
            and not pronoun_subject(tokens, *phrase)
            and not _acts(tokens, phrase[1] + 1)
            and role == "say"
            and tokens[verb].low
            in {"said", "says", "reported", "announced", "claimed", "added", "wrote", "say", "according", "believe"}
            and not _closing_apposition(tokens, verb)
        ):
            return Speech(*phrase, begin, stop, "said-after", verb)
    phrase = speaker_left(sentence, verb)
    if phrase is None or not can_speak(tokens[phrase[0] : phrase[1] + 1]):
        return None
    first, last = phrase
    if tokens[last].low in {"we", "i"}:
        return None
    pronoun = first == last and tokens[first].has("pronouns")
    left = first > begin and tokens[first - 1].low in {",", '"', "—", "-", "'"}
    follows = _content_after(sentence, verb, stop)
    counts_left = any(t.counts for t in tokens[begin:first])
    rule = "own-count" if role == "put" else "said-before"
    if left and counts_left:
        at = behind_time(tokens, verb + 1)
        between = at < len(tokens) and tokens[at].low in {",", ":"} and any(t.counts for t in tokens[verb + 1 : stop])
        if between or not follows:
            return Speech(first, last, begin, stop, "said-after", verb, role == "deny", pronoun, both=True)
    if (
        not follows
        and counts_left
        and not left
        and role == "say"
        and tokens[verb].low in {"said", "says", "say", "reported", "claimed", "believe", "suggests", "added"}
    ):
        return Speech(first, last, begin, stop, "said-after", verb, role == "deny", pronoun)
    return Speech(first, last, last + 1, stop, rule, verb, role == "deny", pronoun)


def _acts(tokens: Sequence[Token], index: int) -> bool:
    """ "says the Azeris have buried 6,500": whom a verb follows is told of and doesn't speak."""
    return index < len(tokens) and tokens[index].has("have", "be", "modal_future")


def _closing_apposition(tokens: Sequence[Token], verb: int) -> bool:
    """ "Kyrylo Budanov, told": the comma before the verb closes an apposition when a comma opened it before."""
    after = tokens[verb + 1]
    return after.low == "that" or after.counts or after.has("subordinators") or after.low in {".", "on"}


def _according(sentence: Sentence, index: int) -> Speech | None:
    tokens = sentence.tokens
    phrase = speaker_right(tokens, index + 1)
    if phrase is None:
        return None
    begin, stop = _segment_start(tokens, index), _segment_stop(tokens, index)
    return Speech(*phrase, begin, stop, "according", index, both=True)


def _counted_by(sentence: Sentence, index: int) -> bool:
    """ "are listed as missing by the Red Crescent": the agent of a passive verb of saying or counting."""
    tokens = sentence.tokens
    if index == 0:
        return False
    if tokens[index - 1].has("account_nouns") or (
        index > 1 and tokens[index - 2].has("account_nouns") and tokens[index - 1].low.endswith(("ed", "pt", "en"))
    ):
        return True  # "a tally by AFP", "the count kept by Mediazona"
    for at in range(index - 1, max(-1, index - 12), -1):
        if tokens[at].low in {";", ","}:
            return False
        said = any(s.role in {"say", "put"} and s.form in {"pastpart", "part"} for s in tokens[at].senses)
        if said and (
            at in sentence.passive or (at > 0 and (tokens[at - 1].has("account_nouns") or tokens[at - 1].has("silent")))
        ):
            return True
        if any(s.measure is not None and s.form in {"pastpart", "part"} for s in tokens[at].senses):
            return tokens[at].low.startswith(("listed", "reported", "registered", "declared"))
    return False


def _account(sentence: Sentence, index: int) -> Speech | None:
    """ "by Israeli tallies", "Kyiv's claim of about 400 dead", "Seoul's estimate, 1,100"."""
    tokens = sentence.tokens
    begin, stop = _segment_start(tokens, index), _segment_stop(tokens, index)
    first = index
    while first > begin and (
        tokens[first - 1].mention is not None
        or tokens[first - 1].low in {"'s", "'", "own", "the", "latest", "official"}
        or tokens[first - 1].has("premodifiers", "speakers", "account_nouns")
        or (tokens[first - 1].capital and tokens[first - 1].low not in {"by", "on"})
    ):
        first -= 1
    if first == index:
        return _pronoun_account(tokens, index, begin, stop)
    before = tokens[first - 1].low if first else ""
    owner = any(t.low in {"'s", "'"} for t in tokens[first:index])
    by = before == "by" or (owner and before in {"on", "in"})
    last = index if not owner else max(i for i in range(first, index) if tokens[i].low in {"'s", "'"}) - 1
    if by:
        return Speech(first, max(first, last), begin, stop, "according", index, both=True)
    named = any(t.mention is not None or (owner and t.has("speakers")) for t in tokens[first:index])
    following = tokens[index + 1] if index + 1 < stop else None
    if named and following is not None and (following.low in {",", "that"} or following.has("strong_links", "have")):
        return Speech(first, max(first, last), index + 1, stop, "own-count", index)
    return None


def _pronoun_account(tokens: Sequence[Token], index: int, begin: int, stop: int) -> Speech | None:
    """ "by his reckoning", "on their own count": the account of somebody named before."""
    owner = index - 2 if index > 1 and tokens[index - 1].low == "own" else index - 1
    if owner < 1 or tokens[owner].low not in {"his", "her", "its", "their"}:
        return None
    if tokens[owner - 1].low not in {"by", "on", "in"} or (
        tokens[owner - 1].low == "in" and tokens[index].low != "words"
    ):
        return None
    return Speech(owner, owner, begin, stop, "according", index, pronoun=True, both=True)


def _tended(sentence: Sentence, index: int) -> Speech | None:
    """ "medics at al-Ahli, by contrast, had received 60 bodies": who takes in the dead and hurt tells of them."""
    tokens = sentence.tokens
    begin, stop = _segment_start(tokens, index), _segment_stop(tokens, index)
    first = begin + 1 if begin < index and tokens[begin].has("determiners") else begin
    if tokens[index].low not in _TENDING or index in sentence.passive or index - begin > 12 or first >= index:
        return None
    last = next((i - 1 for i in range(first, index) if tokens[i].low == "," or tokens[i].has("have")), index - 1)
    tends = any(t.low in _TENDERS for t in tokens[begin : begin + 3])
    return Speech(begin, max(begin, last), index + 1, stop, "own-count", index) if tends else None


def _elided(sentence: Sentence, index: int) -> Speech | None:
    """ "Kyiv says …, Moscow that Ukraine has had 1,570 killed": the second source shares the verb of the first."""
    tokens = sentence.tokens
    mention = tokens[index - 1].mention if index > 1 else None
    if mention is None:
        return None
    if mention.role not in {"capital", "seat", "name", "institution"} or tokens[index - 2].low not in {",", ";", "and"}:
        return None
    if not any(t.role("say") for t in tokens[: index - 2]):
        return None
    return Speech(index - 1, index - 1, index, _segment_stop(tokens, index), "said-before", index)


def _is_clock(token: Token) -> bool:
    return token.number is not None and token.number.refusal is not None


def _colon(sentence: Sentence) -> Speech | None:
    """Headlines and bullets: "Seoul: 1,100 dead", "300 dead: spy agency"."""
    tokens = sentence.tokens
    dashes = {"-", "—", "--"} if sentence.headline else set()
    marks = [i for i, t in enumerate(tokens) if t.low == ":" or t.low in dashes]
    if not marks:
        return None
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
        and _can_speak(tail)
    ):
        return Speech(last_mark + 1, last_mark + len(tail), 0, last_mark, "colon", last_mark)
    head = tokens[lead:first_mark]
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
        and _can_speak(head)
        and not any(_country(t) for t in head if len(head) == 1 and not _other_party(tokens[first_mark:], t))
    ):
        if any(any(s.form for s in t.senses) and not t.has("speakers") and t.mention is None for t in head):
            return None
        return Speech(lead, first_mark - 1, first_mark + 1, len(tokens), "colon", first_mark)
    return None


def _country(token: Token) -> bool:
    return token.mention is not None and token.mention.role in {"name", "place"}


def _other_party(tokens: Sequence[Token], speaker: Token) -> bool:
    own = speaker.mention.party if speaker.mention else None
    return any(t.mention is not None and t.mention.party not in {None, own} for t in tokens)


def _can_speak(tokens: Sequence[Token]) -> bool:
    return any(t.mention is not None or t.has("speakers") for t in tokens)


def _parenthesised(sentence: Sentence, index: int) -> Speech | None:
    """ "31,000 (Zelensky, February)"; "(BBC)": a source in brackets right after its number."""
    tokens = sentence.tokens
    if not any(t.counts for t in tokens[max(0, index - 4) : index]):
        return None
    number = max(i for i in range(max(0, index - 4), index) if tokens[i].counts)
    last = index + 1
    while last < len(tokens) and tokens[last].low not in {",", ")"}:
        last += 1
    inner = tokens[index + 1 : last]
    named = (
        inner
        and not any(t.number is not None for t in inner)
        and (any(t.mention is not None or t.has("speakers") for t in inner) or all(t.capital for t in inner))
        and not any(t.role("count", "adjective") for t in inner)
    )
    return Speech(index + 1, last - 1, number, index, "according", index) if named else None


def find_speech(sentence: Sentence) -> list[Speech]:
    """Every source of the sentence with what it covers, in order."""
    found: list[Speech | None] = [_colon(sentence)]
    for index, token in enumerate(sentence.tokens):
        if token.low in _TENDING and (tended := _tended(sentence, index)) is not None:
            found.append(tended)
            continue
        if token.low == "(":
            found.append(_parenthesised(sentence, index))
        elif not token.senses and token.low not in _JOINTS and token.tags.isdisjoint(_SOURCES):
            continue
        elif token.has("according") or (token.low == "by" and _counted_by(sentence, index)):
            found.append(_according(sentence, index))
        elif token.senses and (role := _speaking(sentence, index)) is not None:
            found.append(_verb_speech(sentence, index, role))
        elif token.has("account_nouns"):
            found.append(_account(sentence, index))
        elif token.low == "that":
            found.append(_elided(sentence, index))
    kept = [speech for speech in found if speech is not None]
    if not kept and (closing := _closing_clause(sentence)) is not None:
        kept.append(closing)
    return _neighbours(sentence, _bounded(sentence, _adding(sentence, kept)))


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
    named = any(t.has("speakers") or (t.mention is not None and t.mention.role in _NAMED) for t in phrase)
    plain = not any(t.counts or t.has("be", "have", "relatives", "subordinators", "conjunctions") for t in phrase)
    if not (unknown and named and plain and can_speak(phrase)):
        return None
    return Speech(first, end - 2, _segment_start(tokens, end - 1), len(tokens), "said-after", end - 1)


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
    tokens = sentence.tokens
    marks = [-1, *[i for i, t in enumerate(tokens) if t.low == ";"], len(tokens)]
    parts = [(low + 1, high) for low, high in pairwise(marks)]
    if len(parts) < 2:
        return speeches
    owners = [[s for s in speeches if low <= s.verb < high] for low, high in parts]
    added = []
    for place, (low, high) in enumerate(parts):
        if owners[place]:
            continue
        near = owners[place - 1] if place else []
        if not near and place + 1 < len(parts):
            near = [speech for speech in owners[place + 1] if speech.rule in _REACHING]
        if near and near[-1].rule != "colon" and not near[-1].deny:
            owners[place] = near
            added.append(replace(near[-1], start=low, stop=high))
    return [*speeches, *added]


def _bounded(sentence: Sentence, speeches: list[Speech]) -> list[Speech]:
    """A source that speaks before its content ends where the next clause with its own source begins."""
    for speech in speeches:
        if speech.rule in {"said-before", "own-count", "said-after"}:
            later = [
                s.first
                for s in speeches
                if s is not speech
                and s.first > speech.verb
                and s.rule in {"said-before", "own-count"}
                and _new_clause(sentence, s.first)
            ]
            speech.stop = min([speech.stop, *later])
    return speeches


def _new_clause(sentence: Sentence, first: int) -> bool:
    before = sentence.tokens[first - 1].low if first else ""
    return before in {",", ";", "and", "but", "while", "whereas", "—", "though", "although"}

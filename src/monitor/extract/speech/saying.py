"""Verbs of saying: when a word is one, what follows it, and the stretch of clause that it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.extract.sentence.annotate import Sentence, Token, back_over
from monitor.extract.sentence.places_ahead import for_duty
from monitor.extract.speech.speakers import is_time

_ADDRESSING = frozenset({"told", "tell", "tells", "telling", "informed", "briefed", "assured", "advised", "reminded"})

_LAST = frozenset({"night", "week", "month", "year", "evening"})
_FATES = frozenset({"lost", "missing", "dead", "killed", "wounded", "captured", "injured"})
_CLOSING = frozenset({";", "•"})
_OPENING = _CLOSING | {"*"}
_CONFIRMING = frozenset({"verify", "confirm", "corroborate", "establish", "ascertain", "vouch"})
_ASIDE = 14
"""Tokens of a relative clause between a speaker and his verb."""
_CERTAIN = frozenset({"sure", "certain", "convinced", "confident", "positive"})
_HOLDING_TO = frozenset({"hold to", "holds to", "held to", "holding to"})
_BELIEVING = frozenset({"believe", "think"})


@dataclass(slots=True)
class Speech:
    """A source as token ranges: its phrase `first…last`, the content that it covers `start…stop` (stop excluded).

    `silent`: it won't or can't say so, and claims nothing.
    """

    first: int
    last: int
    start: int
    stop: int
    rule: str
    verb: int
    deny: bool = False
    silent: bool = False
    pronoun: bool = False
    both: bool = False

    def covers(self, index: int) -> bool:
        """True when the token at `index` is told by this source."""
        return self.start <= index < self.stop and not self.first <= index <= self.last


def segment_start(tokens: Sequence[Token], index: int) -> int:
    """The beginning of the clause of `index`: after the nearest strong mark to its left."""
    for at in range(index - 1, -1, -1):
        if (low := tokens[at].low) in _OPENING or low[0] == "\n":
            return at + 1
    return min(index, 0)


def segment_stop(tokens: Sequence[Token], index: int) -> int:
    """The end of the clause of `index`: before the nearest strong mark to its right."""
    for at in range(index, len(tokens)):
        if (low := tokens[at].low) in _CLOSING or low[0] == "\n":
            return at
    return max(index, len(tokens))


def _passive_say(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    forms = {s.form for s in token.senses if s.role in {"say", "put", "deny"}}
    before = sentence.tokens[max(0, index - _ASIDE) : index]
    if before and before[-1].low == "," and any(a.low == "," and b.has("relatives") for a, b in pairwise(before)):
        return False  # "officers, who asked not to be named, put losses at 900"
    return bool(forms & {"pastpart", "part"}) and index in sentence.passive


def speaking(sentence: Sentence, index: int) -> str | None:
    """The role (say, put, deny, silent) in which a token opens a clause of saying, None when it does not."""
    token = sentence.tokens[index]
    following = sentence.tokens[index + 1].low if index + 1 < len(sentence.tokens) else ""
    if token.low.split()[0] in _CERTAIN and not _is_certain(sentence.tokens, index):
        return None
    if token.low in _HOLDING_TO and not any(t.has("account_nouns") for t in sentence.tokens[index + 1 : index + 4]):
        return None  # "hold to 12 villages"; "holds to its figure of" tells
    if token.role("say", "put", "deny") is None:
        holds = token.low in {"hold", "holds", "held"} and following == "that"  # "the panel holds that"
        return "say" if holds or _unknown_verb(sentence, index) else None
    if following == "nothing" or _in_name(sentence, index):
        return None
    if token.low == "reported" and following in _FATES:
        return None  # "two airmen reported lost at sea"
    if token.number is not None or (token.has("reporting_in") and for_duty(sentence.tokens, index)):
        return None
    forms = {s.form for s in token.senses if s.role in {"say", "put", "deny"}}
    before = sentence.tokens[index - 1] if index else None
    role = "deny" if token.role("deny") else "say" if token.role("say") else "put"
    role = _turned(sentence, index, role)
    if "ing" in forms:
        heard = before is not None and before.has("overheard")  # "was overheard saying"
        going_on = before is not None and (before.low == "," or heard or index in sentence.passive)
        return role if going_on and role != "put" else None
    if _passive_say(sentence, index):
        return "say" if token.low in {"told", "informed", "briefed", "quoted", "cited"} else None
    if token.low in {"accused", "blamed"} and following in {"of", "for"}:
        return None  # "a captain accused of killing 40"
    if _is_noun(sentence, index, forms) or _takes_lives(sentence, index):
        return None
    return role if role != "put" or _puts_number(sentence, index) else None


def _is_certain(tokens: Sequence[Token], index: int) -> bool:
    """ "the doctor is sure that", "was certain of": who is so tells; "made sure that", "it is certain" don't."""
    at = back_over(tokens, index - 1, "adverbs")
    return at > 0 and tokens[at].has("be") and tokens[at - 1].low not in {"it", "there"}


def _in_name(sentence: Sentence, index: int) -> bool:
    """ "Port Said": in running text a verb has no capital behind another word with one."""
    token, before = sentence.tokens[index], sentence.tokens[index - 1] if index else None
    capitals = token.capital and before is not None and before.capital and before.mention is None
    return capitals and not sentence.headline and not token.text.isupper()


def _turned(sentence: Sentence, index: int, role: str) -> str:
    """What its negation makes of a verb: who "did not deny" tells, who does "not believe" denies, and whoever can't
    "verify", "declined to comment" or "would neither confirm nor deny" claims nothing."""
    tokens, at = sentence.tokens, index - 1
    lemmas = {s.lemma for s in tokens[index].senses}
    confirming = bool(lemmas & _CONFIRMING)
    while at >= 0 and _between(tokens[at]):
        at -= 1
    held = (
        at >= 0
        and (tokens[at].has(*_HOLDING_BACK) or tokens[at].low == "few")
        and tokens[at + 1].low not in {"only", "just"}
    )
    if role == "deny":
        negated = any(t.has("negation") for t in tokens[max(0, index - 3) : index])
        both = any(s.lemma in _CONFIRMING for t in tokens[max(0, index - 2) : index] for s in t.senses)
        return "silent" if held and (both or tokens[at].has("refusing")) else "say" if negated else role
    held = held or (confirming and any(t.has("negation", "failing") for t in tokens[max(0, index - 4) : index]))
    if not held or (role == "put" and _own_account(tokens[index + 1 : index + 5])):
        return role
    return "deny" if lemmas & _BELIEVING else "silent"


_HOLDING_BACK = ("negation", "failing", "refusing")


def _between(token: Token) -> bool:
    """May stand between a negation and its verb: "not immediately", "declined to", "neither confirm nor"."""
    return token.low in {"to", "or", "publicly", "comment", "confirm"} or (
        token.has("adverbs", "have") and not token.has(*_HOLDING_BACK)
    )


def _unknown_verb(sentence: Sentence, index: int) -> bool:
    """ "raged on Telegram that 77 had died": a past verb between a name and "that" can only be one of saying."""
    tokens = sentence.tokens
    verb = tokens[index]
    plain = not (verb.senses or verb.tags or verb.capital or verb.mention) and len(verb.low) > 4
    if not plain or not verb.low.endswith("ed") or index == 0 or index in sentence.passive:
        return False
    after = next((i for i in range(index + 1, min(len(tokens), index + 6)) if tokens[i].low == "that"), None)
    if after is None or any(not t.text[0].isalnum() for t in tokens[index + 1 : after]):
        return False
    between = tokens[index + 1 : after]
    before = tokens[index - 1]
    tagged = before.has("speakers", "pronouns", "adverbs", "conjunctions")
    speaks = before.capital or tagged or before.mention is not None
    return speaks and (not between or between[0].has("prepositions", "adverbs"))


def _is_noun(sentence: Sentence, index: int, forms: set[str]) -> bool:
    """True for "a report", "claims of", "to estimate", a participle without "have": no verb that somebody speaks by."""
    token = sentence.tokens[index]
    before = sentence.tokens[index - 1] if index else None
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    if forms <= {"part"} and not (before is not None and before.has("have", "adverbs")):
        return True
    if before is not None and before.low == "to":
        return index < 2 or not sentence.tokens[index - 2].has("have", "driven")
    if before is not None and before.has("prepositions") and "pastpart" in forms and not before.has("objectless"):
        return True
    if not token.has("also_nouns"):
        return token.has("speakers") or (token.person is not None and "base" in forms)
    if (
        before is None
        or before.has("determiners", "prepositions")
        or before.low.endswith(" on")
        or before.low in {"'s", "'", '"'}
    ):
        return True
    several = "base" in forms and before.has("speakers") and before.low.endswith("s")
    if several and after is not None and after.low == ",":
        return False  # "rebels claim, and the army denies, that 44"
    described = before.has("premodifiers") and before.person is None and not before.has("speakers")
    described = described and not _closes_on(sentence, index)
    described = (
        described
        or _object_of_deed(before)
        or _modified(sentence.tokens, index)
        or ("base" in forms and _of_one(sentence.tokens, index))
    )
    nation = before.mention is not None and before.mention.role == "adjective"
    nation = nation or (
        "base" in forms and after is not None and after.has("incident", "assaults")
    )  # "Police post attack"
    nation = nation or (token.low == "state" and before.mention is not None)  # "in Kayah state"
    listed = after is not None and after.low == "and" and index > 1 and sentence.tokens[index - 2].low == ","
    return described or nation or listed or (after is not None and after.low in {"of", "from", "for", ",", "by"})


def _closes_on(sentence: Sentence, index: int) -> bool:
    """ "…, researchers at Ghent University estimate.": the sentence ends on it, behind those who do."""
    tokens, last = sentence.tokens, index - 1
    if index + 1 < len(tokens) and tokens[index + 1].low != ".":
        return False
    while last > 0 and (tokens[last].capital or tokens[last].has("determiners")):
        last -= 1
    return tokens[last].has("being_prepositions") and last > 0 and tokens[last - 1].has("speakers")


def _of_one(tokens: Sequence[Token], index: int) -> bool:
    """ "attacked a police post": behind "a" nobody stands whose verb would have this form."""
    for at in range(index - 1, max(-1, index - 4), -1):
        if tokens[at].low in {"a", "an"}:
            return True
        if tokens[at].has("be", "have", "prepositions", "conjunctions") or not tokens[at].text[0].isalnum():
            return False
    return False


def _object_of_deed(before: Token) -> bool:
    """ "disproved claims that 60 had died": behind another verb of the past it is what that is done to."""
    deed = before.low.endswith("ed") and not before.capital and before.person is None
    return deed and not before.has("speakers", "premodifiers", "be", "have")


def _modified(tokens: Sequence[Token], index: int) -> bool:
    """ "a leaked cable says": a participle between the article and the word makes it a noun."""
    before = tokens[index - 1]
    article = index > 1 and tokens[index - 2].has("determiners")
    return article and before.low.endswith("ed") and not before.capital and before.person is None


def _takes_lives(sentence: Sentence, index: int) -> bool:
    """ "has claimed 261 lives": a cause that takes lives says nothing."""
    after = sentence.tokens[index + 1 : index + 4]
    inflicts = any(s.role == "inflict" for s in sentence.tokens[index].senses)
    taken = any(t.low in {"lives", "victims"} for t in after[1:])
    return inflicts and bool(after) and after[0].counts and taken


def _puts_number(sentence: Sentence, index: int) -> bool:
    """A number follows: "put losses at 1,510", "raised its estimate to 4,700"; "put 60 ashore" is a deed."""
    if sentence.tokens[index + 1 : index + 2] and sentence.tokens[index + 1].counts:
        return not any(s.lemma in {"put", "set", "place", "bring"} for s in sentence.tokens[index].senses)
    own = _own_account(sentence.tokens[index + 1 : index + 5])
    for token in sentence.tokens[index + 1 : index + (40 if own else 16)]:
        going_on = token.low in {"as", "since"} or (own and token.low == "after")  # "its count after the raid: 31 dead"
        if token.low in {";", "who", "which"} or (token.has("subordinators") and not going_on):
            return False
        if token.counts:
            return True
    return False


def _own_account(tokens: Sequence[Token]) -> bool:
    """ "lowered its count of the people killed in the market of … to 108": however long its name, the account is theirs
    who change it."""
    owned = bool(tokens) and tokens[0].low in {"its", "their", "his", "her", "the"}
    return owned and any(token.has("account_nouns", "numbering") for token in tokens)


def complement_at(tokens: Sequence[Token], verb: int, stop: int) -> int | None:
    """Where what is said begins behind its verb: after the addressee, the time and the place of saying it.

    None when a mark or another clause stands there: "…, he told the BBC on Friday, adding" tells of what is before it.
    """
    at = _behind_addressee(tokens, verb + 1, stop) if tokens[verb].low in _ADDRESSING else verb + 1
    while at < stop:
        token = tokens[at]
        if token.has("adverbs") or is_time(token) or token.low in {"late", "early"}:
            at += 1
        elif token.low == "last" and at + 1 < stop and tokens[at + 1].low in _LAST:
            at += 2  # "announced last night"
        elif token.has("prepositions") and (end := _behind_nouns(tokens, at + 1, stop)) > at + 1:
            at = end
        elif token.low.endswith("ed") and at > verb + 1 and at + 1 < stop and tokens[at + 1].has("prepositions"):
            at += 1  # "in a statement posted on its website"
        else:
            break
    if at >= stop or (not tokens[at].text[0].isalnum() and tokens[at].low not in {":", "("}):
        return None
    if at == verb + 1 and tokens[at].has("be", "have", "modal_future", "modal_hypothetical") and tokens[at].low != "if":
        return None  # "a number it says will not change": the gap is filled by what stands before
    if tokens[at].low == "that" and tokens[at - 1].low in {"terms", "condition", "conditions", "understanding"}:
        return None  # "said on terms that he not be named"
    if tokens[at].low == "that" and at + 1 < stop and at > verb + 1:
        return None if _finite(tokens[at + 1]) else at
    return None if tokens[at].has("conjunctions", "relatives") or _other_clause(tokens[at]) else at


def _finite(token: Token) -> bool:
    """A verb right behind "that": "in a speech that drew jeers" has a relative clause, no content."""
    formed = any(s.form in {"past", "pastpart", "s"} for s in token.senses) and token.number is None
    return token.has("be", "have", "modal_future") or (formed and not token.has("account_nouns", "speakers"))


def _other_clause(token: Token) -> bool:
    return token.has("subordinators") and token.low not in {"that", "how", "whether", "if", "what"}


def _behind_addressee(tokens: Sequence[Token], at: int, stop: int) -> int:
    """ "told two visiting MPs.": counted people that nothing follows are those spoken to, not those spoken of."""
    counted = tokens[at].counts if at < stop else False
    end = _behind_nouns(tokens, at + 1 if counted else at, stop)
    closed = end >= stop or not tokens[end].text[0].isalnum() or tokens[end].low == "that"
    return end if closed or not counted else at


def _behind_nouns(tokens: Sequence[Token], at: int, stop: int) -> int:
    """The index behind one noun phrase: "the BBC's Persian service"; a second article or a verb begins what follows."""
    start = at
    while at < stop and at - start < 8:
        token = tokens[at]
        article = token.has("determiners") and at > start
        if article or token.counts or (not token.text[0].isalnum() and token.low not in {"'s", "'"}):
            break
        if token.has("pronouns", "subordinators", "relatives", "conjunctions", "be", "have", "prepositions", "adverbs"):
            break
        named = token.has("also_nouns", "speakers") or (at > start and tokens[at - 1].has("determiners"))  # "a post"
        if token.low in {"we", "there"} or (token.role("say", "deny") and not named):
            break
        if at > start and is_time(token):
            break
        at += 1
    return at

"""How the text holds a figure: asserted, or denied, superseded, hypothetical, planned, additional."""

import re
from itertools import pairwise

from monitor.domain.claims import Measure, Status
from monitor.extract.measures.frames import RAISING, Frame
from monitor.extract.measures.unreal import CLAUSE, REACH, clause_begin, conditional, infinitive, planned
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.phrases import Count
from monitor.extract.sentence.stretches import grows_by
from monitor.extract.speech.saying import Speech

SOURCE = 12
"""Tokens of a source that stands between commas."""
_COMPARING = CLAUSE | {",", "than"}
_JOINING = CLAUSE | {",", "and", "but"}
_ONCE = frozenset({"initially", "originally"})
_RUMOURS = frozenset("rumours rumors rumour rumor allegations allegation suggestions story stories tale tales".split())
_CALLED = frozenset({"called", "calls", "labelled", "labeled", "branded", "described", "dismissed"})
_TRUE = frozenset({"true", "truth", "correct", "accurate"})
_SLIPS = frozenset({"error", "mistake", "misprint", "typo", "invention", "exaggeration"})
_HELD = frozenset({"had", "was", "were", "numbered", "counted", "stood", "held", "kept"})
_STOOD = frozenset({"put", "said", "stood", "spoken", "reported", "given"})
_IS = frozenset({"is", "are", "was", "were", "been", "stands", "stood"})
_NEWLY = frozenset({"now", "later", "revised", "corrected", "lowered", "instead"})
_POINTING = frozenset({"this", "that", "it", "these", "them", "both"})
_ITS = frozenset({"it", "its", "he", "his", "she", "her", "they", "their"})
ANSWER = 5
"""Tokens behind a denial in which the mark stands that opens what its speaker counts."""
_NOBODY = frozenset({"nobody", "none", "no"})
OTHER_COUNT = 8  # tokens behind "now" within which the new count stands
_OVER = frozenset({"longer", "no longer", "first", "at first", "initially"})
_COUNTED = frozenset({"toll-link", "same-count", "measure-noun"})
_NEW_TOTAL = re.compile(
    r"\band the (?:overall |total )?(?:number|toll|total|count)\b[^;]*"
    r"\b(?:now |has |had )?(?:stands|stood|risen|rose|reached|climbed)\b"
    rf"|,\s(?:{'|'.join(RAISING)})\s(?:its|their|the|his)\s[^,;]{{0,40}}?"
    r"\b(?:number|toll|total|count|tally|dead|losses|deaths)\b[^,;]{0,40}?\bto\b"
    rf"|,\s(?:{'|'.join(RAISING)})\sto\s(?:[^\s,;]+\s){{1,4}}?(?:its|their|the|his)\s(?:\w+\s)?(?:number|toll|total|count|tally)\b"
)
""" "Five more died, and the number of those killed now stands at 37": they are among these."""
_WAS_ONCE = ("last week", "the week before", "a week earlier", "a day earlier", "it reported", "previously given")


def status_of(sentence: Sentence, frame: Frame, speeches: list[Speech]) -> Status:
    """The first of the statuses that the words give; asserted when none does."""
    told = frame.rule not in {"event-of", "unfound", "unsaved"}
    if (told and _denied(sentence, frame, speeches)) or _event_denied(sentence, frame, speeches):
        return Status.DENIED
    if _superseded(sentence, frame):
        return Status.SUPERSEDED
    if (told and conditional(sentence, frame)) or infinitive(sentence, frame):
        return Status.HYPOTHETICAL
    if frame.rule != "joined-force" and planned(sentence, frame):
        return Status.PLANNED if frame.measure is Measure.DEPLOYED else Status.HYPOTHETICAL
    return Status.ADDITIONAL if _additional(sentence, frame) else Status.ASSERTED


# --- superseded


def _superseded(sentence: Sentence, frame: Frame) -> bool:
    """The old value of a change: "from 3,000 to 4,700", "up from 21", "twice the 1,500", "had stood at 40"."""
    tokens, first = sentence.tokens, frame.count.first
    number = tokens[frame.count.number].number
    if number is not None and "superseded" in number.flags:
        return True
    former = "former" in sentence.tags
    if former and any(t.low == "version" for t in tokens[:first]) and any(t.has("former") for t in tokens[:first]):
        return True  # "an earlier version of this story said 30,000"
    if [t.low for t in tokens[max(0, first - 2) : first]] == [",", "once"] and _closes(tokens, frame.count.last):
        return True  # "The number of soldiers in Chad, once 1,000, is now nil"
    if _changed_from(tokens, frame) or _earlier_count(tokens, first) or _had_said(sentence, frame):
        return True
    if _in_bracket_of_before(tokens, frame.count):
        return True
    once = (former or "corrected" in sentence.words) and _said_once(tokens, first)
    past = former or frame.rule in _COUNTED or not sentence.words.isdisjoint(_OVER)
    return once or (past and _no_longer(tokens, frame))


def _had_said(sentence: Sentence, frame: Frame) -> bool:
    """ "They had first spoken of 87 dead; now they say 48", "first given as 40, is now 52", "was revised to 48;
    officials had said 87": what was said before what the same ones say now."""
    if sentence.words.isdisjoint(_NEWLY):
        return False
    tokens, first = sentence.tokens, frame.count.first
    begin = max((i + 1 for i in range(first) if tokens[i].low in {";", ","}), default=0)
    end = next((i for i in range(frame.count.last, len(tokens)) if tokens[i].low in {";", ","}), len(tokens))
    verb = next((i for i in range(first - 1, begin - 1, -1) if tokens[i].role("say", "put") is not None), None)
    newly = [i for i, t in enumerate(tokens) if t.low in _NEWLY and not begin <= i < end]
    other = (i for i in newly if _counts_anew(tokens[i : i + OTHER_COUNT], frame.measure))
    if verb is None or not any(_tells_or_is(tokens[max(0, i - 2) : i + 3]) for i in other):
        return False
    before = [t.low for t in tokens[max(begin, verb - 3) : verb]]
    had = "had" in before or before[-1:] == ["first"]
    return had and len(_speakers(sentence)) < 2


def _counts_anew(tokens: list[Token], measure: Measure) -> bool:
    """ "now count 52", "it now says 52 died": a count of the same; "now reports 12 missing" counts others."""
    for at in (i for i, t in enumerate(tokens) if _counts(t)):
        told = {s.measure for t in tokens[at + 1 : at + 3] for s in t.senses} - {None}
        if not told or measure in told or Measure.CASUALTIES in {measure, *told}:
            return True
    return False


def _counts(token: Token) -> bool:
    """ "48", "nobody"; not "a curfew"."""
    return token.low in _NOBODY or (token.number is not None and token.low not in {"a", "an"})


def _tells_or_is(tokens: list[Token]) -> bool:
    """ "now they say", "is now", "was later revised"; not "12 later died"."""
    return any(t.low in _IS or t.has("changed") or t.role("say", "put") is not None for t in tokens)


def _speakers(sentence: Sentence) -> set[str]:
    """Who speaks before what is told, by their words; pronouns stand for one of them."""
    sources = (s for s in sentence.speeches or () if s.rule != "said-after" and not s.pronoun)
    return {" ".join(t.low for t in sentence.tokens[s.first : s.last + 1]) for s in sources}


def _in_bracket_of_before(tokens: list[Token], count: Count) -> bool:
    """ "Soldiers killed: 14 (September: 9)", "(9 in September)": behind a figure, what it was in the month before."""
    first, last = count.first, count.last
    opening, after = tokens[max(0, first - 3) : first], tokens[last + 1 : last + 4]
    named = len(opening) == 3 and opening[0].low == "(" and opening[1].has("months", "former") and opening[2].low == ":"
    behind = len(after) == 3 and after[0].low == "in" and after[1].has("months") and after[2].low == ")"
    counted = any(t.counts for t in tokens[max(0, first - 5) : first])
    return counted and (named or (behind and opening[-1:] != [] and opening[-1].low == "("))


def _closes(tokens: list[Token], last: int) -> bool:
    return last + 1 < len(tokens) and tokens[last + 1].low == ","


def _said_once(tokens: list[Token], first: int) -> bool:
    """ "police initially reported 21", "an earlier toll put it at 21": what is no longer held; "had earlier said" may
    still hold."""
    begin = first
    while begin > 0 and tokens[begin - 1].low not in _COMPARING and not tokens[begin - 1].counts:
        begin -= 1
    span = tokens[begin:first]
    for place, token in enumerate(span):
        after = span[place + 1] if place + 1 < len(span) else None
        replaced = span[-1].low != "to"  # "corrected its toll to 118" gives the new one
        if token.low == "corrected" and replaced and any(t.has("account_nouns") for t in span[place + 1 : place + 5]):
            return True
        if after is None or not token.has("former"):
            continue
        if after.role("say", "put") is not None and token.low in _ONCE:
            return True
        spoken = any(t.role("say", "put") is not None for t in span[place + 2 :])
        if token.low != "once" and (after.has("account_nouns") or after.role("toll")) and spoken:
            return True
    return False


def _changed_from(tokens: list[Token], frame: Frame) -> bool:
    """ "up from 21", "raised from 3,000 to 4,700", "not the 900", "twice the 1,500"."""
    first = frame.count.first
    before = tokens[first - 1].low if first else ""
    earlier = tokens[_before_source(tokens, first - 2)] if first > 1 else None
    if before in {"twice", "double", "triple"}:
        return True
    if earlier is None:
        return False
    after = tokens[frame.count.last + 1 : frame.count.last + 3]
    raised = len(after) == 2 and after[0].low == "to" and after[1].counts
    if before == "from":
        return (
            earlier.has("changed") or earlier.counts or raised or _count_changed(tokens[max(0, first - 6) : first - 1])
        )
    if before == "of" and _count_changed(tokens[max(0, first - 6) : first - 1]):
        # "cut its estimate of 900 killed to 640"
        behind = tokens[frame.count.last + 1 : frame.count.last + OTHER_COUNT]
        return any(to.low == "to" and other.counts for to, other in pairwise(behind))
    if [t.low for t in tokens[max(0, first - 3) : first] if t.low != "the"][-2:] == ["instead", "of"]:
        return True  # "Instead of the 40 dead reported on Monday, police now count 52"
    return before == "the" and earlier.low in {"not", "twice", "double", "triple", "than", "from", "against"}


def _before_source(tokens: list[Token], last: int) -> int:
    """The token before a source between commas, "rose to 216, the Pentagon said, from 191"; `last` where none ends."""
    if tokens[last].low != ",":
        return last
    opened = next((i for i in range(last - 1, max(0, last - SOURCE), -1) if tokens[i].low == ","), None)
    if opened is None or not any(t.role("say") for t in tokens[opened + 1 : last]):
        return last
    return opened - 1


def _count_changed(tokens: list[Token]) -> bool:
    """ "lowered the death toll from": a count is what was changed."""
    counted = tokens and (tokens[-1].has("account_nouns") or tokens[-1].role("toll", "count") is not None)
    return bool(counted) and any(t.has("changed") for t in tokens)


def _earlier_count(tokens: list[Token], first: int) -> bool:
    """ "an earlier count of 28", "from a previous estimate of 300"."""
    words = tokens[max(0, first - 4) : first]
    if not words or words[-1].low not in {"of", "that"}:
        return False
    former = any(t.has("former") or t.low == "first" for t in words[:-1])
    return former and any(t.has("account_nouns") or t.low == "number" for t in words)


def _no_longer(tokens: list[Token], frame: Frame) -> bool:
    """Told as past: "no longer stands by 12,000", "had stood at 40", "at first … 38", "was 3,000 last week"."""
    first = frame.count.first
    span = tokens[clause_begin(tokens, first) : first]
    lows = [t.low for t in span if t.low not in {"been", "earlier", "previously", "initially", "originally"}]
    if (
        "no longer" in " ".join(lows[-8:])
        or [t.low for t in span[:1]] in (["at first"], ["initially"])
        or lows[:2] == ["at", "first"]
    ):
        return True
    behind = tokens[frame.count.last + 1 : frame.count.last + 5]
    stop = next((i for i, t in enumerate(behind) if t.has("pronouns", "relatives")), len(behind))
    after = " ".join(t.low for t in behind[:stop])  # "50 hostages they seized last week": when they were, no count
    counted = frame.rule in _COUNTED
    once = lows[-2:-1] == ["once"] and lows[-1] in _HELD
    told = [i for i in range(first - len(span), first) if tokens[i].counts]
    own = lows if not told else [t.low for t in tokens[told[-1] + 1 : first]]
    stood = once or any(one == "had" and other in _STOOD for one, other in pairwise(own))
    since = any("former" in t.tags for t in span[:4]) and any(
        t.low in {"now", "later", "since"} for t in tokens[first:]
    )
    return since or (counted and (stood or any(cue in after for cue in _WAS_ONCE)))


# --- denied and additional


def _denied(sentence: Sentence, frame: Frame, speeches: list[Speech]) -> bool:
    """Under a verb of denial, taken back by who had said it, or called false in the same clause."""
    tokens, index = sentence.tokens, frame.count.number
    if any(s.deny and s.verb < index and _answered(tokens, s.verb, index) for s in speeches):
        return False
    if "revoking" in sentence.tags and _taken_back(tokens, frame.count.first):
        return True
    if "contradicting" in sentence.tags and _contradicted(tokens, frame.count.first):
        return True
    if _account_denied(tokens, index, speeches) and not _presupposed(tokens, frame):
        return True
    if any(
        s.deny and s.verb < index and s.covers(index) and not _said_between(tokens, s.verb, index) for s in speeches
    ):
        if _presupposed(tokens, frame):
            return False
        return not any(s.rule == "said-before" and not s.deny and s.covers(index) and s.verb < index for s in speeches)
    if "untrue" not in sentence.tags and sentence.words.isdisjoint(_TRUE | _SLIPS):
        return False
    begin = clause_begin(tokens, index)
    before = tokens[begin:index]
    wrong = _called_false(before[:8]) and any(t.has("be") for t in before)
    if wrong and any(t.low in {"say", "claim", "that", "suggest"} for t in before):
        return True
    end = next((i for i in range(index, len(tokens)) if tokens[i].low in CLAUSE), len(tokens))
    after = tokens[frame.count.last + 1 : end]
    account = any(t.has("account_nouns") or t.low in _RUMOURS for t in tokens[max(begin, index - 5) : index])
    account = account or tokens[begin].low == "that"
    judged = any(t.has("be", "proving") for t in after) or any(t.low in _CALLED for t in before)
    return account and judged and _called_false(after)


def _event_denied(sentence: Sentence, frame: Frame, speeches: list[Speech]) -> bool:
    """ "denied the deaths of 14 soldiers": the event itself is what is denied; "responsibility for" it leaves it."""
    at, tokens = frame.predicate, sentence.tokens
    if frame.rule != "event-of" or at is None:
        return False
    while at > 0 and tokens[at - 1].has("determiners", "premodifiers"):
        at -= 1
    return any(s.deny and s.verb == at - 1 for s in speeches)


def _contradicted(tokens: list[Token], first: int) -> bool:
    """ "contrary to reports of 30 dead", "belying the army's claim that 30 died": an account set against what is
    told."""
    for at in range(max(0, first - REACH), first):
        if tokens[at].has("contradicting"):
            told = tokens[at + 1 : first]
            account = any(t.has("account_nouns") or t.low in _RUMOURS or t.low == "what" for t in told[:6])
            return account and not any(t.low in _JOINING or t.counts for t in told)
    return False


def _taken_back(tokens: list[Token], first: int) -> bool:
    """ "withdrew its claim that 61 had died", "retracted their estimate of 80": its own party denies it."""
    begin = first
    while begin > 0 and tokens[begin - 1].low not in _JOINING and not tokens[begin - 1].counts:
        begin -= 1
    for at in range(begin, first):
        if tokens[at].has("revoking") and any(t.has("account_nouns") for t in tokens[at + 1 : at + 5]):
            return True
    return False


def _called_false(tokens: list[Token]) -> bool:
    """ "a lie", "not true", "not a word is true", "no truth in": called untrue; "no lie" is the other way round."""
    for at, token in enumerate(tokens):
        negated = any(t.has("negation") for t in tokens[max(0, at - 5) : at])
        verb = token.low in {"lie", "lies"} and not _told_as_noun(tokens, at)
        if token.has("untrue") and not negated and not verb:
            return True
        if token.low in _TRUE and negated:
            return True
        if token.low in _SLIPS and at > 1 and tokens[at - 2].has("be") and not negated and _of_an_account(tokens, at):
            return True  # "was an error"
    return False


def _of_an_account(tokens: list[Token], at: int) -> bool:
    """ "the figure was an error"; "the raid was a mistake", one "that killed 12" or "of judgment", denies nothing."""
    if at + 1 < len(tokens) and tokens[at + 1].low in {"that", "which", "of", "in", "by"}:
        return False
    if at < 3:
        return True
    subject, named = tokens[at - 3], any(t.has("determiners") for t in tokens[max(0, at - 5) : at - 3])
    return subject.counts or not named or subject.has("account_nouns") or subject.low in _RUMOURS


def _told_as_noun(tokens: list[Token], at: int) -> bool:
    """ "a lie", "these are lies"; but "60 bodies lie unclaimed"."""
    before = tokens[at - 1] if at else None
    return before is None or before.low in {"a", "the", "of", "all"} or before.has("be", "determiners")


def _answered(tokens: list[Token], verb: int, index: int) -> bool:
    """ "disputes this: it has a list of 157 dead", "rejects that: its own count is 40": what another said is denied,
    and behind the mark stands the count of who denies."""
    mark = next((i for i in range(verb + 1, min(index, verb + ANSWER)) if tokens[i].low in {":", ";"}), None)
    if mark is None or mark + 2 >= index:
        return False
    denied, answer, behind = tokens[verb + 1 : mark], tokens[mark + 1 : index], tokens[index:]
    pointing = bool(denied) and denied[0].low in _POINTING and len(denied) <= 3
    account = len(denied) == 2 and denied[0].has("determiners") and denied[1].has("account_nouns")
    own = answer[0].low in _ITS or (answer[0].has("determiners") and not answer[1].has("account_nouns"))
    counts = any(t.has("have", "account_nouns", "be") or t.role("own", "put") for t in answer)
    # "rejects this: the claim of 600 dead is propaganda", "it has been accused of killing 300" tell what others say
    others = any(t.role("deny") or t.low == "been" for t in answer) or any(t.has("untrue") for t in (*answer, *behind))
    return (pointing or account) and own and counts and not others


def _presupposed(tokens: list[Token], frame: Frame) -> bool:
    """ "denied firing the rocket that killed 14": a relative clause tells of what did happen."""
    at = frame.predicate
    if at is None or at < 2 or frame.side != "left":
        return False
    relative = next((i for i in (at - 1, at - 2) if tokens[i].low in {"that", "which", "who"}), None)
    if relative is None:
        return False
    noun = tokens[relative - 2 if tokens[relative - 1].low == "," else relative - 1]
    return not noun.has("account_nouns") and noun.low not in _RUMOURS and noun.role("deny") is None


def _account_denied(tokens: list[Token], index: int, speeches: list[Speech]) -> bool:
    """ "rejected claims that 500 had died": the account that is denied is the object of the verb of denial."""
    for speech in speeches:
        if speech.deny and speech.verb < index:
            behind = tokens[speech.verb + 1 : min(index, speech.verb + 6)]
            if any(t.has("account_nouns") or t.low in _RUMOURS for t in behind):
                return not _said_between(tokens, speech.verb, index)
    return False


def _said_between(tokens: list[Token], verb: int, index: int) -> bool:
    """ "denied any losses and said 12 were killed": a new clause of saying in between."""
    return any(t.low in {"said", "says", "saying", "insisted", "insisting"} for t in tokens[verb + 1 : index])


def _additional(sentence: Sentence, frame: Frame) -> bool:
    """ "3,000 more soldiers": of forces, what came on top; of losses only where the text says so."""
    tokens, at = sentence.tokens, frame.count.number
    number = tokens[at].number
    more = number is not None and "additional" in number.flags
    more = more or any(t.low in {"more", "additional"} for t in tokens[at + 1 : at + 2])
    if number is not None and "increment" in number.flags:
        return True
    if grows_by(sentence.text[sentence.start : sentence.tokens[frame.count.first].start]):
        return True  # "up 1,008 from the day before"
    if more and frame.count.noun is not None and tokens[frame.count.noun].low in {"bodies", "corpses"}:
        return True  # "fifteen more bodies were recovered": found besides those counted
    if not more or frame.measure is Measure.DEPLOYED:
        return more
    behind = " ".join(t.low for t in tokens[frame.count.last :])
    return "on top of" in behind or _NEW_TOTAL.search(behind) is not None

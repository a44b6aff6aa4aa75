"""How the text holds a figure: asserted, or denied, superseded, hypothetical, planned, additional."""

from monitor.domain.claims import Measure, Status
from monitor.extract.annotate import Sentence, Token
from monitor.extract.frames import Frame
from monitor.extract.speech import Speech

REACH = 14
_FALSE = frozenset(
    {
        "fabrication",
        "fake",
        "fakes",
        "fiction",
        "false",
        "untrue",
        "groundless",
        "baseless",
        "lie",
        "lies",
        "nonsense",
        "wrong",
        "rumour",
        "rumor",
        "propaganda",
        "fairy",
        "invented",
        "disinformation",
    }
)
_COUNTS = frozenset({"count", "estimate", "toll", "figure", "report", "tally", "number", "total"})
_FORMER = frozenset({"earlier", "previously", "previous", "originally", "initially", "formerly", "once"})
_OLD_VERBS = frozenset({"had put", "had said", "had stood", "had spoken", "had reported", "had given", "had counted"})
_PLAN_CUES = ("modal_future",)
_CLAUSE = frozenset({";", "—", "•", "*"})


def _window(sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """The token range in which a modal or a negation governs the figure: from its clause's start to its predicate."""
    tokens = sentence.tokens
    first = frame.count.first
    last = max(frame.count.last, frame.predicate if frame.predicate is not None else 0)
    start = min(first, frame.predicate if frame.predicate is not None else first)
    low = start
    while (
        low > 0
        and start - low < REACH
        and tokens[low - 1].low not in _CLAUSE
        and not tokens[low - 1].low.startswith("\n")
    ):
        if tokens[low - 1].role("say") and tokens[low - 1].low not in {"expects", "expected"}:
            break
        if tokens[low - 1].low == "," and start - low > 2 and not _if_before(tokens, low):
            break
        low -= 1
    return low, last


def _if_before(tokens: list[Token], index: int) -> bool:
    return False


def _conditional(sentence: Sentence, frame: Frame) -> bool:
    """ "If …", "were Israel to …", "could": what has not happened."""
    tokens = sentence.tokens
    low, last = _window(sentence, frame)
    if frame.side == "right":
        low = frame.count.last + 1
    span = tokens[low : last + 1]
    for offset, token in enumerate(span):
        if token.low in {"could", "would", "might", "were to", "threatens to", "risk", "risks"} or (
            token.low == "should" and offset < 3
        ):
            return not _perfect(span, offset)
    begin = 0
    for index in range(frame.count.first, -1, -1):
        if tokens[index].low in _CLAUSE:
            begin = index + 1
            break
    opening = [t.low for t in tokens[begin : begin + 2]]
    conditional = bool(opening) and (
        opening[0] in {"if", "unless", "should"}
        or (
            opening[0] in {"were", "had"}
            and len(tokens) > begin + 3
            and "to" in [t.low for t in tokens[begin : begin + 6]]
        )
    )
    return conditional and any(t.low in {"could", "would", "will", "may", "might"} for t in tokens[begin:])


def _perfect(span: list[Token], offset: int) -> bool:
    """ "could have lost", "might have died" are hedged reports of the past."""
    return any(t.low == "have" for t in span[offset + 1 : offset + 3])


def _planned(sentence: Sentence, frame: Frame) -> bool:
    """Will, plans to, is to: before the predicate of harm, anywhere before that of presence; "200 more will follow"."""
    tokens = sentence.tokens
    low, last = _window(sentence, frame)
    if frame.side == "right" and frame.predicate is not None:
        span = tokens[frame.count.last + 1 : frame.predicate + 1]
    else:
        span = tokens[low : last + 1]
    if frame.measure is not Measure.DEPLOYED:
        verb = frame.rule in {"active-object", "lost-object", "passive-subject", "intransitive-subject"}
        near = span if frame.side == "right" else tokens[max(low, (frame.predicate or 0) - 3) : frame.predicate]
        return verb and any(t.low in {"will", "'ll", "shall", "going to"} for t in near)
    after = [t.low for t in tokens[last + 1 : last + 4]]
    follows = "will" in after or "to be sent" in after or "to be deployed" in after or after[:2] == ["to", "be"]
    return follows or any(t.has("modal_future") for t in span)


def _superseded(sentence: Sentence, frame: Frame) -> bool:
    """The old value of a change: "from 3,000 to 4,700", "to 29 from 20", "up from 21", "twice the 1,500", "had stood at 40"."""
    tokens = sentence.tokens
    first = frame.count.first
    flags = tokens[frame.count.number].number.flags if tokens[frame.count.number].number else frozenset()
    if "superseded" in flags or "superseded_of" in flags:
        return True
    before = tokens[first - 1].low if first else ""
    before2 = tokens[first - 2].low if first > 1 else ""
    if before == "from" and (
        before2
        in {
            "up",
            "down",
            "raised",
            "revised",
            "cut",
            "lowered",
            "increased",
            "rise",
            "rose",
            "risen",
            "jumped",
            "doubled",
            "climbed",
            "grown",
        }
        or tokens[first - 2].counts
        or _change_to(tokens, first, frame)
    ):
        return True
    if before == "the" and before2 in {"not", "twice", "double", "triple", "than", "from", "against"}:
        return True
    if before in {"twice", "double", "triple"}:
        return True
    if any(t.low == "version" for t in tokens[:first]) and any(t.low in _FORMER for t in tokens[:first]):
        return True  # "an earlier version of this story said 30,000"
    if _earlier_count(sentence, first):
        return True
    begin = _clause_begin(tokens, first)
    span = tokens[begin:first]
    lows = [t.low for t in span]
    if "no longer" in " ".join(lows[-8:]) or (
        len(lows) > 1
        and "had" in lows
        and lows[lows.index("had") + 1 : lows.index("had") + 2]
        and lows[lows.index("had") + 1] in {"put", "said", "stood", "spoken", "reported", "given", "been"}
        and lows[lows.index("had") + 1] != "been"
        and frame.rule in {"toll-link", "same-count", "measure-noun"}
    ):
        return True
    if (
        any(low in _FORMER or low == "at first" for low in lows[:4])
        and any(t.low in {"now", "later", "since"} for t in tokens[first:]) is True
    ):
        return True
    if lows[:2] == ["at", "first"] or lows[:1] == ["at first"] or lows[:1] == ["initially"]:
        return True
    after = " ".join(t.low for t in tokens[frame.count.last + 1 : frame.count.last + 5])
    return any(
        cue in after
        for cue in (
            "last week",
            "the week before",
            "a week earlier",
            "a day earlier",
            "it reported",
            "previously given",
            "that it had long given",
            "before the correction",
        )
    ) and frame.rule in {"toll-link", "same-count"}


def _earlier_count(sentence: Sentence, first: int) -> bool:
    """ "an earlier count of 28", "from a previous estimate of 300"."""
    words = [t.low for t in sentence.tokens[max(0, first - 4) : first]]
    return (
        bool(words)
        and words[-1] in {"of", "that"}
        and any(w in _FORMER or w in {"initial", "original", "old", "first"} for w in words[:-1])
        and any(w in _COUNTS for w in words)
    )


def _change_to(tokens: list[Token], first: int, frame: Frame) -> bool:
    """ "from 3,000 to 4,700"."""
    after = tokens[frame.count.last + 1 : frame.count.last + 3]
    return len(after) == 2 and after[0].low == "to" and after[1].counts


def _clause_begin(tokens: list[Token], index: int) -> int:
    while index > 0 and tokens[index - 1].low not in _CLAUSE:
        index -= 1
    return index


def _denied(sentence: Sentence, frame: Frame, speeches: list[Speech]) -> bool:
    """Under a verb of denial, or called false in the same clause."""
    index = frame.count.number
    for speech in speeches:
        if (
            speech.deny
            and speech.verb < index
            and speech.covers(index)
            and not _asserted_after(sentence, speech.verb, index)
        ):
            return True
    tokens = sentence.tokens
    begin = _clause_begin(tokens, index)
    before = [t.low for t in tokens[begin:index]]
    if (
        any(word in _FALSE for word in before[:8])
        and any(t.has("be") for t in tokens[begin:index])
        and any(w in {"say", "claim", "that", "suggest"} for w in before)
    ):
        return True
    end = index
    while end < len(tokens) and tokens[end].low not in _CLAUSE:
        end += 1
    after = tokens[frame.count.last + 1 : end]
    account = any(t.has("account_nouns") for t in tokens[max(begin, index - 5) : index])
    return account and any(t.low in _FALSE for t in after) and any(t.has("be") for t in after[:4])


def _asserted_after(sentence: Sentence, verb: int, index: int) -> bool:
    """ "denied any losses and said 12 were killed": a new clause of saying in between."""
    return any(
        t.role("say") and t.low in {"said", "says", "saying", "insisted", "insisting"}
        for t in sentence.tokens[verb + 1 : index]
    )


def _additional(sentence: Sentence, frame: Frame) -> bool:
    number = sentence.tokens[frame.count.number].number
    tokens = sentence.tokens
    more = number is not None and "additional" in number.flags
    more = more or any(t.low in {"more", "additional"} for t in tokens[frame.count.number + 1 : frame.count.number + 2])
    top = "on top of" in " ".join(t.low for t in tokens[frame.count.last :])
    return more and (frame.measure is Measure.DEPLOYED or top)


def _without_brackets(tokens: list[Token]) -> list[Token]:
    kept, depth = [], 0
    for token in tokens:
        depth += (token.low in {"(", "["}) - (token.low in {")", "]"})
        if depth <= 0:
            kept.append(token)
    return kept


def _freed_after(sentence: Sentence, predicate: int) -> bool:
    """ "55 who had been held hostage were set free"."""
    for index in range(predicate + 1, min(len(sentence.tokens), predicate + 14)):
        token = sentence.tokens[index]
        if token.low in {";", ",", "and"}:
            return False
        if token.has("give_back") and index in sentence.passive:
            return True
    return False


def given_back(sentence: Sentence, frame: Frame) -> bool:
    """ "the release of 34 hostages", "returned the bodies of nine soldiers", "18 prisoners were freed"."""
    if (
        frame.rule in {"passive-subject", "participle"}
        and frame.measure is Measure.CAPTURED
        and frame.predicate is not None
    ):
        return _freed_after(sentence, frame.predicate)
    if frame.rule not in {"measure-noun", "premodifier", "event-of", "active-object", "coordinated"}:
        return False
    tokens = sentence.tokens
    bodies = (
        frame.predicate is not None and tokens[frame.predicate].low in {"bodies", "remains", "corpses"}
    ) or tokens[frame.count.last].low in {"bodies", "remains", "corpses"}
    if frame.measure is not Measure.CAPTURED and not bodies:
        return False
    first = frame.count.first
    low = first
    while (
        low > 0 and first - low < 8 and not tokens[low - 1].has("subordinators") and tokens[low - 1].low not in _CLAUSE
    ):
        low -= 1
    after = tokens[frame.count.last + 1 : frame.count.last + 8]
    behind = []
    for token in after:
        if token.low in {",", ";", ".", "and", "who"}:
            break
        behind.append(token)
    if frame.rule == "active-object" and not bodies:
        return False
    stretch = [*tokens[low:first], *behind]
    return any(t.has("give_back") and (i == 0 or stretch[i - 1].low != "in") for i, t in enumerate(stretch))


def negated(sentence: Sentence, frame: Frame) -> bool:
    """ "None of the 1,200 was hurt", "not one of", "no fewer" aside: nothing happened to them."""
    tokens = sentence.tokens
    first = frame.count.first
    begin = max(0, first - 6)
    while any(t.low in {",", "but", ";"} for t in tokens[begin:first]):
        begin += 1
    lows = [
        t.low
        for i, t in enumerate(tokens[begin:first], start=begin)
        if (not t.capital or t.low in {"not", "none", "no"})
        and not (t.low == "no" and tokens[i + 1].low in {"further", "more", "fewer", "less"})
    ]
    if lows[-1:] == ["not"]:
        return True
    if any(
        low in {"none", "neither", "without", "none of", "not one of", "never", "nobody", "no"} for low in lows[-4:]
    ):
        return True
    if frame.predicate is not None and frame.side == "right":
        between = _without_brackets(tokens[frame.count.last + 1 : frame.predicate])
        return any(t.low in {"not", "n't", "never", "nor"} for t in between) and frame.rule != "state"
    if frame.predicate is not None and frame.side == "left":
        before = tokens[max(0, frame.predicate - 3) : frame.predicate]
        return any(t.low in {"not", "n't", "never"} for t in before)
    return False


def _infinitive(sentence: Sentence, frame: Frame) -> bool:
    """ "threatened to kill 10 judges": what is aimed at, not done; "went on to kill" aside."""
    if frame.side != "left" or frame.predicate is None or frame.predicate == 0 or frame.measure is Measure.DEPLOYED:
        return False
    verb = sentence.tokens[frame.predicate]
    before = sentence.tokens[frame.predicate - 1]
    base = any(s.form == "base" and s.measure is frame.measure for s in verb.senses)
    earlier = sentence.tokens[frame.predicate - 2].low if frame.predicate > 1 else ""
    return base and before.low.endswith("to") and earlier not in {"on", "continued", "continues", "managed", "used"}


def status_of(sentence: Sentence, frame: Frame, speeches: list[Speech]) -> Status:
    """The first of the statuses that the words give; asserted when none does."""
    told = frame.rule != "event-of"
    if told and _denied(sentence, frame, speeches):
        return Status.DENIED
    if _superseded(sentence, frame):
        return Status.SUPERSEDED
    if (told and _conditional(sentence, frame)) or _infinitive(sentence, frame):
        return Status.HYPOTHETICAL
    if _planned(sentence, frame):
        return Status.PLANNED if frame.measure is Measure.DEPLOYED else Status.HYPOTHETICAL
    return Status.ADDITIONAL if _additional(sentence, frame) else Status.ASSERTED

"""Who says so: every clause of saying in a sentence, the stretch of tokens that it covers, and its claimants' words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from monitor.extract.annotate import Sentence, Token

CLAUSE_MARKS = frozenset({";", "—", "--", ":", '"', "(", ")", "•", "*", "?", "!", "["})
NOUNISH = frozenset(
    {
        "report",
        "reports",
        "claim",
        "claims",
        "count",
        "counts",
        "estimate",
        "estimates",
        "record",
        "records",
        "note",
        "notes",
        "show",
        "shows",
        "state",
        "states",
        "name",
        "names",
        "list",
        "lists",
        "study",
        "document",
        "documents",
        "register",
        "project",
        "rate",
        "set",
        "place",
        "cut",
        "answer",
        "find",
        "finds",
        "project",
        "projects",
        "comment",
        "figure",
        "brief",
        "quote",
        "signal",
        "cable",
        "broadcast",
        "rates",
        "places",
        "registers",
    }
)
COUNTING = frozenset(
    {
        "count",
        "verify",
        "record",
        "document",
        "tally",
        "register",
        "list",
        "find",
        "identify",
        "mourn",
        "calculate",
        "estimate",
        "reckon",
    }
)
TIME_WORDS = frozenset(
    {
        "on",
        "in",
        "late",
        "early",
        "earlier",
        "last",
        "this",
        "week",
        "month",
        "year",
        "morning",
        "night",
        "evening",
        "afternoon",
        "today",
        "yesterday",
        "day",
        "days",
        "later",
        "hours",
        "ago",
        "a",
        "the",
        "statement",
        "telegram",
        "post",
        "interview",
        "at",
        "of",
    }
)
MAX_SPEAKER = 16
SILENT = frozenset(
    {
        "video",
        "footage",
        "image",
        "images",
        "picture",
        "pictures",
        "photo",
        "photos",
        "clip",
        "map",
        "maps",
        "graves",
        "unrest",
        "war",
        "attack",
        "blast",
        "strike",
        "raid",
        "battle",
        "fighting",
        "violence",
        "offensive",
        "bomb",
        "which",
    }
)
"""Heads of phrases that show or claim, and say nothing."""


@dataclass(slots=True)
class Speech:
    """A source as token ranges: its phrase `first…last`, and the content that it covers, `start…stop` (stop excluded)."""

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


def _is_time(token: Token) -> bool:
    return (
        token.has("weekdays", "months")
        or token.low in {"today", "yesterday", "tonight"}
        or (token.number is not None and token.number.refusal in {"date", "year", "time"})
    )


def _passive_say(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    forms = {s.form for s in token.senses if s.role in {"say", "put", "deny"}}
    return bool(forms & {"pastpart", "part"}) and index in sentence.passive


def _speaking(sentence: Sentence, index: int) -> str | None:  # noqa: PLR0911
    """The role (say, put, deny) in which a token opens a clause of saying, None when it does not."""
    token = sentence.tokens[index]
    sense = token.role("say", "put", "deny")
    if sense is None or token.number is not None:
        return None
    forms = {s.form for s in token.senses if s.role in {"say", "put", "deny"}}
    before = sentence.tokens[index - 1] if index else None
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    if forms <= {"part"} and not (before is not None and before.has("have", "adverbs")):
        return None
    if "ing" in forms:
        if before is not None and (before.low == "," or index in sentence.passive):
            return "deny" if token.role("deny") else "say"
        return None
    if _passive_say(sentence, index):
        return "say" if token.low in {"told", "informed", "briefed", "quoted", "cited"} else None
    if token.low in NOUNISH:
        if before is None or before.has("determiners", "prepositions") or before.low in {"'s", "'", '"'}:
            return None
        if before.mention is not None and before.mention.role == "adjective":
            return None
        if after is not None and after.low in {"of", "from", "for", ",", "by"} and not after.has("determiners"):
            return None
        if before.has("premodifiers") and before.person is None and not before.has("speakers"):
            return None
    if before is not None and (before.low == "to" or (before.has("prepositions") and "pastpart" in forms)):
        return None
    if any(s.role == "inflict" for s in token.senses) and after is not None and after.counts:
        # "has claimed 261 lives": a cause that takes lives says nothing.
        behind = sentence.tokens[index + 2 : index + 4]
        if any(t.role("count") is not None for t in behind):
            return None
    if (token.has("speakers") and token.low not in NOUNISH) or (token.person is not None and "base" in forms):
        return None
    if token.role("deny"):
        return "deny"
    if token.role("say"):
        return "say"
    return "put" if _puts_number(sentence, index) else None


def _puts_number(sentence: Sentence, index: int) -> bool:
    """ "put losses at 1,510", "raised its estimate to 4,700": a number, and a noun of count, force or people before it."""
    for token in sentence.tokens[index + 1 : index + 16]:
        if token.low in {";", "who", "which"} or (token.has("subordinators") and token.low != "as"):
            return False
        if token.counts:
            return True
    return False


def _speaker_left(sentence: Sentence, verb: int) -> tuple[int, int] | None:  # noqa: C901, PLR0912
    """The phrase left of the verb, appositions included: "Ukraine's spy chief, Kyrylo Budanov, told"."""
    tokens = sentence.tokens
    last = verb - 1
    while last >= 0 and (
        tokens[last].has("adverbs", "have", "be", "hedge", "negation")
        or tokens[last].low in {"to", "who", "which", "will", "would", "again"}
        or _is_time(tokens[last])
        or (tokens[last].low in {"on", "in", "late", "early"} and last + 1 < verb)
    ):
        last -= 1
    if last < 0:
        return None
    closing = tokens[last].low == ","
    if closing:
        last -= 1
        opened = _relative_start(tokens, last)
        if opened is not None:
            last, closing = opened - 1, False
    elif (opened := _relative_open(tokens, last)) is not None:
        last = opened - 1
    commas = 2 if closing else 0
    first = last
    while first >= 0 and last - first < MAX_SPEAKER:
        token = tokens[first]
        if token.low in CLAUSE_MARKS or token.low.startswith("\n") or token.low == ".":
            break
        if token.low == ",":
            if commas <= 1:
                break
            commas -= 1
            # "lawmaker Lee, citing the agency, said" is two sources; an apposition has no verb of its own
        if token.has("relatives"):
            break
        if token.has("subordinators") and first != last and token.low not in {"since"}:
            break
        if (
            token.counts
            and not (first + 1 <= last and tokens[first + 1].has("speakers", "premodifiers"))
            and not _speaking_people(tokens, first, last)
        ):
            break
        if token.low in {"and", "but"} and not _joint_speakers(tokens, first, last):
            break
        if commas == 2 and token.low != ",":
            first -= 1
            continue  # inside the apposition that closes before the verb
        if token.has("be", "have") or (
            any(s.form and s.measure for s in token.senses)
            and token.person is None
            and token.mention is None
            and not token.has("speakers")
        ):
            break
        if (
            token.role("say", "deny") and token.low not in NOUNISH and token.low not in {"given"} and first != last
        ) or token.has("modal_future"):
            break
        first -= 1
    first += 1
    while first <= last and (
        tokens[first].low in {",", "and", "but", "or", "'s", "then", "however", "meanwhile", "also", "as", "while"}
        or _is_time(tokens[first])
    ):
        first += 1
    first = _drop_time_phrase(tokens, first, last)
    return (first, last) if first <= last else None


def _relative_start(tokens: Sequence[Token], last: int) -> int | None:
    """The comma that opens ", which keeps 10,000 men along the line, said"."""
    for index in range(last, max(0, last - 25), -1):
        if tokens[index].low == "," and index + 1 < len(tokens) and tokens[index + 1].has("relatives"):
            return index
    return None


def _relative_open(tokens: Sequence[Token], last: int) -> int | None:
    """The "who" of "a retired colonel who had served there wrote", with no comma and another verb behind it."""
    for index in range(last, max(0, last - 8), -1):
        if tokens[index].low in CLAUSE_MARKS or tokens[index].low == ",":
            return None
        if tokens[index].low in {"who", "which"} and index < last:
            following = tokens[index + 1]
            return index if following.senses or following.has("be", "have", "adverbs") else None
    return None


def _speaking_people(tokens: Sequence[Token], index: int, last: int) -> bool:
    """ "two militia members said": the counted people are the speakers."""
    return index < last and all(
        t.person is not None or t.has("premodifiers", "speakers") or t.mention is not None or t.low in {"of", "the"}
        for t in tokens[index + 1 : last + 1]
    )


def _joint_speakers(tokens: Sequence[Token], index: int, last: int) -> bool:
    """True when "and" joins two speakers: both sides name one."""
    left = tokens[max(0, index - 1)]
    right = tokens[index + 1 : last + 1]
    nameable = left.mention is not None or left.has("speakers") or (left.capital and index > 1)
    return nameable and any(t.mention is not None or t.has("speakers") or t.capital for t in right)


def _drop_time_phrase(tokens: Sequence[Token], first: int, last: int) -> int:
    """ "On 16 December Ukraine's intelligence": the source begins after the phrase of time or circumstance."""
    if first > last or not tokens[first].has("prepositions"):
        return first
    for index in range(first + 1, last + 1):
        before = tokens[index - 1]
        starts = (
            tokens[index].mention is not None
            or tokens[index].has("determiners")
            or (tokens[index].capital and not _is_time(tokens[index]))
        )
        if (
            starts
            and not before.has("prepositions", "determiners", "premodifiers")
            and before.low != "'s"
            and not before.capital
        ):
            return index
    return first


def _speaker_right(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """The phrase after an inverted verb or "according to", up to its comma, a time or a new clause."""
    index = start
    while index < len(tokens) and index - start < MAX_SPEAKER:
        token = tokens[index]
        if token.low in CLAUSE_MARKS or token.low == "." or token.low.startswith("\n") or _is_time(token):
            break
        if token.low == "," and not _apposition_follows(tokens, index):
            break
        if token.low in {
            "that",
            "who",
            "which",
            "when",
            "after",
            "while",
            "as",
            "but",
            "since",
            "before",
            "said",
            "where",
            "because",
            "whose",
        } or token.has("be", "have", "modal_future"):
            break
        if index > start and (token.role("say") and token.low not in NOUNISH and not token.has("speakers")):
            break
        if token.counts and index > start:
            break
        if (
            token.low in {"on", "in", "late", "at"}
            and index + 1 < len(tokens)
            and (
                _is_time(tokens[index + 1])
                or tokens[index + 1].low in {"a", "an", "his", "her", "their", "late", "early"}
            )
        ):
            break
        if any(s.form in {"pastpart", "past", "ing"} and s.measure for s in token.senses) and index > start:
            break
        index += 1
    last = index - 1
    while last >= start and (tokens[last].low in {",", "and", "on", "in", "at", "late", "of", "-", "an", "a"}):
        last -= 1
    return (start, last) if last >= start else None


def _apposition_follows(tokens: Sequence[Token], index: int) -> bool:
    """ "said Lee, a lawmaker": a short description set off by a comma, kept; two capitals after "Kyiv, Seoul" too."""
    if index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    behind = tokens[index + 1 : index + 8]
    if any(t.role("say") and t.low not in NOUNISH for t in behind):
        return False
    return (
        after.capital
        and after.mention is None
        and after.low not in {"the", "a", "an", "but", "and", "who", "in", "on"}
        and tokens[index - 1].low not in {"said"}
        and not _is_time(after)
        and after.text.isalpha()
    )


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
        phrase = _speaker_right(tokens, verb + 1)
        if (
            phrase is not None
            and can_speak(tokens[phrase[0] : phrase[1] + 1])
            and not _pronoun_subject(tokens, *phrase)
            and role == "say"
            and tokens[verb].low
            in {"said", "says", "reported", "announced", "claimed", "added", "wrote", "say", "according", "believe"}
            and not _closing_apposition(tokens, verb)
        ):
            return Speech(*phrase, begin, stop, "said-after", verb)
    phrase = _speaker_left(sentence, verb)
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
        at = _behind_time(tokens, verb + 1)
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


def _behind_time(tokens: Sequence[Token], index: int) -> int:
    """The index behind "on Monday", "late on Friday", "in a statement"."""
    at = index
    while (
        at < len(tokens)
        and at - index < 6
        and (
            _is_time(tokens[at])
            or tokens[at].low
            in {
                "on",
                "late",
                "early",
                "in",
                "a",
                "statement",
                "the",
                "last",
                "night",
                "reporters",
                "morning",
                "evening",
            }
        )
    ):
        at += 1
    return at


def _pronoun_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "said it had killed 40": the pronoun opens the content, it isn't who speaks."""
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    return tokens[first].has("pronouns") and after is not None and after.text[0].isalnum()


def can_speak(tokens: Sequence[Token]) -> bool:
    """True for a phrase that can speak: a name, an office, a pronoun; "the murder of three men shows" has none."""
    if any(
        t.role("event") and t.role("event").measure is not None and not t.has("account_nouns", "speakers")
        for t in tokens
    ):  # type: ignore[union-attr]
        return False
    if (
        tokens[0].has("prepositions")
        or tokens[0].low in {"earlier", "later", "that"}
        or any(t.low in SILENT for t in tokens[-1:])
    ):
        return False
    if tokens[0].low in {"the", "a", "an", "its", "their", "his", "her", "one", "some"} and len(tokens) > 1:
        return True
    return any(
        t.has("speakers", "pronouns", "account_nouns")
        or t.person is not None
        or t.capital
        or t.low in {"we", "i", "who"}
        or (t.mention is not None and t.mention.role != "place")
        for t in tokens
    )


def _closing_apposition(tokens: Sequence[Token], verb: int) -> bool:
    """ "Kyrylo Budanov, told": the comma before the verb closes an apposition when a comma opened it before."""
    after = tokens[verb + 1]
    return after.low == "that" or after.counts or after.has("subordinators") or after.low in {".", "on"}


def _according(sentence: Sentence, index: int) -> Speech | None:
    tokens = sentence.tokens
    phrase = _speaker_right(tokens, index + 1)
    if phrase is None:
        return None
    begin, stop = _segment_start(tokens, index), _segment_stop(tokens, index)
    return Speech(*phrase, begin, stop, "according", index, both=True)


def _counted_by(sentence: Sentence, index: int) -> bool:
    """ "are listed as missing by the Red Crescent": the agent of a passive verb of saying or counting."""
    tokens = sentence.tokens
    if tokens[index].low != "by" or index == 0:
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
            at in sentence.passive or (at > 0 and (tokens[at - 1].has("account_nouns") or tokens[at - 1].low in SILENT))
        ):
            return True
        if any(s.measure is not None and s.form in {"pastpart", "part"} for s in tokens[at].senses):
            return tokens[at].low.startswith(("listed", "reported", "registered", "declared"))
    return False


def _account(sentence: Sentence, index: int) -> Speech | None:
    """ "by Israeli tallies", "Kyiv's claim of about 400 dead", "Seoul's estimate, 1,100"."""
    tokens = sentence.tokens
    if not tokens[index].has("account_nouns"):
        return None
    begin, stop = _segment_start(tokens, index), _segment_stop(tokens, index)
    first = index
    while first > begin and (
        tokens[first - 1].mention is not None
        or tokens[first - 1].low in {"'s", "'", "own", "the", "latest", "official", "'"}
        or tokens[first - 1].has("premodifiers", "speakers", "account_nouns")
        or (tokens[first - 1].capital and tokens[first - 1].low not in {"by", "on"})
    ):
        first -= 1
    if first == index:
        return None
    by = first > 0 and tokens[first - 1].low == "by"
    owner = any(t.low in {"'s", "'"} for t in tokens[first:index])
    last = index if not owner else max(i for i in range(first, index) if tokens[i].low in {"'s", "'"}) - 1
    if by:
        return Speech(first, max(first, last), begin, stop, "according", index, both=True)
    named = any(t.mention is not None for t in tokens[first:index])
    if (
        named
        and index + 1 < stop
        and tokens[index + 1].low in {"of", ",", "that", ":", "put", "puts", "is", "was", "at"}
    ):
        return Speech(first, max(first, last), index + 1, stop, "own-count", index)
    return None


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
    nearby = tokens[max(0, index - 4) : index]
    if tokens[index].low != "(" or not any(t.counts for t in nearby):
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
        if token.has("according") or _counted_by(sentence, index):
            found.append(_according(sentence, index))
            continue
        role = _speaking(sentence, index)
        if role is not None:
            found.append(_verb_speech(sentence, index, role))
        else:
            found.append(_account(sentence, index))
            found.append(_parenthesised(sentence, index))
    kept = [speech for speech in found if speech is not None]
    return _neighbours(sentence, _bounded(sentence, _adding(sentence, kept)))


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
        near = next((owners[at] for at in (place - 1, place + 1) if 0 <= at < len(parts) and owners[at]), None)
        if near and near[-1].rule != "colon" and not near[-1].deny:
            owners[place] = near
            added.append(replace(near[-1], start=low, stop=high))
    return [*speeches, *added]


def _bounded(sentence: Sentence, speeches: list[Speech]) -> list[Speech]:
    """A source that speaks before its content ends where the next clause with its own source begins."""
    for speech in speeches:
        if speech.rule in {"said-before", "own-count"}:
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

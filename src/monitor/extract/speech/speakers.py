"""The phrases of speakers: where they begin and end, left of a verb of saying or behind an inverted one."""

from collections.abc import Sequence

from monitor.extract.sentence.annotate import Sentence, Token

CLAUSE_MARKS = frozenset({";", "—", "--", ":", '"', "(", ")", "•", "*", "?", "!", "["})
_LEADING = frozenset({",", "and", "but", "or", "'s", "then", "however", "meanwhile", "also", "as", "while"})
_SET_APART = frozenset({("by", "contrast"), ("for", "its"), ("for", "his"), ("for", "her"), ("for", "their")})
""" "The junta, by contrast, says", "the army, for its part, says"."""
_ASIDES = frozenset({"after", "while", "before", "when", "in", "at", "during", "with", "on", "asked"})
MAX_SPEAKER = 16
"""Tokens; a longer phrase is no speaker."""
_OFFICE = 3
"""Plain nouns between the article and the office: "the legal aid office"."""
MAX_ACTOR = 10
"""Tokens of the phrase at the head of a sentence."""


def is_time(token: Token) -> bool:
    return (
        token.has("weekdays", "months")
        or token.low in {"today", "yesterday", "tonight"}
        or (token.number is not None and token.number.refusal in {"date", "year", "time"})
    )


def is_initial(tokens: Sequence[Token], index: int) -> bool:
    """The stop of "R. K. Singh", which ends no sentence."""
    before = tokens[index - 1] if index else None
    return before is not None and len(before.text) == 1 and before.capital and index + 1 < len(tokens)


def _subject_end(tokens: Sequence[Token], verb: int) -> int:
    """The last word before the verb that is no auxiliary, adverb or phrase of time; -1 when there is none."""
    last = verb - 1
    last = _before_bracket(tokens, last)
    while last >= 0 and (
        tokens[last].has("adverbs", "have", "be", "hedge", "negation", "driven", "overheard", "refusing", "failing")
        or tokens[last].low in {"to", "did", "does", "do", "who", "which", "that", "will", "would", "again"}
        or is_time(tokens[last])
        or (tokens[last].low in {"morning", "evening", "afternoon", "night"} and last > 0 and is_time(tokens[last - 1]))
        or (tokens[last].low in {"on", "in", "late", "early"} and last + 1 < verb)
        or (tokens[last].has("objectless") and last + 1 == verb)  # "a doctor aboard said"
    ):
        last -= 1
    return last


def _before_bracket(tokens: Sequence[Token], last: int) -> int:
    """ "the Turkish Armed Forces (TAF) said": a short form in brackets belongs to the name before it."""
    if last < 2 or tokens[last].low != ")":
        return last
    opened = next((i for i in range(last - 1, max(0, last - 8), -1) if tokens[i].low == "("), None)
    short = opened is not None and not any(t.counts for t in tokens[opened:last])
    return opened - 1 if opened is not None and short else last


def speaker_left(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """The phrase left of the verb, appositions included: "Ukraine's spy chief, Kyrylo Budanov, told"."""
    tokens = sentence.tokens
    last, commas = _subject_close(tokens, _subject_end(tokens, verb))
    if last < 0:
        return None
    if tokens[last].has("pronouns") and not commas:
        return last, last  # "its own dead it gives as 43,000"
    first = _phrase_start(tokens, last, commas)
    while first <= last and (tokens[first].low in _LEADING or is_time(tokens[first])):
        first += 1
    first = _whole_list(tokens, _drop_time_phrase(tokens, first, last), last)
    if commas and first > 1 and tokens[first - 1].low == ",":
        first = _behind_more(tokens, first)
    if first > 1 and tokens[first].low == "by" and tokens[first - 1].low.endswith("ed"):
        return speaker_left(sentence, first - 1)  # "residents reached by Reuters said"
    return (first, last) if first <= last else None


def _behind_more(tokens: Sequence[Token], first: int) -> int:
    """ "Residents of Bama, some 70 km from Maiduguri, the state capital, said": behind a second apposition the phrase
    begins with who is at the head of the sentence, if nothing is done or counted in between."""
    head = head_phrase(tokens, 0)
    if head is None or head[1] + 1 >= first or tokens[head[1] + 1].low != ",":
        return first
    between = tokens[head[1] + 1 : first]
    acts = any(t.counts or t.has("be", "have", "subordinators") or any(s.form for s in t.senses) for t in between)
    return first if acts else head[0]


def _subject_close(tokens: Sequence[Token], last: int) -> tuple[int, int]:
    """The last word of the subject itself, a relative clause behind it left out, and how many commas it may hold."""
    if last < 0:
        return last, 0
    if tokens[last].low != ",":
        opened = _relative_open(tokens, last)
        return (last if opened is None else opened - 1), 0
    opened = _aside_start(tokens, last - 1)
    return (last - 1, 2) if opened is None else (opened - 1, 0)


def _phrase_start(tokens: Sequence[Token], last: int, commas: int) -> int:
    """Where the phrase that ends at `last` begins; `commas` is 2 when a comma closes an apposition behind it."""
    first = last
    while first >= 0 and last - first < MAX_SPEAKER:
        token = tokens[first]
        if (
            token.low in CLAUSE_MARKS
            or token.low.startswith("\n")
            or (token.low == "." and not is_initial(tokens, first))
        ):
            break
        if token.low == ",":
            if commas <= 1:
                break
            commas -= 1
        inside = commas == 2  # in the apposition that closes before the verb
        if _parts_clauses(tokens, first, last, inside=inside) or (not inside and _ends_phrase(tokens, first, last)):
            break
        first -= 1
    return first + 1


def _parts_clauses(tokens: Sequence[Token], index: int, last: int, *, inside: bool) -> bool:
    """What belongs to no speaker's phrase, an apposition in it included: another clause, a count, the end of a list."""
    token = tokens[index]
    of_that = token.low == "that" and index > 0 and tokens[index - 1].low == "of"
    relative = "relatives" in token.tags
    if inside and (relative or token.low == "that"):
        return False  # "Airwars, a group that tracks civilian harm, says"
    if relative:
        return True
    if "subordinators" in token.tags and index != last and token.low != "since" and not of_that:
        return True
    if token.counts:
        described = index < last and tokens[index + 1].has("speakers", "premodifiers")
        return not described and not _speaking_people(tokens, index, last)
    return token.low in {"and", "but"} and not _joint_speakers(tokens, index, last)


def _ends_phrase(tokens: Sequence[Token], index: int, last: int) -> bool:
    """A verb: the phrase begins behind it."""
    token = tokens[index]
    if token.has("be", "have", "modal_future"):
        return True
    if not token.senses or (token.has("seated") and index < last and tokens[index + 1].has("prepositions")):
        return False  # "a group based in London said"
    named = token.person is not None or token.mention is not None or token.has("speakers")
    modifying = index < last and tokens[index + 1].has("speakers")  # "a Swiss aid agency"
    if not named and any(s.form and s.measure and not (modifying and s.form == "base") for s in token.senses):
        return not (0 < index < last and _does_meanwhile(tokens, index))
    named = token.capital and index < last and tokens[index + 1].capital  # "Radio Free Asia"
    said = token.role("say", "deny") and not token.has("also_nouns") and token.low != "given" and not named
    return bool(said) and index != last


def _whole_list(tokens: Sequence[Token], first: int, last: int) -> int:
    """ "Ukraine, South Korea and the United States say": names set off by commas before the last two belong to them."""
    if first > last or not any(t.low == "and" for t in tokens[first : last + 1]):
        return first
    start = first
    while start > 1 and tokens[start - 1].low == "," and _is_name(tokens[start]) and _is_name(tokens[start - 2]):
        start -= 3 if start > 2 and tokens[start - 3].has("determiners") else 2
    opened = start == 0 or tokens[start - 1].low in {",", ";", "\n", "that"}
    return start if opened else first


def _is_name(token: Token) -> bool:
    return token.mention is not None and token.mention.role in {"name", "capital", "seat", "institution", "leader"}


def _aside_start(tokens: Sequence[Token], last: int) -> int | None:
    """The comma that opens ", which keeps 10,000 men along the line, said", ", after a visit to the Emir, put"."""
    for index in range(last, max(0, last - 25), -1):
        if tokens[index].low != "," or index + 1 >= len(tokens):
            continue
        if tokens[index + 1].has("relatives") or tokens[index + 1].low == "where":
            return index
    opened = next((i for i in range(last, max(0, last - 12), -1) if tokens[i].low == ","), None)
    after = tokens[opened + 1] if opened is not None else None
    if opened is None or after is None or after.capital or any(t.counts for t in tokens[opened:last]):
        return None
    going_on = after.low.endswith("ing") and after.person is None and not after.has("speakers", "premodifiers")
    set_apart = (after.low, tokens[opened + 2].low) in _SET_APART
    return opened if going_on or set_apart or after.low in _ASIDES else None


def _relative_open(tokens: Sequence[Token], last: int) -> int | None:
    """The "who" of "a retired colonel who had served there wrote", with no comma and another verb behind it."""
    for index in range(last, max(0, last - 12), -1):
        if tokens[index].low in CLAUSE_MARKS or tokens[index].low == ",":
            return None
        if tokens[index].low == "who" and index < last:
            return index
        speaks = index > 0 and (tokens[index - 1].has("speakers") or tokens[index - 1].mention is not None)
        if index < last and (tokens[index].low == "which" or (tokens[index].low == "that" and speaks)):
            following = tokens[index + 1]
            verb = following.senses or following.low.endswith(("ed", "s")) or following.has("be", "have", "adverbs")
            return index if verb else None
    return None


def _speaking_people(tokens: Sequence[Token], index: int, last: int) -> bool:
    """ "two militia members said": the counted people are the speakers."""
    return index < last and all(
        t.person is not None
        or t.has("premodifiers", "speakers")
        or t.mention is not None
        or t.low in {"of", "the", "that"}
        for t in tokens[index + 1 : last + 1]
    )


def _joint_speakers(tokens: Sequence[Token], index: int, last: int) -> bool:
    """True when "and" joins two speakers: both sides name one."""
    left = tokens[max(0, index - 1)]
    right = tokens[index + 1 : last + 1]
    nameable = left.mention is not None or left.has("speakers") or (left.capital and index > 1)
    return nameable and any(t.mention is not None or t.has("speakers") or t.capital for t in right)


def _drop_time_phrase(tokens: Sequence[Token], first: int, last: int) -> int:
    """ "On 16 December Ukraine's intelligence", "In Grozny the Russian command": the source begins after the phrase of
    time or place."""
    if first > last or not tokens[first].has("prepositions", "adverbs"):
        return first
    for index in range(first + 1, last + 1):
        before = tokens[index - 1]
        starts = (
            tokens[index].mention is not None
            or tokens[index].has("determiners")
            or (tokens[index].capital and not is_time(tokens[index]))
        )
        if (
            starts
            and not before.has("prepositions", "determiners", "premodifiers")
            and before.low != "'s"
            and (not before.capital or is_time(before) or _place_closes(tokens, first, index))
        ):
            return index
    return first


def speaker_right(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """The phrase after an inverted verb or "according to", up to its comma, a time or a new clause."""
    index = start
    while index < len(tokens) and index - start < MAX_SPEAKER:
        token = tokens[index]
        stop = token.low == "." and not is_initial(tokens, index)
        if token.low in CLAUSE_MARKS or stop or token.low.startswith("\n") or is_time(token):
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
            "though",
            "although",
        } or token.has("be", "have", "modal_future"):
            break
        if token.low == "-" and tokens[index - 1].end < token.start:  # a dash between spaces parts clauses
            break
        if index > start and token.role("say", "put") and not token.has("also_nouns", "speakers"):
            break
        named = index > start + 1 or (index > start and tokens[start].mention is not None)
        if named and token.has("also_nouns") and _tells(tokens, index):
            break
        if token.counts and index > start:
            break
        if (
            token.low in {"on", "in", "late", "at"}
            and index + 1 < len(tokens)
            and (
                is_time(tokens[index + 1])
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


def _tells(tokens: Sequence[Token], index: int) -> bool:
    """ "figures from the press show that": behind a name, a noun that "that" or a number follows is the verb."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    named = tokens[index - 1].capital or tokens[index - 1].mention is not None
    return named and after is not None and (after.low == "that" or after.counts)


def _apposition_follows(tokens: Sequence[Token], index: int) -> bool:
    """ "said Lee, a lawmaker": a short description set off by a comma, kept; two capitals after "Kyiv, Seoul" too."""
    if index + 1 >= len(tokens):
        return False
    if _goes_on_a_list(tokens, index):
        return True
    after = tokens[index + 1]
    behind = tokens[index + 1 : index + 8]
    if any(t.role("say") and not t.has("also_nouns") for t in behind) or _clause_follows(behind):
        return False
    return (
        after.capital
        and after.mention is None
        and after.low not in {"the", "a", "an", "but", "and", "who", "in", "on"}
        and tokens[index - 1].low != "said"
        and not is_time(after)
        and after.text.isalpha()
    )


def _clause_follows(tokens: Sequence[Token]) -> bool:
    """ "according to the archive, Army Group Centre lost": a finite verb before the next mark makes it a clause."""
    for token in tokens:
        if not token.text[0].isalnum():
            return False
        if token.has("have", "be") or any(s.form in {"past", "pastpart"} for s in token.senses):
            return True
    return False


def _goes_on_a_list(tokens: Sequence[Token], index: int) -> bool:
    """ "Kyiv, Seoul and Washington": a comma between two names, with "and" and a third one behind."""
    named = [at for at in (index - 1, index + 1, index + 3) if at < len(tokens) and tokens[at].mention is not None]
    return len(named) == 3 and tokens[index + 2].low in {",", "and"}


def head_phrase(tokens: Sequence[Token], begin: int) -> tuple[int, int] | None:
    """The office, person or pronoun at the head of a clause: "General Tivane", "A security official in Gao"."""
    first = next((i for i in range(begin, len(tokens)) if tokens[i].text[0].isalnum()), len(tokens))
    last = first - 1
    if first < len(tokens) and tokens[first].has("pronouns"):
        return first, first
    for index in range(first, min(len(tokens), first + MAX_ACTOR)):
        token = tokens[index]
        joined = token.low in {"of", "in", "at", "for", "'s"} and last == index - 1 and index > first
        if (token.number is not None and "article" not in token.number.flags) or not (
            joined or _nominal(token) or _noun_of_office(tokens, index)
        ):
            break
        if not joined:
            last = index
    return (first, last) if first <= last and _is_actor(tokens[first : last + 1]) else None


def _nominal(token: Token) -> bool:
    return (
        token.mention is not None
        or token.number is not None
        or token.has("speakers", "determiners", "premodifiers", "state_bodies")
        or (token.capital and not token.has("prepositions", "subordinators", "conjunctions", "adverbs", "pronouns"))
    )


def _noun_of_office(tokens: Sequence[Token], index: int) -> bool:
    """ "a health official", "a security source": a plain noun between the article and the office."""
    token = tokens[index]
    if not 0 < index < len(tokens) - 1 or not _plain(token):
        return False
    before, after = index - 1, index + 1
    while before > 0 and index - before < _OFFICE and _plain(tokens[before]):
        before -= 1
    while after < len(tokens) - 1 and after - index < _OFFICE and _plain(tokens[after]):
        after += 1
    owned = tokens[before].has("determiners") or tokens[before].low == "'s"
    return owned and tokens[after].has("speakers")


def _plain(token: Token) -> bool:
    return not token.tags and all(s.form == "base" for s in token.senses) and token.text.isalpha()


def _is_actor(phrase: Sequence[Token]) -> bool:
    """An office, a leader, or two names in a row that are no place."""
    if any(
        t.has("speakers") or (t.mention is not None and t.mention.role in {"leader", "institution"}) for t in phrase
    ):
        return True
    return len(phrase) > 1 and all(t.capital and t.mention is None and t.person is None for t in phrase[:2])


_MUTE = frozenset({"dead", "deaths", "fatalities", "casualties", "slain", "killed"})
"""Who are counted and count nobody: "the Dervish dead counted are 10,800"."""


def can_speak(tokens: Sequence[Token]) -> bool:
    """True for a phrase that can speak: a name, an office, a pronoun; "the murder of three men shows" has none."""
    tokens = _head_only(tokens)
    if tokens[-1].low in _MUTE:
        return False
    events = [t for t in tokens if not t.has("account_nouns", "speakers")]
    if any(s.role == "event" and s.measure is not None for t in events for s in t.senses):
        return False
    if (
        tokens[0].has("prepositions")
        or tokens[0].low in {"earlier", "later", "that"}
        or any(t.has("silent") for t in tokens[-1:])
    ):
        return False
    if tokens[0].low in {"the", "a", "an", "its", "their", "his", "her", "one", "some"} and len(tokens) > 1:
        return True
    return any(
        t.has("speakers", "pronouns", "account_nouns", "anonymous")
        or t.person is not None
        or t.capital
        or t.low in {"we", "i", "who"}
        or (t.mention is not None and t.mention.role != "place")
        for t in tokens
    )


def _head_only(tokens: Sequence[Token]) -> Sequence[Token]:
    """The phrase without what its people do meanwhile: "the coalition" of "the coalition fighting in Yemen"."""
    at = next((index for index in range(1, len(tokens) - 1) if _does_meanwhile(tokens, index)), len(tokens))
    return tokens[:at]


def _does_meanwhile(tokens: Sequence[Token], index: int) -> bool:
    """ "rebels fighting the army", "a group monitoring the war": the word in -ing right behind who acts, with an object
    or a place behind it, describes them."""
    before, after = tokens[index - 1], tokens[index + 1]
    side = before.mention is not None and before.mention.role in {"institution", "troops", "people"}
    who = side or before.has("speakers") or before.person is not None
    onward = after.has("prepositions", "determiners") or after.mention is not None
    return who and onward and tokens[index].low.endswith("ing")


def pronoun_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "said it had killed 40": the pronoun opens the content, it isn't who speaks."""
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    return tokens[first].has("pronouns") and after is not None and after.text[0].isalnum()


def _place_closes(tokens: Sequence[Token], first: int, index: int) -> bool:
    """ "In Grozny | the Russian command", "In Kabul | Taliban officials": behind a name an article opens a new phrase,
    and so does another name behind that of a place."""
    if tokens[first].low not in {"in", "at", "near", "outside", "from"}:
        return False
    named = tokens[index - 1].mention
    placed = named is not None and named.role in {"place", "capital"} and index == first + 2
    return tokens[index].low in {"the", "a", "an"} or (placed and tokens[index].mention is not None)

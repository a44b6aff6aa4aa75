"""Tables and lists: a row's label or the heading above it says whose the numbers are.

"Russian losses to date:" above "killed: 91,300", and "Argentina: 649 killed" under "Losses in the Falklands".
"""

from itertools import pairwise

from monitor.domain.claims import Measure, Subject
from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.measures.frames import Frame, make
from monitor.extract.parties.doers import of_side
from monitor.extract.parties.naming import compose, phrase_subject
from monitor.extract.parties.owners import party_of
from monitor.extract.scene.context import Context
from monitor.extract.sentence.annotate import Sentence, Token
from monitor.extract.sentence.labels import SERVICES, label_at
from monitor.extract.sentence.phrases import Count, Head

_MARKS = frozenset({":", "|", "-", "—", "--", "\t"})
_LABEL = 5
_HEADING = 16
_ANNOUNCEMENT = 40
"""Tokens of a line that ends in a colon: "Losses of the army since …, as of 3 March, according to the staff:"."""
_LABELS = frozenset({"name", "adjective", "people", "troops"})


def row_party(sentence: Sentence) -> str | None:
    """The party that labels a row: "- Argentina: 649 killed, 1,657 wounded"."""
    if not is_row(sentence):
        return None
    named = None
    for token in sentence.tokens[: _LABEL + 1]:
        if token.low in _MARKS or token.counts:
            if named is not None:
                return named
            continue
        if token.role("say"):
            return None
        if token.mention is not None and token.mention.role in _LABELS:
            named = party_of(token)
    return None


def is_row(sentence: Sentence) -> bool:
    """A bullet, a row of a table, or a short line "Killed: 1,754"; found once and kept with the sentence."""
    if sentence.row is None:
        sentence.row = _row(sentence)
    return sentence.row


def _row(sentence: Sentence) -> bool:
    tokens = sentence.tokens
    if sentence.bullet or len(tokens) > _HEADING:
        return sentence.bullet
    line = sentence.headline and sentence.number > 0 and any(t.counts for t in tokens[1:4])  # "Union 3,155 killed, …"
    return line or any(t.low in {":", "|"} for t in tokens[1:_LABEL]) or _dashed(tokens)


def _dashed(tokens: list[Token]) -> bool:
    """ "personnel - approximately 417,950 (+960) persons": a label, a dash, and the number right behind it."""
    dash = next((i for i in range(1, min(len(tokens), 4)) if tokens[i].low in {"-", "–", "—", "--"}), None)
    return dash is not None and any(t.counts for t in tokens[dash + 1 : dash + 3]) and tokens[-1].low != "."


def topic_of(sentence: Sentence) -> tuple[str, str] | None:
    """ "Russia's losses." at the head of a paragraph: the party and kind of the people whom the rest of it counts."""
    tokens = sentence.tokens
    short = 2 <= len(tokens) <= _LABEL and tokens[-1].low == "." and not sentence.headline
    if not short or any(t.counts or t.has("be", "have") or t.role("say") for t in tokens):
        return None
    party = next((p for t in tokens if (p := party_of(t)) is not None), None)
    losses = any(t.role("toll") is not None and not any(s.form for s in t.senses) for t in tokens)
    people = any(t.mention is not None and t.mention.role in {"people", "troops"} for t in tokens)
    return (party, "troops" if losses else "people") if party is not None and (losses or people) else None


def heading_index(sentence: Sentence) -> int | None:
    """Where a line without a verb or a number names losses: the index of that noun, None for any other sentence."""
    tokens = sentence.tokens
    most = _ANNOUNCEMENT if tokens[-1].low == ":" else _HEADING
    if len(tokens) > most or sentence.bullet or sentence.counts:
        return None
    ends = sentence.headline or tokens[-1].low == ":"
    if not ends or any(t.has("be", "have", "modal_future") or t.role("say") for t in tokens):
        return None
    return next(
        (i for i, t in enumerate(tokens) if t.role("toll", "count") and not any(s.form for s in t.senses)), None
    )


def people_of_heading(sentence: Sentence) -> Subject | None:
    """The people of "UN peacekeepers killed in Congo since January, by nationality:"."""
    tokens = sentence.tokens
    if len(tokens) > _HEADING or tokens[-1].low != ":" or sentence.counts:
        return None
    for token, following in pairwise(tokens):
        entry = load_words().single.get(token.low.rsplit(" ", 1)[-1])
        person = token.person or (entry.person if entry is not None else None)
        if person is not None and person.plural and _measure(following) is not None:
            return Subject(token.text, party_of(token), person.kind)
    return None


def row_words(sentence: Sentence, context: Context) -> str:
    """The label of a row that no lexicon knows, under a heading: "Union 3,155 killed"."""
    if not is_row(sentence) or (context.heading_measure is None and not _of_side(sentence.tokens)):
        return ""
    words: list[Token] = []
    for token in sentence.tokens[:_LABEL]:
        if token.low in _MARKS or token.counts:
            return " ".join(t.text for t in words) if words and not token.has("months") else ""
        if (
            not (token.capital or token.person is not None)
            or token.has("things", "months", "weekdays")
            or _measure(token)
        ):
            return ""
        words.append(token)
    return ""


def _of_side(tokens: list[Token]) -> bool:
    """ "Enemy: dead 922, prisoners 765", "National Army: dead 243": a side before a mark, a fate before its number."""
    mark = next((i for i, t in enumerate(tokens[:_LABEL]) if t.low == ":"), 0)
    if not mark or mark + 2 >= len(tokens) or not tokens[mark + 2].counts:
        return False
    sided = of_side(tokens[mark - 1]) or tokens[mark - 1].low in SERVICES
    return sided and tokens[mark + 1].role("count") is not None and not tokens[mark + 1].role("transitive")


def _measure(token: Token) -> Measure | None:
    """What a word of a heading measures: "killed", "casualties", "missing"; no verb in the present."""
    for sense in token.senses:
        if sense.form in {"", "part", "pastpart"} and sense.role not in {"inflict", "neutral"}:
            if sense.measure not in {None, Measure.DEPLOYED}:
                return sense.measure
            if sense.role == "toll":
                return Measure.CASUALTIES
    return None


def measure_of_heading(sentence: Sentence, context: Context) -> Measure | None:
    """ "UN peacekeepers killed since January, by nationality:": what the rows below it count."""
    if is_row(sentence):
        return context.heading_measure
    if sentence.counts:
        return None
    tokens = sentence.tokens
    if len(tokens) > _ANNOUNCEMENT:
        return None
    ends = sentence.headline or tokens[-1].low == ":" or topic_of(sentence) is not None
    opens = _opens_list(tokens)
    if not (ends or opens) or len(tokens) > (_ANNOUNCEMENT if opens else _HEADING):
        return None
    return next((m for t in tokens if (m := _measure(t)) is not None), None)


def _opens_list(tokens: list[Token]) -> bool:
    """ "Dead in two days of shelling, as the ministries have it.": a sentence without a verb that a harm opens."""
    if tokens[-1].low != ".":
        return False
    first = next((t for t in tokens if t.text[0].isalnum() and not t.has("determiners", "adverbs")), None)
    if first is None or _measure(first) is None:
        return False
    comma = next((i for i, t in enumerate(tokens) if t.low == ","), len(tokens))
    return not any(t.has("be", "have", "modal_future", "relatives") or t.role("say") for t in tokens[:comma])


def columns_of(sentence: Sentence, context: Context) -> tuple[Measure | None, ...]:
    """ "Country | Killed | Wounded": what each column of the table counts, kept for the rows below."""
    if not is_row(sentence):
        return ()
    bars = [i for i, t in enumerate(sentence.tokens) if t.low == "|"]
    if not bars or sentence.counts:
        return context.columns
    ends = [-1, *bars, len(sentence.tokens)]
    cells = [sentence.tokens[a + 1 : b] for a, b in pairwise(ends)]
    return tuple(next((m for t in cell if (m := _measure(t)) is not None), None) for cell in cells)


def cell_frame(sentence: Sentence, count: Count) -> Frame | None:
    """A number in a list in one line whose head says what it counts: "Killed by service: Army 34, Navy 12"."""
    label = label_at(sentence, count.number) if count.head is Head.NONE else None
    if label is None or label.measure is None:
        return None
    return make(count, label.measure, "table-cell", 0.0, None, "noun")


def row_frame(sentence: Sentence, count: Count, context: Context) -> Frame | None:
    """A cell whose measure stands at the head of its column or in the heading: "South Africa: 14"."""
    if not is_row(sentence) or count.head not in {Head.NONE, Head.PEOPLE}:
        return None
    before = sentence.tokens[: count.first]
    if context.columns:
        column = sum(t.low == "|" for t in before)
        alone = bool(before) and before[-1].low == "|"
        measure = context.columns[column] if alone and column < len(context.columns) else None
    else:
        labelled = len(before) > 1 and before[-1].low in _MARKS and not any(t.counts for t in before)
        measure = context.heading_measure if labelled and _of_people(before[:-1]) else None
    return make(count, measure, "table-cell", 0.0, None, "noun") if measure is not None else None


def _of_people(label: list[Token]) -> bool:
    """A label of a side, a nation, people or who counts them, not of tanks or of a year."""
    roles = {*_LABELS, "institution", "leader"}
    named = any(t.person is not None or (t.mention is not None and t.mention.role in roles) for t in label)
    return named and not any(t.has("things") or t.number is not None for t in label)


def labelled(sentence: Sentence, count: Count, context: Context) -> Subject | None:
    """Whose a number of a list in one line is: its label's, with the noun that it has itself."""
    label = label_at(sentence, count.number)
    if label is None or count.head in {Head.PRONOUN, Head.NATION}:
        return None
    tokens = sentence.tokens
    head = tokens[label.last]
    named = tokens[label.first : label.last + 1]
    party = next((p for t in named if (p := party_of(t)) is not None), None)
    if head.mention is not None and head.mention.role == "place":
        party = None
    if count.head is Head.PEOPLE and count.noun is not None:
        if any(party_of(tokens[i]) for i in count.modifiers):
            return None
        first = min([*count.modifiers, count.noun])
        words = " ".join(sentence.text[tokens[first].start : tokens[count.noun].end].split())
        return Subject(compose(context, party, count.kind, words), party, count.kind)
    if party is not None or (head.mention is not None and head.mention.role not in {"people", "troops"}):
        kind = "fighters" if party is not None and context.lexicon.kind(party) == "group" else "people"
        return Subject(compose(context, party, kind, ""), party, kind)
    if head.mention is None and head.person is None and not head.has("bodies", "groups") and head.low != "army":
        words = sentence.text[tokens[label.first].start : head.end]
        return Subject(" ".join(words.split()), None, "troops" if head.low in SERVICES else "people")
    return phrase_subject(sentence, label.last, context)

"""Looks for texts that break the extractor: `make fuzz MINUTES=10`.

    python tests/extract/fuzz.py [--minutes 10] [--seed 1]

Texts are made by rules from the gold passages, the words of the lexicon, hostile runs and random Unicode, and read;
what must hold for any text (invariants.py) is checked, the time for each character too, and that another process with
another hash seed reads the same. Each finding is made small and printed with the seed that repeats it. Exits 1 when
there is one.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from invariants import complaints, complaints_about_marks, read, too_slow

from monitor.extract.lexicon import load
from monitor.extract.lexicon.grammar_words import load_words
from monitor.extract.text.normalise import SPACES

TESTS = Path(__file__).resolve().parents[1]
SOURCES = ("gold/own*.jsonl", "gold/seeds.jsonl", "replay/*/events.jsonl")
MARKS = (
    ".",
    ",",
    ";",
    ":",
    "-",
    "—",
    "--",
    '"',
    "'",
    "'s",
    "(",
    ")",
    "[",
    "]",
    "•",
    "*",
    "\n",
    "\n\n",
    "/",
    "%",
    "$",
    "?",
)
NUMBERS = (
    "5", "12", "1,000", "3 000", "3.5", "1.2 million", "2,00", "007", "1990", "a dozen", "scores of", "twenty-one",
    "half a million", "several hundred", "no", "one", "both", "10-12", "from 5 to 6", "between 5 and 6", "at least 7",
    "more than 300", "9" * 40, "5th", "5,5", "1/2", "½", "５", "٥", "12k", "3,000-strong", "a further 9", "a soldier",
)  # fmt: skip
RUNS = (
    "5 ", "killed 5, ", "5 of ", "killed 12 and ", "1,000 ", "1,000", '"', "' ", ", ", "(", "[", "said ", ", who ",
    "—", "- ", "--", "and ", "and 5 soldiers ", ". ", "...", "A. ", "\n• 5 dead", "\U0001f600", "e\u0301", "\u0301",
    "\u202e5", "\0", "of the ", "the North ", "Kyiv ", "in Kursk ", "Kyiv said ", "0 100 ", "5-", "5 to 6 ",
    "from 5 to 6 ", "U.S. ", "according to ", "killed ", "were ", "5.", "1 000 ", "five hundred thousand ", "a ",
    "(5) ", "by ", "that ", "A", "its troops ", "at least ", "killed and wounded ", "\t", "| 5 ", "**a** ", "5:",
    "the 5 of the ", "مقتل 5 ", " ", "the army said 5 soldiers were killed and ", "Seoul, Kyiv and ", "on Monday ",
    "since ", "who said ", "İ", "ﬁ",
)  # fmt: skip
LONG = 4_000
"""Characters; longer texts are checked for less."""
SHOWN = 3
"""Findings of one kind that are printed."""
BLOCKS = (
    (0x20, 0x7F), (0, 0x20), (0x80, 0x250), (0x300, 0x370), (0x370, 0x530), (0x590, 0x700), (0x900, 0xE00),
    (0x1E00, 0x2100), (0x2100, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A4), (0xE000, 0xF900),
    (0xFB00, 0x10000), (0x1F300, 0x1FAFF), (0xE0000, 0xE01F0), (0x10000, 0x110000),
)  # fmt: skip


class Maker:
    """Makes texts from a seed: the same seed gives the same text in any process."""

    def __init__(self) -> None:
        lines = [
            line
            for name in SOURCES
            for file in sorted(TESTS.glob(name))
            for line in file.read_text("utf-8").splitlines()
        ]
        self.passages = [str(json.loads(line)["text"]) for line in lines]
        words = load_words()
        phrases = [f"{a} {b} {' '.join(rest)}" for (a, b), found in words.phrases.items() for rest, _ in found]
        self.words = sorted({*words.single, *phrases})
        self.names = sorted(load().parties)
        self.kinds: tuple[Callable[[random.Random], str], ...] = (
            self.recombined,
            self.recombined,
            self.worded,
            self.worded,
            self.hostile,
            self.unicode,
            self.spoilt,
            self.mixed,
        )

    def text(self, seed: str) -> str:
        """One text."""
        dice = random.Random(seed)
        return dice.choice(self.kinds)(dice)

    def recombined(self, dice: random.Random) -> str:
        """Words of two or three passages: clauses swapped, doubled, dropped, other numbers and names put in."""
        parts = [part for _ in range(dice.randint(1, 3)) for part in dice.choice(self.passages).split(" ")]
        if dice.random() < 0.5:
            cuts = sorted(dice.randrange(len(parts) + 1) for _ in range(dice.randint(2, 8)))
            pieces = [parts[low:high] for low, high in zip([0, *cuts], [*cuts, len(parts)], strict=True)]
            dice.shuffle(pieces)
            parts = [word for piece in pieces for word in piece]
        for _ in range(dice.randint(0, 1 + len(parts) // 5)):
            at = dice.randrange(len(parts))
            parts[at : at + dice.randint(0, 2)] = [self.piece(dice)]
            parts = parts or ["5"]
        return " ".join(parts)

    def piece(self, dice: random.Random) -> str:
        """A number, a word, a name or a mark."""
        return dice.choice(dice.choice((NUMBERS, self.words, self.names, MARKS)))

    def worded(self, dice: random.Random) -> str:
        """Words of the grammar in any order, some with capitals, some without blanks between."""
        words = [self.piece(dice) for _ in range(dice.randint(1, 60))]
        words = [dice.choice((word, word, word, word.capitalize(), word.upper())) for word in words]
        return "".join(word + dice.choice((" ", " ", " ", " ", "", "\n")) for word in words)

    def hostile(self, dice: random.Random) -> str:
        """One or two things over and over, sometimes for 40,000 characters, with a sentence before or behind."""
        run = "".join(dice.choice(RUNS) for _ in range(dice.choice((1, 1, 2, 3))))
        times = (
            min(dice.choice((3, 10, 30, 100, 300)), 3_000 // len(run)) if dice.random() < 0.95 else 40_000 // len(run)
        )
        sentence = dice.choice(("", "Seoul said 5 soldiers were killed. ", "Seoul said 5 soldiers were killed "))
        return dice.choice((sentence + run * times, run * times + " " + sentence))

    def unicode(self, dice: random.Random) -> str:
        """Any characters, whole or strewn into a passage; lone surrogates never, as no feed can hold one."""
        strange = [chr(dice.randrange(*dice.choice(BLOCKS))) for _ in range(dice.randint(1, 80))]
        if dice.random() < 0.4:
            return "".join(strange)
        text = list(dice.choice(self.passages))
        for character in strange:
            at = dice.randrange(len(text))
            text[at : at + dice.randint(0, 1)] = [character]
        return "".join(text)

    def spoilt(self, dice: random.Random) -> str:
        """A passage as bad software leaves it: shouted, without blanks, cut, with other spaces, marked up."""
        text = dice.choice(self.passages)
        low = dice.randrange(len(text))
        spoil: tuple[Callable[[str], str], ...] = (
            str.upper, str.lower, str.title, str.swapcase, lambda t: t[low:], lambda t: t[:low], lambda t: t[::-1],
            lambda t: t.replace(" ", dice.choice(SPACES)), lambda t: t.replace(" ", ""), lambda t: t.replace(". ", "."),
            lambda t: t.replace(" ", "\n"), lambda t: t.replace(",", ""), lambda t: t.replace(" ", "  "),
            lambda t: "".join(f"<b>{word}</b>" for word in t.split()), lambda t: t.replace("e", "e\u0301"),
        )  # fmt: skip
        return dice.choice(spoil)(text)

    def mixed(self, dice: random.Random) -> str:
        """Two or three texts of the other kinds one behind the other."""
        return dice.choice(("", " ", "\n\n", ". ")).join(
            dice.choice(self.kinds[:-1])(dice)[:3_000] for _ in range(dice.randint(2, 3))
        )


class Twin:
    """The same program under another hash seed: what it reads must be the same."""

    def __init__(self, seed: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--twin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8:surrogatepass"},
        )

    def reads(self, text: str) -> str:
        """Its reading, as it prints it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        return str(json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        """Ends it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)


def answer() -> None:
    """The twin's side."""
    for line in sys.stdin:
        print(json.dumps(repr(read(json.loads(line)))), flush=True)


def findings(text: str, title: str | None, twin: Twin | None) -> list[str]:
    """What is wrong with one text, the kind of it first."""
    try:
        slow = too_slow(text)
        found = complaints(text, title) + (complaints_about_marks(text) if len(text) < LONG else [])
    except Exception:  # noqa: BLE001  any at all is a finding
        return [traceback.format_exc(limit=-3)]
    if twin is not None and twin.reads(text) != repr(read(text)):
        found.append("reads differently under another hash seed")
    return [*found, f"too slow: {slow}"] if slow else found


def smaller(text: str, wrong: Callable[[str], bool], seconds: float = 20.0) -> str:
    """The text with all left out that it can do without and still be wrong."""
    until, step = time.monotonic() + seconds, max(1, len(text) // 2)
    while step and time.monotonic() < until:
        at = 0
        while at < len(text) and time.monotonic() < until:
            less = text[:at] + text[at + step :]
            if wrong(less):
                text = less
            else:
                at += step
        step //= 2
    return text


def kind_of(finding: str) -> str:
    """What makes two findings one: of an exception its last place, of others their first words."""
    places = [line.strip() for line in finding.splitlines() if line.startswith("  File ")]
    return places[-1] if places else finding[:40]


def report(seed: str, text: str, title: str | None, found: list[str], twin: Twin) -> None:
    """Prints a finding and the least text that shows it."""
    kind = kind_of(found[0])

    def wrong(less: str) -> bool:
        return any(kind in each for each in findings(less, title, twin))

    least = text if "slow" in kind else smaller(text, wrong)
    print(f"\n--- seed {seed}\n" + "\n".join(found[:3]) + f"\ntitle {title!r}\ntext {least[:1500]!r}", flush=True)


def main() -> int:
    """Reads texts until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=None, help="repeats the texts of a run")
    parser.add_argument("--twin", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.twin:
        answer()
        return 0
    base = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    maker, twin = Maker(), Twin(seed=base % 1000 + 1)
    print(f"seed {base}, {options.minutes:g} minutes", flush=True)
    until, number, characters, kinds = time.monotonic() + 60 * options.minutes, 0, 0, Counter[str]()
    while time.monotonic() < until:
        seed, number = f"{base}-{number}", number + 1
        text = maker.text(seed)
        title = maker.text(f"{seed}-title")[:200] if number % 5 == 0 else None
        found = findings(text, title, twin if number % 8 == 0 else None)
        characters += len(text)
        if found:
            kind = kind_of(found[0])
            kinds[kind] += 1
            if kinds[kind] <= SHOWN:
                report(seed, text, title, found, twin)
    twin.close()
    print(f"\n{number} texts, {characters} characters, {sum(kinds.values())} findings")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())

"""A number and what stands around it: what every rule that refuses a number asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.extract.numbers.cardinals import Number, Reader
from monitor.extract.numbers.heads import head_category


@dataclass(slots=True)
class Context:
    """A number and what stands around it. Indices are tokens; `before` and `after` are the neighbouring numbers.

    `prev` is the token before the number itself (inside its qualifying words), `next` the one behind it; `digits` says
    that it is a single token of digits, `plain` that these have no separators: how years, labels and days are written.
    `word` gives the lower-case token at an index, `glued` whether nothing stands between it and the one before it.
    """

    reader: Reader
    first: int
    last: int
    start: int
    low: Number
    high: Number
    form: str
    flags: set[str]
    before: tuple[int, int, Number] | None
    after: tuple[int, int, int, Number] | None
    refused_before: str | None
    prev: str = field(init=False)
    next: str = field(init=False)
    digits: bool = field(init=False)
    plain: bool = field(init=False)
    word: Callable[[int], str] = field(init=False)
    glued: Callable[[int], bool] = field(init=False)
    _head: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Takes down once what nearly every rule asks for."""
        self.word, self.glued = self.reader.word, self.reader.glued
        self.prev, self.next = self.word(self.first - 1), self.word(self.last)
        self.digits = self.last - self.first == 1 and self.word(self.first)[:1].isdecimal()
        self.plain = self.digits and self.word(self.first).isdecimal()

    def raw(self, index: int) -> str:
        """The token at the index as written."""
        return self.reader.raw(index)

    @property
    def bare(self) -> bool:
        """No qualifying words before it."""
        return self.start == self.first

    @property
    def head(self) -> str:
        """The category of the noun that is counted: "people", "weapon", …, or "" for one that no list knows."""
        if self._head is None:
            self._head = head_category(self.reader, self.last)
        return self._head

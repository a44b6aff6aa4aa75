"""How two wordings of one sentence differ, word by word. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

AROUND = 6
"""So many words are shown on each side of what differs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that both texts have (`before` and `after` the same), or what stood there before and stands there
    after."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """True for words that both texts have."""
        return self.before == self.after


@lru_cache(maxsize=64)
def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What differs between two texts, with a few words around it; nothing where they are the same. Held for the other
    forms of the same alert: hostile text takes long to compare."""
    return tuple(_shortened(list(_pieces(before.split(), after.split())))) if before.split() != after.split() else ()


def in_line(pieces: tuple[Piece, ...]) -> str:
    """The difference in a line of plain text: "… killed [3,000 → 4,700] soldiers in …"."""
    return " ".join(piece.after if piece.same else f"[{_step(piece)}]" for piece in pieces)


def _step(piece: Piece) -> str:
    if not piece.before:
        return f"added: {piece.after}"
    return f"{piece.before} → {piece.after}" if piece.after else f"dropped: {piece.before}"


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for _, start, stop, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Piece(" ".join(old[start:stop]), " ".join(new[first:last]))


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    for at, piece in enumerate(pieces):
        words = piece.after.split()
        head = [] if at == 0 else words[:AROUND]
        tail = [] if at == len(pieces) - 1 else words[-AROUND:]
        if piece.same and len(words) > len(head) + len(tail):
            some = " ".join((*head, "…", *tail))
            yield Piece(some, some)
        else:
            yield piece

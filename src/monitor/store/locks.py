"""The locks that workers on one PostgreSQL wait for. On SQLite every transaction for writing is alone anyway."""

from enum import IntEnum, unique


@unique
class Lock(IntEnum):
    """Their numbers, each for one purpose."""

    MIGRATE = 7_201_101
    """Held by whoever brings the tables to their newest form."""
    COMPARE = 7_201_102
    """By whoever compares one text, or folds history again."""
    ENTRIES = 7_201_103
    """By whoever takes entries."""
    TURN = 7_201_104
    """By a worker as long as it compares all that waits."""
    MUTES = 7_201_105
    """By whoever mutes a series by what runs for it now."""
    LEASE = 7_201_106
    """By whoever takes deliveries out of the outbox, or puts together what waits there."""


READING = 7_201
"""The first half of the numbers of the locks that readers of texts hold; the other is the revision's id."""

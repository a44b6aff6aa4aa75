"""What was worked out for a page is kept until the store holds something new."""

import time
from collections.abc import Callable, Hashable
from typing import Any

from monitor.store import Store

LONGEST = 60.0
"""Seconds that anything is kept: mutes and the like leave no mark that is asked for."""
MOST = 500
"""Answers that are kept; with more of them all are worked out anew."""


class Kept:
    """Answers by their questions. Several threads may ask at once: then an answer may be worked out twice."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._stamp: tuple[int, ...] = ()
        self._since = 0.0
        self._answers: dict[Hashable, Any] = {}

    def __call__(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer, worked out where it isn't kept."""
        stamp, now = self._store.stamp(), self._clock()
        if stamp != self._stamp or now - self._since > LONGEST or len(self._answers) >= MOST:
            self._answers, self._stamp, self._since = {}, stamp, now
        answers = self._answers
        if question not in answers:
            answers[question] = answer()
        return answers[question]

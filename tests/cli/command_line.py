"""The command line as tests call it: in this process, with what came out."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from monitor.cli import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Runs commands and hands back what they wrote."""

    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: object) -> Outcome:
        self.capture.readouterr()
        code = main(_texts(arguments))
        out, err = self.capture.readouterr()
        return Outcome(code, out, err)

    def complaint(self, *arguments: object) -> str:
        """The one line that bad input is answered with: on stderr, with exit 2 and nothing on stdout."""
        outcome = self(*arguments)
        assert (outcome.code, outcome.out) == (2, ""), outcome
        assert outcome.err.startswith("monitor: ")
        assert outcome.err.count("\n") == 1, outcome.err
        return outcome.err.removeprefix("monitor: ").rstrip("\n")


def _texts(arguments: Sequence[object]) -> list[str]:
    return [str(argument) for argument in arguments]

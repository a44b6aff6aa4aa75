"""Confidence as a sum of named terms, so that a person can read why a figure is trusted."""

from monitor.domain.claims import Claimant, Status, Subject
from monitor.extract.measures.frames import Frame
from monitor.extract.sentence.phrases import Head

BASE = 0.55


def terms_of(
    frame: Frame, subject: Subject, claimants: tuple[Claimant, ...], status: Status
) -> tuple[tuple[str, float], ...]:
    """The terms whose values add up to the confidence."""
    terms = [("a predicate of harm or presence", BASE)]
    near = max(0.0, 0.25 - 0.03 * frame.cost)
    terms.append(("near its predicate", round(near, 3)))
    if frame.count.head in {Head.PEOPLE, Head.NATION, Head.MEASURE}:
        terms.append(("its noun is for people", 0.1))
    if frame.count.head is Head.UNKNOWN:
        terms.append(("its noun is unknown", -0.15))
    if frame.rule in {"elliptic", "same-count", "presence-verbless", "body-strength"}:
        terms.append((f"read by {frame.rule}", -0.15))
    if subject.party is not None:
        terms.append(("whose is known", 0.05))
    if claimants:
        terms.append(("who says so is known", 0.05))
    if status is not Status.ASSERTED:
        terms.append(("not asserted", -0.05))
    return tuple(terms)


def confidence_of(terms: tuple[tuple[str, float], ...]) -> float:
    """Their sum, kept within 0…1."""
    return round(min(1.0, max(0.0, sum(value for _, value in terms))), 3)

"""What a mute keeps from readers moves nothing that they are held to have been told. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from monitor.domain.changes import Change, Comparison, Decision, Kind
from monitor.domain.compare import LineName
from monitor.domain.quantities import Quantity, agree, in_words


def kept_quiet(comparison: Comparison, silent: Collection[str], last: Mapping[LineName, Quantity]) -> Comparison:
    """The comparison where nobody is told of its `silent` changes, named by their ids.

    What readers have in hand of those lines stays, and of lines beside them that no change is told of: what agrees with
    a figure that nobody heard of is no news either, and nothing that they know. `last` are the figures that a mute kept
    from readers before; one of them said again is no change once more.
    """
    if not silent:
        return comparison
    again = {_line(one): one for one in comparison.changes if one.id in silent and _is_again(one, last)}
    told = {(one.series, one.party) for one in comparison.changes if one.id not in silent}
    quiet = {one.series for one in comparison.changes if one.id in silent}
    return replace(
        comparison,
        decisions=tuple(_said_again(one, again) for one in comparison.decisions),
        changes=tuple(one for one in comparison.changes if _line(one) not in again),
        anchors={line: one for line, one in comparison.anchors.items() if line[0] not in quiet or line in told},
        doubts={line: one for line, one in comparison.doubts.items() if line[0] not in quiet or line in told},
    )


def _line(one: Change | Decision) -> tuple[str, LineName]:
    return one.claim_id, (one.series, one.party)


def _is_again(change: Change, last: Mapping[LineName, Quantity]) -> bool:
    known = last.get((change.series, change.party))
    return known is not None and change.after is not None and agree(known, change.after, same_party=True)


def _said_again(decision: Decision, again: Mapping[tuple[str, LineName], Change]) -> Decision:
    change = again.get(_line(decision)) if decision.alert else None
    if change is None or change.after is None:
        return decision
    why = f"{in_words(change.after)} said again, which a mute keeps from readers"
    return replace(decision, kind=Kind.REPEATED, alert=False, why=why)

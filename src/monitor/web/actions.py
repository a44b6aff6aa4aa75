"""What people do on the pages: verdicts on claims, as on the command line, and mutes of series."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Path
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from monitor.alerts.messages import series_id
from monitor.alerts.neutral import clean
from monitor.domain.verdicts import Edits, Verdict
from monitor.errors import InputError
from monitor.pipeline import Monitor
from monitor.store import ClaimDetail, Mute
from monitor.verdicts import OutdatedError, read_edits, unknown_names
from monitor.web import api, verdict_form, views
from monitor.web.logins import EXPIRED, Form, need
from monitor.web.pages import Pages
from monitor.web.sessions import Visitor

LONGEST_REASON = 500
"""Characters of a reason."""
DONE = {
    Verdict.REJECTED: "Rejected: it no longer counts.",
    Verdict.ACCEPTED: "Accepted: it is right.",
    Verdict.EDITED: "It counts as you say from now on.",
}
MEANWHILE = (
    "Something was said of this claim, or it was read anew, since you opened the form. See below what holds now; "
    "nothing of yours was done yet."
)

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]

log = logging.getLogger("monitor.web")


def add_routes(app: FastAPI, pages: Pages) -> None:
    """Adds them."""

    @app.get("/claims/{name}", include_in_schema=False)
    def claim(name: str) -> HTMLResponse:
        return claim_page(pages, pages.claim(name))

    @app.post("/claims/{name}/verdict", include_in_schema=False)
    def verdict(name: str, form: Form) -> Response:
        one = need(pages, form, f"/claims/{name}")
        return one if isinstance(one, Response) else _judge(pages, one, pages.claim(name), form)

    @app.post("/series/{name}/mute", include_in_schema=False)
    def mute(name: str, form: Form) -> Response:
        one = need(pages, form, f"/series/{name}")
        return one if isinstance(one, Response) else _mute(pages, one, name, form)

    @app.post("/mutes/{number}/end", include_in_schema=False)
    def unmute(number: Number, form: Form) -> Response:
        one = need(pages, form, "/")
        return one if isinstance(one, Response) else _unmute(pages, one, number, form)


def claim_page(
    pages: Pages, detail: ClaimDetail, status: int = 200, notice: str = "", form: Mapping[str, str] | None = None
) -> HTMLResponse:
    """How a figure was read, and the form for a verdict on it. `notice` is what was wrong with the one that was sent,
    whose words it holds again."""
    claim, form = detail.claim, form or {}
    stands = verdict_form.shown(claim)
    return pages.page(
        "claim",
        f"{claim.figure.subject.text}: {views.words(claim.figure.quantity)}",
        status=status,
        detail=detail,
        figure=claim.figure,
        view=views.source_view(claim),
        around=views.paragraph(detail.text, claim),
        rules=api.rules_of(claim),
        article=pages.store.article_at(claim.origin.url),
        words=views.words,
        named=[(series_id(one.decision.series), one) for one in detail.decisions],
        notice=notice,
        why=form.get("why", ""),
        stands=stands,
        fields=stands | verdict_form.changed(form),
        choices=verdict_form.CHOICES,
        seen=pages.store.claim_states([claim.id]).get(claim.id, ""),
    )


def mutes_of(pages: Pages, watch: str, name: str) -> list[Mute]:
    """The mutes that run of a series, by its short name."""
    return [one for one in pages.store.list_mutes(_now()) if one.series == name and one.watch in {watch, "*"}]


def seen_mutes(mutes: Sequence[Mute]) -> str:
    """Which mutes a form was shown beside."""
    return ",".join(str(one.id) for one in mutes)


def _judge(pages: Pages, one: Visitor, detail: ClaimDetail, form: Mapping[str, str]) -> Response:
    """Gives the verdict, or shows the form again with what was written and what is in its way."""
    if not pages.desk.sessions.takes(one, form.get("token", "")):
        return claim_page(pages, detail, 403, EXPIRED, form)
    try:
        verdict, why = _verdict(form), _reason(form)
        monitor = pages.desk.monitor()
        edits, notes = _edits(monitor, detail, form) if verdict is Verdict.EDITED else ({}, [])
        ruled = monitor.bench.judge(
            (detail.claim.id,), verdict, edits, who=one.who, why=why, now=_now(), seen=form.get("seen", "")
        )
    except OutdatedError:
        log.info("%s is told that claim %s stands otherwise by now", one.who, detail.claim.id)
        now = pages.claim(detail.claim.id)
        return claim_page(pages, now, 409, MEANWHILE + _last_word(now), form)
    except InputError as error:
        return claim_page(pages, detail, 422, f"{error}. Nothing was done yet.", form)
    log.info("%s: claim %s %s: %s", one.who, detail.claim.id, verdict.value, why)
    values: dict[str, Any] = {"ruled": ruled, "notes": notes, "claim": detail.claim.id, "done": DONE[verdict]}
    return pages.page("verdict", "Your verdict", **values)


def _last_word(detail: ClaimDetail) -> str:
    if not detail.verdicts:
        return ""
    last = detail.verdicts[-1]
    return f" The last verdict is by {last.who} ({last.verdict.value}): {last.why}"


def _verdict(form: Mapping[str, str]) -> Verdict:
    given = form.get("verdict", "")
    if given not in {one.value for one in DONE}:
        raise InputError("Right, misread or read otherwise: press one of the buttons")
    return Verdict(given)


def _reason(form: Mapping[str, str]) -> str:
    why = form.get("why", "").strip()
    if not why:
        raise InputError("Please give a reason: it stands beside your verdict, and in the correction that readers get")
    if len(why) > LONGEST_REASON:
        raise InputError(f"A reason has at most {LONGEST_REASON} characters, and this one {len(why):,}")
    return clean(why)


def _edits(monitor: Monitor, detail: ClaimDetail, form: Mapping[str, str]) -> tuple[Edits, list[str]]:
    """What is wanted otherwise, and what is odd about it."""
    wanted = verdict_form.words(form)
    if not wanted:
        raise InputError("You have changed none of the fields")
    edits = read_edits(monitor.lexicon, detail.claim.figure.quantity, wanted, _now().date())
    return edits, unknown_names(monitor.lexicon, wanted)


def _mute(pages: Pages, one: Visitor, name: str, form: Mapping[str, str]) -> Response:
    key = pages.series(name)
    running = mutes_of(pages, key.watch, name)
    if not pages.desk.sessions.takes(one, form.get("token", "")):
        return _refused(pages, 403, EXPIRED, name, form)
    if form.get("seen", "") != seen_mutes(running):
        return _too_late(pages, running, name, form)
    try:
        why, until = _reason(form), _end(form.get("until", ""), pages.zone)
    except InputError as error:
        return _refused(pages, 422, f"{error}. Nothing was done yet.", name, form)
    seen = [mute.id for mute in running]
    number = pages.store.mute_series(key.watch, name, seen=seen, until=until, who=one.who, why=why, now=_now())
    if number is None:
        return _too_late(pages, mutes_of(pages, key.watch, name), name, form)
    log.info("%s: series %s of %s muted (%d): %s", one.who, name, key.watch, number, why)
    return RedirectResponse(f"/series/{name}#mute", status_code=303)


def _too_late(pages: Pages, running: Sequence[Mute], name: str, form: Mapping[str, str]) -> Response:
    said = "; ".join(f"{mute.who}: {mute.why or 'no reason given'}" for mute in running) or "the mute was ended"
    return _refused(pages, 409, f"Somebody was here before you ({said}). Nothing of yours was done.", name, form)


def _unmute(pages: Pages, one: Visitor, number: int, form: Mapping[str, str]) -> Response:
    found = next((mute for mute in pages.store.list_mutes(_now()) if mute.id == number), None)
    if found is None:
        raise HTTPException(404, "There is no such mute, or not any more.")
    if not pages.desk.sessions.takes(one, form.get("token", "")):
        return _refused(pages, 403, EXPIRED, found.series or "", form)
    pages.store.remove_mute(number)
    log.info("%s: mute %d of %s ended (it was by %s: %s)", one.who, number, found.watch, found.who, found.why)
    return RedirectResponse(f"/series/{found.series}#mute" if found.series else "/", status_code=303)


def _refused(pages: Pages, status: int, words: str, name: str, form: Mapping[str, str]) -> HTMLResponse:
    written = {field: form[field] for field in ("why", "until") if form.get(field)}
    return pages.page("refused", words, status=status, words=words, name=name, written=written)


def _end(given: str, zone: ZoneInfo) -> datetime | None:
    """The end of a day where the readers are; None for good."""
    if not given.strip():
        return None
    try:
        day = date.fromisoformat(given.strip())
        end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(f"“{clean(given, 40)}” is no day") from None
    if end <= _now():
        raise InputError(f"{day} is over already")
    return end


def _now() -> datetime:
    return datetime.now(UTC)

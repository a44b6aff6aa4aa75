"""Forms that browsers send, and where somebody may be led to after one."""

import re
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

LARGEST = 64_000
"""Bytes of a form."""
MOST = 60
"""Fields of a form."""
_KIND = "application/x-www-form-urlencoded"
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


async def sent(request: Request) -> dict[str, str]:
    """The fields of a form; of two of one name the last one. Raises 403 for one of another site, whatever else it may
    hold, 413 and 415 for what none of our pages sends."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403, "This form was sent by a page of another site. Nothing was done.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
        raise HTTPException(415, "This is no form of these pages. Nothing was done.")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise HTTPException(413, "That is too much for a form. Nothing was done.")
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST)
    except ValueError:
        raise HTTPException(413, "A form of these pages has fewer fields. Nothing was done.") from None
    return {name: value.replace("\0", "") for name, value in fields}


def own_path(given: str) -> str:
    """A path of these pages; the first page where it is none of ours."""
    return given if _OWN_PATH.fullmatch(given) else "/"

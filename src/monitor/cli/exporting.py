"""What is stored, written out: tables for programs, or the pages as files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter, validators

from monitor.cli import show
from monitor.cli.known import opened
from monitor.cli.options import CONFIG, Config, refuse_options
from monitor.cli.whole import written_whole
from monitor.errors import InputError
from monitor.web.columns import Form, What

if TYPE_CHECKING:
    from monitor.store import Store

app = App()


@app.command
def export(
    file: Annotated[
        Path | None, Parameter(allow_leading_hyphen=True, help="where to write; - or nothing: standard output")
    ] = None,
    *,
    format: Annotated[Form, Parameter(help="of the table")] = "csv",  # noqa: A002 -- --format
    what: Annotated[What, Parameter(help="which table")] = "figures",
    site: Annotated[Path | None, Parameter(help="write the pages into this new or empty folder instead")] = None,
    most: Annotated[int, Parameter(help="pages of a site at most", validator=validators.Number(gte=1))] = 20_000,
    config: Config = CONFIG,
) -> None:
    """Writes figures, changes or claims as a table (docs/fields.md tells its columns), or the pages as a folder."""
    refuse_options([file] if file is not None else [])
    if site is not None:
        if file is not None:
            raise InputError("either a file or --site, not both")
        _write_pages(site, most, config)
        return
    from monitor.web.export import write

    with opened(config) as store:
        if file is None or str(file) == "-":
            sys.stdout.flush()
            write(store, what, format, sys.stdout.buffer)
        else:
            number = _write_whole(store, file, what, format)
            show.say(f"{number:,} {what} written to {file}")


def _write_whole(store: "Store", file: Path, what: What, form: Form) -> int:
    """The file is there whole or as it was."""
    from monitor.web.export import write

    try:
        with written_whole(file) as written:
            with written.open("wb") as out:
                number = write(store, what, form, out)
            written.chmod(0o644)
    except OSError as error:
        raise InputError(f"{file} can't be written: {error.strerror}") from error
    return number


def _write_pages(folder: Path, most: int, config: Path) -> None:
    from monitor.settings import load_settings
    from monitor.web.app import create_app
    from monitor.web.site import write_site

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is no empty folder")
    with opened(config) as store:
        try:
            number, left = write_site(create_app(load_settings(config), store, frozen=True), folder, most)
        except OSError as error:
            raise InputError(f"{folder} can't be written: {error.strerror}") from error
    show.say(f"{number:,} pages written to {folder}; open index.html in it")
    if left:
        show.say(f"at least {left:,} more were left out; --most lets more in")

"""`python -m flows …` (serve, demo, runner, deliverer, pages, deploy, history): an installation's processes."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import MonitorError

if TYPE_CHECKING:
    from flows.serve import Service


def main(arguments: list[str] | None = None) -> int:
    """Runs one of the processes. Exits with 2 and one line where a user can mend what is wrong."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except MonitorError as error:
        for one in (error, *error.others):
            sys.stderr.write(f"monitor: {one}\n")
        return 2


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "serve":
            from flows.serve import serve

            return serve(_service(options))
        case "demo":
            from flows.demo import main as demo

            return demo(options.data, stay=options.stay)
        case "runner":
            from flows.runner import main as runner

            return runner(options.config, options.cron, options.timezone)
        case "pages":
            return _pages(options)
        case "history":
            from flows.history import main as history

            return history(options.config, dry_run=options.dry_run)
        case "deploy":
            from flows.deploy import main as deploy
            from flows.serve import say

            return deploy(options.config, say)
        case _:
            from flows.deliverer import main as deliverer

            return deliverer(options.config)


def _pages(options: argparse.Namespace) -> int:
    from flows.environment import LOG_FORMAT
    from flows.serve import say
    from monitor.settings import load_settings
    from monitor.web.server import serve_pages

    settings = load_settings(options.config)
    os.environ.setdefault(LOG_FORMAT, settings.log.format)
    at = (options.host or settings.server.host, options.port or settings.server.pages_port)
    serve_pages(settings, *at, ready=lambda address: say(f"the pages are at {address}. Ctrl-C ends it"))
    return 0


def _service(options: argparse.Namespace) -> "Service":
    """What to serve: the options first, then [server] of the settings."""
    from flows.serve import Service
    from monitor.settings import load_settings

    config = options.config.resolve()
    settings = load_settings(config)
    setting = settings.server
    chosen = setting.model_fields_set
    return Service(
        config=config,
        data=(options.data or settings.data).resolve(),
        host=options.host or setting.host,
        port=options.port or setting.port,
        pages_port=options.pages_port or setting.pages_port,
        any_port=not options.port and "port" not in chosen,
        any_pages_port=not options.pages_port and "pages_port" not in chosen,
        cron=options.cron,
        timezone=options.timezone or setting.timezone,
        log=settings.log,
        history=settings.keep.history,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flows", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="everything for good on this machine")
    _config(serve)
    _schedule(serve)
    serve.add_argument("--data", type=Path, help="folder for all state and logs (default: var beside the settings)")
    serve.add_argument("--host", help="address that Prefect's pages listen on")
    serve.add_argument("--port", type=int, help="their port")
    serve.add_argument("--pages-port", type=int, help="port of the figures' own pages")
    demo = commands.add_parser("demo", help="a demonstration that needs no internet")
    demo.add_argument("--data", type=Path, default=Path("var/demo"), help="folder for its state")
    demo.add_argument("--stay", action="store_true", help="keep its servers until Ctrl-C")
    runner = commands.add_parser("runner", help="what serve starts to execute runs")
    _config(runner)
    _schedule(runner)
    pages = commands.add_parser("pages", help="the figures' own pages")
    _config(pages)
    pages.add_argument("--host", help="address that they listen on")
    pages.add_argument("--port", type=int, help="their port")
    history = commands.add_parser("history", help="what prune starts: old runs go from Prefect's history")
    _config(history)
    history.add_argument("--dry-run", action="store_true", help="only count them")
    _config(commands.add_parser("deliverer", help="what serve starts to send alerts"))
    _config(commands.add_parser("deploy", help="deployments and automations on a Prefect server of your own"))
    return parser


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, default=Path("monitor.toml"), help="the settings (monitor.toml)")


def _schedule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cron", default="*/15 * * * *", help="when to watch")
    parser.add_argument("--timezone", help="zone of the schedule")


if __name__ == "__main__":
    sys.exit(main())

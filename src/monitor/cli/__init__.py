"""The command line: `monitor …`. Each command loads what it needs when it runs, so that `--help` answers at once."""

from monitor.cli.main import main

__all__ = ["main"]

"""Installs what the e2e tests need besides our own Python packages: as root on Debian its packages, else it says what
is missing; and Matrix' server and the API's tester in environments of their own, since they pin what we use too."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PACKAGES = {
    "chromium": "chromium",
    "/usr/sbin/smtpd": "opensmtpd",
    "/usr/lib/dovecot/imap": "dovecot-imapd",
    "/usr/lib/dovecot/submission": "dovecot-submissiond",
    "/usr/sbin/mosquitto": "mosquitto",
    "systemd-analyze": "systemd",
}
"""Program: Debian package."""

VAR = Path(__file__).parents[2] / "var"
APART = {"synapse": "matrix-synapse==1.163.2", "schemathesis": "schemathesis==4.32.5"}
"""Environment under `var`: the package that it is for."""


def main() -> int:
    """Exits with 2 and one line when something is missing and can't be installed."""
    missing = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    if missing and (os.geteuid() != 0 or shutil.which("apt-get") is None):
        print(
            f"make e2e needs: {' '.join(missing)} (on Debian: sudo apt-get install {' '.join(missing)})",
            file=sys.stderr,
        )
        return 2
    if missing:
        install(missing)
    for name, wanted in APART.items():
        make(VAR / name, wanted)
    return 0


def install(missing: list[str]) -> None:
    """Debian's packages. Their services aren't wanted, only their programs: each test starts its own."""
    print(f"installing {' '.join(missing)} ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdin=subprocess.DEVNULL)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def make(folder: Path, wanted: str) -> None:
    """The environment, once; one that was begun and not finished is made anew."""
    made = folder / f".{wanted.rpartition('=')[2]}"
    if made.exists():
        return
    print(f"installing {wanted} into var/{folder.name} ...")
    venv.create(folder, clear=True, with_pip=True)
    quiet = ["--quiet", "--quiet", "--disable-pip-version-check"]
    subprocess.run([folder / "bin" / "python", "-m", "pip", *quiet, "install", wanted], check=True)
    made.touch()


if __name__ == "__main__":
    sys.exit(main())

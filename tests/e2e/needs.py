"""Installs what the e2e tests need besides our own Python packages: as root on Debian its packages, else it says what
is missing; and Matrix' server in an environment of its own, since it pins what we use too."""

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

SYNAPSE = Path(__file__).parents[2] / "var" / "synapse"
SYNAPSE_VERSION = "1.163.2"


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
    make_synapse()
    return 0


def install(missing: list[str]) -> None:
    """Debian's packages. Their services aren't wanted, only their programs: each test starts its own."""
    print(f"installing {' '.join(missing)} ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdin=subprocess.DEVNULL)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def make_synapse() -> None:
    """The environment, once; one that was begun and not finished is made anew."""
    made = SYNAPSE / f".{SYNAPSE_VERSION}"
    if made.exists():
        return
    print("installing matrix-synapse into var/synapse ...")
    venv.create(SYNAPSE, clear=True, with_pip=True)
    quiet = ["--quiet", "--quiet", "--disable-pip-version-check"]
    wanted = f"matrix-synapse=={SYNAPSE_VERSION}"
    subprocess.run([SYNAPSE / "bin" / "python", "-m", "pip", *quiet, "install", wanted], check=True)
    made.touch()


if __name__ == "__main__":
    sys.exit(main())

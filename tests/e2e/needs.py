"""Installs what the e2e tests need besides Python packages, as root on Debian; else says what is missing."""

import os
import shutil
import subprocess
import sys

PACKAGES = {"chromium": "chromium"}
"""Program: Debian package."""


def main() -> int:
    """Exits with 2 and one line when something is missing and can't be installed."""
    missing = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    if not missing:
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(
            f"make e2e needs: {' '.join(missing)} (on Debian: sudo apt-get install {' '.join(missing)})",
            file=sys.stderr,
        )
        return 2
    print(f"installing {' '.join(missing)} ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdin=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(install, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main())

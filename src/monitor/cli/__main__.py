"""`python -m monitor.cli`: the command line without its script."""

import sys

from monitor.cli import main

sys.exit(main())

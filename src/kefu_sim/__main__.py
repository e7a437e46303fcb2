"""`python -m kefu_sim`."""

import sys

from kefu_sim.cli import main

sys.exit(main())

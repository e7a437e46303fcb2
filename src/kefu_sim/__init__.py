"""kefu-sim: a terminal chat simulator that trains online-shop customer service."""

import os

# The recogniser multiplies small matrices: more than one BLAS thread makes that several times slower. numpy reads
# this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"

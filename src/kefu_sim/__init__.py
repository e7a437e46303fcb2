"""kefu-sim: a terminal chat simulator that trains online-shop customer service."""

import os

# The recogniser multiplies small matrices: more than one BLAS thread makes that several times slower. numpy reads
# this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# pydantic would read the names of all installed packages in search of plugins; none is wanted here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

__version__ = "0.1.0"

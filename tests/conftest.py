"""One core a process, as on the command line: said before anything imports numpy. No test is one of speed."""

import os

from hypothesis import settings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

settings.register_profile("katanya", deadline=None)
settings.load_profile("katanya")

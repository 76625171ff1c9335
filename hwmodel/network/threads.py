"""How many threads torch runs on, in every thread that asks it to: said before it is imported. Free of torch."""

from __future__ import annotations

ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}  # environment variables; `torch.set_num_threads` holds for the thread that calls it

"""The peer's side of bench/kernels.py, for an interpreter that has sweat: names of kernels in, CPU seconds out.

Answers and arrays pass through files. Runs on NumPy 1 and pandas 1.5.
"""

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"  # both sides import this before NumPy: one thread each

LEAST = 0.05
"""s of CPU that a measurement lasts at least"""


def serve(folder):
    """Answer names of kernels on standard input until it ends; `folder` holds the arrays."""
    import numpy as np
    import pandas as pd
    from sweat import w_prime_balance
    from sweat.metrics.core import best_interval, mean_max, weighted_average_power

    try:
        from importlib.metadata import version
    except ImportError:
        from importlib_metadata import version

    state = {}
    kernels = {
        "mean_max": lambda: mean_max(state["power"]),
        "intervals": lambda: [best_interval(state["power"], window) for window in state["lengths"]],
        "weighted": lambda: weighted_average_power(state["power"]),
        "differential": lambda: w_prime_balance(state["power"], 250.0, 20_000.0, algorithm="froncioni-skiba-clarke"),
        "integral": lambda: w_prime_balance(state["power"], 250.0, 20_000.0, algorithm="waterworth"),
    }
    print(f"sweat {version('sweat')}, pandas {pd.__version__}, numpy {np.__version__}", flush=True)
    for line in sys.stdin:
        name = line.strip()
        if name == "load":
            state["power"] = np.load(f"{folder}/power.npy")
            state["lengths"] = np.load(f"{folder}/lengths.npy").tolist()
            print("0", flush=True)
            continue
        calls, spent = 1, 0.0
        while spent <= LEAST:
            before = time.process_time()
            for _ in range(calls):
                answer = kernels[name]()
            spent = time.process_time() - before
            calls *= 4
        np.save(f"{folder}/answer.npy", np.asarray(answer, dtype=float))
        print(spent * 4 / calls, flush=True)

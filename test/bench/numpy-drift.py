"""PSI, exact KS and exact W1 of 20 columns by hand-written numpy, data in memory. Prints seconds."""
import sys
import time

import numpy as np

rows, columns = int(sys.argv[1]), int(sys.argv[2])
random = np.random.default_rng(1)
reference = random.normal(size=(rows, columns))
current = random.normal(0.1, 1.0, size=(rows, columns))
edges = [np.quantile(reference[:, c], np.linspace(0, 1, 21)) for c in range(columns)]

started = time.perf_counter()
for c in range(columns):
    r = np.bincount(np.clip(np.searchsorted(edges[c], reference[:, c], "right") - 1, 0, 19), minlength=20) + 0.5
    q = np.bincount(np.clip(np.searchsorted(edges[c], current[:, c], "right") - 1, 0, 19), minlength=20) + 0.5
    r, q = r / r.sum(), q / q.sum()
    float(((q - r) * np.log(q / r)).sum())
psi = time.perf_counter() - started

started = time.perf_counter()
for c in range(columns):
    a, b = np.sort(reference[:, c]), np.sort(current[:, c])
    pooled = np.concatenate([a, b])
    pooled.sort(kind="mergesort")
    f = np.searchsorted(a, pooled, "right") / rows
    g = np.searchsorted(b, pooled, "right") / rows
    float(np.abs(f - g).max())
    float((np.abs(f - g)[:-1] * np.diff(pooled)).sum())
exact = time.perf_counter() - started
print(f"{psi:.4f} {exact:.4f}")

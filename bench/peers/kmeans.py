"""scikit-learn's k-means of float32 rows in a file; one JSON line. Arguments: file, rows, columns, k, seed."""
import json, sys, time
import numpy as np
from sklearn.cluster import KMeans

path, rows, cols, k, seed = sys.argv[1], *map(int, sys.argv[2:6])
x = np.fromfile(path, dtype=np.float32).reshape(rows, cols)
started = time.perf_counter()
found = KMeans(k, n_init=1, tol=1e-4, max_iter=300, random_state=seed).fit(x)
print(json.dumps({"seconds": time.perf_counter() - started, "inertia": float(found.inertia_), "passes": int(found.n_iter_)}))

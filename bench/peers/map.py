"""umap-learn beside a map of ours: its time, warm, and what both keep. Arguments: file, rows, columns, file of our points."""
import json, sys, time, warnings
import numpy as np

warnings.filterwarnings("ignore")
import umap
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

path, rows, cols, ours = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
x = np.fromfile(path, dtype=np.float32).reshape(rows, cols)
make = lambda of: umap.UMAP(n_neighbors=15, min_dist=0.1, metric="cosine", random_state=1).fit_transform(of)
make(x[:500])
started = time.perf_counter()
theirs = make(x)
seconds = time.perf_counter() - started

random = np.random.default_rng(0)
asked = random.choice(rows, min(rows, 1500), replace=False)
products = x[asked] @ x.T
products[np.arange(len(asked)), asked] = -9
nearest = np.argpartition(-products, 15, 1)[:, :15]
sample = random.choice(rows, min(rows, 3000), replace=False)


def quality(points):
    lists = NearestNeighbors(n_neighbors=16).fit(points).kneighbors(points[asked], return_distance=False)[:, 1:]
    kept = float(np.mean([len(set(a) & set(b)) / 15 for a, b in zip(nearest, lists)]))
    trust = float(trustworthiness(x[sample], points[sample], n_neighbors=15, metric="cosine"))
    return {"kept": kept, "trustworthiness": trust}


mine = np.fromfile(ours, dtype=np.float32).reshape(rows, 2)
print(json.dumps({"seconds": seconds, "theirs": quality(theirs), "ours": quality(mine)}))

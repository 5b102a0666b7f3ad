"""Scikit-learn on the product's own vectors, and TF-IDF + k-means as the floor.

usage: sklearn_kmeans.py <embeddings.npy> <texts.json> <k> <coarse k> <seeds> <out.json>
Writes, for each of the seeds, the labels of the best of five runs by inertia and how long the five took;
for the coarse k, k-means and Ward's agglomeration of the same vectors.
"""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits


def best_of_five(rows, k, seed):
    started = time.perf_counter()
    labels = KMeans(n_clusters=k, n_init=5, random_state=seed).fit(rows).labels_.tolist()
    return {"labels": labels, "seconds": time.perf_counter() - started}


def main():
    vectors_path, texts_path, out = sys.argv[1], sys.argv[2], sys.argv[6]
    k, coarse, seeds = (int(value) for value in sys.argv[3:6])
    vectors = np.load(vectors_path)
    with open(texts_path, encoding="utf-8") as file:
        texts = json.load(file)
    tfidf = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    # The first fit of a process also loads the kernels.
    KMeans(n_clusters=2, n_init=1).fit(vectors[:100])
    result = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "vectors": [best_of_five(vectors, k, seed + 1) for seed in range(seeds)],
        "tfidf": [best_of_five(tfidf, k, seed) for seed in (1, 2)],
        "coarse": {
            "scikit-learn k-means": best_of_five(vectors, coarse, 1)["labels"],
            "scikit-learn Ward": AgglomerativeClustering(n_clusters=coarse).fit(vectors).labels_.tolist(),
        },
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file)


# One thread, as ours.
with threadpool_limits(limits=1):
    main()

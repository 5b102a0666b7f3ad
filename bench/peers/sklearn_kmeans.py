"""Scikit-learn on the product's own vectors, and TF-IDF + k-means as the floor.

usage: sklearn_kmeans.py <embeddings.npy> <texts.json> <k> <out.json>
Writes the labels of the best of five runs by inertia, for each of two seeds.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer


def best_of_five(rows, k, seed):
    return KMeans(n_clusters=k, n_init=5, random_state=seed).fit(rows).labels_.tolist()


def main():
    vectors_path, texts_path, k, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    vectors = np.load(vectors_path)
    with open(texts_path, encoding="utf-8") as file:
        texts = json.load(file)
    tfidf = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    result = {
        "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "vectors": [best_of_five(vectors, k, seed) for seed in (1, 2)],
        "tfidf": [best_of_five(tfidf, k, seed) for seed in (1, 2)],
    }
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file)


main()

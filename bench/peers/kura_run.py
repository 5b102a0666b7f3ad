"""Kura's whole pipeline over a JSONL of conversations; its last line of output is what it took, as JSON.

Its defaults but for the limit of calls in flight: summaries, embeddings, k-means, names of clusters, clusters of clusters
until at most ten are left, and its own projection of them to a plane. Kura masks, counts users and audits nothing.
"""

import asyncio
import json
import resource
import sys
import time

from kura.cluster import ClusterDescriptionModel, KmeansClusteringModel, generate_base_clusters_from_conversation_summaries
from kura.dimensionality import HDBUMAP, reduce_dimensionality_from_clusters
from kura.embedding import OpenAIEmbeddingModel
from kura.meta_cluster import MetaClusterModel, reduce_clusters_from_base_clusters
from kura.summarisation import SummaryModel, summarise_conversations
from kura.types import Conversation, Message

path, limit = sys.argv[1], int(sys.argv[2])
TIME = "2026-09-01T00:00:00Z"


def read(line):
    row = json.loads(line)
    messages = [
        Message(created_at=TIME, role=message["role"], content=message["content"])
        for message in row["messages"]
        if message["role"] in ("user", "assistant")
    ]
    return Conversation(chat_id=row["conversation_id"], created_at=TIME, messages=messages, metadata={})


async def main():
    marks = [("start", time.perf_counter())]

    def mark(name):
        marks.append((name, time.perf_counter()))

    with open(path, encoding="utf-8") as file:
        conversations = [read(line) for line in file]
    mark("read")
    summaries = await summarise_conversations(
        conversations, model=SummaryModel(max_concurrent_requests=limit)
    )
    mark("summaries")
    # One request for 256 texts, as ours; its own default is 50 texts, 5 requests at a time.
    embedder = OpenAIEmbeddingModel(model_batch_size=256, n_concurrent_jobs=limit)
    clusters = await generate_base_clusters_from_conversation_summaries(
        summaries,
        embedding_model=embedder,
        clustering_method=KmeansClusteringModel(clusters_per_group=50),
        clustering_model=ClusterDescriptionModel(max_concurrent_requests=limit),
    )
    mark("clusters")
    tree = await reduce_clusters_from_base_clusters(
        clusters, model=MetaClusterModel(max_concurrent_requests=limit, embedding_model=embedder)
    )
    mark("hierarchy")
    await reduce_dimensionality_from_clusters(tree, model=HDBUMAP(embedding_model=embedder))
    mark("map")
    use = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "seconds": marks[-1][1] - marks[0][1],
                "spans": {name: at - marks[i][1] for i, (name, at) in enumerate(marks[1:])},
                "cpuSeconds": use.ru_utime + use.ru_stime,
                "rssMib": use.ru_maxrss / 1024,
                "clusters": len(clusters),
                "roots": sum(1 for cluster in tree if cluster.parent_id is None),
            }
        )
    )


asyncio.run(main())

"""Writes to one node as there are more to replicate them to."""

import json
import time

import measure
import report
from cluster import Cluster

WRITES = {"get_ratio": 0, "depth": 16}
MEGABYTES = 512


def full_speed(cluster, keys, seconds):
    """Writes as fast as the first node answers, then waits for the others."""
    before, begun = cluster.cpu_seconds(), time.monotonic()
    result = measure.load(cluster, keys=keys, warmup=0, seconds=seconds, **WRITES)
    settled = cluster.settle()
    used = [after - first for after, first in zip(cluster.cpu_seconds(), before)]
    writes = result["sets"]
    return {
        "answered": result["keys_per_second"], "settled_seconds": round(settled, 3),
        "replicated": round(writes / (time.monotonic() - begun)), "cpu_us": round(sum(used) / writes / len(used) * 1e6, 2),
        "cpu_us_first": round(used[0] / writes * 1e6, 2),
    }


def lag_at(cluster, keys, rate, seconds):
    looking = cluster.lag(seconds)
    measure.load(cluster, keys=keys, rate=rate, warmup=0, seconds=seconds, **WRITES)
    told, _ = looking.communicate()
    return json.loads(told)


def run(arguments):
    numbers = [1, 2] if arguments.quick else [1, 2, 3, 5]
    keys = min(arguments.keys, 200_000)
    seconds = arguments.seconds or (2 if arguments.quick else 10)
    runs, described = [], {}
    for number in numbers:
        with Cluster(number, MEGABYTES) as cluster:
            measure.load(cluster, preload=True, keys=keys, seconds=0)
            cluster.settle()
            full_speed(cluster, keys, seconds)
            for turn in range(arguments.rounds or (1 if arguments.quick else 3)):
                run = {"server": "ehcached", "case": str(number), "round": turn, **full_speed(cluster, keys, seconds)}
                if number > 1:
                    lag = lag_at(cluster, keys, arguments.rate or run["replicated"] // 2, seconds)
                    run.update(lag_us=lag, lag_p50=lag["p50"] / 1e3, lag_p99=lag["p99"] / 1e3)
                runs.append(run)
                print(f"  {number} nodes: {run}")
            described[str(number)] = cluster.describe()
    columns = {
        "answered": "writes/s answered", "replicated": "writes/s until all nodes have them",
        "cpu_us": "CPU of a write and node, us", "cpu_us_first": "of the node written to, us",
        "lag_p50": "lag p50, ms", "lag_p99": "lag p99, ms",
    }
    rows, charts = [], []
    for number in numbers:
        found = [measure.middle(r[value] for r in runs if r["case"] == str(number) and value in r) for value in columns]
        rows.append([number, *(report.with_spread(f, 0 if "writes" in c else 2) for f, c in zip(found, columns.values()))])
    for value, words in columns.items():
        points = [[n, *f] for n in numbers if (f := measure.found([r for r in runs if value in r], "ehcached", str(n), value))]
        if points and value in ("replicated", "lag_p99"):
            charts.append({"name": f"nodes-{value.replace('_', '-')}", "title": words, "x": "nodes", "y": words,
                           "x_as_measured": True, "lines": {"ehcached": points}})
    title = ("Writes of 100 B to one node, which has a core; the others share the load's. Lag: from a put to its being seen"
             " on another node, at "
             + (f"{arguments.rate:,} writes a second" if arguments.rate else "half the rate that all nodes keep up with"))
    return report.result("nodes", arguments, described, runs, [report.table(title, ["nodes", *columns.values()], rows)], charts)

"""Writes to one node as there are more to replicate them to, and how late they are seen there."""

import json
import time

import measure
import report
from cluster import Cluster

MEGABYTES = 512
KEYS = 200_000
HOT = 10  # seconds at full speed: code is compiled by then, and the heap was gone through once
AT_A_RATE = 3  # and so long at the rate, before the lag at it is looked at

# How many writes a connection sends at once; each is measured by itself, rate and lag.
ONE, MANY = 1, 16


def write(cluster, keys, seconds, **more):
    return measure.load(cluster, keys=keys, warmup=0, seconds=seconds, get_ratio=0, **more)


def full_speed(cluster, keys, seconds, depth):
    """Writes as fast as the first node answers, then waits for the others."""
    before, begun = cluster.cpu_seconds(), time.monotonic()
    result = write(cluster, keys, seconds, depth=depth)
    settled = cluster.settle()
    used = [after - first for after, first in zip(cluster.cpu_seconds(), before)]
    writes = result["sets"]
    return {
        "answered": result["keys_per_second"], "settled_seconds": round(settled, 3),
        "replicated": round(writes / (time.monotonic() - begun)), "cpu_us": round(sum(used) / writes / len(used) * 1e6, 2),
        "cpu_us_first": round(used[0] / writes * 1e6, 2),
    }


def lag_at(cluster, keys, rate, seconds, burst):
    """Writes come at a rate, evenly, whatever the nodes do; so many of them at once."""
    at_rate = {"rate": rate, "burst": burst, "depth": MANY}
    write(cluster, keys, AT_A_RATE, **at_rate)
    looking = cluster.lag(seconds)
    result = write(cluster, keys, seconds, **at_rate)
    told, _ = looking.communicate()
    lag = json.loads(told)["seen"]
    return {"rate": rate, "lag_us": lag, "lag_p50": lag["p50"] / 1e3, "lag_p99": lag["p99"] / 1e3,
            "others_cpu": result["others_cpu"]}


def turn(cluster, keys, seconds, at_once, rate):
    found = full_speed(cluster, keys, seconds, at_once)
    if len(cluster.nodes) > 1:
        found.update(lag_at(cluster, keys, rate or found["replicated"] // 2, seconds, at_once))
    return found


def run(arguments):
    numbers = arguments.nodes or ([1, 2] if arguments.quick else [1, 2, 3, 5])
    keys = min(arguments.keys, KEYS)
    seconds = arguments.seconds or (2 if arguments.quick else 10)
    runs, described = [], {}
    for number in numbers:
        with Cluster(number, MEGABYTES, pinned=False) as cluster:
            measure.load(cluster, preload=True, keys=keys, seconds=0)
            cluster.settle()
            full_speed(cluster, keys, HOT, MANY)
            for round_ in range(arguments.rounds or (1 if arguments.quick else 3)):
                for at_once in (MANY, ONE):
                    found = turn(cluster, keys, seconds, at_once, arguments.rate)
                    runs.append({"server": "ehcached", "case": f"{number}, {at_once} at once", "round": round_, **found})
                    print(f"  {number} nodes, {at_once} at once: {found}")
            described[str(number)] = cluster.describe()
    columns = {
        "answered": "writes/s answered", "replicated": "writes/s until all nodes have them",
        "cpu_us": "CPU of a write and node, us", "cpu_us_first": "of the node written to, us",
        "rate": "lag at writes/s", "lag_p50": "lag p50, ms", "lag_p99": "lag p99, ms",
    }
    rows, lines = [], {value: {} for value in columns}
    for at_once in (MANY, ONE):
        for number in numbers:
            case = f"{number}, {at_once} at once"
            found = {value: measure.middle(r[value] for r in runs if r["case"] == case and value in r) for value in columns}
            rows.append([number, at_once, *(report.with_spread(found[value], 0 if "writes" in words else 2)
                                            for value, words in columns.items())])
            for value in columns:
                if found[value]:
                    lines[value].setdefault(f"{at_once} at once", []).append([number, *found[value]])
    charts = [{"name": f"nodes-{value.replace('_', '-')}", "title": columns[value], "x": "nodes", "y": columns[value],
               "x_as_measured": True, "lines": lines[value]} for value in ("replicated", "lag_p99") if lines[value]]
    title = ("Writes of 100 B to one node, 50 connections; nodes and load share all cores as the kernel likes. Lag: from a put to"
             " its being seen on another node, while writes come evenly at "
             + (f"{arguments.rate:,} a second" if arguments.rate else "half the rate that all nodes keep up with"))
    heads = ["nodes", "at once on a connection", *columns.values()]
    return report.result("nodes", arguments, described, runs, [report.table(title, heads, rows)], charts)

"""bench/run: what to measure, and where the figures go."""

import argparse
import signal
import sys
from pathlib import Path

import abuse
import compare
import full
import items
import lag
import nodes
import pauses
import report
import start
import sweep
import tools

SERIES = {
    "compare": (compare.run, "depth 1, depth 16 and gets of 50 keys"),
    "replica": (compare.run_replica, "the same, with a live replica on the load's core"),
    "values": (sweep.values, "values of 1 B to 1 MB"),
    "connections": (sweep.connections, "1 to 10,000 connections"),
    "protocols": (sweep.protocols, "text, meta and binary"),
    "items": (items.run, "10 k to 10 M items: CPU, memory, pauses, the copy to a new node"),
    "nodes": (nodes.run, "writes to 1, 2, 3 and 5 nodes, and their lag"),
    "lag": (lag.run, "put until visible on the other of two nodes, at 1,000 and 5,000 writes a second"),
    "full": (full.run, "a put into a full region, and into one with room"),
    "hits": (full.run_hits, "hit ratios where there is room for a tenth of the keys"),
    "pauses": (pauses.run, "the collector's pauses with 1, 4 and 16 GB of items"),
    "start": (start.run, "start to first answer"),
    "latency": (sweep.latency, "how late answers are at a rate"),
    "abuse": (abuse.run, "how late answers are alone, beside pipelines, and while other clients take all they can; fails above 50 ms"),
}


def parse(words):
    parser = argparse.ArgumentParser(
        prog="bench/run",
        description="Measures a node beside Debian's memcached, one core for the server and the other for the load.",
    )
    parser.add_argument("series", nargs="*", default=["compare"], metavar="SERIES",
                        help="what to measure (default: compare): " + "; ".join(f"{n}: {s[1]}" for n, s in SERIES.items()))
    parser.add_argument("--docs", action="store_true", help="put the figures and pictures into docs/performance as well")
    parser.add_argument("--quick", action="store_true", help="a minute or two of less work; to see how things stand")
    parser.add_argument("--peers", action="store_true",
                        help="also Infinispan's and Hazelcast's endpoints, nutcracker (twemproxy) and yrmcds")
    parser.add_argument("--keys", type=int, default=compare.KEYS, help="how many items there are (default: 1000000)")
    parser.add_argument("--get-ratio", type=float, default=0.9, help="share of the requests that are gets (0.9)")
    parser.add_argument("--trials", type=int, help="how often all servers are started anew")
    parser.add_argument("--rounds", type=int, help="how often servers take turns in a trial")
    parser.add_argument("--seconds", type=float, help="how long each run is")
    parser.add_argument("--nodes", type=lambda text: [int(n) for n in text.split(",")], metavar="N,N,...",
                        help="for nodes: how many there are (1,2,3,5)")
    parser.add_argument("--rate", type=int, help="for nodes and lag: writes a second for the lag (half of what all keep up with; 1,000 and 5,000)")
    parser.add_argument("--limit", action="store_true",
                        help="also a server that holds nothing: what this machine and the load can do at the most")
    parser.add_argument("--also", action="append", type=lambda p: Path(p).resolve(), default=[], metavar="FOLDER",
                        help="also the node of another checkout; may be repeated")
    parser.add_argument("--also-java", action="append", default=[], metavar="OPTIONS",
                        help="also our node with these options for its JVM; may be repeated")
    arguments = parser.parse_args(words)
    for series in arguments.series:
        if series not in SERIES:
            parser.error(f"there is no series {series}; there are {', '.join(SERIES)}")
    arguments.command = " ".join(["bench/run", *words])
    return arguments


def main(words):
    arguments = parse(words)
    # Whoever ends this ends what it has started, too.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, frame: sys.exit(128 + number))
    try:
        tools.need("taskset", "util-linux")
        tools.build_load()
        for home in [tools.HOME, *arguments.also]:
            tools.build_node(home)
        for name in arguments.series:
            found = SERIES[name][0](arguments)
            report.show(found)
            print(f"\nsaved in {report.save(name, found, arguments.docs)}")
            if found.get("failed"):
                tools.fail(found["failed"])
    except tools.Unavailable as e:
        tools.fail(e)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])

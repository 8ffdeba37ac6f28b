"""The three figures: depth 1, depth 16, and gets of 50 keys, beside memcached; alone, or with a live replica."""

import measure
import peers
import report
import tools
from cluster import Cluster
from servers import Answer, Ehcached, Memcached

CASES = {"depth 1": {}, "depth 16": {"depth": 16}, "multi-get of 50": {"multiget": 50}}
KEYS = 1_000_000
MEGABYTES = 1024


def fresh(arguments):
    """The servers of one trial, none of them started."""
    servers = [Ehcached(MEGABYTES), Memcached(MEGABYTES)]
    servers += [Ehcached(MEGABYTES, home=home, name=home.name) for home in arguments.also]
    servers += [Ehcached(MEGABYTES, java_opts=opts, name=opts) for opts in arguments.also_java]
    if arguments.peers:
        servers += peers.all_of(MEGABYTES)
    if arguments.limit:
        servers.append(Answer())
    return servers


def fresh_replicated(arguments):
    servers = [Cluster(2, MEGABYTES, name="ehcached"), Memcached(MEGABYTES)]
    servers += [Cluster(2, MEGABYTES, home=home, name=home.name) for home in arguments.also]
    return servers


def fill(server, arguments):
    """Sets all keys, and asks for a while, so that a JVM compiles what is hot."""
    filled = measure.load(server, preload=server.name != "answer", keys=arguments.keys, seconds=0)
    server.settle()
    print(f"  {server.name}: first answer after {server.start_seconds:.2f} s,"
          f" {arguments.keys:,} keys set in {filled['load_seconds']:.1f} s")
    if server.compiles:
        measure.by_turns([server], CASES, 1, [], progress=lambda line: None, tries=1, keys=arguments.keys, warmup=0,
                         seconds=3 if arguments.quick else 8)


def trial(servers, arguments, runs):
    """Starts all, fills them, and measures by turns; returns what was started."""
    quick = arguments.quick
    started, described = [], {}
    try:
        for server in servers:
            try:
                server.start()
                fill(server, arguments)
            except tools.Unavailable as e:
                server.stop()
                if not server.optional:
                    raise
                print(f"  {server.name} is left out: {e}")
                continue
            started.append(server)
            described[server.name] = server.describe()
        measure.by_turns(
            started, CASES, arguments.rounds or (2 if quick else 3), runs, keys=arguments.keys,
            warmup=0.3 if quick else 1, seconds=arguments.seconds or (2 if quick else 5),
            get_ratio=arguments.get_ratio,
        )
        for server in started:
            described[server.name]["resident_bytes"] = server.resident_bytes()
    finally:
        for server in started:
            server.stop()
    return described


def run(arguments, servers=fresh, what="alone", name="compare"):
    runs, described = [], {}
    trials = arguments.trials or (1 if arguments.quick else 3)
    for number in range(trials):
        print(f"trial {number + 1} of {trials}")
        described.update(trial(servers(arguments), arguments, runs))
    medians = {n: {c: measure.found(runs, n, c) for c in CASES} for n in described}
    base = {c: medians["memcached"][c][0] for c in CASES}
    ratios = {n: {c: m and [v / base[c] for v in m] for c, m in of.items()} for n, of in medians.items()}
    rows = [
        [n, *(f"{report.with_spread(m)}: **{ratios[n][c][0]:.2f}**" if m else "" for c, m in of.items())]
        for n, of in medians.items()
    ]
    title = f"Keys a second, median (least to most), and as a ratio to memcached's: {what}"
    items = f"{arguments.keys:,} items of 32 + 100 B, {arguments.get_ratio:.0%} gets, 50 connections"
    charts = [{
        "name": name, "title": f"Keys a second as a ratio to memcached's, {what}", "y": "ratio to memcached",
        "bars": {c: {n: ratios[n][c] for n in ratios if n != "answer" and ratios[n][c]} for c in CASES},
    }]
    tables = [report.table(f"{title}; {items}", ["", *CASES], rows)]
    return report.result(f"the three figures, {what}", arguments, described, runs, tables, charts, ratios=ratios)


def run_replica(arguments):
    return run(arguments, fresh_replicated, "with a live asynchronous replica on the load's core", "replica")

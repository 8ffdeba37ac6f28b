"""How throughput goes with one thing that changes: the size of values, connections, protocols, the rate asked for."""

import measure
import report
from servers import Ehcached, Memcached

MEGABYTES = 2048
VALUE_BYTES = 256 << 20  # of all items together, at the most
LARGE = 10_000  # bytes of a value from which on the heap is used once before it is measured


def pair(connections=1024, arguments=()):
    return [Ehcached(MEGABYTES, connections, arguments=arguments), Memcached(MEGABYTES, connections, arguments)]


def started(servers, runs_with):
    """Starts all, calls with them, and stops them again; returns how they were started."""
    try:
        for server in servers:
            server.start()
        runs_with()
        return {server.name: server.describe() for server in servers}
    finally:
        for server in servers:
            server.stop()


def warm(servers, arguments, **options):
    for server in servers:
        if server.compiles:
            measure.load(server, warmup=0, seconds=2 if arguments.quick else 6, **options)


def touch_heap(servers, size, **options):
    """Sets until the whole heap was used: until then each set waits for memory that the system has yet to give."""
    for server in servers:
        written = 0
        while server.compiles and written < 2 * MEGABYTES << 20:
            written += size * measure.load(server, warmup=0, seconds=2, get_ratio=0, **options)["sets"]


def turns(servers, cases, arguments, runs, **common):
    measure.by_turns(servers, cases, arguments.rounds or (1 if arguments.quick else 3), runs,
                     warmup=0.3 if arguments.quick else 1, seconds=arguments.seconds or (1 if arguments.quick else 4), **common)


def compared(title, column, points, runs, case_of, places=0, value="keys_per_second"):
    """A table of both servers at each point, with the ratio."""
    rows = []
    for point in points:
        ours, theirs = (measure.found(runs, n, case_of(point), value) for n in ("ehcached", "memcached"))
        ratio = f"{ours[0] / theirs[0]:.2f}" if ours and theirs and theirs[0] else ""
        rows.append([f"{point:,}" if isinstance(point, int) else point, report.with_spread(ours, places),
                     report.with_spread(theirs, places), ratio])
    return report.table(title, [column, "ehcached", "memcached", "ratio"], rows)


def line(runs, name, points, case_of, value="keys_per_second"):
    found = ((p, measure.found(runs, name, case_of(p), value)) for p in points)
    return [[p, *of] for p, of in found if of]


def lines(runs, points, case_of, **more):
    return {name: line(runs, name, points, case_of, **more) for name in ("ehcached", "memcached")}


def values(arguments):
    """Values of 1 B to 1 MB."""
    sizes = [1, 100, 10_000, 1_000_000] if arguments.quick else [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
    runs, described = [], {}
    for size in sizes:
        keys = max(64, min(arguments.keys, 100_000 if arguments.quick else 500_000, VALUE_BYTES // size))
        servers = pair(arguments=("-I", "2m"))
        common = {"keys": keys, "value_size": size}

        def measured(servers=servers, size=size, common=common):
            for server in servers:
                measure.load(server, preload=True, seconds=0, **common)
            if size >= LARGE:
                touch_heap(servers, size, **common)
            warm(servers, arguments, **common)
            turns(servers, {f"{size} B": {}}, arguments, runs, **common)

        described = started(servers, measured)
    title = "Keys a second by the size of values, depth 1, 50 connections"
    table = compared(title, "bytes", sizes, runs, "{} B".format)
    picture = {"name": "values", "title": title, "x": "bytes of a value", "y": "keys a second", "x_log": True,
               "y_log": True, "x_as_measured": True, "lines": lines(runs, sizes, "{} B".format)}
    return report.result("values", arguments, described, runs, [table], [picture])


def connections(arguments):
    """1 to 10,000 connections."""
    numbers = [1, 100, 10_000] if arguments.quick else [1, 10, 50, 100, 1_000, 5_000, 10_000]
    keys = min(arguments.keys, 100_000)
    runs = []
    servers = pair(max(numbers))

    def measured():
        for server in servers:
            measure.load(server, preload=True, keys=keys, seconds=0)
        warm(servers, arguments, keys=keys)
        turns(servers, {f"{n} connections": {"connections": n} for n in numbers}, arguments, runs, keys=keys)

    described = started(servers, measured)
    for run in runs:
        run["p99"] = run["get_latency_us"]["p99"]
    case_of = "{} connections".format
    titles = ["Keys a second by connections, depth 1", "p99 of a get by connections, depth 1, in microseconds"]
    tables = [compared(titles[0], "connections", numbers, runs, case_of),
              compared(titles[1], "connections", numbers, runs, case_of, value="p99")]
    shared = {"x": "connections", "x_log": True, "x_as_measured": True}
    charts = [
        {"name": "connections", "title": titles[0], "y": "keys a second", **shared, "lines": lines(runs, numbers, case_of)},
        {"name": "connections-p99", "title": titles[1], "y": "microseconds", "y_log": True, **shared,
         "lines": lines(runs, numbers, case_of, value="p99")},
    ]
    return report.result("connections", arguments, described, runs, tables, charts)


def protocols(arguments):
    """Text, meta and binary, at the depths of the three figures."""
    shapes = {"depth 1": {}, "depth 16": {"depth": 16}, "multi-get of 50": {"multiget": 50}}
    cases = {f"{p}, {s}": {"protocol": p, **options} for p in ("text", "meta", "binary") for s, options in shapes.items()}
    runs = []
    servers = pair()

    def measured():
        for server in servers:
            measure.load(server, preload=True, keys=arguments.keys, seconds=0)
            if server.compiles:
                measure.by_turns([server], cases, 1, [], progress=lambda line: None, tries=1, keys=arguments.keys,
                                 warmup=0, seconds=1 if arguments.quick else 4)
        turns(servers, cases, arguments, runs, keys=arguments.keys)

    described = started(servers, measured)
    title = f"Keys a second by protocol, {arguments.keys:,} items, 50 connections"
    table = compared(title, "", list(cases), runs, str)
    bars = {c: {n: measure.found(runs, n, c) for n in ("ehcached", "memcached")} for c in cases}
    charts = [
        {"name": f"protocols-{shape.replace(' ', '-')}", "title": f"Keys a second, {shape}", "y": "keys a second",
         "bars": {p: bars[f"{p}, {shape}"] for p in ("text", "meta", "binary")}}
        for shape in shapes
    ]
    return report.result("protocols", arguments, described, runs, [table], charts)


def latency(arguments):
    """How late answers are when requests come at a rate, whatever the server does."""
    rates = [20_000, 60_000, 100_000] if arguments.quick else [10_000, 25_000, 50_000, 75_000, 100_000, 115_000, 130_000]
    runs = []
    servers = pair()

    def measured():
        for server in servers:
            measure.load(server, preload=True, keys=arguments.keys, seconds=0)
        warm(servers, arguments, keys=arguments.keys)
        turns(servers, {f"{r}/s": {"rate": r, "depth": 16} for r in rates}, arguments, runs, keys=arguments.keys)

    described = started(servers, measured)
    tables, charts = [], []
    for quantile, words in (("p50", "p50"), ("p99", "p99"), ("p999", "p99.9")):
        for run in runs:
            run[quantile] = run["get_latency_us"][quantile]
        title = f"{words} of a get, from when it was due, at a rate of requests, in microseconds"
        tables.append(compared(title, "requests/s", rates, runs, "{}/s".format, value=quantile))
        charts.append({"name": f"latency-{quantile}", "title": title, "x": "requests a second", "y": "microseconds",
                       "y_log": True, "x_zero": True, "lines": lines(runs, rates, "{}/s".format, value=quantile)})
    return report.result("latency", arguments, described, runs, tables, charts)

"""How long a node stops its clients to collect garbage, by how much it holds and by the collector."""

import measure
import report
from items import pauses
from servers import Ehcached

GIGABYTE = 1 << 30
VALUE = 1_000  # bytes
ITEM = 1_160  # bytes, with its key and what the region keeps of it
COLLECTORS = {"parallel": "", "G1": "-XX:+UseG1GC"}
SHAPES = {"90:10, depth 1": {"get_ratio": 0.9}, "50:50, depth 16": {"get_ratio": 0.5, "depth": 16}}


def node(size, name, collector):
    """A node with room for so many gigabytes of items, and a quarter more for what was overwritten."""
    server = Ehcached(round(size * 1024 * 1.1), name=name)
    heap = round(size * 1024 * 1.25) + 256
    young = "" if collector else " -XX:MaxNewSize=96m"
    server.java_opts = f"-Xms{heap}m -Xmx{heap}m{young} {collector} -Xlog:gc:file={server.folder / 'gc.log'}".strip()
    return server


def run(arguments):
    """As many requests as it takes, for so long that all of the heap is collected if it ever is."""
    sizes = [0.25, 1] if arguments.quick else [1, 4, 16]
    seconds = arguments.seconds or (5 if arguments.quick else 30)
    runs, described, rows = [], {}, []
    for size in sizes:
        keys = int(size * GIGABYTE / ITEM)
        for name, collector in COLLECTORS.items():
            with node(size, name, collector) as server:
                measure.load(server, preload=True, keys=keys, value_size=VALUE, depth=16, seconds=0)
                described[f"{name}, {size} GB"] = server.describe()
                log = server.folder / "gc.log"
                for shape, options in SHAPES.items():
                    since = log.stat().st_size
                    result = measure.load(server, keys=keys, value_size=VALUE, seconds=seconds, warmup=2, **options)
                    stops = pauses(log, since)
                    result["pauses"] = len(stops)
                    result["pause_p50_ms"] = stops[len(stops) // 2] if stops else None
                    result["pause_max_ms"] = stops[-1] if stops else None
                    result["paused"] = round(sum(stops) / 1000 / (seconds + 2), 3)
                    runs.append({"server": name, "case": f"{size} GB, {shape}", **result})
                    print(measure.line(f"{size} GB, {shape}", name, result)
                          + f"  {len(stops)} pauses, at most {report.number(result['pause_max_ms'], 1)} ms")
                    late = result["get_latency_us"]
                    rows.append([f"{size} GB", shape, name, report.number(result["keys_per_second"]),
                                 *(report.number(late[q] / 1000, 2) for q in ("p50", "p99", "p999", "max")),
                                 result["pauses"], report.number(result["pause_p50_ms"], 1),
                                 report.number(result["pause_max_ms"], 1), f"{result['paused']:.1%}"])
    title = f"Pauses by what a node holds: values of {VALUE:,} B, 50 connections, one core, {seconds:g} s each"
    columns = ["live", "get:set", "collector", "requests/s", "get p50, ms", "p99", "p99.9", "most", "pauses", "p50, ms",
               "most, ms", "of the time"]
    tables = [report.table(title, columns, rows)]
    bars = {f"{s} GB": {n: measure.found(runs, n, f"{s} GB, 90:10, depth 1", "pause_max_ms") for n in COLLECTORS} for s in sizes}
    chart = {"name": "pauses", "title": "The longest pause, nine gets to a set", "y": "milliseconds", "bars": bars}
    return report.result("pauses", arguments, described, runs, tables, [chart])

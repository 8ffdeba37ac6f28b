"""What items cost as there are more of them: nanoseconds a request, heap, pauses, and the copy to a new node."""

import re
import subprocess
import time

import machine
import measure
import report
import tools
from cluster import Cluster
from servers import Ehcached, Memcached

PER_ITEM = 450  # bytes, generously, for the bound of the region
SHAPES = {"get": {"get_ratio": 1, "depth": 16}, "put": {"get_ratio": 0, "depth": 16}}


def megabytes(items):
    return max(64, items * PER_ITEM >> 20)


def jcmd(server, *words):
    tool = machine.java()[: -len("java")] + "jcmd"
    told = subprocess.run([tool, str(server.process.pid), *words], capture_output=True, text=True)
    if told.returncode != 0:
        raise tools.Unavailable(f"jcmd {' '.join(words)}: {told.stdout}{told.stderr}; a JDK has it")
    return told.stdout


def live_bytes(server):
    """What is reachable in the heap, after a collection of all of it; gaps that the collector left are no items."""
    told = jcmd(server, "GC.class_histogram")
    gaps = re.search(r"^\s*\d+:\s+\d+\s+(\d+)\s+\[Ljdk\.internal\.vm\.FillerElement;", told, re.MULTILINE)
    return int(re.search(r"^Total\s+\d+\s+(\d+)", told, re.MULTILINE).group(1)) - (int(gaps.group(1)) if gaps else 0)


def pauses(log, since):
    """The pauses that the collector logged after so many bytes, in milliseconds; those asked for left out."""
    text = log.read_bytes()[since:].decode()
    lines = [line for line in text.splitlines() if "Pause" in line and "Heap Inspection" not in line]
    return sorted(float(line.rsplit(" ", 1)[1][:-2]) for line in lines if line.endswith("ms"))


def measured_one(server, items, arguments, runs):
    """Fills a server, overwrites all once, then gets and puts."""
    quick = arguments.quick
    log = server.folder / "gc.log"
    empty = live_bytes(server) if server.compiles else server.resident_bytes()
    filled = measure.load(server, preload=True, keys=items, seconds=0)
    measure.load(server, preload=True, keys=items, seconds=0)
    held = live_bytes(server) if server.compiles else server.resident_bytes()
    if server.compiles:
        for shape in SHAPES.values():
            measure.load(server, keys=items, warmup=0, seconds=1 if quick else 5, **shape)
    since = log.stat().st_size if log.exists() else 0
    for turn in range(1 if quick else 3):
        for name, shape in SHAPES.items():
            result = measure.undisturbed(server, 3, keys=items, warmup=0.3, seconds=1 if quick else 4, **shape)
            result["ns"] = result["server_cpu"] / result["requests_per_second"] * 1e9
            runs.append({"server": server.name, "case": f"{name} {items}", "round": turn, **result})
            print(measure.line(f"{name}, {items:,} items", server.name, result))
    paused = pauses(log, since) if log.exists() else []
    return {
        "items": items, "server": server.name, "bytes_an_item": round((held - empty) / items, 1),
        "fill_seconds": filled["load_seconds"],
        "pause_p99_ms": paused[int(len(paused) * 0.99)] if paused else None,
        "pause_max_ms": paused[-1] if paused else None, "pauses": len(paused),
    }


def copied(items, arguments):
    """How long a node takes from its start until it has all that its peer has, and answers."""
    cluster = Cluster(2, megabytes(items))
    try:
        cluster.nodes[0].start()
        measure.load(cluster.nodes[0], preload=True, keys=items, seconds=0)
        cluster.nodes[1].start()
        begun = time.monotonic()
        cluster.settle()
        return round(cluster.nodes[1].start_seconds + time.monotonic() - begun, 2)
    finally:
        cluster.stop()


def run(arguments):
    numbers = [10_000, 100_000] if arguments.quick else [10_000, 100_000, 1_000_000, 10_000_000]
    runs, described, facts = [], {}, []
    for items in numbers:
        ours = Ehcached(megabytes(items))
        ours.java_opts = f"-Xlog:gc:file={ours.folder / 'gc.log'}"
        for server in (ours, Memcached(megabytes(items))):
            with server:
                facts.append(measured_one(server, items, arguments, runs))
                described[server.name] = server.describe()
        facts[-2]["copy_seconds"] = copied(items, arguments)
        print(f"  {items:,} items: {facts[-2]}")
    return report.result("items", arguments, described, runs, tables(numbers, runs, facts), charts(numbers, runs, facts),
                         facts=facts)


def tables(numbers, runs, facts):
    columns = ["items", "server", "get, ns of CPU", "put, ns of CPU", "bytes an item", "all set in, s", "pauses: p99, ms",
               "pauses: most, ms", "a new node has all after, s"]
    rows = []
    for fact in facts:
        ns = [measure.found(runs, fact["server"], f"{shape} {fact['items']}", "ns") for shape in SHAPES]
        rows.append([f"{fact['items']:,}", fact["server"], *(report.with_spread(n) for n in ns), fact["bytes_an_item"],
                     fact["fill_seconds"], report.number(fact["pause_p99_ms"], 1), report.number(fact["pause_max_ms"], 1),
                     report.number(fact.get("copy_seconds"), 1)])
    title = ("Items of 32 B key and 100 B value, each overwritten once; CPU of a request at depth 16; bytes are of live heap,"
             " with memcached resident memory")
    return [report.table(title, columns, rows)]


def charts(numbers, runs, facts):
    shared = {"x": "items", "x_log": True, "x_as_measured": True}
    cpu = {}
    for name in ("ehcached", "memcached"):
        for shape in SHAPES:
            points = ((n, measure.found(runs, name, f"{shape} {n}", "ns")) for n in numbers)
            cpu[f"{name}, {shape}"] = [[n, *found] for n, found in points if found]
    of = {name: [[f["items"], f["bytes_an_item"]] for f in facts if f["server"] == name] for name in ("ehcached", "memcached")}
    return [
        {"name": "items-cpu", "title": "CPU of a get and of a put at depth 16", "y": "nanoseconds", **shared, "lines": cpu},
        {"name": "items-memory", "title": "Memory an item, overwritten once", "y": "bytes", **shared, "lines": of},
    ]

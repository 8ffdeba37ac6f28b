"""A region that is full: what a put of a new key costs there, and how many gets still find something."""

import measure
import report
from servers import Ehcached, Memcached

KEYS = 4_000_000_000
NEW = {"keys": KEYS, "distribution": "sequential", "get_ratio": 0, "depth": 16}


def fill(server, items):
    measure.load(server, keys=items, preload=True, seconds=0)


class Puts:
    """New keys one after the other, each run going on where the last one ended."""

    def __init__(self, server, items):
        self.server = server
        self.next = items

    def measure(self, seconds):
        result = measure.load(self.server, warmup=0, seconds=seconds, first=self.next, **NEW)
        self.next += int(result["sets"] * 1.2) + 100_000
        result["ns"] = result["server_cpu"] / result["requests_per_second"] * 1e9
        return result


def run(arguments):
    items = 100_000 if arguments.quick else 1_000_000
    seconds = arguments.seconds or (1 if arguments.quick else 3)
    times = arguments.rounds or (2 if arguments.quick else 5)
    # With room for all that can be put meanwhile, the time to become fast included.
    room = items + int((times + 2) * seconds * 1_500_000)
    heap = ("--heap", f"{max(2, room * 500 >> 30)}g")
    servers = {
        "LRU, full": lambda: Ehcached(0, items=items, policy="LRU", arguments=heap, name="LRU, full"),
        "CLOCK, full": lambda: Ehcached(0, items=items, policy="CLOCK", arguments=heap, name="CLOCK, full"),
        "LRU, with room": lambda: Ehcached(0, items=room, policy="LRU", arguments=heap, name="LRU, with room"),
        "CLOCK, with room": lambda: Ehcached(0, items=room, policy="CLOCK", arguments=heap, name="CLOCK, with room"),
        "memcached, full": lambda: Memcached(max(16, items * 200 >> 20)),
        "memcached, with room": lambda: Memcached(room * 250 >> 20),
    }
    runs, described = [], {}
    for name, make in servers.items():
        with make() as server:
            fill(server, items)
            puts = Puts(server, items)
            puts.measure(2 * seconds)
            for turn in range(times):
                result = puts.measure(seconds)
                runs.append({"server": name, "case": "put", "round": turn, **result})
            stats = server.stats()
            described[name] = {**server.describe(), "evictions": stats["evictions"], "curr_items": stats["curr_items"]}
            print(measure.line(name, server.name, result) + f"  {stats['evictions']} evicted")
    rows = []
    for name in servers:
        found = measure.found(runs, name, "put", "ns")
        beside = measure.found(runs, name.replace("full", "with room"), "put", "ns")
        rows.append([name, report.with_spread(found), f"{found[0] / beside[0]:.2f}" if "full" in name else "",
                     described[name]["evictions"]])
    title = f"A put of a new key, {items:,} items in a full region: CPU in ns, median (least to most)"
    bars = {
        kind: {state: measure.found(runs, f"{kind}, {state}", "put", "ns") for state in ("full", "with room")}
        for kind in ("LRU", "CLOCK", "memcached")
    }
    picture = {"name": "full", "title": "CPU of a put of a new key", "y": "nanoseconds", "bars": bars}
    tables = [report.table(title, ["", "ns", "to one with room", "evicted meanwhile"], rows)]
    return report.result("full", arguments, described, runs, tables, [picture])


WORKLOADS = {
    "zipf 0.9": {"distribution": "zipf:0.9"},
    "zipf 1.0": {"distribution": "zipf:1.0"},
    "zipf 0.9 and a scan": {"distribution": "zipf:0.9", "scan": 0.2},
}


def hit_ratio(server, keys, seconds, options):
    """Of gets that set what they miss, from when the region has long been full."""
    result = measure.load(server, keys=keys, depth=16, get_ratio=1, fill=True, warmup=seconds, seconds=seconds, **options)
    result["hit_ratio"] = result["hits"] / result["keys_got"]
    asked = result["keys_got"] - result["scan_keys_got"]
    result["hit_ratio_unscanned"] = (result["hits"] - result["scan_hits"]) / asked
    result.update({name: int(server.stats()[name]) for name in ("curr_items", "evictions")})
    return result


def run_hits(arguments):
    """memcached tells how many items its memory takes; the regions get as many."""
    seconds = arguments.seconds or (2 if arguments.quick else 20)
    megabytes = 16 if arguments.quick else 64
    runs, described = [], {}
    for case, options in WORKLOADS.items():
        with Memcached(megabytes) as server:
            # So many that it is full, and then counted.
            fill(server, megabytes * 8_000)
            items = int(server.stats()["curr_items"])
            options = {**options, **({"scan": f"{options['scan']}:{items * 10}"} if "scan" in options else {})}
            server.ask("flush_all", b"OK\r\n")
            measured = [("memcached", hit_ratio(server, items * 10, seconds, options))]
            described["memcached"] = server.describe()
        for policy in ("CLOCK", "LRU"):
            with Ehcached(0, items=items, policy=policy) as server:
                measured.append((policy, hit_ratio(server, items * 10, seconds, options)))
                described[policy] = server.describe()
        for name, result in measured:
            runs.append({"server": name, "case": case, "items": items, **result})
            print(f"  {case:<22} {name:<10} {result['hit_ratio']:.2%} of {result['keys_got']:,} gets,"
                  f" {result['curr_items']:,} items, {result['evictions']:,} evicted")
    names = ("memcached", "CLOCK", "LRU")
    rows = []
    for case in WORKLOADS:
        row = [case, f"{next(r['items'] for r in runs if r['case'] == case):,}"]
        base = measure.found(runs, "memcached", case, "hit_ratio")[0]
        for name in names:
            ratio = measure.found(runs, name, case, "hit_ratio")[0]
            row.append(f"{ratio:.2%}" + (f" ({(ratio - base) * 100:+.2f})" if name != "memcached" else ""))
        rows.append(row)
    title = "Gets that found something, ten times as many keys as items, what was missed set (and points more than memcached)"
    bars = {case: {n: [measure.found(runs, n, case, "hit_ratio")[0] * 100] for n in names} for case in WORKLOADS}
    picture = {"name": "hits", "title": "Hit ratio at the same number of items", "y": "%", "bars": bars}
    tables = [report.table(title, ["", "items", *names], rows)]
    return report.result("hits", arguments, described, runs, tables, [picture])

"""The three figures: depth 1, depth 16, and gets of 50 keys, beside memcached."""

import measure
from machine import describe
from servers import Answer, Ehcached, Memcached

CASES = {"depth 1": {}, "depth 16": {"depth": 16}, "multi-get of 50": {"multiget": 50}}
KEYS = 1_000_000
MEGABYTES = 1024


def fresh(arguments):
    """The servers of one trial, none of them started."""
    servers = [Ehcached(MEGABYTES), Memcached(MEGABYTES)]
    servers += [Ehcached(MEGABYTES, home=home, name=home.name) for home in arguments.also]
    servers += [Ehcached(MEGABYTES, java_opts=opts, name=opts) for opts in arguments.also_java]
    if arguments.limit:
        servers.append(Answer())
    return servers


def trial(servers, arguments, runs):
    """Starts all, fills them, lets the JVM compile what is hot, and measures by turns."""
    quick = arguments.quick
    found = {}
    started = []
    try:
        for server in servers:
            server.start()
            started.append(server)
            print(f"  {server.name}: first answer after {server.start_seconds:.2f} s")
            filled = measure.load(server, preload=server.name != "answer", keys=arguments.keys, seconds=0)
            print(f"  {server.name}: {arguments.keys:,} keys set in {filled['load_seconds']:.1f} s")
            found[server.name] = server.describe()
            if isinstance(server, Ehcached):
                for case in CASES.values():
                    measure.load(server, keys=arguments.keys, warmup=0, seconds=2 if quick else 5, **case)
        measure.by_turns(
            started, CASES, arguments.rounds or (2 if quick else 3), runs, keys=arguments.keys,
            warmup=0.3 if quick else 1, seconds=arguments.seconds or (2 if quick else 5),
            get_ratio=arguments.get_ratio,
        )
        for server in started:
            found[server.name]["resident_bytes"] = server.resident_bytes()
    finally:
        for server in started:
            server.stop()
    return found


def run(arguments):
    runs, found = [], {}
    trials = arguments.trials or (1 if arguments.quick else 3)
    for number in range(trials):
        print(f"trial {number + 1} of {trials}")
        found.update(trial(fresh(arguments), arguments, runs))
    names = list(found)
    medians = {n: {c: measure.median(runs, n, c) for c in CASES} for n in names}
    ratios = {n: {c: round(medians[n][c] / medians["memcached"][c], 3) for c in CASES} for n in names}
    return {
        "what": "the three figures", "command": arguments.command, "machine": describe(), "servers": found,
        "keys": arguments.keys, "medians": medians, "ratios": ratios, "runs": runs,
    }


def show(result):
    print(f"\nkeys a second, median (least to most), and as a ratio to memcached's; {result['keys']:,} keys\n")
    print("| | " + " | ".join(CASES) + " |")
    print("|---|" + "---|" * len(CASES))
    for name, values in result["medians"].items():
        cells = []
        for case in CASES:
            low, high = measure.spread(result["runs"], name, case)
            ratio = result["ratios"][name][case]
            cells.append(f"{values[case]:,.0f} ({low:,} to {high:,}): **{ratio:.2f}**")
        print(f"| {name} | " + " | ".join(cells) + " |")

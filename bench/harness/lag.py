"""How late a put is seen on the other node of a pair, at a few writes a second and at more."""

import json

import measure
import report
from cluster import Cluster
from items import pauses

MEGABYTES = 256  # as in the ehcache.xml that is shipped
KEYS = 200_000
RATES = (1_000, 5_000)
WARM = 15  # seconds at the highest rate, before anything is looked at
TRIES, DISTURBED = 3, 0.15  # of a core; those that look take a part of it
HOT = 10  # seconds at full speed: all of the heap was used by then
FRESH, USED = "started just now", "all of the heap used"
COLUMNS = {"lag_p50": "p50, ms", "lag_p99": "p99, ms", "lag_max": "most, ms", "answered_p99": "put answered: p99, ms",
           "collections": "young collections", "longest": "the longest, ms"}


def pairs(arguments):
    """Pairs of this checkout, of others, and with other options for the JVM; none of them started."""
    also = [{"home": home, "name": home.name} for home in arguments.also]
    also += [{"java_opts": options, "name": options} for options in arguments.also_java]
    return [logged(Cluster(2, MEGABYTES, pinned=False, **more)) for more in [{"name": "ehcached"}, *also]]


def logged(pair):
    for node in pair.nodes:
        node.java_opts += f" -Xlog:gc:file={node.folder / 'gc.log'}"
    return pair


def write(pair, keys, seconds, **more):
    return measure.load(pair, keys=keys, warmup=0, seconds=seconds, get_ratio=0, depth=16, **more)


def look(pair, keys, rate, seconds):
    """Writes come evenly at the rate, whatever the nodes do, while some puts are looked for on the other node."""
    write(pair, keys, 3, rate=rate)
    logs = [node.folder / "gc.log" for node in pair.nodes]
    since = [log.stat().st_size for log in logs]
    looking = pair.lag(seconds)
    others = write(pair, keys, seconds, rate=rate)["others_cpu"]
    told = json.loads(looking.communicate()[0])
    stops = [stop for log, at in zip(logs, since) for stop in pauses(log, at)]
    seen = told["seen"]
    return {"lag_us": seen, "answered_us": told["answered"], "lag_p50": seen["p50"] / 1e3, "lag_p99": seen["p99"] / 1e3,
            "lag_max": seen["max"] / 1e3, "answered_p99": told["answered"]["p99"] / 1e3, "collections": len(stops),
            "longest": max(stops, default=0), "others_cpu": others}


def undisturbed(pair, keys, rate, seconds):
    """The first of three looks that nothing else took the cores from, or the one with the least taken."""
    taken = []
    while len(taken) < TRIES:
        taken.append(look(pair, keys, rate, seconds))
        if taken[-1]["others_cpu"] <= DISTURBED:
            break
    return min(taken, key=lambda one: one["others_cpu"])


def rounds(arguments, started, keys, state, runs):
    seconds = arguments.seconds or (5 if arguments.quick else 20)
    for round_ in range(arguments.rounds or (1 if arguments.quick else 3)):
        for rate in [arguments.rate] if arguments.rate else RATES:
            for pair in started:
                found = undisturbed(pair, keys, rate, seconds)
                runs.append({"server": pair.name, "case": f"{rate:,} a second, {state}", "round": round_, **found})
                print(f"  {pair.name}: {runs[-1]['case']}: p50 {found['lag_p50']:.2f}, p99 {found['lag_p99']:.2f}, most"
                      f" {found['lag_max']:.1f} ms; {found['collections']} collections, the longest {found['longest']:.1f} ms;"
                      f" others took {found['others_cpu']:.0%} of a core")


def run(arguments):
    keys = min(arguments.keys, KEYS)
    started, described, runs = pairs(arguments), {}, []
    try:
        for pair in started:
            pair.start()
            measure.load(pair, preload=True, keys=keys, seconds=0)
            write(pair, keys, WARM, rate=max(RATES))
            pair.settle()
            described[pair.name] = pair.describe()
        rounds(arguments, started, keys, FRESH, runs)
        for pair in started:
            write(pair, keys, HOT)
            pair.settle()
        rounds(arguments, started, keys, USED, runs)
    finally:
        for pair in started:
            pair.stop()
    cases = list(dict.fromkeys(r["case"] for r in runs))
    rows = [[case, pair, *(report.with_spread(measure.found(runs, pair, case, value), 0 if value == "collections" else 2)
                           for value in COLUMNS)] for case in cases for pair in described]
    title = ("A put of 100 B on one node until it is seen on the other, while writes come evenly on 50 connections; both nodes,"
             " load and looking share all cores as the kernel likes")
    return report.result("lag", arguments, described, runs, [report.table(title, ["writes", "", *COLUMNS.values()], rows)], [])

"""bench/run: what to measure, and where the figures go."""

import argparse
import json
import sys
import time
from pathlib import Path

import compare
import tools

SERIES = {"compare": compare}


def parse(words):
    parser = argparse.ArgumentParser(
        prog="bench/run",
        description="Measures a node beside Debian's memcached, one core for the server and the other for the load.",
    )
    parser.add_argument("series", nargs="*", default=["compare"], metavar="SERIES",
                        help=f"what to measure: {', '.join(SERIES)} (default: compare)")
    parser.add_argument("--quick", action="store_true", help="a minute or two of less work; to see how things stand")
    parser.add_argument("--keys", type=int, default=compare.KEYS, help="how many items there are (default: 1000000)")
    parser.add_argument("--get-ratio", type=float, default=0.9, help="share of the requests that are gets (0.9)")
    parser.add_argument("--trials", type=int, help="how often all servers are started anew")
    parser.add_argument("--rounds", type=int, help="how often servers take turns in a trial")
    parser.add_argument("--seconds", type=float, help="how long each run is")
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


def save(name, result):
    tools.RESULTS.mkdir(parents=True, exist_ok=True)
    path = tools.RESULTS / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
    return path


def main(words):
    arguments = parse(words)
    try:
        tools.need("taskset", "util-linux")
        tools.build_load()
        for home in [tools.HOME, *arguments.also]:
            tools.build_node(home)
        for name in arguments.series:
            series = SERIES[name]
            result = series.run(arguments)
            path = save(name, result)
            series.show(result)
            print(f"\nsaved as {path}")
    except tools.Unavailable as e:
        tools.fail(e)


if __name__ == "__main__":
    main(sys.argv[1:])

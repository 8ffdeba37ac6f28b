"""Runs the load against servers by turns, and says what is in the middle."""

import json
import statistics
import subprocess
import sys

import tools

DISTURBED = 0.05


def load(server, **options):
    """One run of the load; options are those of its command line, with True for those without a value."""
    command = ["taskset", "-c", str(tools.cores()[1]), str(tools.LOAD), "--connect", f"127.0.0.1:{server.port}"]
    for pid in server.pids():
        command += ["--server-pid", str(pid)]
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        command += [] if value in (None, False) else [flag] if value is True else [flag, str(value)]
    told = subprocess.run(command, capture_output=True, text=True)
    if told.returncode != 0:
        raise tools.Unavailable(f"{server.name}: {' '.join(command)}\n{told.stderr.strip()}")
    result = json.loads(told.stdout)
    if result.get("errors"):
        print(f"  {server.name}: {result['errors']} errors, the first: {result.get('first_error')}", file=sys.stderr)
    if "core_busy" in result:
        others = sum(result["core_busy"]) - result["load_cpu"] - result["server_cpu"]
        result["others_cpu"] = round(max(0, others), 3)
    return result


def by_turns(servers, cases, rounds, runs, progress=print, **common):
    """Measures each case with each server in turn, A B A B, and appends what was found to runs."""
    for case, options in cases.items():
        for turn in range(rounds):
            for server in servers:
                if options.get("protocol", "text") not in server.protocols:
                    continue
                result = load(server, **{**common, **options})
                runs.append({"server": server.name, "case": case, "round": turn, **result})
                progress(line(case, server.name, result))


def line(case, server, result):
    got, put = result["get_latency_us"], result["set_latency_us"]
    p99 = max(got["p99"], put["p99"])
    disturbed = f"  others took {result['others_cpu']:.0%} of a core" if result["others_cpu"] > DISTURBED else ""
    return (
        f"  {case:<22} {server:<14} {result['keys_per_second']:>10,} keys/s  p99 {p99:>9,.0f} us"
        f"  cpu: server {result['server_cpu']:.0%} load {result['load_cpu']:.0%}{disturbed}"
    )


def median(runs, server, case, value="keys_per_second"):
    found = [run[value] for run in runs if run["server"] == server and run["case"] == case]
    return statistics.median(found) if found else None


def spread(runs, server, case, value="keys_per_second"):
    found = [run[value] for run in runs if run["server"] == server and run["case"] == case]
    return (min(found), max(found)) if found else None

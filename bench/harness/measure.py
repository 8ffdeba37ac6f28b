"""Runs the load against servers by turns, and says what is in the middle."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import tools

# How much of a core may go to others before a run is taken again.
DISTURBED = 0.05


def load(server, **options):
    """One run of the load; options are those of its command line, with True for those without a value."""
    command = ["taskset", "-c", str(server.load_core), str(tools.LOAD), "--connect", f"127.0.0.1:{server.port}"]
    for pid in server.pids():
        command += ["--server-pid", str(pid)]
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        # 0 is a value as well, and equal to False.
        command += [] if value is None or value is False else [flag] if value is True else [flag, str(value)]
    begun, before = time.monotonic(), companions(server)
    told = subprocess.run(command, capture_output=True, text=True)
    beside = (companions(server) - before) / (time.monotonic() - begun)
    if told.returncode != 0:
        raise tools.Unavailable(f"{server.name}: {' '.join(command)}\n{told.stderr.strip()}")
    result = json.loads(told.stdout)
    if result.get("errors"):
        print(f"  {server.name}: {result['errors']} errors, the first: {result.get('first_error')}", file=sys.stderr)
    if "core_busy" in result:
        result["companions_cpu"] = round(beside, 3)
        others = sum(result["core_busy"]) - result["load_cpu"] - result["server_cpu"] - beside
        result["others_cpu"] = round(max(0, others), 3)
    return result


def undisturbed(server, tries, **options):
    """The first of some runs that nothing else took the cores from, or the one with the least taken."""
    taken = []
    while len(taken) < tries:
        taken.append(load(server, **options))
        if taken[-1]["others_cpu"] <= DISTURBED:
            break
    return min(taken, key=lambda run: run["others_cpu"])


def companions(server):
    """CPU seconds so far of processes that belong to the server and are not counted as it: replicas."""
    return sum(cpu_seconds(pid) for pid in server.companions())


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def by_turns(servers, cases, rounds, runs, progress=print, tries=3, **common):
    """Measures each case with each server in turn, A B A B, and appends what was found to runs."""
    for case, options in cases.items():
        for turn in range(rounds):
            for server in servers:
                if options.get("protocol", "text") not in server.protocols:
                    continue
                try:
                    result = undisturbed(server, tries, **{**common, **options})
                except tools.Unavailable as e:
                    if not server.optional:
                        raise
                    progress(f"  {case:<22} {server.name:<14} left out: {str(e).splitlines()[-1]}")
                    continue
                runs.append({"server": server.name, "case": case, "round": turn, **result})
                progress(line(case, server.name, result))


def line(case, server, result):
    got, put = result["get_latency_us"], result["set_latency_us"]
    p99 = max(got["p99"], put["p99"])
    disturbed = f"  others took {result['others_cpu']:.0%} of a core" if result["others_cpu"] > DISTURBED else ""
    rate = result["keys_per_second"]
    return (
        f"  {case:<22} {server:<14} {rate:>10,} keys/s  p99 {p99:>9,.0f} us"
        f"  cpu: server {result['server_cpu']:.0%} load {result['load_cpu']:.0%}{disturbed}"
    )


def middle(values):
    """The median, the least and the most, or None where there is nothing."""
    values = list(values)
    return (statistics.median(values), min(values), max(values)) if values else None


def found(runs, server, case, value="keys_per_second"):
    return middle(run[value] for run in runs if run["server"] == server and run["case"] == case)

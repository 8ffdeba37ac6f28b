"""From the start of the process to its first answer."""

import measure
import report
import tools
from servers import Ehcached, Memcached


def run(arguments):
    times = arguments.trials or (3 if arguments.quick else 11)
    all_cores = ",".join(str(core) for core in sorted(set(tools.cores())))
    runs, described = [], {}
    for words, core in (("one core", tools.cores()[0]), ("all cores", all_cores)):
        for turn in range(times):
            for server in (Ehcached(256, core=core), Memcached(256, core=core)):
                with server:
                    runs.append({"server": server.name, "case": words, "round": turn, "seconds": server.start_seconds})
                    described[server.name] = server.describe()
    cases = ("one core", "all cores")
    rows = []
    for name in described:
        found = [measure.found(runs, name, case, "seconds") for case in cases]
        rows.append([name, *(report.with_spread(f, 2) for f in found)])
        print(f"  {name}: " + ", ".join(f"{c} {f[0]:.2f} s" for c, f in zip(cases, found)))
    title = f"Start to first answer, seconds, median of {times} (least to most)"
    return report.result("start", arguments, described, runs, [report.table(title, ["", *cases], rows)], [])

"""What a series found: tables to read, pictures to look at, and the runs behind them."""

import json
import shutil
import time

import chart
import tools
from machine import describe


def result(what, arguments, servers, runs, tables, charts, **more):
    return {
        "what": what, "command": arguments.command, "machine": describe(), "servers": servers, **more,
        "tables": tables, "charts": charts, "runs": runs,
    }


def table(title, columns, rows):
    return {"title": title, "columns": columns, "rows": rows}


def number(value, places=0):
    return "" if value is None else f"{value:,.{places}f}"


def with_spread(found, places=0):
    """A median with the least and the most: found is (median, least, most), or None."""
    if found is None:
        return ""
    return f"{number(found[0], places)} ({number(found[1], places)} to {number(found[2], places)})"


def show(found):
    for one in found["tables"]:
        print(f"\n{one['title']}\n")
        print("| " + " | ".join(one["columns"]) + " |")
        print("|" + "---|" * len(one["columns"]))
        for row in one["rows"]:
            print("| " + " | ".join(str(cell) for cell in row) + " |")


def save(name, found, to_docs):
    """Writes JSON and pictures to a folder of their own, and those to be shown to docs/performance."""
    folder = tools.RESULTS / f"{time.strftime('%Y%m%d-%H%M%S')}-{name}"
    folder.mkdir(parents=True)
    (folder / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n")
    for one in found["charts"]:
        (folder / f"{one['name']}.svg").write_text(chart.draw(one))
    if to_docs:
        docs = tools.HOME / "docs" / "performance"
        docs.mkdir(exist_ok=True)
        for file in folder.glob("*.svg"):
            shutil.copy(file, docs)
        shown = {**found, "runs": [brief(run) for run in found["runs"]]}
        (docs / f"{name}.json").write_text(json.dumps(shown, indent=1) + "\n")
    return folder


def brief(run):
    return {name: value for name, value in run.items() if not isinstance(value, (list, dict)) or "latency" in name}

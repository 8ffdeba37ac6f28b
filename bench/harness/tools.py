"""What is built and looked up before anything can be measured."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
BUILT = HOME / "target" / "bench"
RESULTS = HOME / "bench" / "results"
LOAD = BUILT / "load"
ANSWER = BUILT / "answer"
LAG = BUILT / "lag"
SOURCES = HOME / "bench" / "load"


class Unavailable(Exception):
    """Something that is to be measured cannot be; the message says why, and what would help."""


def fail(message):
    print(f"bench/run: {message}", file=sys.stderr)
    sys.exit(1)


def need(program, package):
    path = shutil.which(program)
    if path is None:
        raise Unavailable(f"{program} is not there; install {package}")
    return path


def newest(*roots):
    files = [f for root in roots for f in ([root] if root.is_file() else root.rglob("*")) if f.is_file()]
    return max((f.stat().st_mtime for f in files), default=0)


PROGRAMS = {
    LOAD: ["main", "client", "wire", "keys", "options", "usage", "histogram"],
    ANSWER: ["answer"],
    LAG: ["lag", "histogram"],
}
FLAGS = ["-std=gnu11", "-O2", "-march=native", "-Wall", "-Wextra", "-Wconversion", "-Werror"]


def build_load():
    """Compiles the load and its helpers, if their sources are newer."""
    compiler = need("gcc", "gcc and libc6-dev")
    BUILT.mkdir(parents=True, exist_ok=True)
    for program, parts in PROGRAMS.items():
        if program.exists() and program.stat().st_mtime > newest(SOURCES):
            continue
        sources = [str(SOURCES / f"{part}.c") for part in parts]
        subprocess.run([compiler, *FLAGS, "-o", str(program), *sources, "-lm"], check=True)


def build_node(home=HOME):
    """Builds the jar, unless there is one that is newer than all it is made of."""
    jar = home / "target" / "ehcached.jar"
    if jar.exists() and jar.stat().st_mtime > newest(home / "src" / "main", home / "pom.xml"):
        return
    told = subprocess.run(
        [need("mvn", "maven"), "-B", "-q", "-DskipTests", "package"], cwd=home, capture_output=True, text=True
    )
    if told.returncode != 0:
        fail(f"{home} cannot be built:\n{told.stdout}{told.stderr}")


def cores():
    """The core of the servers, and that of the load; the same one where there is no other."""
    allowed = sorted(os.sched_getaffinity(0))
    return (allowed[-1], allowed[0])


def every_core():
    """All cores, as taskset writes them: for what is to share them as the kernel likes."""
    return ",".join(str(core) for core in sorted(os.sched_getaffinity(0)))

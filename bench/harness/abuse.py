"""How long a client waits that asks for one thing at a time, while others take all they can."""

import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

import report
import tools
from abusers import PIPELINE
from servers import Ehcached, Memcached

MAX_MS = 50  # in which 99 of 100 gets are to be answered, whatever others do
CONNECTIONS = 10_000
SPARE_FILES = 2_000
MEGABYTES = 64
WARMUP = 3  # seconds


def servers(connections):
    most = ["-b", "4096"]
    for transport in ("io_uring", "epoll", "nio"):
        name = f"ehcached, {transport}"
        yield Ehcached(MEGABYTES, connections + 1000, name=name, arguments=[*most, "-m", str(MEGABYTES), "--transport", transport])
    yield Memcached(MEGABYTES, connections + 1000, arguments=most)


def waits(port, seconds):
    """Asks for a value again and again; returns how long each answer took in ms, in order."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.sendall(b"set probe 0 0 5\r\nvalue\r\n")
        client.recv(100)
        found = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begun = time.perf_counter()
            client.sendall(b"get probe\r\n")
            answer = b""
            while not answer.endswith(b"END\r\n"):
                more = client.recv(100)
                if not more:
                    raise ConnectionError("closed")
                answer += more
            found.append((time.perf_counter() - begun) * 1000)
        return sorted(found)


def measure(server, clients, seconds):
    """Lets so many clients and more loose on a server, or none; returns what the client saw that is measured."""
    if clients is None:
        return waits(server.port, seconds)
    command = ["taskset", "-c", str(server.load_core), sys.executable, str(Path(__file__).with_name("abusers.py")),
               str(server.port), str(clients)]
    others = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        if not others.stdout.readline():
            raise tools.Unavailable(f"the clients of {server.name} came to an end")
        waits(server.port, WARMUP)  # a JVM compiles while it runs
        return waits(server.port, seconds)
    except ConnectionError as e:
        raise tools.Unavailable(
            f"{server.name} closed the connection of a client that did nothing wrong:\n{server.log.read_text()[-2000:]}"
        ) from e
    finally:
        others.kill()
        others.wait()


def described(found):
    return {
        "gets": len(found),
        **{f"p{q}_ms": found[int(len(found) * q / 100)] for q in (50, 99)},
        "most_ms": found[-1],
    }


def run(arguments):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    connections = min(1_000 if arguments.quick else CONNECTIONS, most - SPARE_FILES)
    cases = {"nobody": None, "pipelines": 0, "all": connections}
    seconds = arguments.seconds or 10
    runs, started, rows, slow = [], {}, [], []
    for turn in range(arguments.rounds or 1):
        for server in servers(connections):
            with server:
                started[server.name] = server.describe()
                waits(server.port, WARMUP)
                for case, clients in cases.items():
                    result = described(measure(server, clients, seconds))
                    result["resident_mb"] = server.resident_bytes() / 1e6
                    runs.append({"server": server.name, "case": case, "round": turn, **result})
                    rows.append([server.name, case, report.number(result["gets"]),
                                 *(report.number(result[n], 2) for n in ("p50_ms", "p99_ms", "most_ms")),
                                 report.number(result["resident_mb"])])
                    print("  " + ", ".join(rows[-1]))
                    if isinstance(server, Ehcached) and result["p99_ms"] > MAX_MS:
                        slow.append(f"{server.name}, {case}: {result['p99_ms']:.0f} ms")
    title = (f"A client's gets while nobody else asks for anything, while four write {PIPELINE:,} gets at a time,"
             f" and while these, {connections:,} others and more take all they can: ms, {seconds:g} s each")
    tables = [report.table(title, ["", "others", "gets", "p50", "p99", "most", "resident, MB"], rows)]
    failed = f"a get took more than {MAX_MS} ms in one of 100 cases: {', '.join(slow)}" if slow else None
    return report.result("abuse", arguments, started, runs, tables, [], failed=failed)

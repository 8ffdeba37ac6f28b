"""Nodes of ours that replicate to each other asynchronously; the first serves, and what is measured is it."""

import subprocess
import time

import measure
import tools
from servers import Ehcached, free_port

PATIENCE = 120


class Cluster:
    """Two nodes or more. The first has the server's core and the others that of the load; or all share all cores with it."""

    compiles = True
    optional = False
    protocols = Ehcached.protocols

    def __init__(self, number, megabytes, name=None, pinned=True, **more):
        self.name = name or f"{number} nodes"
        ports = [free_port() for _ in range(number)]
        server, load = tools.cores() if pinned else [tools.every_core()] * 2
        self.load_core = load
        self.nodes = [
            Ehcached(megabytes, core=load if i else server, rmi_port=port, name=f"{self.name}, node {i + 1}",
                     peers=[p for p in ports if p != port], **more)
            for i, port in enumerate(ports)
        ]

    @property
    def port(self):
        return self.nodes[0].port

    @property
    def start_seconds(self):
        return self.nodes[0].start_seconds

    def start(self):
        try:
            for node in self.nodes:
                node.start()
        except tools.Unavailable:
            self.stop()
            raise
        return self

    def stop(self):
        # All at once: a node that stops hands over to those that are still there.
        for node in self.nodes:
            if node.process:
                node.process.terminate()
        for node in self.nodes:
            node.stop()

    def pids(self):
        """Of the one that serves: what the others take is the load's core."""
        return self.nodes[0].pids()

    def companions(self):
        return [node.process.pid for node in self.nodes[1:]]

    def settle(self):
        """Waits until all nodes have what the first has; returns how long that took, in seconds."""
        begun = time.monotonic()
        while True:
            pending = [v for n, v in self.nodes[0].stats("replication").items() if n.endswith("pending")]
            items = {node.stats()["curr_items"] for node in self.nodes}
            if len(items) == 1 and all(p == "0" for p in pending):
                return time.monotonic() - begun
            if time.monotonic() > begun + PATIENCE:
                raise tools.Unavailable(f"{self.name}: not the same items within {PATIENCE} s: {items}, pending {pending}")
            time.sleep(0.02)

    def cpu_seconds(self):
        return [measure.cpu_seconds(node.process.pid) for node in self.nodes]

    def lag(self, seconds):
        """Starts to look how long puts take to the other nodes; to be waited for."""
        ports = [str(node.port) for node in self.nodes]
        return subprocess.Popen(["taskset", "-c", str(self.load_core), str(tools.LAG), str(seconds), *ports],
                                stdout=subprocess.PIPE, text=True)

    def resident_bytes(self):
        return self.nodes[0].resident_bytes()

    def describe(self):
        return {**self.nodes[0].describe(), "nodes": len(self.nodes)}

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

"""The servers that are measured: how each is started on its core, found, and stopped."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import tools

PATIENCE = 60


class Server:
    """A process that answers memcached's protocol, pinned to a core."""

    name = "server"
    note = ""
    compiles = False  # while it runs, so that it needs time to become fast
    optional = True  # where it cannot be measured, the rest still is
    protocols = ("text", "meta", "binary")

    def __init__(self, core=None):
        self.core = tools.cores()[0] if core is None else core
        self.load_core = tools.cores()[1]
        self.folder = Path(tempfile.mkdtemp(prefix="ehcached-bench-"))
        self.log = self.folder / "log"
        self.port = None
        self.process = None
        self.start_seconds = None

    def command(self):
        raise NotImplementedError

    def environment(self):
        return {}

    def start(self):
        command = ["taskset", "-c", str(self.core), *self.command()]
        begun = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment()}, start_new_session=True
            )
        while not self.answers():
            if self.process.poll() is not None:
                raise tools.Unavailable(f"{self.name} did not start:\n{self.log.read_text()[-2000:]}")
            if time.monotonic() > begun + PATIENCE:
                self.stop()
                raise tools.Unavailable(f"{self.name} did not answer within {PATIENCE} s:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.002)
        self.start_seconds = time.monotonic() - begun
        return self

    def find_port(self):
        return self.port

    def answers(self):
        self.port = self.find_port()
        if not self.port:
            return False
        try:
            return self.ask("get is-anybody-there")[-1:] == ["END"]
        except OSError:
            return False

    def ask(self, line, end=b"END\r\n"):
        """Sends one line, and returns the answer's lines."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as s:
            s.sendall(line.encode() + b"\r\n")
            told = b""
            while not told.endswith(end):
                more = s.recv(65536)
                if not more:
                    break
                told += more
        return told.decode().splitlines()

    def stats(self, what=""):
        words = [line.split(" ", 2) for line in self.ask(f"stats {what}".strip())]
        return {w[1]: w[2] for w in words if w[0] == "STAT" and len(w) == 3}

    def settle(self):
        """Waits until all is where it belongs; a server alone has nothing to wait for."""
        return 0

    def pids(self):
        return [self.process.pid]

    def companions(self):
        """Processes that belong to it and are not measured as it."""
        return []

    def resident_bytes(self):
        total = 0
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    total += int(line.split()[1]) * 1024
        return total

    def describe(self):
        line = Path(f"/proc/{self.process.pid}/cmdline").read_bytes().split(b"\0")
        return {
            "command": " ".join(word.decode() for word in line if word),
            "version": self.stats().get("version"),
            "start_seconds": round(self.start_seconds, 3),
            "note": self.note,
        }

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class PortFile(Server):
    """A server that takes a free port, and tells which in a file."""

    def environment(self):
        return {"MEMCACHED_PORT_FILENAME": str(self.folder / "port")}

    def find_port(self):
        try:
            text = (self.folder / "port").read_text()
        except OSError:
            return None
        for line in text.splitlines():
            if line.startswith("TCP INET:") and text.endswith("\n"):
                return int(line.split(":")[1])
        return None


class Memcached(PortFile):
    name = "memcached"
    optional = False

    def __init__(self, megabytes, connections=1024, arguments=(), **more):
        super().__init__(**more)
        self.arguments = ["-m", str(megabytes), "-t", "1", "-c", str(connections + 16), *arguments]

    def environment(self):
        # It writes the file as whom it runs.
        self.folder.chmod(0o777)
        return super().environment()

    def command(self):
        user = ["-u", "nobody"] if os.getuid() == 0 else []
        return [tools.need("memcached", "memcached"), *user, "-l", "127.0.0.1", "-p", "-1", "-U", "0", *self.arguments]


CACHE = """<ehcache name="bench" updateCheck="false">
{peers}  <cache name="memcached" {bound} memoryStoreEvictionPolicy="{policy}" eternal="true">
{replicator}  </cache>
</ehcache>
"""

PEERS = """  <cacheManagerPeerProviderFactory
      class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
      properties="peerDiscovery=manual, hostName=127.0.0.1, rmiUrls={urls}"/>
  <cacheManagerPeerListenerFactory
      class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
      properties="hostName=127.0.0.1, port={port}, socketTimeoutMillis=20000"/>
"""

REPLICATOR = """    <cacheEventListenerFactory
        class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
        properties="replicateAsynchronously=true, asynchronousReplicationIntervalMillis=10"/>
    <bootstrapCacheLoaderFactory
        class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
        properties="bootstrapAsynchronously=false"/>
"""


class Ehcached(PortFile):
    """A node of ours, as bin/ehcached starts it; with peers' ports, one of a cluster."""

    name = "ehcached"
    compiles = True
    optional = False

    def __init__(self, megabytes, connections=1024, home=tools.HOME, java_opts="", items=0, policy="CLOCK",
                 rmi_port=0, peers=(), arguments=(), name=None, **more):
        super().__init__(**more)
        self.name = name or self.name
        self.home = home
        self.java_opts = java_opts
        self.arguments = ["-t", "1", "-c", str(connections + 16), *arguments]
        bound = f'maxEntriesLocalHeap="{items}"' if items else f'maxBytesLocalHeap="{megabytes}m"'
        urls = "|".join(f"//127.0.0.1:{p}/memcached" for p in peers)
        self.xml = CACHE.format(
            peers=PEERS.format(urls=urls, port=rmi_port) if peers else "",
            bound=bound, policy=policy, replicator=REPLICATOR if peers else "",
        )

    def environment(self):
        given = os.environ.get("JAVA_OPTS", "")
        return {**super().environment(), "JAVA_OPTS": f"{given} {self.java_opts}".strip()}

    def command(self):
        config = self.folder / "ehcache.xml"
        config.write_text(self.xml)
        return [str(self.home / "bin" / "ehcached"), "--config", str(config), "-p", "-1", *self.arguments]


class Answer(Server):
    """Holds nothing and answers all: the limit of this machine, and of the load."""

    name = "answer"
    note = "answers with bytes made before, and holds nothing: what this machine and the load can do at the most"
    protocols = ("text",)

    def __init__(self, value_size=100, **more):
        super().__init__(**more)
        self.value_size = value_size
        self.port = free_port()

    def command(self):
        return [str(tools.ANSWER), str(self.port), str(self.value_size)]

    def stats(self, what=""):
        return {}

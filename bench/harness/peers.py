"""Other servers of the same kind, from Maven Central and Debian, set up as their makers' defaults have it."""

import subprocess

import machine
import tools
from servers import Memcached, Server, free_port

PEERS = tools.HOME / "bench" / "peers"


class Endpoint(Server):
    """A memcached endpoint of a Java data grid: one class that starts it, with jars that Maven fetches."""

    compiles = True
    protocols = ("text",)

    def __init__(self, megabytes, connections=1024, **more):
        super().__init__(**more)
        # An item takes these up to twice what memcached counts for it.
        self.heap = f"{3 * megabytes}m"
        self.port = free_port()

    def command(self):
        jars = tools.BUILT / self.name
        if not jars.is_dir():
            told = subprocess.run(
                [tools.need("mvn", "maven"), "-B", "-q", "-f", str(PEERS / self.name / "pom.xml"),
                 "dependency:copy-dependencies", f"-DoutputDirectory={jars}"],
                capture_output=True, text=True,
            )
            if told.returncode != 0:
                raise tools.Unavailable(f"{self.name} could not be fetched:\n{told.stdout[-1500:]}")
        opens = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.lang", "java.nio", "sun.nio.ch")]
        return [machine.java(), "-XX:+UseParallelGC", f"-Xms{self.heap}", f"-Xmx{self.heap}", *opens,
                "-cp", f"{jars}/*", str(PEERS / self.name / "Endpoint.java"), str(self.port)]


class Infinispan(Endpoint):
    name = "infinispan"
    note = "infinispan-server-memcached 15.2, one local cache on the heap, one I/O thread"


class Hazelcast(Endpoint):
    name = "hazelcast"
    note = "hazelcast 5.7, memcache protocol, a cluster of one without backups"


class Yrmcds(Server):
    name = "yrmcds"
    note = "Debian's, one worker, without a replica"
    protocols = ("text", "binary")

    def __init__(self, megabytes, connections=1024, **more):
        super().__init__(**more)
        self.port = free_port()
        self.settings = {
            "virtual_ip": "127.0.0.1", "port": self.port, "repl_port": free_port(), "workers": 1,
            "max_connections": connections + 16, "temp_dir": f'"{self.folder}"', "memory_limit": f"{megabytes}M",
            "buckets": 1000000, "heap_data_limit": "256K", "max_data_size": "10M", "log.threshold": "warning",
        }

    def command(self):
        file = self.folder / "yrmcds.conf"
        file.write_text("".join(f"{name} = {value}\n" for name, value in self.settings.items()))
        return [tools.need("yrmcdsd", "yrmcds"), "-f", str(file)]


class Nutcracker(Server):
    """twemproxy, with a memcached behind it on the same core."""

    name = "nutcracker"
    note = "Debian's twemproxy in front of one memcached, both on the server's core"
    protocols = ("text",)

    def __init__(self, megabytes, connections=1024, **more):
        super().__init__(**more)
        self.port = free_port()
        self.behind = Memcached(megabytes, connections, core=self.core)
        # Its figures of itself it serves on a port as well, 22222 unless told.
        self.stats_port = free_port()

    def command(self):
        proxy = tools.need("nutcracker", "nutcracker")
        self.behind.start()
        file = self.folder / "nutcracker.yml"
        file.write_text(
            f"pool:\n  listen: 127.0.0.1:{self.port}\n  hash: fnv1a_64\n  distribution: ketama\n"
            f"  preconnect: true\n  servers:\n   - 127.0.0.1:{self.behind.port}:1\n"
        )
        return [proxy, "-c", str(file), "-s", str(self.stats_port), "-a", "127.0.0.1", "-m", "16384"]

    def stats(self, what=""):
        return {}

    def pids(self):
        return [*super().pids(), *self.behind.pids()]

    def stop(self):
        super().stop()
        self.behind.stop()


def all_of(megabytes):
    return [kind(megabytes) for kind in (Infinispan, Hazelcast, Nutcracker, Yrmcds)]

"""Clients that take more than their share: `abusers.py PORT CONNECTIONS`; they go on until they are killed.

With 0 connections, only those that pipeline; else all at once.
"""

import os
import resource
import socket
import sys
import threading
import time

WIDE = 900_000
WIDES = 30
PREFIXES = 10_000
PIPELINE = 600_000
PIPELINED = (b"get probe\r\n", b"get none\r\n", b"mg probe\r\n", b"get probe none\r\n")
HALF_VALUE = b"set half%d 0 0 1000000\r\n"


def connect(port):
    return socket.create_connection(("127.0.0.1", port))


def ask(client, words, end):
    client.sendall(words)
    told = b""
    while not told.endswith(end):
        told += client.recv(1 << 20)


def fill(port):
    """Large values, and many prefixes for `stats detail dump` to tell of."""
    with connect(port) as client:
        for i in range(WIDES):
            ask(client, b"set wide%d 0 0 %d\r\n" % (i, WIDE) + b"v" * WIDE + b"\r\n", b"STORED\r\n")
        ask(client, b"stats detail on\r\n", b"OK\r\n")
        for first in range(0, PREFIXES, 500):
            gets = b"".join(b"mg %d%s:k\r\n" % (i, b"p" * 220) for i in range(first, first + 500))
            ask(client, gets + b"mn\r\n", b"MN\r\n")


def write(client, words):
    """Writes as much as the system takes at once, and never reads."""
    client.setblocking(False)
    try:
        client.send(words)
    except OSError:
        pass


def in_background(*tasks):
    for task in tasks:
        threading.Thread(target=task, daemon=True).start()


def pipeline(port, request):
    """Writes requests without end, and reads the answers."""
    client = connect(port)
    requests = request * PIPELINE

    def send():
        while True:
            client.sendall(requests)

    def read():
        answers = bytearray(1 << 18)
        while client.recv_into(answers):
            pass

    in_background(send, read)
    return client


def byte_by_byte(client):
    for byte in b"get a_key_that_takes_a_minute_to_come\r\n":
        client.sendall(bytes([byte]))
        time.sleep(1)


def replace_values(client):
    i = 0
    while True:
        ask(client, b"set wide%d 0 0 %d\r\n" % (i % WIDES, WIDE) + b"w" * WIDE + b"\r\n", b"\r\n")
        i += 1


def start(port, connections):
    fill(port)
    clients = []
    for _ in range(connections):
        client = connect(port)
        write(client, b"get ke")
        clients.append(client)
    wides = b"get" + b"".join(b" wide%d" % i for i in range(WIDES)) + b"\r\n"
    for i in range(20):
        for words in (
            wides * 20,
            b"stats detail dump\r\n" * 120,
            b"stats conns\r\n" * 120,
            b"stats\r\nstats items\r\nstats settings\r\n" * 120,
            HALF_VALUE % i + b"v" * 500_000,
            b"lru_crawler metadump all\r\n" * 100,
        ):
            client = connect(port)
            write(client, words)
            clients.append(client)
    slow, writer = connect(port), connect(port)
    clients += [slow, writer]
    in_background(lambda: byte_by_byte(slow), lambda: replace_values(writer))
    return clients


def main():
    os.nice(10)  # the client that is measured has the core whenever it needs it
    resource.setrlimit(resource.RLIMIT_NOFILE, [resource.getrlimit(resource.RLIMIT_NOFILE)[1]] * 2)
    threading.excepthook = lambda _: None  # a client that the server closes has no more to do
    port, connections = (int(word) for word in sys.argv[1:])
    clients = start(port, connections) if connections else []
    clients += [pipeline(port, request) for request in PIPELINED]
    print(len(clients), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()

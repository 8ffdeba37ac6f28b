"""bmemcached (python-binary-memcached): pure Python, binary protocol."""

import os

from acceptance import (CLUSTER, ONE, TWO, before_flush, check, eventually, key, library,
                        restart_node_one)

bmemcached = library("bmemcached")


def connect(*nodes):
    client = bmemcached.Client(nodes, socket_timeout=30, pickle_protocol=4)
    client.enable_retry_delay(False)
    return client


one = connect(ONE)
two = connect(TWO)

check("set that expires", one.set(key("short"), "x", time=1))

thing = {"name": "Grüße", "list": [1, 2.5, None, b"\0\r\n"]}
for name, value in {"object": thing, "text": "☃ snow", "bytes": b"\0\xff\r\n", "int": 4711,
                    "empty": b""}.items():
    check("set of " + name, one.set(key(name), value))
    check("get of " + name, one.get(key(name)), value)
check("get of a key that is not there", one.get(key("absent")), None)

many = {key("many%d" % i): "value %d" % i for i in range(500)}
check("set_multi", one.set_multi(many), [])
check("get_multi", one.get_multi([*many, key("absent")]), many)
check("delete_multi", one.delete_multi(list(many)[:250]))
check("get_multi after delete_multi", len(one.get_multi(list(many))), 250)

check("add where there is one", one.add(key("text"), "other"), False)
check("add", one.add(key("added"), b"b"))
check("replace where there is none", one.replace(key("absent"), "x"), False)
check("replace", one.replace(key("added"), b"c"))

value, unique = one.gets(key("added"))
check("gets", value, b"c")
check("cas that wins", one.cas(key("added"), b"won", unique))
check("cas that loses", one.cas(key("added"), b"lost", unique), False)
check("cas where there is none", one.cas(key("absent"), b"x", unique), False)
check("get after them", one.get(key("added")), b"won")
check("get with the cas unique", one.get(key("added"), get_cas=True)[0], b"won")
check("delete with a cas that loses", one.delete(key("added"), cas=unique), False)

check("incr with an initial value", one.incr(key("number"), 5, default=10), 10)
check("incr", one.incr(key("number"), 5), 15)
check("decr below 0", one.decr(key("number"), 100), 0)
check("decr with an initial value", one.decr(key("down"), 1, default=7), 7)

check("delete", one.delete(key("added")))
check("delete where there is none, which bmemcached takes for done", one.delete(key("added")))

large = os.urandom(900_000)
check("set of 900 kB", one.set(key("large"), large))
check("get of 900 kB", one.get(key("large")), large)
check("set of 5 MB that compresses", one.set(key("compressed"), "abc" * 1_700_000))
check("get of it", one.get(key("compressed")), "abc" * 1_700_000)
check("set without compression", one.set(key("plain"), "abc" * 1000, compress_level=0))
check("get of it", one.get(key("plain")), "abc" * 1000)

# The binary protocol sets no bounds to what a key is made of.
for name in ["with blanks and\r\nlines\0", "Schlüssel", "ключ☃", "l" * 200]:
    check("set and get of the key " + ascii(name),
          (one.set(key(name), name), one.get(key(name))), (True, name))
    eventually("the same on node two", name, lambda: two.get(key(name)))

eventually("900 kB on node two", large, lambda: two.get(key("large")))
eventually("object on node two", thing, lambda: two.get(key("object")))
eventually("5 MB on node two", "abc" * 1_700_000, lambda: two.get(key("compressed")))
eventually("number on node two", "0", lambda: str(two.get(key("number"))).strip())
eventually("delete on node two", None, lambda: two.get(key("added")))
if CLUSTER:
    eventually("the same cas unique on both", one.gets(key("text")), lambda: two.gets(key("text")))
check("cas of node one's unique on node two",
      two.cas(key("text"), "from two", one.gets(key("text"))[1]))
eventually("it on node one", "from two", lambda: one.get(key("text")))

stats = one.stats()[ONE]
check("stats", int(stats["cmd_get"]) > 0 and int(stats["get_misses"]) > 0)
check("version", stats["version"].startswith(b"1.6."))
check("stats settings", one.stats("settings")[ONE]["maxconns"], b"1024")

eventually("set that expires is gone", None, lambda: one.get(key("short")))

# bmemcached writes to all its nodes, and reads from the first that answers: with nodes that hold
# the same, that is a list for failover.
both = connect(ONE, TWO)
check("set on both", both.set(key("both"), "x"))
check("get", both.get(key("both")), "x")

restart_node_one()
eventually("set after the restart", True, lambda: one.set(key("after"), "x"))
eventually("get after the restart", "x", lambda: one.get(key("after")))
if CLUSTER:
    check("what was there before", one.get(key("object")), thing)
eventually("set on both after the restart", True, lambda: both.set(key("both"), "again"))

before_flush()
check("set before flush_all", one.set(key("flushed"), "x"))
check("flush_all", one.flush_all())
check("get after flush_all", one.get(key("flushed")), None)
eventually("on node two as well", None, lambda: two.get(key("after")))
one.disconnect_all()

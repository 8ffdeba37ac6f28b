"""pylibmc: libmemcached for Python, text and binary protocol."""

import os

from acceptance import (CLUSTER, ONE, PROTOCOL, TWO, before_flush, check, eventually, key, library,
                        refused, restart_node_one)

pylibmc = library("pylibmc")

BINARY = PROTOCOL == "binary"
BEHAVIORS = {"cas": True, "tcp_nodelay": True, "connect_timeout": 30_000, "receive_timeout": 30_000_000,
             "send_timeout": 30_000_000, "_poll_timeout": 30_000, "retry_timeout": 1, "dead_timeout": 1}


def connect(*nodes, **behaviors):
    return pylibmc.Client(list(nodes), binary=BINARY, behaviors={**BEHAVIORS, **behaviors})


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
check("get_multi with a prefix", one.get_multi(["many498", "many499"], key_prefix=key("")),
      {"many498": "value 498", "many499": "value 499"})

check("add where there is one", one.add(key("text"), "other"), False)
check("add", one.add(key("added"), b"b"))
refused("replace where there is none", lambda: one.replace(key("absent"), "x"))
check("replace", one.replace(key("added"), b"c"))
check("append", one.append(key("added"), b"d"))
check("prepend", one.prepend(key("added"), b"b"))
check("get of all that", one.get(key("added")), b"bcd")
refused("append where there is none", lambda: one.append(key("absent"), b"x"))

value, unique = one.gets(key("added"))
check("gets", value, b"bcd")
check("cas that wins", one.cas(key("added"), b"won", unique))
refused("cas that loses", lambda: one.cas(key("added"), b"lost", unique))
refused("cas where there is none", lambda: one.cas(key("absent"), b"x", unique))
check("get after them", one.get(key("added")), b"won")

check("set of a number", one.set(key("number"), 10))
check("incr", one.incr(key("number"), 5), 15)
check("get of a number", one.get(key("number")), 15)
check("decr below 0", one.decr(key("number"), 100), 0)
refused("incr where there is none", lambda: one.incr(key("absent"), 1))
refused("incr of text", lambda: one.incr(key("added"), 1))

check("touch", one.touch(key("text"), 10000))
refused("touch where there is none", lambda: one.touch(key("absent"), 10000))
check("delete", one.delete(key("added")))
check("delete where there is none", one.delete(key("added")), False)

large = os.urandom(900_000)
check("set of 900 kB", one.set(key("large"), large))
check("get of 900 kB", one.get(key("large")), large)
refused("set of over 1 MB", lambda: one.set(key("large"), os.urandom(1_100_000)))
eventually("get after that", None, lambda: one.get(key("large")))
check("set of 5 MB that compresses",
      one.set(key("compressed"), "abc" * 1_700_000, min_compress_len=1000))
check("get of it", one.get(key("compressed")), "abc" * 1_700_000)

odd = ["!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "Schlüssel", "ключ☃", "l" * 200]
for name in odd:
    check("set and get of the key " + ascii(name),
          (one.set(key(name), name), one.get(key(name))), (True, name))

eventually("object on node two", thing, lambda: two.get(key("object")))
check("set of 900 kB again", one.set(key("large"), large))
eventually("900 kB on node two", large, lambda: two.get(key("large")))
eventually("5 MB on node two", "abc" * 1_700_000, lambda: two.get(key("compressed")))
eventually("number on node two", 0, lambda: two.get(key("number")))
eventually("delete on node two", None, lambda: two.get(key("added")))
if CLUSTER:
    eventually("the same cas unique on both", one.gets(key("text")), lambda: two.gets(key("text")))
check("cas of node one's unique on node two",
      two.cas(key("text"), "from two", one.gets(key("text"))[1]))
eventually("it on node one", "from two", lambda: one.get(key("text")))

(server, stats), = one.get_stats()
check("stats", int(stats["cmd_get"]) > 0 and int(stats["get_misses"]) > 0)
check("version", stats["version"].startswith(b"1.6."))

eventually("set that expires is gone", None, lambda: one.get(key("short")))

# Without replies; in the text protocol also as one batch (in the binary one, pylibmc takes a
# request that is put into the batch for a failure).
fast = connect(ONE, _noreply=True, buffer_requests=not BINARY)
for i in range(1000):
    fast.set(key("fast%d" % i), i)
fast.get(key("fast0"))
eventually("1000 sets without replies", 1000, lambda: len(one.get_multi([key("fast%d" % i) for i in range(1000)])))

# Two nodes in one client, spread by ketama: no harm where both hold all.
both = connect(ONE, TWO, ketama=True, remove_failed=1)
for i in range(20):
    check("set %d by ketama" % i, both.set(key("ketama%d" % i), i))
for i in range(20):
    eventually("get %d on node one" % i, i, lambda: one.get(key("ketama%d" % i)))
    eventually("get %d on node two" % i, i, lambda: two.get(key("ketama%d" % i)))

restart_node_one()
eventually("set after the restart", True, lambda: one.set(key("after"), "x"))
check("get after the restart", one.get(key("after")), "x")
if CLUSTER:
    check("what was there before", one.get(key("object")), thing)
eventually("ketama after the restart", True, lambda: both.set(key("ketama0"), "again"))

before_flush()
check("set before flush_all", one.set(key("flushed"), "x"))
check("flush_all", one.flush_all())
check("get after flush_all", one.get(key("flushed")), None)
eventually("on node two as well", None, lambda: two.get(key("after")))
one.disconnect_all()

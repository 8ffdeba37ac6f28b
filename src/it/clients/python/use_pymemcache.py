"""pymemcache: pure Python, text protocol."""

import os

from acceptance import (CLUSTER, ONE, TWO, address, before_flush, check, eventually, key, library,
                        refused, restart_node_one)

base = library("pymemcache.client.base")
serde = library("pymemcache.serde")
hashing = library("pymemcache.client.hash")


def connect(node, **options):
    return base.Client(address(node), timeout=30, connect_timeout=30, no_delay=True,
                       default_noreply=False, serde=serde.pickle_serde, **options)


one = connect(ONE)
two = connect(TWO)

check("set that expires", one.set(key("short"), "x", expire=1))

thing = {"name": "Grüße", "list": [1, 2.5, None, b"\0\r\n"]}
check("set of an object", one.set(key("object"), thing))
check("get of an object", one.get(key("object")), thing)
check("set of text", one.set(key("text"), "☃ snow"))
check("get of text", one.get(key("text")), "☃ snow")
check("set of an int", one.set(key("int"), 2 ** 70))
check("get of an int", one.get(key("int")), 2 ** 70)
check("set of nothing", one.set(key("empty"), b""))
check("get of nothing", one.get(key("empty")), b"")
check("get of a key that is not there", one.get(key("absent")), None)

many = {key("many%d" % i): "value %d" % i for i in range(500)}
check("set_many", one.set_many(many), [])
check("get_many", one.get_many([*many, key("absent")]), many)
check("delete_many", one.delete_many(list(many)[:250]))
check("get_many after delete_many", len(one.get_many(many)), 250)
check("set_many without replies", one.set_many(many, noreply=True), [])
check("get_many after that", one.get_many(many), many)

check("add where there is one", one.add(key("text"), "other"), False)
check("add", one.add(key("added"), b"b"))
check("replace where there is none", one.replace(key("absent"), "x"), False)
check("replace", one.replace(key("added"), b"c"))
check("append", one.append(key("added"), b"d"))
check("prepend", one.prepend(key("added"), b"b"))
check("get of all that", one.get(key("added")), b"bcd")
check("append where there is none", one.append(key("absent"), b"x"), False)

value, unique = one.gets(key("added"))
check("gets", value, b"bcd")
check("cas that wins", one.cas(key("added"), b"won", unique))
check("cas that loses", one.cas(key("added"), b"lost", unique), False)
check("cas where there is none", one.cas(key("absent"), b"x", unique), None)
check("get after them", one.get(key("added")), b"won")
check("gets_many", list(one.gets_many([key("added"), key("text")])), [key("added"), key("text")])

check("set of a number", one.set(key("number"), b"10"))
check("incr", one.incr(key("number"), 5), 15)
check("decr below 0", one.decr(key("number"), 100), 0)
check("incr where there is none", one.incr(key("absent"), 1), None)
refused("incr of text", lambda: one.incr(key("added"), 1))
check("incr at 2^64", (one.set(key("number"), str(2 ** 64 - 1)), one.incr(key("number"), 1)), (True, 0))

check("touch", one.touch(key("text"), 10000))
check("touch where there is none", one.touch(key("absent"), 10000), False)
check("delete", one.delete(key("added")))
check("delete where there is none", one.delete(key("added")), False)

large = os.urandom(900_000)
check("set of 900 kB", one.set(key("large"), large))
check("get of 900 kB", one.get(key("large")), large)
refused("set of over 1 MB", lambda: one.set(key("large"), os.urandom(1_100_000)))
check("get after that", one.get(key("large")), None)

odd = connect(ONE, allow_unicode_keys=True, key_prefix=key("odd").encode())
for name in ["!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "Schlüssel", "ключ☃", "\x01\x7f", "l" * 200]:
    check("set and get of the key " + ascii(name), (odd.set(name, name), odd.get(name)), (True, name))

eventually("object on node two", thing, lambda: two.get(key("object")))
check("set of 900 kB again", one.set(key("large"), large))
eventually("900 kB on node two", large, lambda: two.get(key("large")))
eventually("number on node two", "0", lambda: two.get(key("number")).strip())
eventually("delete on node two", None, lambda: two.get(key("added")))
if CLUSTER:
    eventually("the same cas unique on both", one.gets(key("text")), lambda: two.gets(key("text")))
check("cas of node one's unique on node two",
      two.cas(key("text"), "from two", one.gets(key("text"))[1]))
eventually("it on node one", "from two", lambda: one.get(key("text")))

check("version", one.version().startswith(b"1.6."))
stats = one.stats()
check("stats", stats[b"cmd_get"] > 0 and stats[b"get_misses"] > 0 and stats[b"pid"] > 0)
check("stats settings", one.stats("settings")[b"maxconns"], 1024)

# Memcached's second may end at once.
eventually("set for a second and touch", (True, True),
           lambda: (one.set(key("touched"), "x", expire=1), one.touch(key("touched"), 10000)))
eventually("set that expires is gone", None, lambda: one.get(key("short")))
eventually("on node two as well", None, lambda: two.get(key("short")))
check("what was touched is not", one.get(key("touched")), "x")

# Two nodes in one client: it spreads keys over them, which does no harm where both hold all.
both = hashing.HashClient([address(ONE), address(TWO)], timeout=30, connect_timeout=30,
                          serde=serde.pickle_serde, default_noreply=False, use_pooling=True,
                          retry_attempts=0, dead_timeout=0, retry_timeout=0, no_delay=True)
check("set by HashClient", [both.set(key("hash%d" % i), i) for i in range(20)], [True] * 20)
for i in range(20):
    eventually("get %d on node one" % i, i, lambda: one.get(key("hash%d" % i)))
    eventually("get %d on node two" % i, i, lambda: two.get(key("hash%d" % i)))

restart_node_one()
eventually("set after the restart", True, lambda: one.set(key("after"), "x"))
check("get after the restart", one.get(key("after")), "x")
if CLUSTER:
    check("what was there before", one.get(key("object")), thing)
    check("and what expires", one.get(key("touched")), "x")
eventually("HashClient after the restart", True, lambda: both.set(key("hash0"), "again"))

before_flush()
check("set before flush_all", one.set(key("flushed"), "x"))
check("flush_all", one.flush_all())
check("get after flush_all", one.get(key("flushed")), None)
eventually("on node two as well", None, lambda: two.get(key("after")))
one.quit()

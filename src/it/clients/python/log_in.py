"""The clients in Python that can say who they are, with the right password and a wrong one.

Arguments: HOST:PORT USER:PASSWORD.
"""

import sys

server, credentials = sys.argv[1:3]
user, password = credentials.split(":", 1)
sys.argv[1:] = [server, server]

from acceptance import check, key, library, refused  # noqa: E402 (it reads the arguments)

bmemcached = library("bmemcached")
pylibmc = library("pylibmc")

client = bmemcached.Client([server], user, password, socket_timeout=30)
check("bmemcached: set", client.set(key("b"), "x"))
check("bmemcached: get", client.get(key("b")), "x")
refused("bmemcached: set with a wrong password",
        lambda: bmemcached.Client([server], user, "wrong", socket_timeout=30).set(key("b"), "y"))
refused("bmemcached: set by nobody",
        lambda: bmemcached.Client([server], socket_timeout=30).set(key("b"), "y"))
check("bmemcached: get after that", client.get(key("b")), "x")

client = pylibmc.Client([server], binary=True, username=user, password=password)
check("pylibmc: set", client.set(key("p"), "x"))
check("pylibmc: get", client.get(key("p")), "x")
refused("pylibmc: set with a wrong password",
        lambda: pylibmc.Client([server], binary=True, username=user, password="wrong").set(key("p"), "y"))
refused("pylibmc: set by nobody", lambda: pylibmc.Client([server], binary=True).set(key("p"), "y"))
check("pylibmc: get after that", client.get(key("p")), "x")

# pymemcache has no word for it: in the text protocol, the first set is the password.
pymemcache = library("pymemcache.client.base")
host, port = server.rsplit(":", 1)
client = pymemcache.Client((host, int(port)), timeout=30, default_noreply=False)
check("pymemcache: the first set says who it is", client.set("anything", "%s %s" % (user, password)))
check("pymemcache: set", client.set(key("t"), b"x"))
check("pymemcache: get", client.get(key("t")), b"x")
stranger = pymemcache.Client((host, int(port)), timeout=30, default_noreply=False)
refused("pymemcache: get by nobody", lambda: stranger.get(key("t")))
refused("pymemcache: a wrong password", lambda: stranger.set("anything", user + " wrong"))
check("pymemcache: get after that", client.get(key("t")), b"x")

"""The clients in Python that speak TLS.

Arguments: HOST:PORT of a node whose certificate is for that host, and the file of its authority.
"""

import ssl
import sys

server, authority = sys.argv[1:3]
sys.argv[2] = server

from acceptance import address, check, key, library, refused  # noqa: E402 (it reads the arguments)

base = library("pymemcache.client.base")
bmemcached = library("bmemcached")

trusting = ssl.create_default_context(cafile=authority)
stranger = ssl.create_default_context()
large = b"x" * 900_000


def pymemcache(context):
    return base.Client(address(server), timeout=30, default_noreply=False, tls_context=context)


client = pymemcache(trusting)
check("pymemcache: set", client.set(key("p"), large))
check("pymemcache: get", client.get(key("p")), large)
check("pymemcache: version", client.version().startswith(b"1.6."))
refused("pymemcache: an authority that it does not know", lambda: pymemcache(stranger).set(key("p"), b"y"))
refused("pymemcache: without TLS", lambda: pymemcache(None).set(key("p"), b"y"))

client = bmemcached.Client([server], socket_timeout=30, tls_context=trusting)
check("bmemcached: set", client.set(key("b"), large))
check("bmemcached: get", client.get(key("b")), large)
refused("bmemcached: an authority that it does not know",
        lambda: bmemcached.Client([server], socket_timeout=30, tls_context=stranger).set(key("b"), "y"))

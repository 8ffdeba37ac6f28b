"""What the scripts for clients in Python share: the nodes to talk to, and how to check.

A script is started with the addresses of two nodes of one cluster (or twice that of the same
server), and with the protocol where its client has several.
"""

import os
import sys
import time

if len(sys.argv) < 3:
    sys.exit("usage: %s HOST:PORT HOST:PORT [PROTOCOL]" % sys.argv[0])
ONE, TWO = sys.argv[1:3]
PROTOCOL = sys.argv[3] if len(sys.argv) > 3 else "text"
PREFIX = os.path.basename(sys.argv[0]) + "-" + PROTOCOL + "-"
CLUSTER = ONE != TWO
PATIENCE_S = 60


def address(node):
    """Returns host and port of HOST:PORT."""
    host, port = node.rsplit(":", 1)
    return host, int(port)


def key(name):
    """Returns a key that no other script uses."""
    return PREFIX + name


def check(what, actual, expected=True):
    """Prints what was found, and ends the script where that is not what was expected."""
    if actual != expected or type(actual) is not type(expected):
        print("WRONG %s: expected %s, and it is %s" % (what, short(expected), short(actual)))
        sys.exit(1)
    print("ok    " + what, flush=True)


def short(value):
    text = repr(value)
    return text if len(text) < 200 else text[:200] + "..."


def refused(what, action):
    """Checks that an action ends with an exception, or says that it did nothing."""
    try:
        result = action()
    except Exception as e:  # each client has its own
        result = None
        what += " (%s)" % short(e)
    check(what, not result)


def eventually(what, expected, actual):
    """Awaits that a function returns what is expected; until then it may fail as well."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            found = actual()
        except Exception as e:  # the client may not have found out yet that the node is back
            found = e
        if found == expected or time.monotonic() > deadline:
            return check(what, found, expected)
        time.sleep(0.02)


def ask(request):
    """Asks whoever runs this script for something, and waits until it is done."""
    print("@" + request, flush=True)
    sys.stdin.readline()


def restart_node_one():
    ask("restart")


def before_flush():
    """Waits until no other script minds that everything is flushed."""
    ask("flush")


def library(name):
    """Imports a client, or ends the script as skipped."""
    try:
        return __import__(name, fromlist=["*"])
    except ImportError as e:
        print("skipped: %s is not installed: %s" % (name, e))
        sys.exit(77)

"""nginx with its memc module in front of two nodes, and with its own memcached module."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile

from acceptance import CLUSTER, ONE, TWO, before_flush, check, eventually, key, restart_node_one

MODULE = "/usr/lib/nginx/modules/ngx_http_memc_module.so"
CONFIGURATION = """
%(user)sload_module %(module)s;
daemon off;
master_process off;
pid %(dir)s/pid;
error_log %(dir)s/error.log;
events {}
http {
  access_log off;
  client_body_temp_path %(dir)s/body;
  proxy_temp_path %(dir)s/proxy;
  fastcgi_temp_path %(dir)s/fastcgi;
  uwsgi_temp_path %(dir)s/uwsgi;
  scgi_temp_path %(dir)s/scgi;
  client_max_body_size 2m;
  client_body_buffer_size 2m;
  memc_buffer_size 64k;
  upstream nodes {
    server %(one)s max_fails=1 fail_timeout=1s;
    %(backup)s
    keepalive 4;
  }
  upstream two { server %(two)s; }
  server {
    listen unix:%(dir)s/socket;
    location = /memc {
      set $memc_cmd $arg_cmd;
      set $memc_key $arg_key;
      set $memc_value $arg_value;
      set $memc_flags $arg_flags;
      set $memc_exptime $arg_exptime;
      memc_pass nodes;
      memc_next_upstream error timeout;
    }
    location /rest/ {
      set $memc_key $uri;
      memc_pass nodes;
    }
    location ~ ^/two(/.*)$ {
      set $memcached_key $1;
      memcached_pass two;
      default_type text/plain;
    }
  }
}
"""

nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
if not nginx or not os.path.exists(MODULE):
    print("skipped: nginx and its module memc are not installed (apt-get install nginx-light "
          "libnginx-mod-http-memc)")
    sys.exit(77)

directory = tempfile.mkdtemp()
with open(directory + "/conf", "w") as f:
    f.write(CONFIGURATION % {
        "user": "user root;\n" if os.getuid() == 0 else "", "module": MODULE, "dir": directory,
        "one": ONE, "two": TWO, "backup": "server %s backup;" % TWO if CLUSTER else ""})


class Local(http.client.HTTPConnection):
    """A connection to nginx at its unix socket."""

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(directory + "/socket")


def http_do(method, path, body=None):
    """Returns the status and the body of the answer."""
    connection = Local("localhost")
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def do(cmd, name=None, **arguments):
    """Has nginx send a command, and returns what it answers."""
    if name:
        arguments["key"] = key(name)
    path = "/memc?cmd=" + cmd + "".join("&%s=%s" % a for a in arguments.items())
    return http_do("GET", path)


def main():
    eventually("nginx is up", 200, lambda: do("version")[0])
    check("version", do("version")[1].startswith(b"VERSION 1.6."))

    check("set that expires", do("set", "short", value="x", exptime=1), (201, b"STORED\r\n"))
    check("set", do("set", "text", value="hello", flags=7), (201, b"STORED\r\n"))
    check("get", do("get", "text"), (200, b"hello"))
    check("get of a key that is not there", do("get", "absent")[0], 404)
    check("add where there is one", do("add", "text", value="x"), (200, b"NOT_STORED\r\n"))
    check("add", do("add", "added", value="b"), (201, b"STORED\r\n"))
    check("replace where there is none", do("replace", "absent", value="x"), (200, b"NOT_STORED\r\n"))
    check("replace", do("replace", "added", value="c"), (201, b"STORED\r\n"))
    check("append", do("append", "added", value="d"), (201, b"STORED\r\n"))
    check("prepend", do("prepend", "added", value="b"), (201, b"STORED\r\n"))
    check("get of all that", do("get", "added"), (200, b"bcd"))
    check("set of a number", do("set", "number", value="10"), (201, b"STORED\r\n"))
    check("incr", do("incr", "number", value="5"), (201, b"15\r\n"))
    check("decr below 0", do("decr", "number", value="100"), (201, b"0\r\n"))
    check("incr where there is none", do("incr", "absent", value="1")[0], 404)
    check("delete", do("delete", "added"), (200, b"DELETED\r\n"))
    check("delete where there is none", do("delete", "added")[0], 404)
    check("stats", b"STAT cmd_get " in do("stats")[1])

    page = "/rest/" + key("page")
    body = os.urandom(900_000)
    check("PUT of 900 kB", http_do("PUT", page, body)[0], 201)
    check("GET of 900 kB", http_do("GET", page), (200, body))
    check("POST where there is one", http_do("POST", page, b"x"), (200, b"NOT_STORED\r\n"))
    eventually("the same by nginx's own memcached module on node two", (200, body),
               lambda: http_do("GET", "/two" + page))
    check("DELETE", http_do("DELETE", page)[0], 200)
    check("GET after DELETE", http_do("GET", page)[0], 404)
    eventually("on node two as well", 404, lambda: http_do("GET", "/two" + page)[0])
    eventually("set that expires is gone", 404, lambda: do("get", "short")[0])

    restart_node_one()
    eventually("set after the restart", 201, lambda: do("set", "after", value="x")[0])
    check("get after the restart", do("get", "after"), (200, b"x"))
    if CLUSTER:
        check("what was there before", do("get", "text"), (200, b"hello"))

    before_flush()
    check("flush_all", do("flush_all"), (200, b"OK\r\n"))
    check("get after flush_all", do("get", "after")[0], 404)


process = subprocess.Popen([nginx, "-p", directory, "-c", directory + "/conf", "-e", directory + "/error.log"])
try:
    main()
finally:
    process.terminate()
    process.wait()
    shutil.rmtree(directory)

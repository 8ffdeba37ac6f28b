/* One thread, one epoll: asks over all connections, each as deep as wanted, and times the answers. */
#include "client.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "keys.h"
#include "options.h"
#include "run.h"
#include "wire.h"

enum { INPUT = 256 << 10, EVENTS = 512, CONNECTS_AT_ONCE = 64 };
static const uint64_t PATIENCE = 10000000000u; /* without any answer, in ns */

struct totals totals;
char first_error[256];

static struct connection *connections;
static int epoll, ring;
static char *input, *output;
static uint64_t now, recorded_from, recorded_to = UINT64_MAX, under_way;

void give_up(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("load: ", stderr);
  vfprintf(stderr, format, arguments);
  fputs("\n", stderr);
  exit(1);
}

uint64_t clock_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Connecting. */

static int connect_unix(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) give_up("%s: %s", path, strerror(errno));
  return fd;
}

static int connect_tcp(const char *target) {
  static struct addrinfo *found;
  if (!found) {
    char host[256];
    const char *colon = strrchr(target, ':');
    if (!colon || (size_t)(colon - target) >= sizeof host) give_up("%s is no host:port", target);
    snprintf(host, sizeof host, "%.*s", (int)(colon - target), target);
    struct addrinfo wanted = {.ai_socktype = SOCK_STREAM};
    int wrong = getaddrinfo(host, colon + 1, &wanted, &found);
    if (wrong) give_up("%s: %s", target, gai_strerror(wrong));
  }
  int on = 1, fd = socket(found->ai_family, SOCK_STREAM, 0);
  if (fd < 0) give_up("no socket: %s", strerror(errno));
  if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) give_up("%s: %s", target, strerror(errno));
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (!memory) give_up("no memory");
  return memory;
}

static void init_connection(struct connection *c, int index) {
  c->index = index;
  c->fd = strchr(options.target, '/') ? connect_unix(options.target) : connect_tcp(options.target);
  c->requests = allocate((size_t)ring, sizeof *c->requests);
  c->missed = allocate((size_t)ring, sizeof *c->missed);
  uint64_t *ids = allocate((size_t)ring * (size_t)options.multiget, sizeof *ids);
  for (int i = 0; i < ring; i++) c->requests[i].ids = ids + (size_t)i * (size_t)options.multiget;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) != 0) give_up("epoll: %s", strerror(errno));
}

void client_connect(int depth) {
  ring = depth > options.depth ? depth : options.depth;
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  epoll = epoll_create1(0);
  input = allocate(1, INPUT + REST);
  output = allocate((size_t)ring, wire_request_size() + options.value_max);
  connections = allocate((size_t)options.connections, sizeof *connections);
  for (int i = 0; i < options.connections; i++) {
    init_connection(&connections[i], i);
    /* A server that shares a core with others needs time to take them off its queue. */
    if (i % CONNECTS_AT_ONCE == CONNECTS_AT_ONCE - 1) usleep(1000);
  }
}

/* Sending. */

static void want_writable(struct connection *c, int wanted) {
  struct epoll_event event = {.events = EPOLLIN | (wanted ? (uint32_t)EPOLLOUT : 0), .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
}

static size_t send_some(struct connection *c, const char *data, size_t length) {
  ssize_t sent = send(c->fd, data, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) give_up("the server took no more: %s", strerror(errno));
  if (sent < 0) return 0;
  totals.bytes_out += (uint64_t)sent;
  return (size_t)sent;
}

static void send_output(struct connection *c, size_t length) {
  size_t sent = c->unsent_to ? 0 : send_some(c, output, length), rest = length - sent;
  if (rest == 0) return;
  if (!c->unsent_to) want_writable(c, 1);
  if (c->unsent_to + rest > c->unsent_size) {
    c->unsent_size = c->unsent_to + rest;
    c->unsent = realloc(c->unsent, c->unsent_size);
    if (!c->unsent) give_up("no memory");
  }
  memcpy(c->unsent + c->unsent_to, output + sent, rest);
  c->unsent_to += rest;
}

static void send_unsent(struct connection *c) {
  c->unsent_from += send_some(c, c->unsent + c->unsent_from, c->unsent_to - c->unsent_from);
  if (c->unsent_from < c->unsent_to) return;
  c->unsent_from = c->unsent_to = 0;
  want_writable(c, 0);
}

static void choose(struct connection *c, struct request *r, const struct phase *phase) {
  r->next = r->hits = r->fill = 0;
  r->keys = 1;
  if (phase->load) {
    r->kind = SET;
    r->ids[0] = phase->loaded();
  } else if (c->fills) {
    r->kind = SET;
    r->fill = 1;
    r->ids[0] = c->missed[--c->fills];
  } else if (options.get_ratio >= 1 || keys_share() < options.get_ratio) {
    int scanned = options.scan > 0 && keys_share() < options.scan;
    r->kind = GET;
    r->keys = options.multiget;
    for (int i = 0; i < r->keys; i++) r->ids[i] = scanned ? keys_next_scanned() : keys_next();
  } else {
    r->kind = SET;
    r->ids[0] = keys_next();
  }
}

/* Sends as many requests as are due and the depth leaves room for, all at once. */
static void ask(struct connection *c, const struct phase *phase) {
  char *end = output;
  while (c->waiting < phase->depth && phase->may_ask(c, now)) {
    struct request *r = &c->requests[(c->first + c->waiting) % ring];
    choose(c, r, phase);
    r->due = phase->due(c, now);
    end = wire_write(end, r);
    c->waiting++;
    under_way++;
  }
  if (end > output) send_output(c, (size_t)(end - output));
}

/* Receiving. */

static void count(const struct request *r) {
  struct totals *t = &totals;
  if (r->kind == GET) {
    int scanned = r->ids[0] >= options.keys;
    t->gets++;
    t->keys_got += (uint64_t)r->keys;
    t->hits += (uint64_t)r->hits;
    if (scanned) t->scan_keys += (uint64_t)r->keys, t->scan_hits += (uint64_t)r->hits;
  } else {
    t->sets++;
    t->fills += (uint64_t)r->fill;
  }
  histogram_add(r->kind == GET ? &t->get_latency : &t->set_latency, now - r->due);
  uint64_t second = (now - recorded_from) / 1000000000u;
  if (second < (uint64_t)t->per_second_size) t->per_second[second] += (uint64_t)r->keys;
}

void client_answered(struct connection *c, struct request *r) {
  /* With a rate, what was due in the measured time counts, however late it was answered. */
  if (options.rate > 0 ? r->due >= recorded_from && r->due < recorded_to : now >= recorded_from && now < recorded_to)
    count(r);
  if (options.fill && r->kind == GET && r->hits == 0) c->missed[c->fills++] = r->ids[0];
  if (++c->first == ring) c->first = 0;
  c->waiting--;
  under_way--;
}

static void receive(struct connection *c) {
  char *start = input + REST - c->rest_length;
  if (c->rest_length) memcpy(start, c->rest, (size_t)c->rest_length);
  ssize_t got = recv(c->fd, input + REST, INPUT, MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  if (got < 0) give_up("the server is gone: %s", strerror(errno));
  if (got == 0) give_up("the server closed connection %d of %d", c->index + 1, options.connections);
  totals.bytes_in += (uint64_t)got;
  now = clock_now();
  size_t length = (size_t)got + (size_t)c->rest_length, used = wire_read(c, start, length);
  c->rest_length = (int)(length - used);
  if (c->rest_length) memcpy(c->rest, start + used, (size_t)c->rest_length);
}

/* Turns. */

static void wait_and_receive(const struct phase *phase, uint64_t until) {
  struct epoll_event events[EVENTS];
  uint64_t wait = until > now ? until - now : 0;
  struct timespec timeout = {(time_t)(wait / 1000000000u), (long)(wait % 1000000000u)};
  int n = epoll_pwait2(epoll, events, EVENTS, &timeout, 0);
  now = clock_now();
  for (int i = 0; i < n; i++) {
    struct connection *c = events[i].data.ptr;
    if (events[i].events & EPOLLOUT) send_unsent(c);
    if (!(events[i].events & ~(uint32_t)EPOLLOUT)) continue;
    receive(c);
    /* A client that pipelines waits for all that it has sent; one with a rate sends when it is time. */
    if (c->waiting == 0 || phase->at_any_time) ask(c, phase);
  }
}

void client_record(uint64_t from, uint64_t to) {
  memset(&totals, 0, offsetof(struct totals, per_second));
  recorded_from = from;
  recorded_to = to;
}

void client_run(const struct phase *phase) {
  uint64_t last_under_way = 0, last_change = now = clock_now();
  for (int i = 0; i < options.connections && !phase->schedule; i++) ask(&connections[i], phase);
  while (!phase->over(now) || under_way) {
    uint64_t until = now + 100000000u;
    struct connection *c;
    while (phase->schedule && (c = phase->schedule(connections, now, &until))) ask(c, phase);
    uint64_t answers = totals.bytes_in;
    wait_and_receive(phase, until);
    if (answers != totals.bytes_in || under_way == 0 || last_under_way == 0) last_change = now;
    last_under_way = under_way;
    if (now - last_change > PATIENCE) give_up("no answer for 10 s, and %llu are due", (unsigned long long)under_way);
  }
}

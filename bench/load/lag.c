/* lag SECONDS FROM TO...: puts a number on one node, asks the others until each has it, and prints as JSON how
   long that took ("seen"), in microseconds, from when the put was sent, beside how long the answer to the put
   itself took ("answered"). The nodes are ports of this machine. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "histogram.h"

enum { NODES = 64, PAUSE = 5000, LOOK_AGAIN = 100 }; /* in us */

static struct histogram seen, answered;

static void fail(const char *what) {
  fprintf(stderr, "lag: %s\n", what);
  exit(1);
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int connect_to(const char *port) {
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("a node does not listen");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

enum { HIT = sizeof "VA 12\r\n000000000000\r\n" - 1, OTHER = sizeof "HD\r\n" - 1 };

/* Asks, and returns the answer: a hit, a miss, or that a put was taken. */
static const char *ask(int fd, const char *request) {
  static char answer[1024];
  size_t length = 0;
  if (send(fd, request, strlen(request), MSG_NOSIGNAL) < 0) fail("a node is gone");
  do {
    ssize_t got = recv(fd, answer + length, sizeof answer - 1 - length, 0);
    if (got <= 0) fail("a node is gone");
    length += (size_t)got;
    answer[length] = 0;
  } while (length < (answer[0] == 'V' ? HIT : OTHER));
  return answer;
}

static int has(int fd, long number) {
  const char *answer = ask(fd, "mg bench:of:lag v\r\n");
  if (strncmp(answer, "VA ", 3) != 0) return 0;
  const char *value = strchr(answer, '\n');
  return atol(value + 1) >= number;
}

static void probe(int from, const int *to, int count, long number) {
  char request[64];
  uint64_t done[NODES] = {0}, sent = now();
  snprintf(request, sizeof request, "ms bench:of:lag 12\r\n%012ld\r\n", number);
  if (strncmp(ask(from, request), "HD", 2) != 0) fail("a put was refused");
  histogram_add(&answered, now() - sent);
  for (int left = count; left;) {
    for (int i = 0; i < count; i++) {
      if (done[i] || !has(to[i], number)) continue;
      done[i] = now();
      histogram_add(&seen, done[i] - sent);
      left--;
    }
    if (left) usleep(LOOK_AGAIN);
    if (now() - sent > 60000000000u) fail("a put did not arrive within 60 s");
  }
}

int main(int argc, char **argv) {
  int to[NODES], count = argc - 3;
  if (count < 1 || count > NODES) fail("SECONDS FROM TO...");
  int from = connect_to(argv[2]);
  for (int i = 0; i < count; i++) to[i] = connect_to(argv[3 + i]);
  uint64_t end = now() + (uint64_t)(atof(argv[1]) * 1e9);
  for (long number = 1; now() < end; number++) {
    probe(from, to, count, number);
    usleep(PAUSE);
  }
  printf("{\"seen\": ");
  histogram_print(stdout, &seen, 0);
  printf(", \"answered\": ");
  histogram_print(stdout, &answered, 0);
  printf("}\n");
  return 0;
}

#define _GNU_SOURCE
/* answer PORT: holds nothing, and answers each line of the text protocol at once with bytes made before:
   every get has found a value, every set is stored. As fast as a server with one thread and epoll can be
   on this machine, and so the limit of the machine and of the load. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INPUT = 256 << 10, OUTPUT = 16 << 20, EVENTS = 512, REST = 64 << 10, CONNECTIONS = 65536 };

struct rest {
  int length;
  char *bytes;
};

static char input[INPUT + REST], output[OUTPUT], value[1 << 20];
static size_t value_length;
static struct rest rests[CONNECTIONS];

/* Answers what is there in whole, and returns how much that was. */
static size_t answer(const char *in, size_t length, size_t *out_length) {
  const char *at = in, *end = in + length;
  char *out = output;
  for (;;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    if (!newline) break;
    if (*at == 'g') {
      for (const char *space = at; (space = memchr(space + 1, ' ', (size_t)(newline - space)));) {
        if (out + value_length + 16 > output + OUTPUT) abort();
        memcpy(out, value, value_length);
        out += value_length;
      }
      memcpy(out, "END\r\n", 5);
      out += 5;
      at = newline + 1;
    } else {
      const char *size = newline;
      while (size[-1] != ' ') size--;
      const char *next = newline + 1 + atol(size) + 2;
      if (next > end) break;
      memcpy(out, "STORED\r\n", 8);
      out += 8;
      at = next;
    }
  }
  *out_length = (size_t)(out - output);
  return (size_t)(at - in);
}

static void serve(int fd) {
  struct rest *rest = &rests[fd];
  char *start = input + REST - rest->length;
  if (rest->length) memcpy(start, rest->bytes, (size_t)rest->length);
  ssize_t got = recv(fd, input + REST, INPUT, MSG_DONTWAIT);
  if (got <= 0) {
    rest->length = 0;
    close(fd);
    return;
  }
  size_t out, length = (size_t)got + (size_t)rest->length, used = answer(start, length, &out);
  rest->length = (int)(length - used);
  if (rest->length > REST) abort();
  if (rest->length) {
    if (!rest->bytes && !(rest->bytes = malloc(REST))) abort();
    memcpy(rest->bytes, start + used, (size_t)rest->length);
  }
  if (out && send(fd, output, out, MSG_NOSIGNAL) != (ssize_t)out) close(fd);
}

int main(int argc, char **argv) {
  int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argc > 1 ? argv[1] : "0")),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int size = argc > 2 ? atoi(argv[2]) : 100;
  value_length = (size_t)sprintf(value, "VALUE %032d 0 %d\r\n", 0, size);
  if (size < 0 || value_length + (size_t)size + 2 > sizeof value) return 64;
  memset(value + value_length, 'x', (size_t)size);
  memcpy(value + value_length + size, "\r\n", 2);
  value_length += (size_t)size + 2;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) {
    perror("answer");
    return 1;
  }
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[EVENTS];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int n = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      if (events[i].data.fd != listener) {
        serve(events[i].data.fd);
        continue;
      }
      int fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
      if (fd < 0 || fd >= CONNECTIONS) return 1;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      event.data.fd = fd;
      epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    }
  }
}

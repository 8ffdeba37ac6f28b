/* One connection, what it has asked, and what it was answered; and what is counted of all of them. */
#ifndef CLIENT_H
#define CLIENT_H
#include <stddef.h>
#include <stdint.h>

#include "histogram.h"

enum kind { GET, SET };

struct request {
  enum kind kind;
  int fill;          /* a set of what was missed */
  uint64_t due;      /* when it was sent, or with a rate, when it should have been */
  uint64_t *ids;     /* of its keys */
  int keys;
  int next;          /* the first of the keys that no value came for yet */
  int hits;
};

enum { REST = 2048 };

struct connection {
  int fd;
  int index;
  struct request *requests;  /* a ring of them */
  int first, waiting;        /* the oldest of those under way, and how many are */
  uint64_t due;              /* with a rate: requests that are to be sent by now */
  uint64_t turn;             /* with a rate: how many were sent */
  uint64_t *missed;          /* to be filled; as many as there are requests at the most */
  int fills;
  uint32_t skip, body, body_offset; /* of a value that is being read: bytes before it, of it, seen of it */
  uint64_t body_id;
  char *unsent;              /* what the server did not take yet */
  size_t unsent_from, unsent_to, unsent_size;
  int rest_length;
  char rest[REST];           /* a line that has not arrived whole */
};

struct totals {
  uint64_t gets, sets, fills, keys_got, hits, scan_hits, scan_keys, errors, mismatches, bytes_in, bytes_out;
  struct histogram get_latency, set_latency;
  uint64_t *per_second;
  int per_second_size;
};

extern struct totals totals;
extern char first_error[256];

/* Says what went wrong, and exits with 1. */
_Noreturn void give_up(const char *format, ...);
#endif

/* A phase of a run: loading all keys, or asking for a while. */
#ifndef RUN_H
#define RUN_H
#include "client.h"

struct phase {
  int load;                 /* sets of what loaded() says, in place of a mix */
  int at_any_time;          /* asks while answers are still under way */
  uint64_t (*loaded)(void);
  int depth;                /* requests that a connection has under way */
  int (*may_ask)(struct connection *, uint64_t now);
  uint64_t (*due)(struct connection *, uint64_t now);
  /* With a rate: the next connection that has something due, or none and when to look again. */
  struct connection *(*schedule)(struct connection *all, uint64_t now, uint64_t *until);
  int (*over)(uint64_t now);
};

uint64_t clock_now(void);

/* Makes all connections, with room for options.depth requests each, and for so many. */
void client_connect(int depth);

/* From and to when answers count; forgets what was counted before. */
void client_record(uint64_t from, uint64_t to);

/* Runs a phase until it is over and all is answered. */
void client_run(const struct phase *phase);
#endif

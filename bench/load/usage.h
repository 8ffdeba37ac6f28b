/* What the cores and the processes did meanwhile, as Linux tells it. */
#ifndef USAGE_H
#define USAGE_H

enum { MAX_CORES = 256 };

struct usage {
  double own;                 /* CPU seconds of this process */
  double servers;             /* and of the servers, all together */
  int cores;
  double busy[MAX_CORES];     /* seconds that each core was not idle */
  double stolen;              /* seconds that the host did not give */
};

void usage_read(struct usage *usage);
#endif

/* What the command line asks for. */
#ifndef OPTIONS_H
#define OPTIONS_H
#include <stdint.h>

enum protocol { TEXT, META, BINARY };
enum distribution { UNIFORM, ZIPF, SEQUENTIAL };

struct options {
  const char *target;      /* host:port, or the path of a unix socket */
  enum protocol protocol;
  int connections;
  int depth;               /* requests that a connection has under way at once */
  int multiget;            /* keys in one get */
  double get_ratio;        /* share of the requests that are gets */
  double rate;             /* requests a second, all connections together; 0 is as fast as answered */
  int burst;               /* requests that are due at once, on one connection */
  uint64_t keys;
  int key_length;
  uint32_t value_min, value_max;
  enum distribution distribution;
  double zipf;
  uint64_t first;
  double scan;             /* share of the requests that walk through keys nobody else asks for */
  uint64_t scan_keys;
  double warmup, seconds;
  int preload;             /* set every key once, before anything is measured */
  int fill;                /* set what a get has missed */
  int verify;              /* look at each value's bytes */
  int buckets;             /* print the histograms' buckets, too */
  int server_pids[16];     /* whose CPU time is told */
  int servers;
  uint64_t seed;
};

extern struct options options;

/* Reads the command line into options; prints what is wrong with it and exits with 64. */
void options_read(int argc, char **argv);
#endif

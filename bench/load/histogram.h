/* Latencies in nanoseconds, counted in buckets whose width grows with the value (1/64 of it at most). */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H
#include <stdint.h>
#include <stdio.h>

enum { SUB_BITS = 6, SUB_BUCKETS = 1 << SUB_BITS, BUCKETS = (42 - SUB_BITS) * SUB_BUCKETS };

struct histogram {
  uint64_t counts[BUCKETS];
  uint64_t total, sum, max;
};

/* In the header, since it is called once for each answer. */
static inline void histogram_add(struct histogram *h, uint64_t ns) {
  int shift = 63 - __builtin_clzll(ns | SUB_BUCKETS) - SUB_BITS;
  uint64_t index = ((uint64_t)shift << SUB_BITS) + (ns >> shift);
  h->counts[index < BUCKETS ? index : BUCKETS - 1]++;
  h->total++;
  h->sum += ns;
  if (ns > h->max) h->max = ns;
}

/* The upper bound of the bucket that holds this share (0 to 1) of all; 0 where there is nothing. */
uint64_t histogram_quantile(const struct histogram *h, double share);

/* As a JSON object, in microseconds; the buckets too where asked for, as [upper bound, count]. */
void histogram_print(FILE *out, const struct histogram *h, int buckets);
#endif

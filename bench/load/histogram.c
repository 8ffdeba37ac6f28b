#include "histogram.h"

static uint64_t upper_bound(uint64_t index) {
  if (index < 2 * SUB_BUCKETS) return index;
  uint64_t shift = (index >> SUB_BITS) - 1;
  return ((index - (shift << SUB_BITS) + 1) << shift) - 1;
}

uint64_t histogram_quantile(const struct histogram *h, double share) {
  uint64_t seen = 0, wanted = (uint64_t)(share * (double)h->total);
  for (uint64_t i = 0; i < BUCKETS; i++) {
    seen += h->counts[i];
    if (seen > wanted) return upper_bound(i) < h->max ? upper_bound(i) : h->max;
  }
  return h->max;
}

void histogram_print(FILE *out, const struct histogram *h, int buckets) {
  static const struct { const char *name; double share; } wanted[] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}, {"p9999", 0.9999}};
  fprintf(out, "{\"count\": %llu, \"mean\": %.2f", (unsigned long long)h->total,
          h->total ? (double)h->sum / (double)h->total / 1e3 : 0);
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    fprintf(out, ", \"%s\": %.2f", wanted[i].name, (double)histogram_quantile(h, wanted[i].share) / 1e3);
  fprintf(out, ", \"max\": %.2f", (double)h->max / 1e3);
  if (buckets) {
    const char *separator = "";
    fprintf(out, ", \"buckets\": [");
    for (uint64_t i = 0; i < BUCKETS; i++) {
      if (h->counts[i] == 0) continue;
      fprintf(out, "%s[%.2f, %llu]", separator, (double)upper_bound(i) / 1e3, (unsigned long long)h->counts[i]);
      separator = ", ";
    }
    fprintf(out, "]");
  }
  fprintf(out, "}");
}

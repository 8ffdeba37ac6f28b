/* load: asks a memcached server, measures, and prints JSON. See load --help. */
#include <stdio.h>
#include <stdlib.h>

#include "keys.h"
#include "options.h"
#include "run.h"
#include "usage.h"

enum { MAX_LOAD_DEPTH = 16, LOAD_BYTES = 64 << 10 };
static const uint64_t OVERTIME = 30000000000u; /* to answer what was due, in ns */

static uint64_t loaded, loaded_of, start, end, rate_start, rate_sent, rate_unsent;
static struct usage before, after;
static int looked;
static double interval;

static double elapsed(uint64_t from, uint64_t to) { return (double)(to - from) / 1e9; }

static void look_at_usage(uint64_t now) {
  if (looked == 0 && now >= start) {
    usage_read(&before);
    looked = 1;
  } else if (looked == 1 && now >= end) {
    usage_read(&after);
    looked = 2;
  }
}

/* Loading. */

static uint64_t load_next(void) { return loaded++; }
static int load_may(struct connection *c, uint64_t now) { (void)c, (void)now; return loaded < loaded_of; }
static int load_over(uint64_t now) { (void)now; return loaded >= loaded_of; }
static uint64_t due_now(struct connection *c, uint64_t now) { (void)c; return now; }

/* As fast as answers come. */

static int until_end(struct connection *c, uint64_t now) { (void)c; return now < end; }

static int is_over(uint64_t now) {
  look_at_usage(now);
  return now >= end;
}

/* At a rate. Burst k is due at k times the interval, on connection k modulo their number, whatever the
   server does meanwhile: how late an answer is counts from there. */

static int rate_may(struct connection *c, uint64_t now) { return c->due > 0 && now < end + OVERTIME; }

static uint64_t rate_due(struct connection *c, uint64_t now) {
  (void)now;
  c->due--;
  rate_unsent--;
  uint64_t k = (uint64_t)c->index + (uint64_t)options.connections * (c->turn++ / (uint64_t)options.burst);
  return rate_start + (uint64_t)((double)k * interval);
}

static struct connection *rate_schedule(struct connection *all, uint64_t now, uint64_t *until) {
  uint64_t next = rate_start + (uint64_t)((double)rate_sent * interval);
  if (next > now || next >= end) {
    if (next > now && next < *until) *until = next;
    return 0;
  }
  struct connection *c = &all[rate_sent++ % (uint64_t)options.connections];
  c->due += (uint64_t)options.burst;
  rate_unsent += (uint64_t)options.burst;
  return c;
}

/* What is due and not sent yet is late, and has to count as such. */
static int rate_over(uint64_t now) {
  look_at_usage(now);
  return now >= end && (rate_unsent == 0 || now >= end + OVERTIME);
}

/* Printing. */

static const char *const protocols[] = {"text", "meta", "binary"};

static void print_request(void) {
  printf("  \"protocol\": \"%s\", \"connections\": %d, \"depth\": %d, \"multiget\": %d, \"get_ratio\": %g,\n",
         protocols[options.protocol], options.connections, options.depth, options.multiget, options.get_ratio);
  printf("  \"rate\": %g, \"burst\": %d, \"keys\": %llu, \"key_length\": %d, \"value_size\": [%u, %u], \"scan\": %g,\n", options.rate, options.burst,
         (unsigned long long)options.keys, options.key_length, options.value_min, options.value_max, options.scan);
  if (options.distribution == ZIPF) printf("  \"distribution\": \"zipf:%g\",\n", options.zipf);
  else printf("  \"distribution\": \"%s\",\n", options.distribution == UNIFORM ? "uniform" : "sequential");
}

static void print_counts(double seconds) {
  struct totals *t = &totals;
  printf("  \"seconds\": %.3f, \"requests_per_second\": %.0f, \"keys_per_second\": %.0f,\n", seconds,
         (double)(t->gets + t->sets) / seconds, (double)(t->keys_got + t->sets) / seconds);
  printf("  \"gets\": %llu, \"sets\": %llu, \"fills\": %llu, \"keys_got\": %llu, \"hits\": %llu,\n",
         (unsigned long long)t->gets, (unsigned long long)t->sets, (unsigned long long)t->fills,
         (unsigned long long)t->keys_got, (unsigned long long)t->hits);
  printf("  \"scan_keys_got\": %llu, \"scan_hits\": %llu, \"errors\": %llu, \"mismatches\": %llu,\n",
         (unsigned long long)t->scan_keys, (unsigned long long)t->scan_hits, (unsigned long long)t->errors,
         (unsigned long long)t->mismatches);
  printf("  \"never_sent\": %llu,\n", (unsigned long long)rate_unsent);
  printf("  \"keys_each_second\": [");
  for (int i = 0; i < t->per_second_size; i++)
    printf("%s%llu", i ? ", " : "", (unsigned long long)t->per_second[i]);
  printf("],\n");
}

static void print_usage(const struct usage *from, const struct usage *to, double seconds) {
  printf("  \"load_cpu\": %.3f, \"server_cpu\": %.3f, \"stolen\": %.3f, \"core_busy\": [", (to->own - from->own) / seconds,
         (to->servers - from->servers) / seconds, (to->stolen - from->stolen) / seconds);
  for (int i = 0; i < to->cores; i++) printf("%s%.3f", i ? ", " : "", (to->busy[i] - from->busy[i]) / seconds);
  printf("],\n");
}

static void print_latency(const char *name, const struct histogram *h) {
  printf("  \"%s\": ", name);
  histogram_print(stdout, h, options.buckets);
  printf(",\n");
}

static void print_error(void) {
  if (!first_error[0]) return;
  printf("  \"first_error\": \"");
  for (const char *c = first_error; *c; c++)
    if (*c >= ' ' && *c != '"' && *c != '\\') putchar(*c);
  printf("\",\n");
}

/* Running. */

static int load_depth(void) {
  int depth = LOAD_BYTES / (int)options.value_max;
  return depth < 1 ? 1 : depth > MAX_LOAD_DEPTH ? MAX_LOAD_DEPTH : depth;
}

static double load_all(void) {
  uint64_t from = clock_now();
  loaded_of = options.keys;
  client_record(from, UINT64_MAX);
  client_run(&(struct phase){.load = 1, .at_any_time = 1, .depth = load_depth(), .loaded = load_next,
                             .may_ask = load_may, .due = due_now, .over = load_over});
  if (totals.errors)
    give_up("%llu of %llu keys were not taken: %s", (unsigned long long)totals.errors,
            (unsigned long long)options.keys, first_error);
  return elapsed(from, clock_now());
}

static void ask_for_seconds(void) {
  totals.per_second_size = (int)options.seconds;
  totals.per_second = calloc((size_t)options.seconds + 1, sizeof *totals.per_second);
  rate_start = clock_now();
  start = rate_start + (uint64_t)(options.warmup * 1e9);
  end = start + (uint64_t)(options.seconds * 1e9);
  client_record(start, end);
  if (options.rate > 0) {
    interval = 1e9 / options.rate * options.burst;
    client_run(&(struct phase){.at_any_time = 1, .depth = options.depth, .may_ask = rate_may, .due = rate_due,
                               .schedule = rate_schedule, .over = rate_over});
  } else {
    client_run(&(struct phase){.depth = options.depth, .may_ask = until_end, .due = due_now, .over = is_over});
  }
}

int main(int argc, char **argv) {
  options_read(argc, argv);
  keys_init();
  client_connect(load_depth());
  double load_seconds = options.preload ? load_all() : 0;
  if (options.seconds > 0) ask_for_seconds();
  printf("{\n");
  print_request();
  if (options.seconds > 0) {
    print_counts(options.seconds);
    print_usage(&before, &after, elapsed(start, end));
    print_error();
    print_latency("get_latency_us", &totals.get_latency);
    print_latency("set_latency_us", &totals.set_latency);
  }
  printf("  \"load_seconds\": %.3f\n}\n", load_seconds);
  if (totals.mismatches) fprintf(stderr, "load: %llu values do not belong to their keys\n", (unsigned long long)totals.mismatches);
  return totals.mismatches ? 2 : 0;
}

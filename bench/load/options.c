#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options options = {
  .target = "127.0.0.1:11211", .connections = 50, .depth = 1, .burst = 1, .multiget = 1, .get_ratio = 0.9,
  .keys = 1000000, .key_length = 32, .value_min = 100, .value_max = 100,
  .warmup = 1, .seconds = 5, .seed = 1};

static const char usage[] =
  "load [option...]: asks a memcached server, measures, and prints JSON.\n"
  "  --connect host:port|PATH    (127.0.0.1:11211)\n"
  "  --protocol text|meta|binary (text)\n"
  "  --connections N             (50)\n"
  "  --depth N                   requests that a connection sends at once (1)\n"
  "  --multiget N                keys in each get (1)\n"
  "  --get-ratio SHARE           (0.9)\n"
  "  --rate N                    requests a second, sent when due, with latency counted from when they\n"
  "                              were due, whatever the server does (0: each connection waits for its answers)\n"
  "  --burst N                   with a rate: requests that are due at once, on one connection (1)\n"
  "  --keys N                    (1000000)\n"
  "  --key-length BYTES          (32, at least 12)\n"
  "  --value-size BYTES[-BYTES]  (100)\n"
  "  --distribution uniform|zipf:THETA|sequential (uniform)\n"
  "  --first N                   the key that sequential begins with (0)\n"
  "  --scan SHARE[:KEYS]         share of the gets that walk through as many other keys (0; as --keys)\n"
  "  --preload                   set each key once before\n"
  "  --fill                      set what a get has missed\n"
  "  --verify                    each value has to belong to its key; exit status 2 if one does not\n"
  "  --warmup SECONDS            (1)\n"
  "  --seconds SECONDS           (5; 0 only loads)\n"
  "  --server-pid PID            tell the CPU time of this process; may be repeated\n"
  "  --buckets                   print the histograms' buckets\n"
  "  --seed N                    (1)\n";

static void fail(const char *name, const char *value) {
  fprintf(stderr, "load: --%s %s makes no sense; load --help tells what does\n", name, value);
  exit(64);
}

static double number(const char *name, const char *text, double min, double max) {
  char *end;
  double value = strtod(text, &end);
  if (end == text || *end || !(value >= min && value <= max)) fail(name, text);
  return value;
}

static void read_sizes(const char *text) {
  char *end;
  options.value_min = options.value_max = (uint32_t)strtoul(text, &end, 10);
  if (*end == '-') options.value_max = (uint32_t)strtoul(end + 1, &end, 10);
  if (end == text || *end || options.value_min == 0 || options.value_max < options.value_min || options.value_max > 64 << 20)
    fail("value-size", text);
}

static void read_distribution(const char *text) {
  if (strcmp(text, "uniform") == 0) options.distribution = UNIFORM;
  else if (strcmp(text, "sequential") == 0) options.distribution = SEQUENTIAL;
  else if (strncmp(text, "zipf:", 5) == 0) {
    options.distribution = ZIPF;
    options.zipf = number("distribution", text + 5, 0.01, 10);
  } else fail("distribution", text);
}

static void read_scan(char *text) {
  char *colon = strchr(text, ':');
  if (colon) {
    options.scan_keys = (uint64_t)number("scan", colon + 1, 1, 4e9);
    *colon = 0;
  }
  options.scan = number("scan", text, 0, 1);
}

static void read_protocol(const char *text) {
  if (strcmp(text, "text") == 0) options.protocol = TEXT;
  else if (strcmp(text, "meta") == 0) options.protocol = META;
  else if (strcmp(text, "binary") == 0) options.protocol = BINARY;
  else fail("protocol", text);
}

static const struct option names[] = {
  {"connect", required_argument, 0, 'c'}, {"protocol", required_argument, 0, 'p'},
  {"connections", required_argument, 0, 'n'}, {"depth", required_argument, 0, 'd'},
  {"multiget", required_argument, 0, 'm'}, {"get-ratio", required_argument, 0, 'g'},
  {"rate", required_argument, 0, 'r'}, {"burst", required_argument, 0, 'B'}, {"keys", required_argument, 0, 'k'},
  {"key-length", required_argument, 0, 'l'}, {"value-size", required_argument, 0, 'v'},
  {"distribution", required_argument, 0, 'D'}, {"scan", required_argument, 0, 'S'},
  {"first", required_argument, 0, 'F'},
  {"preload", no_argument, 0, 'P'}, {"fill", no_argument, 0, 'f'}, {"verify", no_argument, 0, 'V'},
  {"warmup", required_argument, 0, 'w'}, {"seconds", required_argument, 0, 's'},
  {"server-pid", required_argument, 0, 'i'}, {"buckets", no_argument, 0, 'b'},
  {"seed", required_argument, 0, 'e'}, {"help", no_argument, 0, 'h'}, {0, 0, 0, 0}};

static void read_one(int letter, char *text, const char *name) {
  switch (letter) {
    case 'c': options.target = text; break;
    case 'p': read_protocol(text); break;
    case 'n': options.connections = (int)number(name, text, 1, 60000); break;
    case 'd': options.depth = (int)number(name, text, 1, 10000); break;
    case 'm': options.multiget = (int)number(name, text, 1, 1000); break;
    case 'g': options.get_ratio = number(name, text, 0, 1); break;
    case 'r': options.rate = number(name, text, 0, 1e8); break;
    case 'B': options.burst = (int)number(name, text, 1, 10000); break;
    case 'k': options.keys = (uint64_t)number(name, text, 1, 4e9); break;
    case 'l': options.key_length = (int)number(name, text, 12, 250); break;
    case 'v': read_sizes(text); break;
    case 'D': read_distribution(text); break;
    case 'S': read_scan(text); break;
    case 'F': options.first = (uint64_t)number(name, text, 0, 4e9); break;
    case 'P': options.preload = 1; break;
    case 'f': options.fill = 1; break;
    case 'V': options.verify = 1; break;
    case 'w': options.warmup = number(name, text, 0, 1e6); break;
    case 's': options.seconds = number(name, text, 0, 1e6); break;
    case 'i':
      if (options.servers == 16) fail(name, text);
      options.server_pids[options.servers++] = (int)number(name, text, 1, 1e9);
      break;
    case 'b': options.buckets = 1; break;
    case 'e': options.seed = (uint64_t)number(name, text, 0, 1e15); break;
    case 'h': fputs(usage, stdout); exit(0);
    default: fputs("load --help tells what there is\n", stderr); exit(64);
  }
}

void options_read(int argc, char **argv) {
  int letter, index = 0;
  while ((letter = getopt_long(argc, argv, "", names, &index)) != -1)
    read_one(letter, optarg, names[index].name);
  if (optind < argc) fail("", argv[optind]);
  if (options.fill && options.multiget > 1) fail("fill", "with --multiget");
  if (options.scan_keys == 0) options.scan_keys = options.keys;
}

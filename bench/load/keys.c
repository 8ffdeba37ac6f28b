#include "keys.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "options.h"

char keys_prefix[256];
char keys_quads[10000][4];
int keys_prefix_length;
char *keys_pattern;

static uint64_t state, stride, sequence, scanned;
static double zipf_first, zipf_last, zipf_shortcut;

uint64_t keys_random(void) {
  state += 0xa0761d6478bd642fu;
  __uint128_t product = (__uint128_t)state * (state ^ 0xe7037ed1a0b428dbu);
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/* Zipf's distribution by rejection-inversion (Hörmann and Derflinger 1996): any exponent, no table. */
static double zipf_h(double x) { return exp(-options.zipf * log(x)); }

static double zipf_integral(double x) {
  double l = log(x), e = (1 - options.zipf) * l;
  return (fabs(e) > 1e-8 ? expm1(e) / e : 1 + e / 2) * l;
}

static double zipf_inverse(double x) {
  double t = x * (1 - options.zipf);
  if (t < -1) t = -1;
  return exp((fabs(t) > 1e-8 ? log1p(t) / t : 1 - t / 2) * x);
}

static uint64_t zipf_rank(void) {
  for (;;) {
    double u = zipf_last + keys_share() * (zipf_first - zipf_last);
    double x = zipf_inverse(u), k = floor(x + 0.5);
    if (k < 1) k = 1;
    if (k > (double)options.keys) k = (double)options.keys;
    if (k - x <= zipf_shortcut || u >= zipf_integral(k + 0.5) - zipf_h(k)) return (uint64_t)k - 1;
  }
}

static uint64_t greatest_common_divisor(uint64_t a, uint64_t b) {
  while (b) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

void keys_init(void) {
  sequence = options.first;
  state = keys_mix(options.seed + 1);
  for (int i = 0; i < 10000; i++) {
    char digits[16];
    snprintf(digits, sizeof digits, "%04d", i);
    memcpy(keys_quads[i], digits, 4);
  }
  keys_prefix_length = options.key_length - DIGITS;
  for (int i = 0; i < keys_prefix_length; i++) keys_prefix[i] = "bench:of:ehcached:"[i % 18];
  size_t length = (size_t)options.value_max + PATTERN_SPREAD;
  keys_pattern = malloc(length);
  if (!keys_pattern) abort();
  for (size_t i = 0; i < length; i++) keys_pattern[i] = (char)('0' + keys_mix(i) % 75);
  zipf_first = zipf_integral(1.5) - 1;
  zipf_last = zipf_integral((double)options.keys + 0.5);
  zipf_shortcut = 2 - zipf_inverse(zipf_integral(2.5) - zipf_h(2));
  /* Popular keys are to lie anywhere, not side by side as they were loaded. */
  stride = 2654435761u % options.keys;
  while (greatest_common_divisor(stride, options.keys) != 1) stride++;
}

uint64_t keys_next(void) {
  switch (options.distribution) {
    case ZIPF: return zipf_rank() * stride % options.keys;
    case SEQUENTIAL: return sequence++ % options.keys;
    case UNIFORM: break;
  }
  return (uint64_t)(((__uint128_t)keys_random() * options.keys) >> 64);
}

uint64_t keys_next_scanned(void) { return options.keys + scanned++ % options.scan_keys; }

uint32_t keys_value_length(uint64_t id) {
  if (options.value_min == options.value_max) return options.value_min;
  return options.value_min + (uint32_t)((keys_mix(id) >> 20) % (options.value_max - options.value_min + 1));
}

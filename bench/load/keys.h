/* Which key is asked for next, how a key is spelt, and which value belongs to it. Keys go by number. */
#ifndef KEYS_H
#define KEYS_H
#include <stdint.h>
#include <string.h>

enum { DIGITS = 12, PATTERN_SPREAD = 1 << 16 };

void keys_init(void);

/* A number of 64 bits that nobody can foretell. */
uint64_t keys_random(void);

/* A number of 0 to 1, less than 1. */
static inline double keys_share(void) { return (double)(keys_random() >> 11) * 0x1p-53; }

/* The key of the next get or set. Those of a scan are numbered from options.keys. */
uint64_t keys_next(void);
uint64_t keys_next_scanned(void);

extern char keys_prefix[256];
extern char keys_quads[10000][4];
extern int keys_prefix_length;
extern char *keys_pattern;

/* Writes the key, options.key_length bytes: the same letters for all, then the number. */
static inline char *keys_write(char *out, uint64_t id) {
  memcpy(out, keys_prefix, (size_t)keys_prefix_length);
  out += keys_prefix_length;
  uint64_t high = id / 100000000, low = id % 100000000;
  memcpy(out, keys_quads[high % 10000], 4);
  memcpy(out + 4, keys_quads[low / 10000], 4);
  memcpy(out + 8, keys_quads[low % 10000], 4);
  return out + DIGITS;
}

static inline uint64_t keys_mix(uint64_t id) {
  id = (id ^ (id >> 31)) * 0x7fb5d329728ea185u;
  id = (id ^ (id >> 27)) * 0x81dadef4bc2dd44du;
  return id ^ (id >> 33);
}

uint32_t keys_value_length(uint64_t id);

/* The bytes that belong to a key, as many as keys_value_length says. */
static inline const char *keys_value(uint64_t id) { return keys_pattern + keys_mix(id) % PATTERN_SPREAD; }
#endif

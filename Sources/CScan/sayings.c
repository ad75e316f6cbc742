#include "CSayings.h"
#include <string.h>

/// So many sayings ahead a line is fetched from memory; a power of two.
enum { AHEAD = 32 };

/// All four are hashes, or 0: odd factors keep apart which is which.
static inline uint64_t hash(const cscan_saying *saying) {
  return saying->account * 0x9e3779b97f4a7c15 + saying->account_value + saying->customer * 0xd1342543de82ef95 +
         saying->customer_value * 0xda942042e4dd58b5;
}

static inline uint32_t tag(uint64_t hash) { return (uint32_t)hash != 0 ? (uint32_t)hash : 1; }

/// The upper bits choose among the lines that there were at first, the tag's own lowest bits among those that they became.
static inline cscan_tags *line(cscan_tags *lines, unsigned spread, uint64_t hash) {
  return lines + (hash >> (64 - CSCAN_LINE_BITS) << spread | (tag(hash) & ((1u << spread) - 1)));
}

static inline int holds(const cscan_tags *line, uint32_t tag) {
  uint32_t found = 0;
  for (int i = 0; i < 16; i++) found |= line->tags[i] == tag;
  return found != 0;
}

/// Puts a tag before the others; the last one is lost where there are 16.
static inline void put(cscan_tags *line, uint32_t tag) {
  memmove(line->tags + 1, line->tags, 15 * sizeof tag);
  line->tags[0] = tag;
}

size_t cscan_new_sayings(cscan_tags *lines, unsigned spread, const cscan_saying *sayings, size_t count,
                         uint32_t *places) {
  uint64_t ahead[AHEAD];
  size_t found = 0;
  for (size_t i = 0; i < count + AHEAD; i++) {
    uint64_t *next = ahead + i % AHEAD;
    if (i >= AHEAD) {
      cscan_tags *at = line(lines, spread, *next);
      if (!holds(at, tag(*next))) {
        put(at, tag(*next));
        places[found++] = (uint32_t)(i - AHEAD);
      }
    }
    if (i < count) {
      *next = hash(sayings + i);
      __builtin_prefetch(line(lines, spread, *next), 1);
    }
  }
  return found;
}

void cscan_spread_tags(const cscan_tags *lines, unsigned spread, cscan_tags *larger) {
  for (size_t i = 0; i < (size_t)1 << (CSCAN_LINE_BITS + spread); i++) {
    size_t upper = i >> spread << (spread + 2), lower = i & ((1u << spread) - 1);
    for (int place = 15; place >= 0; place--) {
      uint32_t tag = lines[i].tags[place];
      if (tag != 0) put(larger + (upper | (size_t)(tag >> spread & 3) << spread | lower), tag);
    }
  }
}

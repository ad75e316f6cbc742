#include "CSayings.h"
#include <string.h>

/// So many sayings ahead a line is fetched from memory; a power of two.
enum { AHEAD = 32 };
/// How many tags a line has.
enum { TAGS = sizeof(cscan_tags) / sizeof(uint64_t) };

/// A saying's hash. All four are hashes, or 0: odd factors keep apart which is which.
static inline uint64_t tag(const cscan_saying *saying) {
  uint64_t sum = saying->account * 0x9e3779b97f4a7c15 + saying->account_value + saying->customer * 0xd1342543de82ef95 +
                 saying->customer_value * 0xda942042e4dd58b5;
  return sum != 0 ? sum : 1;
}

/// Which line a tag belongs to: its upper bits.
static inline cscan_tags *line(cscan_tags *lines, unsigned spread, uint64_t tag) {
  return lines + (tag >> (64 - CSCAN_LINE_BITS - spread));
}

static inline int holds(const cscan_tags *line, uint64_t tag) {
  uint64_t found = 0;
  for (int i = 0; i < TAGS; i++) found |= line->tags[i] == tag;
  return found != 0;
}

/// Puts a tag before the others; the last one is lost where there is no room.
static inline void put(cscan_tags *line, uint64_t tag) {
  memmove(line->tags + 1, line->tags, (TAGS - 1) * sizeof tag);
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
      if (!holds(at, *next)) {
        put(at, *next);
        places[found++] = (uint32_t)(i - AHEAD);
      }
    }
    if (i < count) {
      *next = tag(sayings + i);
      __builtin_prefetch(line(lines, spread, *next), 1);
    }
  }
  return found;
}

void cscan_spread_tags(const cscan_tags *lines, unsigned spread, cscan_tags *larger) {
  for (size_t i = 0; i < (size_t)1 << (CSCAN_LINE_BITS + spread); i++) {
    for (int place = TAGS - 1; place >= 0; place--) {
      uint64_t tag = lines[i].tags[place];
      if (tag != 0) put(line(larger, spread + 2, tag), tag);
    }
  }
}

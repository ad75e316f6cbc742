#include "CSayings.h"
#include "steps.h"
#include "ways.h"
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

/// A search that is under way.
typedef struct {
  cscan_tags *lines;
  unsigned spread;
  const cscan_saying *sayings;
  size_t count;
  uint32_t *places;
  size_t found;
  uint64_t ahead[AHEAD];
} search;

/// Has the line of one saying fetched from memory, and looks for the one whose line was fetched a while before.
CSCAN_INLINE void look(search *at, size_t i) {
  uint64_t *next = at->ahead + i % AHEAD;
  if (i >= AHEAD) {
    cscan_tags *tags = line(at->lines, at->spread, *next);
    if (!holds(tags, *next)) {
      put(tags, *next);
      at->places[at->found++] = (uint32_t)(i - AHEAD);
    }
  }
  if (i < at->count) {
    *next = tag(at->sayings + i);
    __builtin_prefetch(line(at->lines, at->spread, *next), 1);
  }
}

#if defined(__x86_64__)

WITH_AVX2 static size_t together(search at) {
  for (size_t i = 0; i < at.count + AHEAD; i++) look(&at, i);
  return at.found;
}

/// The same, with a quarter of a block of the digest after each saying.
CSCAN_STEPPING static size_t stepping(search at, cscan_digest *digest) {
  size_t i = 0;
  cscan_rounds rounds = cscan_begin_rounds(digest);
  for (; digest->blocks != 0 && i + 4 <= at.count + AHEAD; digest->blocks--, digest->bytes += 64) {
    look(&at, i++);
    cscan_quarter(&rounds, digest->bytes, 0);
    look(&at, i++);
    cscan_quarter(&rounds, digest->bytes, 1);
    look(&at, i++);
    cscan_quarter(&rounds, digest->bytes, 2);
    look(&at, i++);
    cscan_quarter(&rounds, digest->bytes, 3);
  }
  cscan_end_rounds(digest, &rounds);
  for (; i < at.count + AHEAD; i++) look(&at, i);
  return at.found;
}

#endif

static size_t plainly(search at) {
  for (size_t i = 0; i < at.count + AHEAD; i++) look(&at, i);
  return at.found;
}

size_t cscan_new_sayings(cscan_tags *lines, unsigned spread, const cscan_saying *sayings, size_t count,
                         uint32_t *places, cscan_digest *digest) {
  search at = {.lines = lines, .spread = spread, .sayings = sayings, .count = count, .places = places};
#if defined(__x86_64__)
  // There is a digest only where the processor can.
  if (digest != NULL) return stepping(at, digest);
  if (has_avx2()) return together(at);
#endif
  (void)digest;
  return plainly(at);
}

void cscan_spread_tags(const cscan_tags *lines, unsigned spread, cscan_tags *larger) {
  for (size_t i = 0; i < (size_t)1 << (CSCAN_LINE_BITS + spread); i++) {
    for (int place = TAGS - 1; place >= 0; place--) {
      uint64_t tag = lines[i].tags[place];
      if (tag != 0) put(line(larger, spread + 2, tag), tag);
    }
  }
}

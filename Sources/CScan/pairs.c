#include "CPairs.h"

/// So many pairs ahead a slot is fetched.
enum { AHEAD = 16 };

static inline int has_key(const cscan_pair *slot, cscan_pair pair) {
  return slot->low_key == pair.low_key && (uint16_t)slot->tops == (uint16_t)pair.tops;
}

static inline int is_free(const cscan_pair *slot) { return slot->low_key == 0 && (uint16_t)slot->tops == 0; }

static inline int has_several_values(const cscan_pair *slot) {
  return slot->low_value == UINT32_MAX && slot->tops >> 16 == UINT16_MAX;
}

size_t cscan_put_pairs(cscan_pair *slots, uint32_t mask, const cscan_pair *pairs, size_t count, uint32_t *places) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count) __builtin_prefetch(slots + (pairs[i + AHEAD].low_key & mask), 1);
    cscan_pair pair = pairs[i];
    uint32_t place = pair.low_key & mask;
    while (!has_key(slots + place, pair) && !is_free(slots + place)) place = (place + 1) & mask;
    cscan_pair *slot = slots + place;
    if (is_free(slot)) {
      *slot = pair;
    } else if (slot->low_value != pair.low_value || slot->tops != pair.tops) {
      slot->low_value = UINT32_MAX;
      slot->tops |= (uint32_t)UINT16_MAX << 16;
    }
    if (has_several_values(slot)) places[found++] = (uint32_t)i;
  }
  return found;
}

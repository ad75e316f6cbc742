/// Fast 64-bit hashes of texts in memory, with a seed: what they are made of is `FastHash`'s to say.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CScreen.h"

typedef struct {
  uint64_t first, second, third, fourth;
} cscan_seed;

static inline uint64_t cscan_fold(uint64_t left, uint64_t right) {
  unsigned __int128 product = (unsigned __int128)left * right;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

static inline uint64_t cscan_eight(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

static inline uint64_t cscan_four(const uint8_t *bytes) {
  uint32_t word;
  memcpy(&word, bytes, 4);
  return word;
}

/// The last two words and the count, folded twice.
CSCAN_INLINE uint64_t cscan_hash_end(uint64_t low, uint64_t high, uint64_t lane, uint64_t count, cscan_seed seed) {
  unsigned __int128 product = (unsigned __int128)(low ^ seed.second) * (high ^ lane);
  return cscan_fold((uint64_t)product ^ seed.third ^ count, (uint64_t)(product >> 64) ^ seed.fourth);
}

/// Over 16 bytes: steps of 48 in three independent lanes, then of 16, then the last 16 (which may overlap).
CSCAN_INLINE uint64_t cscan_hash_long(const uint8_t *bytes, size_t count, cscan_seed seed) {
  size_t at = 0;
  uint64_t lane = seed.first;
  if (count > 48) {
    uint64_t lane_two = seed.second, lane_three = seed.third;
    for (; at + 48 < count; at += 48) {
      lane = cscan_fold(cscan_eight(bytes + at) ^ seed.second, cscan_eight(bytes + at + 8) ^ lane);
      lane_two = cscan_fold(cscan_eight(bytes + at + 16) ^ seed.third, cscan_eight(bytes + at + 24) ^ lane_two);
      lane_three = cscan_fold(cscan_eight(bytes + at + 32) ^ seed.fourth, cscan_eight(bytes + at + 40) ^ lane_three);
    }
    lane ^= lane_two ^ lane_three;
  }
  for (; at + 16 < count; at += 16) {
    lane = cscan_fold(cscan_eight(bytes + at) ^ seed.second, cscan_eight(bytes + at + 8) ^ lane);
  }
  return cscan_hash_end(cscan_eight(bytes + count - 16), cscan_eight(bytes + count - 8), lane, count, seed);
}

/// The hash of `count` bytes, which need no alignment. No other byte is looked at.
CSCAN_INLINE uint64_t cscan_hash(const uint8_t *bytes, size_t count, cscan_seed seed) {
  if (count > 16) return cscan_hash_long(bytes, count, seed);
  uint64_t low = 0, high = 0;
  if (count >= 8) {
    low = cscan_eight(bytes);
    high = cscan_eight(bytes + count - 8);
  } else if (count >= 4) {
    low = cscan_four(bytes);
    high = cscan_four(bytes + count - 4);
  } else if (count > 0) {
    low = (uint64_t)bytes[0] << 16 | (uint64_t)bytes[count >> 1] << 8 | bytes[count - 1];
  } else {
    return cscan_fold(seed.first, seed.second);
  }
  return cscan_hash_end(low, high, seed.first, count, seed);
}

/// The hashes of a column's values, those of empty ones too; which values aren't empty.
uint64_t cscan_hashes(cscan_column column, cscan_seed seed, uint64_t *hashes);

/// Of so many columns side by side, of which `first` is the first, one hash of all their values. Where these lie in a row,
/// with three bytes between two of them at most and 4 KiB in all, it is a hash of the bytes as they lie there and of where
/// each value begins and ends; else one of the values' hashes. Equal ones are of equal values.
void cscan_block_hashes(cscan_column first, size_t columns, cscan_seed seed, uint64_t *hashes);

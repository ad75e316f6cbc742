/// Tables of pairs of keys and values.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// A key and a value of 48 bits each: their low 32 bits, and above the upper 16 of the key those of the value. No key is 0.
typedef struct {
  uint32_t low_key, low_value, tops;
} cscan_pair;

/// Puts pairs into a table with open addressing, each key once. Where a key is there with another value, its value becomes
/// all ones. `places` gets the places of those pairs of whose key different values are known then. How many.
///
/// - slots: 2 to the power of some number, of which `mask` has all bits; keys of 0 where none is. There must be more than
///   there will be keys.
size_t cscan_put_pairs(cscan_pair *slots, uint32_t mask, const cscan_pair *pairs, size_t count, uint32_t *places);

/// What rows say of their parties, and which of them say what a row before them said.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CDigest.h"

/// What a row says: the fingerprints of an account and of what is said of it, of a customer and of what is said of that.
typedef struct {
  uint64_t account, account_value, customer, customer_value;
} cscan_saying;

/// A line of a processor's cache with the tags of up to 8 sayings, the last one first; 0 where there is none.
typedef struct {
  uint64_t tags[8];
} cscan_tags;

/// How many bits of a saying's hash choose a line, before lines are spread.
#define CSCAN_LINE_BITS 16

/// Which of `count` sayings, by their places, are new: those whose tags no line holds, which then hold them, as long as
/// they have room. How many. A saying that came before may be called new; a new one is taken for a certain other one in one
/// case of 2 to the power of 64.
///
/// - lines: 2 to the power of (CSCAN_LINE_BITS + spread).
/// - digest: what is digested meanwhile, step by step; NULL for nothing.
size_t cscan_new_sayings(cscan_tags *lines, unsigned spread, const cscan_saying *sayings, size_t count,
                         uint32_t *places, cscan_digest *digest);

/// Puts the tags of some lines into four times as many, which are empty.
void cscan_spread_tags(const cscan_tags *lines, unsigned spread, cscan_tags *larger);

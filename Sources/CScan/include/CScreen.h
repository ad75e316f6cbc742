/// Looks at one column of up to 64 records at once: which of them surely keep a rule. Bit i speaks of record i. Where a
/// bit isn't set the record may keep the rule or not, and has to be asked by itself.
///
/// On x86-64 with AVX2, which is found out when a program runs, 32 bytes are looked at together; elsewhere byte by byte.
/// Up to 64 bytes from a value's first one on must be readable, whatever they hold.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CDigest.h"

/// Where a value stands: its first byte and one past its last.
typedef struct {
  uint32_t start, end;
} cscan_span;

/// A column: the span of its value in the first record, and how many spans further that in the next one stands.
typedef struct {
  const uint8_t *base;
  const cscan_span *spans;
  size_t stride;
  /// At most 64.
  size_t rows;
  /// What is digested meanwhile, step by step; NULL for nothing.
  cscan_digest *digest;
} cscan_column;

/// A set of ASCII bytes. A byte is in it if `low` by its low half and `high` by its high half share a bit.
typedef struct {
  uint8_t low[16], high[16];
  /// 0 or 1 by byte, the same set.
  uint8_t members[256];
} cscan_class;

/// The set of the bytes that are not 0 in `members`, of which those from 0x80 on must be.
void cscan_make_class(const uint8_t members[256], cscan_class *set);

/// Values that aren't empty; these are certain, the others are surely empty.
uint64_t cscan_present(cscan_column column);

/// Values of `minimum` to `maximum` bytes.
uint64_t cscan_length(cscan_column column, uint64_t minimum, uint64_t maximum);

/// Values of `minimum` to `maximum` bytes, of which the first `fixed` (at most 31) are what `positions` says, bit i of a
/// byte's entry for position i, and the others in the set.
uint64_t cscan_positions(cscan_column column, const uint32_t *positions, uint32_t fixed, const cscan_class *set,
                         uint64_t minimum, uint64_t maximum);

/// Values that begin with a byte whose entry is not 0.
uint64_t cscan_first(cscan_column column, const uint8_t firsts[256]);

/// Integers of up to 8 digits without a sign or leading zeros, from `minimum` to `maximum`; `values` gets them.
uint64_t cscan_integers(cscan_column column, int64_t minimum, int64_t maximum, int64_t *values);

/// Dates YYYY-MM-DD of the calendar, but for 29 February.
uint64_t cscan_dates(cscan_column column);

/// Of two columns of dates, where the second isn't before the first, or isn't there, or the first isn't.
uint64_t cscan_order(cscan_column first, cscan_column second);

/// Mail addresses of up to 64 bytes, with the sets of what stands before the `@` and after it.
uint64_t cscan_emails(cscan_column column, const cscan_class *local, const cscan_class *domain);

/// Values of three bytes that are in a list, each as its bytes in the low bytes of a word, the first in the lowest;
/// `values` gets them.
uint64_t cscan_words(cscan_column column, const uint32_t *list, size_t count, uint32_t *values);

/// Values that aren't `length` bytes long, or neither begin nor end with a digit.
uint64_t cscan_not_number(cscan_column column, uint32_t length);

/// What fills values up, and at which ends it is taken away.
typedef struct {
  uint8_t padding, at_start, at_end;
} cscan_filling;

/// Takes away what fills a column's values up: writes where they stand then, each `stride` spans behind the one before.
void cscan_trim(cscan_column column, cscan_filling filling, cscan_span *trimmed, size_t stride);

/// Identifiers that a spreadsheet surely did nothing to: those that don't begin with `#`, and of those that begin with a
/// digit, the ones of up to 4 bytes, or of up to 15 without a plus.
uint64_t cscan_unspoilt(cscan_column column);

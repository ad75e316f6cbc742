/// SHA-256 (FIPS 180-4) for between other work.
///
/// The rounds of SHA-256 wait for one another: a processor that does nothing else meanwhile is idle for most of the time,
/// even with instructions for them. So the loops over a column's rows (`CScreen.h`) are given a digest to go on with, and
/// other loops call `cscan_digest_block` now and then: both are done in little more than the time of one. Only for x86-64
/// with the SHA instructions and AVX2; elsewhere `cscan_digest_is_possible` says no, and the digest is libcrypto's.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Inlined wherever it is called.
#define CSCAN_INLINE static inline __attribute__((always_inline))

typedef struct {
  /// The chaining value as the instructions want it: F E B A, then H G D C, each from the lowest place.
  uint32_t state[8];
  /// What is to be gone through: so many blocks of 64 bytes.
  const uint8_t *bytes;
  size_t blocks;
} cscan_digest;

/// Whether this processor can.
int cscan_digest_is_possible(void);

/// Begins a digest: with no bytes so far.
void cscan_digest_begin(cscan_digest *digest);

/// Gives it the next blocks, which stay where they are until all are gone through.
static inline void cscan_digest_give(cscan_digest *digest, const uint8_t *bytes, size_t blocks) {
  digest->bytes = bytes;
  digest->blocks = blocks;
}

/// Goes through the next block, if there is any.
void cscan_digest_block(cscan_digest *digest);

/// Goes through all that is left.
void cscan_digest_catch_up(cscan_digest *digest);

/// The digest of all that was given and, behind it, fewer than 64 bytes, `count` bytes in all. It can go on afterwards as
/// if it had not been asked.
void cscan_digest_value(const cscan_digest *digest, const uint8_t *rest, uint64_t count, uint8_t value[32]);

/// SHA-256 (FIPS 180-4) in steps of a quarter of a block, for between other work.
///
/// The rounds of SHA-256 wait for one another: a processor that does nothing else meanwhile is idle for most of the time,
/// even with instructions for them, and no library's function can be left half-way. So a loop over other things calls
/// `cscan_digest_pass` at each turn, and both are done in little more than the time of one. Only for x86-64 with the SHA
/// instructions; elsewhere `cscan_digest_is_possible` says no, and the digest is libcrypto's.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
  /// The chaining value as the instructions want it: F E B A, then H G D C, each from the lowest place.
  uint32_t state[8];
  /// The same before the block that is gone through.
  uint32_t before[8];
  /// The last 16 words of its message schedule.
  uint32_t words[16];
  /// What is gone through: so many blocks of 64 bytes, the one that was begun among them.
  const uint8_t *bytes;
  size_t blocks;
  /// How many quarters of the first one are done.
  uint32_t quarter;
} cscan_digest;

/// Whether this processor can.
int cscan_digest_is_possible(void);

/// Begins a digest: with no bytes so far.
void cscan_digest_begin(cscan_digest *digest);

/// A quarter of a block further; there must be one.
void cscan_digest_quarter(cscan_digest *digest);

/// Gives it the next blocks, which stay where they are until all are gone through.
static inline void cscan_digest_give(cscan_digest *digest, const uint8_t *bytes, size_t blocks) {
  digest->bytes = bytes;
  digest->blocks = blocks;
}

/// At each second turn of a loop, goes a step further, if there is anything to go through.
static inline void cscan_digest_pass(cscan_digest *digest, size_t turn) {
  if (digest != NULL && digest->blocks != 0 && (turn & 1)) cscan_digest_quarter(digest);
}

/// Goes through all that is left.
void cscan_digest_catch_up(cscan_digest *digest);

/// The digest of all that was given and, behind it, fewer than 64 bytes, `count` bytes in all. It can go on afterwards as
/// if it had not been asked.
void cscan_digest_value(const cscan_digest *digest, const uint8_t *rest, uint64_t count, uint8_t value[32]);

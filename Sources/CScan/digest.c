#include "steps.h"
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>

int cscan_digest_is_possible(void) {
  unsigned int a, b, c, d;
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("sse4.1")) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

const uint32_t cscan_round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

CSCAN_STEPPING static inline void go_on(cscan_digest *digest, size_t blocks) {
  cscan_rounds at = cscan_begin_rounds(digest);
  for (size_t block = 0; block < blocks; block++, digest->bytes += 64) {
    cscan_quarter(&at, digest->bytes, 0);
    cscan_quarter(&at, digest->bytes, 1);
    cscan_quarter(&at, digest->bytes, 2);
    cscan_quarter(&at, digest->bytes, 3);
  }
  digest->blocks -= blocks;
  cscan_end_rounds(digest, &at);
}

CSCAN_STEPPING void cscan_digest_block(cscan_digest *digest) {
  if (digest->blocks != 0) go_on(digest, 1);
}

CSCAN_STEPPING void cscan_digest_catch_up(cscan_digest *digest) { go_on(digest, digest->blocks); }

#else

int cscan_digest_is_possible(void) { return 0; }
void cscan_digest_block(cscan_digest *digest) { (void)digest; }
void cscan_digest_catch_up(cscan_digest *digest) { (void)digest; }

#endif

void cscan_digest_begin(cscan_digest *digest) {
  static const uint32_t first[8] = {0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667,
                                    0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372};
  memset(digest, 0, sizeof *digest);
  memcpy(digest->state, first, sizeof first);
}

static void put(uint8_t *to, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; i++) to[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
}

void cscan_digest_value(const cscan_digest *digest, const uint8_t *rest, uint64_t count, uint8_t value[32]) {
  static const int places[8] = {3, 2, 7, 6, 1, 0, 5, 4};
  uint8_t padded[128] = {0};
  size_t left = (size_t)(count % 64), blocks = left < 56 ? 1 : 2;
  if (left > 0) memcpy(padded, rest, left);
  padded[left] = 0x80;
  put(padded + 64 * blocks - 8, count * 8, 8);
  cscan_digest last = *digest;
  cscan_digest_give(&last, padded, blocks);
  cscan_digest_catch_up(&last);
  for (int i = 0; i < 8; i++) put(value + 4 * i, last.state[places[i]], 4);
}

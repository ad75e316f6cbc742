// Memory of libcurl's. It takes some seventy pieces for a request and gives all of them back, among them a buffer of
// 16 KB: too large for what a thread of the C library keeps at hand, so that a tenth of a request's time went into taking
// locks, cutting and joining. Here each thread keeps what it gave back, by powers of two, and has it again.
//
// A piece may be given back by another thread than the one that took it. What a thread keeps is bounded, and goes back to
// the C library with its end.
#include "shim.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 64, SIZES = 10, KEPT_OF_A_SIZE = 2 << 20 };

// Before each piece; the size that fits 16 bytes keeps pieces aligned.
struct piece {
  // Which size, from 0; SIZES for one that is larger than all.
  size_t size;
  // Bytes that fit into it.
  size_t room;
};

struct kept {
  struct piece *first[SIZES];
  size_t count[SIZES];
};

static _Thread_local struct kept *mine;
static pthread_key_t at_end;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void **next_of(struct piece *piece) { return (void **)(piece + 1); }

static void let_go(void *context) {
  struct kept *kept = context;
  for (int size = 0; size < SIZES; size++) {
    for (struct piece *piece = kept->first[size]; piece != NULL;) {
      struct piece *next = *next_of(piece);
      free(piece);
      piece = next;
    }
  }
  free(kept);
  mine = NULL;
}

static void prepare(void) { (void)pthread_key_create(&at_end, let_go); }

static struct kept *begin(void) {
  pthread_once(&once, prepare);
  struct kept *kept = calloc(1, sizeof *kept);
  if (kept == NULL) return NULL;
  if (pthread_setspecific(at_end, kept) != 0) {
    free(kept);
    return NULL;
  }
  return mine = kept;
}

static size_t size_of(size_t bytes) {
  if (bytes <= SMALLEST) return 0;
  size_t size = 8 * sizeof(unsigned long) - (size_t)__builtin_clzl(bytes - 1) - 6;
  return size < SIZES ? size : SIZES;
}

void *billdrop_curl_take(size_t bytes) {
  size_t size = size_of(bytes);
  struct kept *kept = mine;
  struct piece *piece = size < SIZES && kept != NULL ? kept->first[size] : NULL;
  if (piece != NULL) {
    kept->first[size] = *next_of(piece);
    kept->count[size]--;
    return piece + 1;
  }
  size_t room = size < SIZES ? (size_t)SMALLEST << size : bytes;
  if (room > SIZE_MAX - sizeof *piece) return NULL;
  piece = malloc(sizeof *piece + room);
  if (piece == NULL) return NULL;
  *piece = (struct piece){size, room};
  return piece + 1;
}

void billdrop_curl_give(void *memory) {
  if (memory == NULL) return;
  struct piece *piece = (struct piece *)memory - 1;
  struct kept *kept = mine != NULL ? mine : begin();
  size_t size = piece->size;
  if (size == SIZES || kept == NULL || kept->count[size] >= (size_t)KEPT_OF_A_SIZE / piece->room) {
    free(piece);
    return;
  }
  *next_of(piece) = kept->first[size];
  kept->first[size] = piece;
  kept->count[size]++;
}

void *billdrop_curl_take_again(void *memory, size_t bytes) {
  if (memory == NULL) return billdrop_curl_take(bytes);
  struct piece *piece = (struct piece *)memory - 1;
  if (bytes <= piece->room) return memory;
  void *larger = billdrop_curl_take(bytes);
  if (larger == NULL) return NULL;
  memcpy(larger, memory, piece->room);
  billdrop_curl_give(memory);
  return larger;
}

void *billdrop_curl_take_clear(size_t count, size_t bytes) {
  if (bytes != 0 && count > SIZE_MAX / bytes) return NULL;
  void *memory = billdrop_curl_take(count * bytes);
  return memory == NULL ? NULL : memset(memory, 0, count * bytes);
}

static char *take_copy(const char *text) {
  size_t bytes = strlen(text) + 1;
  char *copy = billdrop_curl_take(bytes);
  return copy == NULL ? NULL : memcpy(copy, text, bytes);
}

static CURLcode started;

static void start(void) {
  started = curl_global_init_mem(CURL_GLOBAL_DEFAULT, billdrop_curl_take, billdrop_curl_give, billdrop_curl_take_again,
                                 take_copy, billdrop_curl_take_clear);
}

CURLcode billdrop_curl_start(void) {
  static pthread_once_t start_once = PTHREAD_ONCE_INIT;
  pthread_once(&start_once, start);
  return started;
}

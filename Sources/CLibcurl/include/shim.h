#pragma once
// What Swift can't call of libcurl: the variadic functions, each option's type of argument as a function of its own.
// Also sockets watched at once, and Linux's timer descriptors.
#include <curl/curl.h>
#include <stdint.h>

#include "watch.h"

// Starts libcurl with the memory below, once however often it is called. What takes memory of libcurl's calls it first.
CURLcode billdrop_curl_start(void);
// malloc, realloc, calloc and free for libcurl: see memory.c.
void *billdrop_curl_take(size_t bytes);
void *billdrop_curl_take_again(void *memory, size_t bytes);
void *billdrop_curl_take_clear(size_t count, size_t bytes);
void billdrop_curl_give(void *memory);

static inline CURLcode billdrop_curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode billdrop_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode billdrop_curl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode billdrop_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode billdrop_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}
typedef size_t (*billdrop_curl_sink)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode billdrop_curl_set_sink(CURL *easy, CURLoption option, billdrop_curl_sink value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode billdrop_curl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode billdrop_curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode billdrop_curl_get_socket(CURL *easy, curl_socket_t *value) {
  return curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, value);
}
static inline CURLcode billdrop_curl_get_context(CURL *easy, void **value) {
  return curl_easy_getinfo(easy, CURLINFO_PRIVATE, value);
}
static inline CURLMcode billdrop_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}
// A cache of connections for one handle alone: libcurl looks through a cache whenever it makes another connection, and
// closes what it takes for dead, also where somebody else uses it (CURLOPT_CONNECT_ONLY). NULL where there is no memory.
static inline CURLSH *billdrop_curl_make_cache(void) {
  CURLSH *share = curl_share_init();
  if (share != NULL && curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT) != CURLSHE_OK) {
    (void)curl_share_cleanup(share);
    return NULL;
  }
  return share;
}
typedef int (*billdrop_curl_host_key)(void *context, int type, const char *key, size_t count);
static inline CURLcode billdrop_curl_set_host_key(CURL *easy, billdrop_curl_host_key value) {
  return curl_easy_setopt(easy, CURLOPT_SSH_HOSTKEYFUNCTION, value);
}
typedef int (*billdrop_curl_pulse)(void *context, curl_off_t download, curl_off_t downloaded, curl_off_t upload,
                                   curl_off_t uploaded);
static inline CURLcode billdrop_curl_set_pulse(CURL *easy, billdrop_curl_pulse value) {
  return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, value);
}
// The result of a finished transfer: a member of a union in CURLMsg.
static inline CURLcode billdrop_curl_message_result(const CURLMsg *message) { return message->data.result; }

#ifdef __linux__
#include <sys/timerfd.h>
// A timer of the monotonic clock as a descriptor that becomes readable; negative on failure.
static inline int billdrop_timer_make(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); }
// Sets the timer to a moment of the monotonic clock in nanoseconds; 0 switches it off.
static inline int billdrop_timer_set(int timer, uint64_t moment) {
  struct itimerspec when = {{0, 0}, {(time_t)(moment / 1000000000u), (long)(moment % 1000000000u)}};
  return timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, 0);
}
#else
// No such timers: the caller's poll wakes to the millisecond.
static inline int billdrop_timer_make(void) { return -1; }
static inline int billdrop_timer_set(int timer, uint64_t moment) { (void)timer; (void)moment; return -1; }
#endif

// libcurl, loaded when it is first called. It brings some thirty libraries along, whose loading takes most of the time of
// a program that never calls it. The functions of it that are called have their names here, are seen by this program
// alone, and go on to the library's own.
//
// Whoever calls another function of libcurl adds it here: it is missing when the program is linked otherwise.
#define CURL_DISABLE_TYPECHECK
#include "shim.h"

#include "COnDemand.h"
#include <stdarg.h>

#if defined(__APPLE__)
static struct on_demand_library library = {"libcurl.4.dylib", NULL};
#else
static struct on_demand_library library = {"libcurl.so.4", NULL};
#endif
#define LIBRARY &library

// Before the first piece of memory is taken: all are taken and given back in the same way (memory.c).
#define START (void)billdrop_curl_start()

ON_DEMAND(CURLcode, curl_global_init_mem,
          (long flags, curl_malloc_callback take, curl_free_callback give, curl_realloc_callback again,
           curl_strdup_callback copy, curl_calloc_callback clear),
          (flags, take, give, again, copy, clear))
ON_DEMAND(char *, curl_version, (void), ())
ON_DEMAND(curl_version_info_data *, curl_version_info, (CURLversion age), (age))
ON_DEMAND(void, curl_free, (void *memory), (memory))
ON_DEMAND_AFTER(START, struct curl_slist *, curl_slist_append, (struct curl_slist *list, const char *text), (list, text))
ON_DEMAND(void, curl_slist_free_all, (struct curl_slist *list), (list))

ON_DEMAND_AFTER(START, CURL *, curl_easy_init, (void), ())
ON_DEMAND(void, curl_easy_cleanup, (CURL *easy), (easy))
ON_DEMAND(CURLcode, curl_easy_perform, (CURL *easy), (easy))
ON_DEMAND(CURLcode, curl_easy_send, (CURL *easy, const void *bytes, size_t count, size_t *sent),
          (easy, bytes, count, sent))
ON_DEMAND(CURLcode, curl_easy_recv, (CURL *easy, void *bytes, size_t count, size_t *received),
          (easy, bytes, count, received))
ON_DEMAND(const char *, curl_easy_strerror, (CURLcode code), (code))

ON_DEMAND_AFTER(START, CURLM *, curl_multi_init, (void), ())
ON_DEMAND(CURLMcode, curl_multi_cleanup, (CURLM *multi), (multi))
ON_DEMAND(CURLMcode, curl_multi_add_handle, (CURLM *multi, CURL *easy), (multi, easy))
ON_DEMAND(CURLMcode, curl_multi_remove_handle, (CURLM *multi, CURL *easy), (multi, easy))
ON_DEMAND(CURLMcode, curl_multi_perform, (CURLM *multi, int *running), (multi, running))
ON_DEMAND(CURLMcode, curl_multi_wakeup, (CURLM *multi), (multi))
ON_DEMAND(CURLMsg *, curl_multi_info_read, (CURLM *multi, int *left), (multi, left))
ON_DEMAND(CURLMcode, curl_multi_poll,
          (CURLM *multi, struct curl_waitfd extra[], unsigned int count, int milliseconds, int *ready),
          (multi, extra, count, milliseconds, ready))

ON_DEMAND_AFTER(START, CURLSH *, curl_share_init, (void), ())
ON_DEMAND(CURLSHcode, curl_share_cleanup, (CURLSH *share), (share))

ON_DEMAND_AFTER(START, CURLU *, curl_url, (void), ())
ON_DEMAND(void, curl_url_cleanup, (CURLU *url), (url))
ON_DEMAND(CURLUcode, curl_url_get, (CURLU *url, CURLUPart part, char **text, unsigned int flags),
          (url, part, text, flags))
ON_DEMAND(CURLUcode, curl_url_set, (CURLU *url, CURLUPart part, const char *text, unsigned int flags),
          (url, part, text, flags))

// The last argument is a long, an offset or a pointer, all of one size on the platforms that billdrop runs on, or a
// number that is passed in the place of one.
_Static_assert(sizeof(long) == sizeof(void *) && sizeof(curl_off_t) == sizeof(void *), "arguments differ in size");

#define LAST_ARGUMENT                                                                                                 \
  va_list rest;                                                                                                       \
  va_start(rest, option);                                                                                             \
  void *last = va_arg(rest, void *);                                                                                  \
  va_end(rest)

ON_DEMAND_AFTER(LAST_ARGUMENT, CURLcode, curl_easy_setopt, (CURL * easy, CURLoption option, ...), (easy, option, last))
ON_DEMAND_AFTER(LAST_ARGUMENT, CURLcode, curl_easy_getinfo, (CURL * easy, CURLINFO option, ...), (easy, option, last))
ON_DEMAND_AFTER(LAST_ARGUMENT, CURLSHcode, curl_share_setopt, (CURLSH * share, CURLSHoption option, ...),
                (share, option, last))
ON_DEMAND_AFTER(LAST_ARGUMENT, CURLMcode, curl_multi_setopt, (CURLM * multi, CURLMoption option, ...),
                (multi, option, last))

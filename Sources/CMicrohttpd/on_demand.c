// libmicrohttpd, loaded when it is first called: with GnuTLS it brings a dozen libraries along, and most runs of a
// program that can serve serve nothing. The functions of it that are called have their names here, are seen by this
// program alone, and go on to the library's own.
//
// Whoever calls another function of libmicrohttpd adds it here: it is missing when the program is linked otherwise.
#include "shim.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#if defined(__APPLE__)
static const char name_of_library[] = "libmicrohttpd.12.dylib";
#else
static const char name_of_library[] = "libmicrohttpd.so.12";
#endif

static void *library;

static void load(void) { library = dlopen(name_of_library, RTLD_NOW | RTLD_LOCAL); }

/// A function of the library. Where there is none the program ends, as it does where the system can't load a library
/// that it is linked with.
static void *find(const char *name) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  void *function = library == NULL ? NULL : dlsym(library, name);
  if (function != NULL) return function;
  fprintf(stderr, "%s can't be loaded: %s\n", name_of_library, dlerror());
  _exit(127);
}

#define ON_DEMAND(result, name, parameters, arguments)                                                                \
  __attribute__((visibility("hidden"))) result(name) parameters {                                                     \
    static __typeof__(&name) known;                                                                                   \
    __typeof__(&name) function = __atomic_load_n(&known, __ATOMIC_ACQUIRE);                                           \
    if (function == NULL) {                                                                                           \
      function = (__typeof__(&name))find(#name);                                                                      \
      __atomic_store_n(&known, function, __ATOMIC_RELEASE);                                                           \
    }                                                                                                                 \
    return function arguments;                                                                                        \
  }

struct MHD_Daemon *billdrop_mhd_start_daemon(unsigned int flags, uint16_t port, MHD_AccessHandlerCallback handler,
                                             void *context, struct MHD_OptionItem *options) {
  __typeof__(&MHD_start_daemon) start = (__typeof__(&MHD_start_daemon))find("MHD_start_daemon");
  return start(flags, port, NULL, NULL, handler, context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

ON_DEMAND(void, MHD_stop_daemon, (struct MHD_Daemon *daemon), (daemon))
ON_DEMAND(enum MHD_Result, MHD_run, (struct MHD_Daemon *daemon), (daemon))
ON_DEMAND(enum MHD_Result, MHD_get_timeout, (struct MHD_Daemon *daemon, MHD_UNSIGNED_LONG_LONG *timeout),
          (daemon, timeout))
ON_DEMAND(enum MHD_Result, MHD_is_feature_supported, (enum MHD_FEATURE feature), (feature))
ON_DEMAND(const union MHD_DaemonInfo *, MHD_get_daemon_info,
          (struct MHD_Daemon *daemon, enum MHD_DaemonInfoType type, ...), (daemon, type))
ON_DEMAND(const union MHD_ConnectionInfo *, MHD_get_connection_info,
          (struct MHD_Connection *connection, enum MHD_ConnectionInfoType type, ...), (connection, type))

ON_DEMAND(int, MHD_get_connection_values,
          (struct MHD_Connection *connection, enum MHD_ValueKind kind, MHD_KeyValueIterator each, void *context),
          (connection, kind, each, context))
ON_DEMAND(const char *, MHD_lookup_connection_value,
          (struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *key), (connection, kind, key))
ON_DEMAND(void, MHD_suspend_connection, (struct MHD_Connection *connection), (connection))
ON_DEMAND(void, MHD_resume_connection, (struct MHD_Connection *connection), (connection))
ON_DEMAND(enum MHD_Result, MHD_queue_response,
          (struct MHD_Connection *connection, unsigned int status, struct MHD_Response *response),
          (connection, status, response))

ON_DEMAND(struct MHD_Response *, MHD_create_response_from_buffer,
          (size_t count, void *bytes, enum MHD_ResponseMemoryMode mode), (count, bytes, mode))
ON_DEMAND(struct MHD_Response *, MHD_create_response_from_callback,
          (uint64_t size, size_t block, MHD_ContentReaderCallback read, void *context,
           MHD_ContentReaderFreeCallback end),
          (size, block, read, context, end))
ON_DEMAND(enum MHD_Result, MHD_add_response_header,
          (struct MHD_Response *response, const char *name, const char *value), (response, name, value))
ON_DEMAND(void, MHD_destroy_response, (struct MHD_Response *response), (response))

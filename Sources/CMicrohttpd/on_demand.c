// libmicrohttpd, loaded when it is first called: with GnuTLS it brings a dozen libraries along, and most runs of a
// program that can serve serve nothing. The functions of it that are called have their names here, are seen by this
// program alone, and go on to the library's own.
//
// Whoever calls another function of libmicrohttpd adds it here: it is missing when the program is linked otherwise.
#include "shim.h"

#include "COnDemand.h"

#if defined(__APPLE__)
static struct on_demand_library library = {"libmicrohttpd.12.dylib", NULL};
#else
static struct on_demand_library library = {"libmicrohttpd.so.12", NULL};
#endif
#define LIBRARY &library

struct MHD_Daemon *billdrop_mhd_start_daemon(unsigned int flags, uint16_t port, MHD_AccessHandlerCallback handler,
                                             void *context, struct MHD_OptionItem *options) {
  __typeof__(&MHD_start_daemon) start = (__typeof__(&MHD_start_daemon))on_demand_find(LIBRARY, "MHD_start_daemon");
  return start(flags, port, NULL, NULL, handler, context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

ON_DEMAND(void, MHD_stop_daemon, (struct MHD_Daemon *daemon), (daemon))
ON_DEMAND(enum MHD_Result, MHD_run, (struct MHD_Daemon *daemon), (daemon))
ON_DEMAND(enum MHD_Result, MHD_get_timeout, (struct MHD_Daemon *daemon, MHD_UNSIGNED_LONG_LONG *timeout),
          (daemon, timeout))
ON_DEMAND(const char *, MHD_get_version, (void), ())
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

#pragma once
#include <microhttpd.h>
#include <arpa/inet.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/// What `billdrop_mhd_start` needs to know; Swift imports neither the variadic call nor its option array.
struct billdrop_mhd_settings {
  uint16_t port;
  int any_interface;              // 0: loopback only
  unsigned int connection_limit;
  unsigned int timeout_seconds;   // of an idle connection; 0: none
  size_t connection_memory;       // bytes for a connection's heads; 0: as the library has it
  const char *certificate;        // PEM; NULL: plain HTTP
  const char *private_key;        // PEM
  MHD_AccessHandlerCallback handler;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connected;  // gives the connection its number, as a pointer
  void *context;                  // given to all callbacks
};

/// Whether a connection has begun; else it ends.
static inline int billdrop_mhd_has_begun(enum MHD_ConnectionNotificationCode code) {
  return code == MHD_CONNECTION_NOTIFY_STARTED;
}

/// MHD_start_daemon with an array of options.
__attribute__((visibility("hidden"))) struct MHD_Daemon *billdrop_mhd_start_daemon(
    unsigned int flags, uint16_t port, MHD_AccessHandlerCallback handler, void *context,
    struct MHD_OptionItem *options);

/// A daemon that `billdrop_mhd_serve` runs; connections may be suspended. NULL with errno set on failure.
///
/// The library's own thread is not used: with epoll, 0.9.75 goes to sleep on it where exactly 128 connections have
/// something at once, until something else comes on another one.
/// https://www.gnu.org/software/libmicrohttpd/manual/libmicrohttpd.html#microhttpd_002dinit
static inline struct MHD_Daemon *billdrop_mhd_start(const struct billdrop_mhd_settings *settings) {
  unsigned int flags = MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_TURBO;
#if defined(__linux__)
  flags |= MHD_USE_EPOLL;
#else
  flags |= MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL;
#endif
  if (settings->certificate != NULL) flags |= MHD_USE_TLS;
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(settings->port);
  address.sin_addr.s_addr = htonl(settings->any_interface ? INADDR_ANY : INADDR_LOOPBACK);
  struct MHD_OptionItem options[10] = {
    {MHD_OPTION_SOCK_ADDR, 0, &address},
    {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t) settings->completed, settings->context},
    {MHD_OPTION_CONNECTION_LIMIT, (intptr_t) settings->connection_limit, NULL},
    {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t) settings->timeout_seconds, NULL},
    {MHD_OPTION_LISTEN_BACKLOG_SIZE, 4096, NULL},
    {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t) settings->connected, settings->context},
    {MHD_OPTION_END, 0, NULL},
    {MHD_OPTION_END, 0, NULL},
    {MHD_OPTION_END, 0, NULL},
    {MHD_OPTION_END, 0, NULL},
  };
  struct MHD_OptionItem *next = options + 6;
  if (settings->connection_memory != 0) {
    *next++ = (struct MHD_OptionItem) {
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t) settings->connection_memory, NULL};
  }
  if (settings->certificate != NULL) {
    *next++ = (struct MHD_OptionItem) {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *) settings->certificate};
    *next++ = (struct MHD_OptionItem) {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *) settings->private_key};
  }
  return billdrop_mhd_start_daemon(flags, settings->port, settings->handler, settings->context, options);
}

/// Serves on this thread until a byte 0 comes out of the pipe, which doesn't block; any other byte says that a
/// connection was resumed. Where the library has a thread of its own, only waits.
static inline void billdrop_mhd_serve(struct MHD_Daemon *daemon, int pipe_end) {
  struct pollfd waited[2] = {{pipe_end, POLLIN, 0}, {-1, POLLIN, 0}};
#if defined(__linux__)
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  if (info != NULL) waited[1].fd = info->epoll_fd;
#endif
  for (;;) {
    MHD_UNSIGNED_LONG_LONG left = 0;
    int timeout = -1;
    if (waited[1].fd >= 0 && MHD_get_timeout(daemon, &left) == MHD_YES) timeout = left > INT_MAX ? INT_MAX : (int) left;
    waited[0].revents = 0;
    poll(waited, 2, timeout);
    if (waited[0].revents != 0) {
      char rings[512];
      ssize_t count = read(pipe_end, rings, sizeof rings);
      if (count > 0 && memchr(rings, 0, (size_t) count) != NULL) return;
    }
    if (waited[1].fd >= 0) MHD_run(daemon);
  }
}

/// Whether the library can serve TLS: it is built with GnuTLS, or it isn't.
static inline int billdrop_mhd_has_tls(void) { return MHD_is_feature_supported(MHD_FEATURE_TLS) == MHD_YES; }

/// The port that the daemon listens on; 0 when it can't be told.
static inline uint16_t billdrop_mhd_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

/// The socket of a connection, to write past the library while it is suspended; -1 when it can't be told.
static inline int billdrop_mhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

/// Which connection of this process it is, from 1; 0 when it can't be told.
static inline uint64_t billdrop_mhd_connection_number(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == NULL ? 0 : (uint64_t) (uintptr_t) info->socket_context;
}

/// The size of a body that isn't known beforehand: the answer is sent in chunks.
static inline uint64_t billdrop_mhd_size_unknown(void) { return MHD_SIZE_UNKNOWN; }
/// What a content reader returns at the end, and where the connection has to be cut.
static inline ssize_t billdrop_mhd_end_of_stream(void) { return MHD_CONTENT_READER_END_OF_STREAM; }
static inline ssize_t billdrop_mhd_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }

// The library's enumeration constants by function: how Swift imports them differs between the library's versions.
static inline enum MHD_Result billdrop_mhd_yes(void) { return MHD_YES; }
static inline enum MHD_Result billdrop_mhd_no(void) { return MHD_NO; }
static inline enum MHD_ValueKind billdrop_mhd_header_kind(void) { return MHD_HEADER_KIND; }
static inline enum MHD_ValueKind billdrop_mhd_query_kind(void) { return MHD_GET_ARGUMENT_KIND; }

/// A response with a copy of these bytes.
static inline struct MHD_Response *billdrop_mhd_response(const void *bytes, size_t count) {
  return MHD_create_response_from_buffer(count, (void *) bytes, MHD_RESPMEM_MUST_COPY);
}

#pragma once
#include <libpq-fe.h>

// libpq prints notices of the server on standard error unless somebody takes them. Nobody needs them.
static inline void billdrop_pq_ignore(void *argument, const PGresult *result) {
  (void)argument;
  (void)result;
}
static inline void billdrop_pq_ignore_notices(PGconn *connection) {
  PQsetNoticeReceiver(connection, billdrop_pq_ignore, NULL);
}

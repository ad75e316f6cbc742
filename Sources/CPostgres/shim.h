#pragma once
#include <libpq-fe.h>
#include <string.h>

// What a server warned of last: how often, and the words.
typedef struct {
  int count;
  char words[200];
} billdrop_pq_warnings;

// libpq prints notices of the server on standard error unless somebody takes them. Only warnings tell something.
static inline void billdrop_pq_notice(void *argument, const PGresult *result) {
  billdrop_pq_warnings *warnings = argument;
  const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (severity == NULL || strcmp(severity, "WARNING") != 0) return;
  warnings->count += 1;
  strncpy(warnings->words, words == NULL ? "a warning" : words, sizeof warnings->words - 1);
  warnings->words[sizeof warnings->words - 1] = 0;
}

// From here on the connection's warnings are noted there, and its other notices go nowhere.
static inline void billdrop_pq_note_warnings(PGconn *connection, billdrop_pq_warnings *warnings) {
  PQsetNoticeReceiver(connection, billdrop_pq_notice, warnings);
}

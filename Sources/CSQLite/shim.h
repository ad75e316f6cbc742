#pragma once
#include <sqlite3.h>

// Swift can't call what takes a variable number of arguments.
static inline int billdrop_sqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

#ifdef __linux__
// statfs, which the C library's module leaves out: SQLite's WAL doesn't work on a network file system.
#include <sys/vfs.h>
#endif

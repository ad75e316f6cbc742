#pragma once
#include <sqlite3.h>
#ifdef __linux__
// statfs, which the C library's module leaves out: SQLite's WAL doesn't work on a network file system.
#include <sys/vfs.h>
#endif

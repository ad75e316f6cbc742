#pragma once

#ifdef __linux__
#include <sys/prctl.h>
#endif

/// Lets no core file be written, wherever the system sends those, and no other process of this user look into this one.
/// Swift doesn't import prctl(2), whose parameters vary.
static inline void close_process_memory(void) {
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0);
#endif
}

#include "COnDemand.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

void *on_demand_find(struct on_demand_library *library, const char *function) {
  void *handle = __atomic_load_n(&library->handle, __ATOMIC_ACQUIRE);
  if (handle == NULL) {
    // Two threads may both come here: they get the same handle.
    handle = dlopen(library->name, RTLD_NOW | RTLD_LOCAL);
    __atomic_store_n(&library->handle, handle, __ATOMIC_RELEASE);
  }
  void *found = handle == NULL ? NULL : dlsym(handle, function);
  if (found != NULL) return found;
  fprintf(stderr, "%s can't be loaded: %s\n", library->name, dlerror());
  _exit(127);
}

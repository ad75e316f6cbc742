#ifndef BILLDROP_ON_DEMAND_H
#define BILLDROP_ON_DEMAND_H

/// A library that is loaded when it is first called.
struct on_demand_library {
  /// As the system's loader knows it.
  const char *name;
  /// By dlopen(3); `NULL` until then.
  void *handle;
};

/// A function of the library. Where there is none the program ends, as it does where the system can't load a library
/// that it is linked with. For several threads at once.
void *on_demand_find(struct on_demand_library *library, const char *function);

/// Defines the function `name` for this program alone, so that it goes on to the library's own of that name; `LIBRARY` is
/// the address of the library.
#define ON_DEMAND(result, name, parameters, arguments) ON_DEMAND_AFTER(, result, name, parameters, arguments)

/// With statements before it.
#define ON_DEMAND_AFTER(before, result, name, parameters, arguments)                                                  \
  __attribute__((visibility("hidden"))) result(name) parameters {                                                     \
    before;                                                                                                           \
    static __typeof__(&name) known;                                                                                   \
    __typeof__(&name) function = __atomic_load_n(&known, __ATOMIC_ACQUIRE);                                           \
    if (function == NULL) {                                                                                           \
      function = (__typeof__(&name))on_demand_find(LIBRARY, #name);                                                   \
      __atomic_store_n(&known, function, __ATOMIC_RELEASE);                                                           \
    }                                                                                                                 \
    return function arguments;                                                                                        \
  }

#endif

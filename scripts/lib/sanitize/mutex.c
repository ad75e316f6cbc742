// For the thread sanitizer alone, given to its programs by LD_PRELOAD.
//
// Swift's Mutex takes and gives a free lock by atomics in the caller, which the sanitizer sees. One that another thread holds
// it takes and gives in the library libswiftSynchronization.so, by futex(2), which the sanitizer doesn't see: so it
// takes whatever a mutex protects for a race. Here these two functions tell it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// The sanitizer's (compiler-rt); none in a program that was built without it.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

typedef SWIFT void lock_slow(uint32_t, SELF void *);
typedef SWIFT void unlock_slow(SELF void *);

// Synchronization._MutexHandle._lockSlow(UInt32)
SWIFT void billdrop_lock_slow(uint32_t thread, SELF void *mutex) __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
SWIFT void billdrop_lock_slow(uint32_t thread, SELF void *mutex) {
  static lock_slow *next;
  if (!next) next = (lock_slow *)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
  next(thread, mutex);
  if (__tsan_acquire) __tsan_acquire(mutex);
}

// Synchronization._MutexHandle._unlockSlow()
SWIFT void billdrop_unlock_slow(SELF void *mutex) __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
SWIFT void billdrop_unlock_slow(SELF void *mutex) {
  static unlock_slow *next;
  if (!next) next = (unlock_slow *)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
  if (__tsan_release) __tsan_release(mutex);
  next(mutex);
}

// Makes timers of timerfd_create(2) follow the clocks of faketime, which sets those of a moment wrongly: a library for
// LD_PRELOAD, before faketime's own.
// SOAK_SPEED says how many times as fast the clocks go.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static struct timespec slower(struct timespec time, double speed) {
  const double seconds = ((double)time.tv_sec + (double)time.tv_nsec / 1e9) / speed;
  if (seconds <= 0) return (struct timespec){0, 0};
  const time_t whole = (time_t)seconds;
  return (struct timespec){whole, (long)((seconds - (double)whole) * 1e9)};
}

int timerfd_settime(int timer, int flags, const struct itimerspec *wanted, struct itimerspec *before) {
  const char *const text = getenv("SOAK_SPEED");
  const double speed = text ? atof(text) : 1;
  struct itimerspec own = *wanted;
  const int isArmed = own.it_value.tv_sec != 0 || own.it_value.tv_nsec != 0;
  if (isArmed && (flags & TFD_TIMER_ABSTIME)) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    own.it_value.tv_sec -= now.tv_sec;
    own.it_value.tv_nsec -= now.tv_nsec;
  }
  own.it_value = slower(own.it_value, speed);
  own.it_interval = slower(own.it_interval, speed);
  // Of nothing left it ends at once; nothing at all would switch it off.
  if (isArmed && own.it_value.tv_sec == 0 && own.it_value.tv_nsec == 0) own.it_value.tv_nsec = 1;
  return (int)syscall(SYS_timerfd_settime, timer, 0, &own, before);
}

#pragma once
// Sockets that a thread watches all at once: epoll(7), where there is none kqueue(2). What Swift can't call of them.
#include <errno.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BILLDROP_WATCH_MOST = 64 };

// send(2) that raises no SIGPIPE where the other side has gone, whatever the program says of that signal. Where there is no
// such flag libcurl has told the socket.
static inline ssize_t billdrop_watch_send(int socket, const void *bytes, size_t count) {
#ifdef MSG_NOSIGNAL
  return send(socket, bytes, count, MSG_NOSIGNAL);
#else
  return send(socket, bytes, count, 0);
#endif
}

#ifdef __linux__
#include <sys/epoll.h>

static inline int billdrop_watch_make(void) { return epoll_create1(EPOLL_CLOEXEC); }
// Watches a socket from now on for something to read; it is known by its number. 0, or -1.
static inline int billdrop_watch_add(int watch, int socket, uint64_t number) {
  struct epoll_event event = {.events = EPOLLIN, .data.u64 = number};
  return epoll_ctl(watch, EPOLL_CTL_ADD, socket, &event);
}
// Whether it is watched for room to write too.
static inline int billdrop_watch_writing(int watch, int socket, uint64_t number, int writes) {
  struct epoll_event event = {.events = EPOLLIN | (writes ? EPOLLOUT : 0u), .data.u64 = number};
  return epoll_ctl(watch, EPOLL_CTL_MOD, socket, &event);
}
static inline void billdrop_watch_remove(int watch, int socket) {
  struct epoll_event event = {0};
  (void)epoll_ctl(watch, EPOLL_CTL_DEL, socket, &event);
}
// Waits for so many milliseconds at most; the numbers of BILLDROP_WATCH_MOST at most of those that are ready.
static inline int billdrop_watch_wait(int watch, uint64_t *numbers, int milliseconds) {
  struct epoll_event events[BILLDROP_WATCH_MOST];
  int count = epoll_wait(watch, events, BILLDROP_WATCH_MOST, milliseconds);
  for (int place = 0; place < count; place++) numbers[place] = events[place].data.u64;
  return count;
}
#else
#include <sys/event.h>
#include <sys/time.h>

static inline int billdrop_watch_make(void) { return kqueue(); }
static inline int billdrop_watch_add(int watch, int socket, uint64_t number) {
  struct kevent change;
  EV_SET(&change, socket, EVFILT_READ, EV_ADD, 0, 0, (void *)(uintptr_t)number);
  return kevent(watch, &change, 1, NULL, 0, NULL);
}
static inline int billdrop_watch_writing(int watch, int socket, uint64_t number, int writes) {
  struct kevent change;
  EV_SET(&change, socket, EVFILT_WRITE, writes ? EV_ADD : EV_DELETE, 0, 0, (void *)(uintptr_t)number);
  return kevent(watch, &change, 1, NULL, 0, NULL);
}
static inline void billdrop_watch_remove(int watch, int socket) {
  struct kevent change;
  EV_SET(&change, socket, EVFILT_READ, EV_DELETE, 0, 0, NULL);
  (void)kevent(watch, &change, 1, NULL, 0, NULL);
  EV_SET(&change, socket, EVFILT_WRITE, EV_DELETE, 0, 0, NULL);
  (void)kevent(watch, &change, 1, NULL, 0, NULL);
}
static inline int billdrop_watch_wait(int watch, uint64_t *numbers, int milliseconds) {
  struct kevent events[BILLDROP_WATCH_MOST];
  struct timespec limit = {milliseconds / 1000, (milliseconds % 1000) * 1000000L};
  int count = kevent(watch, NULL, 0, events, BILLDROP_WATCH_MOST, &limit);
  for (int place = 0; place < count; place++) numbers[place] = (uint64_t)(uintptr_t)events[place].udata;
  return count;
}
#endif

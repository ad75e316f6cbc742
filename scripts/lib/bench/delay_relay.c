// delay_relay LISTEN-PORT TARGET-PORT MILLISECONDS: a TCP relay on the loopback interface that hands on what it reads so
// many milliseconds later, each way, as a long line would: as much as there is may be under way, up to 64 MB a direction.
// One thread; stopped by a signal.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 1 << 16, MOST_UNDER_WAY = 64 << 20, MOST_WAYS = 128 };

// What was read and is not handed on yet; of no bytes: the end.
struct piece {
  double due;
  int count, sent;
  struct piece *next;
  char bytes[PIECE];
};

// One direction of a connection.
struct way {
  int from, to, is_read_out, is_over;
  size_t under_way;
  struct piece *first, *last;
};

static struct way ways[MOST_WAYS];
static int way_count;
static double delay;
static struct piece *spare;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
}

static struct piece *take_piece(void) {
  struct piece *piece = spare;
  if (piece) spare = piece->next;
  else piece = malloc(sizeof *piece);
  if (!piece) exit(1);
  piece->next = NULL;
  piece->sent = 0;
  return piece;
}

static void read_more(struct way *way) {
  for (int round = 0; round < 16 && way->under_way < MOST_UNDER_WAY; round++) {
    struct piece *piece = take_piece();
    piece->count = (int) read(way->from, piece->bytes, PIECE);
    if (piece->count < 0 && (errno == EAGAIN || errno == EINTR)) {
      piece->next = spare;
      spare = piece;
      return;
    }
    if (piece->count <= 0) {
      piece->count = 0;
      way->is_read_out = 1;
    }
    piece->due = now() + delay;
    if (way->last) way->last->next = piece;
    else way->first = piece;
    way->last = piece;
    way->under_way += (size_t) piece->count;
    if (way->is_read_out) return;
  }
}

static void hand_on(struct way *way) {
  while (way->first && way->first->due <= now()) {
    struct piece *piece = way->first;
    if (piece->count == 0) {
      shutdown(way->to, SHUT_WR);
      way->is_over = 1;
      return;
    }
    ssize_t count = send(way->to, piece->bytes + piece->sent, (size_t) (piece->count - piece->sent), MSG_NOSIGNAL);
    if (count < 0) {
      if (errno == EAGAIN || errno == EINTR) return;
      shutdown(way->from, SHUT_RDWR);
      way->is_over = 1;
      return;
    }
    piece->sent += (int) count;
    if (piece->sent < piece->count) return;
    way->under_way -= (size_t) piece->count;
    way->first = piece->next;
    if (!way->first) way->last = NULL;
    piece->next = spare;
    spare = piece;
  }
}

static struct sockaddr_in place(int port) {
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return place;
}

static void join(int client, int target) {
  int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  struct sockaddr_in there = place(target);
  if (way_count + 2 > MOST_WAYS || connect(server, (struct sockaddr *) &there, sizeof there)) {
    close(client);
    close(server);
    return;
  }
  int both[2] = {client, server};
  for (int side = 0; side < 2; side++) {
    setsockopt(both[side], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(both[side], F_SETFL, O_NONBLOCK);
    ways[way_count++] = (struct way) {.from = both[side], .to = both[1 - side]};
  }
}

// Connections whose two directions are over make room.
static void clear_up(void) {
  for (int at = 0; at + 1 < way_count; at += 2) {
    if (!ways[at].is_over || !ways[at + 1].is_over) continue;
    close(ways[at].from);
    close(ways[at].to);
    ways[at] = ways[way_count - 2];
    ways[at + 1] = ways[way_count - 1];
    way_count -= 2;
    at -= 2;
  }
}

// What each direction waits for, and how many milliseconds until something is due.
static int wait_for_more(struct pollfd *waits) {
  double soonest = 1000;
  for (int at = 0; at < way_count; at++) {
    struct way *way = &ways[at];
    double left = way->first && !way->is_over ? way->first->due - now() : 1000;
    int reads = !way->is_read_out && way->under_way < MOST_UNDER_WAY;
    waits[2 * at + 1] = (struct pollfd) {.fd = reads ? way->from : -1, .events = POLLIN};
    waits[2 * at + 2] = (struct pollfd) {.fd = way->first && !way->is_over && left <= 0 ? way->to : -1, .events = POLLOUT};
    if (left > 0 && left < soonest) soonest = left;
  }
  struct timespec time = {(time_t) (soonest / 1e3), (long) ((long long) (soonest * 1e6) % 1000000000)};
  return ppoll(waits, (nfds_t) (2 * way_count + 1), &time, NULL);
}

int main(int count, char **words) {
  if (count != 4) {
    fprintf(stderr, "usage: delay_relay LISTEN-PORT TARGET-PORT MILLISECONDS\n");
    return 64;
  }
  int target = atoi(words[2]), listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  delay = atof(words[3]);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in here = place(atoi(words[1]));
  if (bind(listener, (struct sockaddr *) &here, sizeof here) || listen(listener, 64)) {
    perror("delay_relay");
    return 1;
  }
  static struct pollfd waits[2 * MOST_WAYS + 1];
  for (;;) {
    waits[0] = (struct pollfd) {.fd = listener, .events = POLLIN};
    wait_for_more(waits);
    if (waits[0].revents & POLLIN) join(accept(listener, NULL, NULL), target);
    for (int at = 0; at < way_count; at++) {
      if (!ways[at].is_read_out) read_more(&ways[at]);
      if (!ways[at].is_over) hand_on(&ways[at]);
    }
    clear_up();
  }
}

import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Completions on their way from the client's thread to the one that waits for them.
///
/// The waiter sleeps in `poll` on a pipe: a signal handler may wake it, which a condition variable wouldn't allow.
final class CompletionQueue: Sendable {
  private struct State {
    var completions: [Completion] = []
    var isWaiting = false
    var isEnded = false
  }

  private let state = Mutex(State())
  private let readEnd: CInt
  private let writeEnd: CInt

  /// Throws `notStarted` where there is no descriptor left.
  init() throws(HTTPClientError) {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw .notStarted("no pipe, errno \(errno)") }
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Whether no completion is left, and none will come of what was submitted before the end.
  var isEnded: Bool { state.withLock { $0.isEnded && $0.completions.isEmpty } }

  /// Adds completions, and says with `ended` that these are the last.
  func add(_ batch: [Completion], ended: Bool = false) {
    guard !batch.isEmpty || ended else { return }
    let mustWake = state.withLock { state in
      if state.completions.isEmpty { state.completions = batch } else { state.completions += batch }
      state.isEnded = state.isEnded || ended
      defer { state.isWaiting = false }
      return state.isWaiting
    }
    if mustWake { wake() }
  }

  /// Ends a wait, or the next one. Calls nothing but `write` and leaves errno alone: fit for a signal handler.
  func wake() {
    let before = errno
    defer { errno = before }
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes all completions; where there are none, waits for some, for a wake or a signal, or until the time is over.
  func take(waitingUpTo limit: Duration) -> [Completion] {
    let ready = grab(announcingWait: true)
    guard ready.isEmpty, !isEnded else { return ready }
    var descriptor = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    _ = poll(&descriptor, 1, CInt(limit.milliseconds))
    var dropped: (UInt64, UInt64) = (0, 0)
    while read(readEnd, &dropped, 16) > 0 {}
    return grab(announcingWait: false)
  }

  private func grab(announcingWait: Bool) -> [Completion] {
    state.withLock { state in
      var taken: [Completion] = []
      swap(&taken, &state.completions)
      state.isWaiting = announcingWait && taken.isEmpty
      return taken
    }
  }
}

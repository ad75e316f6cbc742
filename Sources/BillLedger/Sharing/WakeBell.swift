#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wakes a thread that waits, also one that begins to wait a moment later: a pipe.
final class WakeBell: Sendable {
  private let ends: (read: CInt, write: CInt)

  /// `nil` where the system has no more descriptors.
  init?() {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    self.ends = (ends[0], ends[1])
  }

  deinit {
    close(ends.read)
    close(ends.write)
  }

  func ring() {
    var byte: UInt8 = 1
    _ = write(ends.write, &byte, 1)
  }

  /// Waits until it rings, so many milliseconds at most.
  func wait(milliseconds: Int64) {
    var poll = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
    #if canImport(Glibc)
      _ = Glibc.poll(&poll, 1, CInt(clamping: max(milliseconds, 0)))
    #else
      _ = Darwin.poll(&poll, 1, CInt(clamping: max(milliseconds, 0)))
    #endif
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(ends.read, &bytes, bytes.count) > 0 {}
  }
}

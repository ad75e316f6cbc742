#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe by which one thread wakes another out of `poll`.
struct Bell: Sendable {
  /// What the sleeper waits for and reads: a 1 for each ring, a 0 for the last one. It doesn't block.
  let readEnd: Int32
  private let writeEnd: Int32

  /// Nil where there is no pipe to be had; errno tells why.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// Wakes the sleeper; where the pipe is full, it is woken already.
  func ring() { _ = put(1) }

  /// Wakes the sleeper for the last time.
  func ringLast() {
    while !put(0), errno == EAGAIN || errno == EINTR { usleep(1000) }
  }

  /// Gives the pipe back; nobody may ring or sleep any more.
  func remove() {
    close(writeEnd)
    close(readEnd)
  }

  private func put(_ byte: UInt8) -> Bool {
    var byte = byte
    return write(writeEnd, &byte, 1) == 1
  }
}

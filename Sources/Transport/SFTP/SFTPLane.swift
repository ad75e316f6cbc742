#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One of several connections that work on the parts of files. Used by one thread at a time.
final class SFTPLane: @unchecked Sendable {
  typealias Work = @Sendable (SFTPConnection, Int, SFTPPart, inout Int64) throws(SFTPError) -> Void

  private let connection: SFTPConnection
  private let parts: SFTPParts
  private let isCancelled: @Sendable () -> Bool
  private let work: Work
  private let tries: Int

  init(
    _ connection: SFTPConnection, _ options: SFTPOptions, _ parts: SFTPParts,
    isCancelled: @escaping @Sendable () -> Bool,
    _ work: @escaping Work
  ) {
    self.connection = connection
    self.parts = parts
    self.isCancelled = isCancelled
    self.work = work
    tries = options.tries
  }

  /// Works on parts until there are none, or somebody failed.
  func run() {
    do throws(SFTPError) {
      while let (index, part) = parts.next() { try take(index, part) }
    } catch {
      parts.fail(error)
    }
    parts.end()
  }

  /// One part, over new connections from where it came to as long as there are tries.
  private func take(_ index: Int, _ part: SFTPPart) throws(SFTPError) {
    var pauses = SFTPPauses(tries: tries)
    var offset = part.range.lowerBound
    while true {
      let before = offset
      do throws(SFTPError) { return try work(connection, index, part, &offset) } catch {
        if offset > before { pauses.reset() }
        guard error.isOfTheConnection, parts.fault == nil, let pause = pauses.next() else { throw error }
        try wait(pause)
      }
    }
  }

  private func wait(_ pause: Duration) throws(SFTPError) {
    let end = ContinuousClock.now + pause
    while ContinuousClock.now < end {
      if isCancelled() { throw .cancelled }
      usleep(50_000)
    }
  }
}

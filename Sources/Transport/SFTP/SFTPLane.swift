#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One of several connections that work on the parts of files. Used by one thread at a time.
final class SFTPLane: @unchecked Sendable {
  /// Works on a part over a connection, on any thread: begins at the offset, and says how far it came.
  typealias Work = @Sendable (SFTPConnection, Int, SFTPPart, inout Int64) throws(SFTPError) -> Void

  /// Microseconds between two looks at whether the last byte is there.
  private static let pause: UInt32 = 500

  private let client: SFTPClient
  private var connection: SFTPConnection?
  private let parts: SFTPParts
  private let isCancelled: @Sendable () -> Bool
  private let work: Work

  init(_ client: SFTPClient, _ parts: SFTPParts, isCancelled: @escaping @Sendable () -> Bool, _ work: @escaping Work) {
    self.client = client
    self.parts = parts
    self.isCancelled = isCancelled
    self.work = work
  }

  /// Works on parts until there are none, or somebody failed.
  ///
  /// - Parameter pulse: Called about once a second while something is under way.
  func run(_ pulse: @escaping () -> Void = {}) {
    do throws(SFTPError) {
      let connection = try client.take()
      self.connection = connection
      connection.pulse = pulse
      while let (index, part) = parts.next() { try take(index, part, connection) }
      if let path = parts.takeLastLook() { try look(path, connection) }
    } catch {
      parts.fail(error)
    }
    parts.end()
  }

  /// Gives its connection back to the client; when all are through.
  func giveBack() {
    if let connection { client.give(connection) }
    connection = nil
  }

  private func take(_ index: Int, _ part: SFTPPart, _ connection: SFTPConnection) throws(SFTPError) {
    var offset = part.range.lowerBound
    var before = offset
    let hasMoved = {
      defer { before = offset }
      return offset > before
    }
    try persist(hasMoved) { () throws(SFTPError) in
      // Where all bytes came, what was lost is the answer to the end.
      if offset < part.range.upperBound { try work(connection, index, part, &offset) }
    }
  }

  /// Looks at the file once more: not before the last byte of it is there, over whatever connection it comes.
  private func look(_ path: String, _ connection: SFTPConnection) throws(SFTPError) {
    while !parts.isComplete {
      if parts.fault != nil { return }
      usleep(Self.pause)
    }
    try persist { () throws(SFTPError) in parts.note(try client.look(path, over: connection)) }
  }

  /// Does something, over new connections as long as there are tries.
  ///
  /// - Parameter hasMoved: Asked when a connection was lost: whether something came over it.
  private func persist(
    _ hasMoved: () -> Bool = { false }, _ work: () throws(SFTPError) -> Void
  ) throws(SFTPError) {
    var pauses = SFTPPauses(tries: client.options.tries)
    while true {
      do throws(SFTPError) { return try work() } catch {
        if hasMoved() { pauses.reset() }
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

import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A client of one SFTP server: one connection that is kept for listings, commands and small files, more of them for large
/// files, and for several things at a time. Connections that are lost are made anew, after pauses.
///
/// It belongs to the thread that made it, which alone is told that something goes on. Others may ask it too, each over a
/// connection of its own: as many at a time as there are to be connections, which is theirs to see to.
package final class SFTPClient: @unchecked Sendable {
  package let options: SFTPOptions
  private let keys: SFTPHostKeys
  private let isCancelled: @Sendable () -> Bool
  /// Called on the owner's thread alone.
  private let beat: () -> Void
  private let owner = pthread_self()
  /// Connections that nobody uses now.
  private let idle = Mutex<[SFTPConnection]>([])

  /// Nothing is sent before something is asked for.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked on any thread; where it says yes, what is under way ends with `SFTPError.cancelled`.
  ///   - pulse: Called about once a second while something is under way, on the thread that makes it.
  package init(
    _ options: SFTPOptions, isCancelled: @escaping @Sendable () -> Bool = { false }, pulse: @escaping () -> Void = {}
  ) throws(SFTPError) {
    guard TransportLibrary.speaksSFTP else { throw .notStarted("this libcurl was made without SSH") }
    if case .keyFile(let path, _) = options.login { _ = try SFTPKeyFile(path: path) }
    self.options = options
    self.isCancelled = isCancelled
    beat = pulse
    keys = SFTPHostKeys(options.trust, name: options.address.knownName)
  }

  // MARK: Connections

  /// Does something over the kept connection; where that is lost, over a new one, as long as there are tries.
  func attempt<Value>(_ work: (SFTPConnection) throws(SFTPError) -> Value) throws(SFTPError) -> Value {
    var pauses = SFTPPauses(tries: options.tries)
    while true {
      let connection = try take()
      connection.pulse = isOwner ? beat : {}
      do throws(SFTPError) {
        let value = try work(connection)
        give(connection)
        return value
      } catch {
        // One on which the server said no is as good as before.
        if !error.isOfTheServer { give(connection) }
        guard error.isOfTheConnection, let pause = pauses.next() else { throw error }
        try wait(pause)
      }
    }
  }

  private var isOwner: Bool { pthread_equal(pthread_self(), owner) != 0 }

  func pulse() { if isOwner { beat() } }

  func take() throws(SFTPError) -> SFTPConnection {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    return try SFTPConnection(options, keys, isCancelled: isCancelled)
  }

  func give(_ connection: SFTPConnection) {
    connection.pulse = {}
    (connection.sink, connection.source) = ({ _ in true }, { _ in 0 })
    idle.withLock { if $0.count < options.connections { $0.append(connection) } }
  }

  private func wait(_ pause: Duration) throws(SFTPError) {
    let end = ContinuousClock.now + pause
    while ContinuousClock.now < end {
      if isCancelled() { throw .cancelled }
      pulse()
      usleep(50_000)
    }
  }

  /// Works on parts over as many connections as there are, and are worth it; on threads of their own where it is more
  /// than one.
  ///
  /// - Parameter work: One part over a connection, on any thread; begins at the offset, and says how far it came.
  func share(
    _ parts: [SFTPPart],
    _ work: @escaping @Sendable (SFTPConnection, Int, SFTPPart, _ from: inout Int64) throws(SFTPError) -> Void
  ) throws(SFTPError) {
    let lanes = max(1, min(options.connections, parts.count))
    let shared = SFTPParts(parts, workers: lanes)
    var connections: [SFTPConnection] = []
    for _ in 0..<lanes { connections.append(try take()) }
    if lanes == 1 {
      connections[0].pulse = isOwner ? beat : {}
      SFTPLane(connections[0], options, shared, isCancelled: isCancelled, work).run()
    } else {
      try run(connections.map { SFTPLane($0, options, shared, isCancelled: isCancelled, work) }, shared)
    }
    let fault = shared.fault
    if fault.map({ !$0.isOfTheServer }) ?? true { for connection in connections { give(connection) } }
    if let fault { throw fault }
  }

  private func run(_ lanes: [SFTPLane], _ shared: SFTPParts) throws(SFTPError) {
    var threads: [BackgroundThread] = []
    for lane in lanes {
      guard let thread = BackgroundThread({ lane.run() }) else {
        shared.fail(.notStarted("the system has no more threads"))
        break
      }
      threads.append(thread)
    }
    while threads.count == lanes.count, shared.isWorking {
      pulse()
      usleep(threads.isEmpty ? 0 : 2_000)
    }
    for thread in threads { thread.join() }
  }
}

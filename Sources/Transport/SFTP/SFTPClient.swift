import Synchronization
import Threads

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
  /// Connections that are on their way, for whoever needs one next.
  private let coming = Mutex<[SFTPComing]>([])

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

  /// A connection that nobody uses, or one that is on its way, or a new one.
  func take() throws(SFTPError) -> SFTPConnection {
    if let connection = idle.withLock({ $0.popLast() }) { return connection }
    if let coming = coming.withLock({ $0.popLast() }) { return coming.connected() }
    return try SFTPConnection(options, keys, isCancelled: isCancelled)
  }

  func give(_ connection: SFTPConnection) {
    connection.pulse = {}
    (connection.sink, connection.source) = ({ _ in true }, { _ in 0 })
    idle.withLock { if $0.count < options.connections { $0.append(connection) } }
  }

  /// Lets connections for a file of so many bytes come about beside what is asked for until it is read: each costs a dozen
  /// round trips. Where one doesn't come about, that shows when it is used.
  package func prepare(forReading bytes: Int64) {
    let wanted = min(options.connections, SFTPShares.count(of: bytes))
    let there = idle.withLock { $0.count }
    coming.withLock { coming in
      while there + coming.count < wanted,
        let connection = try? SFTPConnection(options, keys, isCancelled: isCancelled),
        let more = SFTPComing(connection)
      {
        coming.append(more)
      }
    }
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
  func share(_ shared: SFTPParts, _ work: @escaping SFTPLane.Work) throws(SFTPError) {
    let lanes = (0..<max(1, min(options.connections, shared.count))).map { _ in
      SFTPLane(self, shared, isCancelled: isCancelled, work)
    }
    shared.begin(workers: lanes.count)
    if lanes.count == 1 { lanes[0].run(isOwner ? beat : {}) } else { run(lanes, shared) }
    let fault = shared.fault
    if fault.map({ !$0.isOfTheServer }) ?? true { for lane in lanes { lane.giveBack() } }
    if let fault { throw fault }
  }

  private func run(_ lanes: [SFTPLane], _ shared: SFTPParts) {
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

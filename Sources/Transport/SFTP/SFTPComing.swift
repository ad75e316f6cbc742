import Threads

/// A connection that is on its way: it logs in on a thread of its own.
final class SFTPComing: Sendable {
  private let connection: SFTPConnection
  private let thread: BackgroundThread

  /// Begins; `nil` where the system has no more threads.
  init?(_ connection: SFTPConnection) {
    let started = BackgroundThread {
      // What goes wrong shows again when it is used.
      try? connection.perform(SFTPRequest(kind: .nothing, path: "/", isFolder: true))
    }
    guard let started else { return nil }
    self.connection = connection
    thread = started
  }

  /// Waits for the login's end, well or not. For one thread.
  func connected() -> SFTPConnection {
    thread.join()
    return connection
  }
}

import Foundation
import Synchronization

extension Process {
  private static let starting = Mutex(())

  /// Starts it, while nobody else starts a process: Foundation learns of a process's end by a socket that only the process
  /// may hold, and one that is started at the same moment would inherit it, and hold it as long as it lives.
  func start() throws { try Self.starting.withLock { _ in try run() } }
}

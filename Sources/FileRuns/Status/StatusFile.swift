import BillLedger
package import BillModel
import DurableFiles
import FoundationEssentials
import SubmitPass

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file beside a ledger in which the process that uses it says what it is doing.
///
/// The ledger itself tells what is durable, row by row; pace and time left are worth no commit. The file is replaced
/// whole once a second and removed at the end; what a killed process leaves is known by its process and its age. Where
/// several processes of a machine share a ledger, it tells of the one that came first.
package struct StatusFile: Sendable {
  private let path: String
  /// Whether it lies where ledgers usually do, since the ledger itself is at a server.
  private let isApart: Bool

  package init(ledger: String) {
    path = LedgerPath.beside(ledger, ".status")
    isApart = LedgerURL(ledger) != nil
  }

  /// Tells; a failure is no reason to stop working.
  func write(_ status: RunStatus) {
    guard !isOthers, let data = try? JSONEncoder().encode(status) else { return }
    do throws(FileError) {
      if isApart { try Directory.make(Directory.parent(of: path), mode: 0o700) }
      let file = try AtomicFile(path: path, bufferSize: 4096)
      try file.write([UInt8](data))
      try file.commit(durably: false)
    } catch {}
  }

  func remove() {
    if !isOthers { try? Directory.remove(path) }
  }

  /// Whether another process tells what it is doing.
  private var isOthers: Bool { read(now: .now).map { $0.pid != getpid() } ?? false }

  /// What the running process tells; `nil` where none runs.
  package func read(now: WallTime) -> RunStatus? {
    guard let file = try? SmallFile(path: path, mostBytes: 1 << 16),
      let status = try? JSONDecoder().decode(RunStatus.self, from: Data(file.bytes)),
      status.toldAt > now.milliseconds - RunStatus.lifetime, Self.lives(status.pid)
    else { return nil }
    return status
  }

  private static func lives(_ pid: Int32) -> Bool { pid > 0 && (kill(pid, 0) == 0 || errno == EPERM) }
}

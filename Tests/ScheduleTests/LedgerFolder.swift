import BillLedger
import BillModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder for one ledger, in memory where the system has such a place.
struct LedgerFolder {
  static let environment = EnvironmentStamp(origin: "http://127.0.0.1:1", mode: .test)

  private let folder: String

  init() {
    let root = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(root)/billdrop-schedule-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  func open(now: WallTime) throws -> Ledger {
    try Ledger(path: "\(folder)/ledger.sqlite", environment: Self.environment, now: now)
  }

  /// Loses the ledger.
  func empty() { for suffix in ["", "-wal", "-shm", ".lock"] { unlink("\(folder)/ledger.sqlite\(suffix)") } }

  func remove() {
    empty()
    rmdir(folder)
  }
}

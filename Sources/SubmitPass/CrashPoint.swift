import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Places at which a debug build dies when it is told to, as by SIGKILL, so that tests can strike where chance rarely
/// does. Release builds know nothing of them.
///
/// `BILLDROP_CRASH_AT=name:N` in the environment ends the process at the N-th passage (from 1) of that point.
package enum CrashPoint: String, CaseIterable {
  /// The ledger knows the file, and nothing more of it.
  case claimed
  /// The check is saved; sending begins.
  case checked
  /// What the API answered is taken in, and not durable yet (rule 3 before c); or intents are prepared (before a).
  case committing
  /// Outcomes and intents are durable; no byte of the intents' requests has left (rule 3 between a and b).
  case committed
  /// The requests of a turn are with the client.
  case handed
  /// Every row has its end, and the ledger says so.
  case sent
  /// The report is open; an older one is still whole.
  case reporting
  /// All rows are in the report's files, and none of them is in its place.
  case listed
  /// The report is whole, and the ledger doesn't say so yet.
  case written
  /// The ledger says that the file is reported.
  case reported
  /// A drop's file is renamed to be ours, and the ledger doesn't know it yet.
  case taken
  /// The ledger has the file's verdict, and the sender has no answer.
  case settled
  /// The sender has the reports.
  case answered
  /// The file lies in its place, and the ledger doesn't say so yet.
  case moved
  /// The ledger says that the file is archived.
  case archived

  /// Dies here if it is this point's turn.
  package static func pass(_ point: CrashPoint) {
    #if DEBUG
      guard let wanted, wanted.point == point else { return }
      if passages.wrappingAdd(1, ordering: .relaxed).newValue == wanted.passage { kill(getpid(), SIGKILL) }
    #endif
  }

  #if DEBUG
    private static let passages = Atomic<Int>(0)

    private static let wanted: (point: CrashPoint, passage: Int)? = {
      guard let text = getenv("BILLDROP_CRASH_AT").map({ String(cString: $0) }) else { return nil }
      let parts = text.split(separator: ":").map(String.init)
      guard let name = parts.first, let point = CrashPoint(rawValue: name) else { return nil }
      return (point, parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }()
  #endif
}

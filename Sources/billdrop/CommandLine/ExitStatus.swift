/// Exit codes, a documented interface (sysexits.h where it has one).
enum ExitStatus: Int32, CaseIterable, Sendable {
  /// Every row accepted.
  case accepted = 0
  /// Done; some rows rejected, refused or in conflict.
  case someRejected = 1
  /// An expected file has not come.
  case missing = 3
  /// Held for approval.
  case held = 4
  /// The command line can't be understood.
  case usage = 64
  /// The file as a whole rejected; nothing sent.
  case fileRejected = 65
  /// No such input.
  case noInput = 66
  /// API or drop unreachable.
  case unreachable = 69
  /// The accounting does not add up: a fault of ours.
  case accounting = 70
  /// Disk full and the like.
  case inputOutput = 74
  /// Stopped; run it again to go on.
  case stopped = 75
  /// The API refused the key, or a live key came without `--live`.
  case key = 77
  /// Configuration, layout or ledger doesn't fit.
  case configuration = 78

  /// The status of several files: the gravest, in the order in which someone must act.
  static func gravest(_ statuses: [ExitStatus]) -> ExitStatus {
    let order: [ExitStatus] = [
      .key, .configuration, .accounting, .inputOutput, .unreachable, .stopped, .fileRejected, .noInput, .held,
      .missing, .usage, .someRejected, .accepted,
    ]
    return order.first { statuses.contains($0) } ?? .accepted
  }
}

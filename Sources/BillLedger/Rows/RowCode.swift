import BillModel

/// How the state of a row is kept: a number that never changes its meaning.
enum RowCode: Int64, CaseIterable {
  case intended = 0
  case unknown = 1
  case unsent = 2
  case created = 10
  case unchanged = 11
  case updated = 12
  case rejected = 13
  case refused = 14
  case conflict = 15
  case notSent = 16
  case skipped = 17

  /// The code of a settled row; `nil` for `unknown`, which settles nothing.
  init?(_ outcome: RowOutcome) {
    switch outcome {
    case .created: self = .created
    case .unchanged: self = .unchanged
    case .updated: self = .updated
    case .rejected: self = .rejected
    case .refused: self = .refused
    case .conflict: self = .conflict
    case .notSent: self = .notSent
    case .skipped: self = .skipped
    case .unknown: return nil
    }
  }

  /// The outcome of a settled row; `nil` where it isn't settled.
  var outcome: RowOutcome? {
    switch self {
    case .intended, .unknown, .unsent: nil
    case .created: .created
    case .unchanged: .unchanged
    case .updated: .updated
    case .rejected: .rejected
    case .refused: .refused
    case .conflict: .conflict
    case .notSent: .notSent
    case .skipped: .skipped
    }
  }

  /// The bill exists at the API as the row asks.
  var isAccepted: Bool {
    switch self {
    case .created, .unchanged, .updated: true
    case .intended, .unknown, .unsent, .rejected, .refused, .conflict, .notSent, .skipped: false
    }
  }
}

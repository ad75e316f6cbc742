package import BillModel
package import SubmitPass

/// Which of a file's rows are read back.
package enum VerifiedPart: Hashable, Sendable {
  /// So many, spread evenly over the file.
  case sample(Int)
  /// The row of this number, from 1, and all after it.
  case from(record: Int)
}

/// What reading a finished file's objects back from the API has shown.
package struct Verification: Sendable {
  /// A value that isn't as the row says.
  package struct Field: Hashable, Sendable {
    /// An API path.
    package var name: String
    /// What the row says; `nil` where it says nothing, or that isn't shown.
    package var asked: String?
    /// What the API has.
    package var found: String?
  }

  /// A row whose object isn't as it says.
  package struct Difference: Hashable, Sendable {
    /// From 1.
    package var record: Int
    package var reference: String
    package var operation: OperationKind
    package var fields: [Field]
  }

  /// Money of the rows that were read back, in minor units of one currency: what the file says, and what the API says.
  package struct Sums: Hashable, Sendable {
    package struct Pair: Hashable, Sendable {
      package var file: Int64 = 0
      package var api: Int64 = 0
    }

    package var currency: CurrencyCode?
    package var due = Pair()
    package var paid = Pair()
    package var balance = Pair()

    init() {}

    init(
      currency: CurrencyCode, due: (Int64, Int64) = (0, 0), paid: (Int64, Int64) = (0, 0),
      balance: (Int64, Int64) = (0, 0)
    ) {
      self.currency = currency
      self.due = Pair(file: due.0, api: due.1)
      self.paid = Pair(file: paid.0, api: paid.1)
      self.balance = Pair(file: balance.0, api: balance.1)
    }

    mutating func add(_ other: Self) {
      for path in [\Self.due, \Self.paid, \Self.balance] {
        self[keyPath: path].file += other[keyPath: path].file
        self[keyPath: path].api = self[keyPath: path].api.addingClamped(other[keyPath: path].api)
      }
    }
  }

  /// Most differences that are kept with their fields.
  package static let mostKept = 1000

  package var fileName: String
  /// Of the file's SHA-256 the first 12 digits.
  package var digest: String
  /// Which rows were to be read back.
  package var part: VerifiedPart
  /// Rows of the file whose object is to be as they say: created, unchanged or updated.
  package var accepted = 0
  /// Rows of the file that ended otherwise: there is nothing to read back of them.
  package var others = 0
  /// Of these, those whose end is known, by it.
  package var endedOtherwise: [RowOutcome: Int] = [:]
  /// Of these, good rows whose end isn't known yet: not sent, or unknown.
  package var open = 0
  /// Of the accepted, those before the part.
  package var before = 0
  /// Of the accepted, those that were read back.
  package var read = 0
  package var same = 0
  /// The same, and more was paid since.
  package var paidSince = 0
  /// Otherwise, by a later row of ours.
  package var changedSince = 0
  package var different = 0
  /// Of these, those of which a late request of ours has taken back what was added.
  package var takenBack = 0
  /// The first of them, in the file's order.
  package var differences: [Difference] = []
  /// Rows that couldn't be read back; why, of the last one.
  package var unread = 0
  package var trouble: String?
  /// Requests sent.
  package var requests = 0
  package var seconds = 0.0
  /// By currency, over all rows read back but those that a later row has changed.
  package var sums: [CurrencyCode: Sums] = [:]
  /// Why the reading ended before its end; `nil` where it didn't.
  package var stop: SubmitStop?
  /// The first row that was not read for that; `nil` where there is none.
  package var goesOn: Int?

  /// The same in words.
  package var stopReason: String? {
    switch stop {
    case nil: return nil
    case .dayIsSpent(let requests, let next, let zone):
      return "The day's \(requests) requests are used (--daily). \(wayOn) on \(next) (\(zone))."
    case .interrupted: return "Interrupted. \(wayOn)."
    case .unauthorised(let problem):
      return "The API refused the key: \(problem). \(wayOn) with the right one (MOMENT_API_KEY, --key-file or the "
        + "configuration)."
    case .pausedTooLong(let milliseconds):
      return "The API asks for a pause of \(milliseconds / 60_000) minutes. \(wayOn) after it."
    case .some(let stop): return stop.reason
    }
  }

  /// How the rows are read that weren't: those of a sample aren't a part of the file.
  private var wayOn: String {
    guard case .from = part, let goesOn else { return "The same command begins at its first row again: run it" }
    return "Go on with --from \(goesOn)"
  }

  /// Whether each good row has its end, and each that was to be read was, and is as it says.
  package var isRight: Bool { different == 0 && unread == 0 && open == 0 && stop == nil && !provesNothing }

  /// Whether no row got through and some should have: there is nothing to read, and that is not as the file says.
  package var provesNothing: Bool {
    accepted == 0 && [RowOutcome.rejected, .refused, .conflict].contains { endedOtherwise[$0, default: 0] > 0 }
  }

  mutating func count(_ row: VerifiedRow, _ verdict: VerifiedRow.Verdict) {
    read += 1
    if verdict != .changedSince, let currency = row.sums.currency {
      sums[currency, default: Sums()].add(row.sums)
    }
    switch verdict {
    case .same: same += 1
    case .paidSince: paidSince += 1
    case .changedSince: changedSince += 1
    case .takenBack(let fields):
      takenBack += 1
      note(row, fields)
    case .differs(let fields): note(row, fields)
    }
  }

  private mutating func note(_ row: VerifiedRow, _ fields: [Field]) {
    different += 1
    guard differences.count < Self.mostKept else { return }
    differences.append(
      Difference(
        record: row.record, reference: row.operation.reference, operation: row.operation.kind, fields: fields))
  }
}

package import BillModel

/// What has come in later files of that which a file's refused rows ask for: to send these again would undo it.
package struct RowsComeSince: Hashable, Sendable {
  /// What a row asks for of an object, all of which it says anew.
  struct Stake: Hashable {
    var kind: OperationKind
    var reference: String
  }

  /// Of rows that the file had to mend and that have come, by the report of a later file.
  var references: Set<String> = []
  /// Of rows of later files that were accepted.
  var stakes: Set<Stake> = []
  /// The bills in whose place corrections of later files have raised others.
  var corrected: Set<String> = []

  package init() {}

  /// Whether what a row asks for has come.
  package func has(_ operation: BillOperation) -> Bool {
    if references.contains(operation.reference) { return true }
    if case .correct(let correction) = operation, !corrected.isEmpty {
      let (series, bill) = (correction.series, correction.bill.reference)
      return (0...CorrectionSeries.most).contains { corrected.contains(series.name(of: bill, $0)) }
    }
    return stakes.contains(Stake(kind: operation.kind, reference: operation.reference))
  }
}

extension RowsComeSince {
  /// Takes in a row of a later file that was accepted.
  ///
  /// - Parameter kind: What all rows of its file ask for.
  mutating func note(_ kind: OperationKind, _ reference: String, _ claim: ClaimCode?, _ terms: RowTerms?) {
    if kind == .correct || kind == .mixed, let voided = terms?.voids { corrected.insert(voided) }
    guard let kind = kind == .mixed ? Self.kind(claim, terms) : kind else { return }
    stakes.insert(Stake(kind: kind, reference: reference))
  }

  /// What a row asks for that is one of several kinds; `nil` where it adds, raises a bill, or can't be told.
  private static func kind(_ claim: ClaimCode?, _ terms: RowTerms?) -> OperationKind? {
    switch (claim, terms?.kind) {
    case (.customer, nil): .customer
    case (.account, nil): .account
    case (.customerBalance, .balance): .customerBalance
    case (.accountBalance, .balance): .accountBalance
    case (.bill, .paid): .payment
    case (.bill, .void): .void
    default: nil
    }
  }
}

extension Ledger {
  /// What has come in later files of that which a file's refused rows ask for, by the reports of these and by their rows:
  /// not every file has a report, nor does one look back at all files before it. Bills aren't looked for among the rows: who
  /// raises one has claimed it.
  ///
  /// - Parameter isStopped: Asked about once a second, since all rows of later files are read: from then on some are missing.
  package func rowsComeSince(_ run: FileRun, isStopped: () -> Bool = { false }) throws(LedgerError) -> RowsComeSince {
    var since = RowsComeSince()
    since.references = try referencesThatCame(of: run.id)
    guard run.operation != .bill, run.operation != .paymentAdded,
      try counts(of: run.id).settled[.refused] ?? 0 > 0
    else { return since }
    let later = try fileRuns("id > ?1 AND operation \(Self.kinds(besides: run.operation)) ORDER BY id") {
      $0.bind(1, run.id.value)
    }
    var (last, rows) = (run.id, 0)
    for next in later {
      rows += next.rows.settled.values.reduce(0, +)
      guard rows >= Self.rowsAtOnce || next.id == later.last?.id else { continue }
      guard !isStopped() else { return since }
      try note(&since, of: run, after: last, upTo: next.id)
      (last, rows) = (next.id, 0)
    }
    return since
  }

  /// How many rows are looked through at once, about: some 3 µs are taken by each.
  private static let rowsAtOnce = 300_000

  private func note(
    _ since: inout RowsComeSince, of run: FileRun, after first: FileRunID, upTo last: FileRunID
  ) throws(LedgerError) {
    let follows = run.operation == .correct || run.operation == .mixed
    let statement = try Statement(
      database,
      """
      SELECT later.operation, file_row.reference, file_row.claim, file_row.terms
      FROM file_run AS later CROSS JOIN file_row
      WHERE later.id > ?2 AND later.id <= ?3 AND later.operation \(Self.kinds(besides: run.operation))
        AND file_row.file_run = later.id
        AND file_row.state IN (\(RowCode.created.rawValue), \(RowCode.unchanged.rawValue), \(RowCode.updated.rawValue))
        AND (\(follows ? "file_row.terms LIKE '% voids %' OR " : "")file_row.reference IN (
          SELECT reference FROM file_row WHERE file_run = ?1 AND state = \(RowCode.refused.rawValue)))
      """)
    statement.bind(1, run.id.value)
    statement.bind(2, first.value)
    statement.bind(3, last.value)
    while try statement.step() {
      guard let kind = statement.text(0).flatMap(OperationKind.init), let reference = statement.text(1) else {
        throw unreadable("a row")
      }
      since.note(
        kind, reference, statement.isNull(2) ? nil : ClaimCode(rawValue: statement.integer(2)),
        statement.text(3).flatMap { RowTerms(text: $0) })
    }
  }

  /// A condition on what later files ask for, where one asks for this: the same, or several things.
  private static func kinds(besides kind: OperationKind) -> String {
    kind == .mixed ? "NOT IN ('bill', 'payment-added')" : "IN ('\(kind.rawValue)', 'mixed')"
  }
}

import BillIntake
import BillLedger
import BillModel
import BillPlanning

/// The rows of a file run that are to be sent, in two passes over the file: first those whose fate is unknown from an
/// earlier run, each with its intent; then those that were never sent. And, once these are through, those that have a
/// definite answer and are to be read again (rule 16): from the ledger, so that nothing of them is kept until then.
///
/// The unresolved come first because their keys expire, and because later rows wait for the parties that they carry.
struct RowFeed: ~Copyable {
  enum Row {
    case unresolved(RowIntent, BillOperation)
    case new(PlannableRow)
    /// A settled one whose sum is looked at again.
    case settled(RowSettlement, BillOperation)
    /// None yet: many were passed over that have their end, and more come.
    case passedOver
  }

  private enum Pass {
    case unresolved, new, over
    /// Those of ranges, where several processes send the file.
    case ranges
    /// Those to be read again, and settled ones whose sums are looked at again; nothing comes after them.
    case again, doubted, end
  }

  private let intake: Intake
  private let check: FileCheck
  let ledger: Ledger
  let fileRun: FileRunID
  private let retriesRefused: Bool
  /// Of refused rows that have come since in another file: these are not retried.
  private let come: RowsComeSince
  /// Retries too what was in conflict over the mark of a sum.
  private let retriesMarks: Bool
  private let scope: SubmitScope
  private var pass: Pass
  private var ahead: RowsAhead
  var rows: ArraySlice<IntakeRow> = []
  var intents: ArraySlice<LedgerRow> = []
  var lastIntent = 0
  /// What this process has of the file, where several send it; which range is read, and the last record taken of it.
  let share: FileShare?
  var range: RowRange?
  var lastTaken = 0
  private var doubts: ArraySlice<Int> = []
  private var doubtedSince = WallTime(milliseconds: 0)
  private var hasLookedAgain = false
  /// Whether rows from before are to be read again.
  private(set) var leftToReadAgain = false
  /// What the ledger holds, beside the second pass. Rows that this run adds lie before the ones still to be read.
  var states: LedgerRowReader

  /// How many rows are read of the ledger at a time.
  static let portion = 256
  /// How many rows of the file are passed over before whoever asks has a word: answers and signals wait meanwhile.
  var mostPassed = 4096
  private var passed = 0
  /// The open row that the file is read up to.
  var sought: RowIntent?

  init(
    _ intake: Intake, _ check: FileCheck, _ ledger: Ledger, _ fileRun: FileRunID, retriesRefused: Bool,
    except come: RowsComeSince = RowsComeSince(), retriesMarks: Bool = false, scope: SubmitScope = .all,
    share: FileShare? = nil
  ) throws(LedgerError) {
    self.scope = scope
    self.share = share
    self.intake = intake
    self.check = check
    self.retriesRefused = retriesRefused
    self.come = come
    self.retriesMarks = retriesMarks
    self.ledger = ledger
    self.fileRun = fileRun
    states = LedgerRowReader(ledger, fileRun)
    ahead = intake.rowsAhead(check)
    guard share == nil else {
      pass = .ranges
      return
    }
    let hasUnresolved = try ledger.counts(of: fileRun).unresolved > 0
    pass = hasUnresolved ? .unresolved : scope.hasNewRows ? .new : .over
  }

  /// Whether rows come that an earlier run may have begun.
  var isOfBegunRows: Bool { pass != .new && pass != .over && pass != .end }

  /// The next row, or `nil` at the end.
  mutating func next() throws(SubmitFault) -> Row? {
    passed = 0
    while true {
      switch pass {
      case .unresolved: if let row = try nextUnresolved() { return row }
      case .new: if let row = try nextNew() { return row }
      case .ranges: return try nextInRanges()
      case .again: if let row = try nextUnresolved() { return row }
      case .doubted: if let row = try nextDoubted() { return row }
      case .over, .end: return nil
      }
    }
  }

  /// Counts one more row of the file; `false` where enough were passed over for now, and it is to be left where it is.
  mutating func goesOn() -> Bool {
    passed += 1
    return passed <= mostPassed
  }

  /// Goes on with the rows that are to be read again, once; all others must be through. False where that was done.
  mutating func readAgain() -> Bool {
    guard pass != .again, pass != .doubted, pass != .end, pass != .ranges else { return false }
    pass = .again
    ahead = intake.rowsAhead(check)
    (rows, intents, lastIntent) = ([], [], 0)
    return true
  }

  /// Goes on with settled rows that added last to sums to which a request was lost after `moment`, once; all others must be
  /// through. False where that was done, and where there are none.
  mutating func lookAgain(since moment: WallTime) throws(SubmitFault) -> Bool {
    guard !hasLookedAgain else { return false }
    hasLookedAgain = true
    doubtedSince = moment
    try readDoubts(after: 0)
    guard !doubts.isEmpty else { return false }
    (pass, rows) = (.doubted, [])
    ahead = intake.rowsAhead(check)
    return true
  }

  private mutating func readDoubts(after record: Int) throws(SubmitFault) {
    do throws(LedgerError) {
      doubts = try ledger.doubtedSums(
        of: fileRun, after: record, since: doubtedSince, withOwn: scope == .unknown, limit: Self.portion)[...]
    } catch { throw .ledger(error) }
  }

  private mutating func nextDoubted() throws(SubmitFault) -> Row? {
    while let record = doubts.first {
      while let row = try peek(), row.record <= record {
        guard goesOn() else { return .passedOver }
        rows.removeFirst()
        guard row.record == record, case .operation(_, _, let operation) = row else { continue }
        do throws(LedgerError) {
          guard case .settled(let settlement) = try ledger.row(RowAddress(fileRun: fileRun, record: record))?.state,
            settlement.isAccepted
          else { continue }
          return .settled(settlement, operation)
        } catch { throw .ledger(error) }
      }
      doubts.removeFirst()
      if doubts.isEmpty { try readDoubts(after: record) }
    }
    pass = .end
    return nil
  }

  /// The operations of some records, by a walk of its own over the file.
  func operations(of records: Set<Int>) throws(SubmitFault) -> [Int: BillOperation] {
    var left = records
    var found: [Int: BillOperation] = [:]
    var cursor = intake.rows(check)
    while !left.isEmpty {
      let rows: [IntakeRow]
      do { rows = try cursor.next(limit: Self.portion) } catch { throw .intake(error) }
      if rows.isEmpty { break }
      for row in rows where left.remove(row.record) != nil {
        if case .operation(_, _, let operation) = row { found[row.record] = operation }
      }
    }
    return found
  }

  private mutating func nextUnresolved() throws(SubmitFault) -> Row? {
    while let intent = try nextIntent() {
      while let row = try peek(), row.record <= intent.record {
        guard goesOn() else { return .passedOver }
        rows.removeFirst()
        guard row.record == intent.record, case .operation(_, _, let operation) = row else { continue }
        return .unresolved(intent, operation)
      }
      sought = nil
    }
    pass = pass == .again ? .end : afterUnresolved
    ahead = intake.rowsAhead(check)
    rows = []
    return nil
  }

  private var afterUnresolved: Pass { scope.hasNewRows ? .new : .over }

  private mutating func nextIntent() throws(SubmitFault) -> RowIntent? {
    if let sought { return sought }
    while case .intended(let intent, _) = try nextUnresolvedState() {
      let isToBeReadAgain = intent.isToBeReadAgain && scope != .look
      if isToBeReadAgain == (pass == .again) {
        sought = intent
        return intent
      }
      leftToReadAgain = leftToReadAgain || isToBeReadAgain
    }
    return nil
  }

  /// Reads the file again from its first row.
  mutating func beginAgain() {
    ahead = intake.rowsAhead(check)
    (rows, lastTaken) = ([], 0)
  }

  private mutating func nextUnresolvedState() throws(SubmitFault) -> RowState? {
    if intents.isEmpty {
      do { intents = try ledger.unresolvedRows(of: fileRun, after: lastIntent, limit: Self.portion)[...] } catch {
        throw .ledger(error)
      }
      lastIntent = intents.last?.record ?? lastIntent
    }
    return intents.popFirst()?.state
  }

  private mutating func nextNew() throws(SubmitFault) -> Row? {
    while let row = try peek() {
      guard goesOn() else { return .passedOver }
      rows.removeFirst()
      guard case .operation(let record, _, let operation) = row else { continue }
      if case .records(let wanted) = scope, !wanted.contains(record) { continue }
      if let planned = plannable(record, operation, try state(of: record)) { return .new(planned) }
    }
    pass = .over
    return nil
  }

  /// The row as it is to be planned; `nil` where it isn't to be sent. Mutating, though it changes nothing: what only reads
  /// the feed is handed a copy of it.
  mutating func plannable(_ record: Int, _ operation: BillOperation, _ state: RowState?) -> PlannableRow? {
    let (epoch, attempts): (Int, Int)
    switch state {
    case nil: (epoch, attempts) = (1, 0)
    case .unsent(let next, let before): (epoch, attempts) = (next, before)
    case .settled(let settlement) where retriesRefused && settlement.outcome == .refused:
      // One that has voided its bill has no other end than by going again.
      if come.has(operation), settlement.code != .correctVoidedNotRaised { return nil }
      (epoch, attempts) = (settlement.epoch + 1, settlement.attempts)
    case .settled(let settlement) where retriesMarks && settlement.outcome == .conflict && settlement.code.isOfMark:
      (epoch, attempts) = (settlement.epoch + 1, settlement.attempts)
    // The bill is voided: until the one in its place is raised the row isn't through.
    case .settled(let settlement) where settlement.code == .correctVoidedNotRaised:
      (epoch, attempts) = (settlement.epoch + 1, settlement.attempts)
    case .settled, .intended: return nil
    }
    return PlannableRow(
      record: record, operation: operation, epoch: epoch, priorAttempts: attempts,
      byteCount: operation.estimatedBytes)
  }

  mutating func state(of record: Int) throws(SubmitFault) -> RowState? {
    do { return try states.state(of: record) } catch { throw .ledger(error) }
  }

  mutating func peek() throws(SubmitFault) -> IntakeRow? {
    if rows.isEmpty {
      do { rows = try ahead.next().rows[...] } catch { throw .intake(error) }
    }
    return rows.first
  }
}

extension RowIntent {
  /// Whether only a request that may land late keeps the row from its end.
  fileprivate var isToBeReadAgain: Bool { claim != .newBill && isAnswered }
}

extension RowSettlement {
  fileprivate var isAccepted: Bool { [.created, .unchanged, .updated].contains(outcome) }
}

extension FindingCode? {
  /// Whether it is about the mark that a sum shows: nothing was added then.
  fileprivate var isOfMark: Bool {
    switch self {
    case .balanceTakenBack, .balanceUnknownMark, .balanceMarkMissing, .paymentTakenBack, .paymentUnknownMark,
      .paymentMarkMissing:
      true
    default: false
    }
  }
}

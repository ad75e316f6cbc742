package import BillIntake
import BillLedger
import BillModel
import Hashing
import MomentAPI
import SubmitPass

/// Verifying: reads every object of a file that was submitted back from the API.
extension FileSubmission {
  /// Holds what the API has of a file's rows against what they say. Writes nothing, neither there nor in the ledger; a day's
  /// budget is counted there.
  ///
  /// - Parameter part: Which rows to read.
  package func verify(_ input: IntakeInput, _ part: VerifiedPart) throws(RunFault) -> Verification {
    let started = Stopwatch()
    let (fileRun, check) = try submitted(input, rewritesReport: false)
    var verification = Verification(fileName: check.fileName, digest: check.digest.short, part: part)
    let settled = fileRun.rows.settled
    verification.accepted = (settled[.created] ?? 0) + (settled[.unchanged] ?? 0) + (settled[.updated] ?? 0)
    verification.others = check.recordsRead - verification.accepted
    verification.endedOtherwise = settled.filter { [.refused, .conflict, .rejected, .skipped].contains($0.key) }
    if check.invalid > 0 { verification.endedOtherwise[.rejected, default: 0] += check.invalid }
    verification.open = max(0, check.valid - settled.filter { $0.key != .unknown }.values.reduce(0, +))
    try mustCount()
    if let stop = dayIsTooSmall(for: part, of: verification.accepted) {
      verification.stop = stop
      return verification
    }
    var rows = VerifiedRows(
      intake.rows(check), LedgerRowReader(ledger, fileRun.id), ledger, fileRun.id,
      accepted: verification.accepted, part)
    let readBack = ReadBack(
      connection, environment: settings.environment, options: options,
      budget: DayBudget(ledger, options.times, clock), interrupts: interrupts
    ) { (row, object) throws(RunFault) in try self.recall(row, object, fileRun.id) }
    try readBack.run {
      () throws(RunFault) in
      try rows.next()
    } ended: { row, result in
      switch result {
      case .success(let verdict): verification.count(row, verdict)
      case .failure(let trouble):
        verification.unread += 1
        verification.trouble = trouble.words
      }
    }
    verification.differences.sort { $0.record < $1.record }
    verification.requests = readBack.requests
    verification.stop = readBack.stop
    verification.goesOn = readBack.goesOn
    verification.before = rows.before
    verification.seconds = started.seconds
    return verification
  }

  /// Whether a day can't have as many requests as a sample has rows: it would begin at the first of them each day.
  private func dayIsTooSmall(for part: VerifiedPart, of accepted: Int) -> SubmitStop? {
    guard case .sample(let sample) = part, let daily = options.times.daily, min(sample, accepted) > daily else {
      return nil
    }
    return .dayIsTooSmall(daily, rows: min(sample, accepted))
  }

  /// Requests are counted in the ledger where a day has a budget: it must be one that can be written.
  func mustCount() throws(RunFault) {
    if options.times.daily != nil, ledger.isObserved { throw .uncountable(ledger: ledger.path) }
  }
}

extension FileSubmission {
  private func recall(
    _ row: VerifiedRow, _ object: RemoteObject, _ fileRun: FileRunID
  ) throws(RunFault) -> SumHistory {
    guard let addition = row.operation.addition else { return SumHistory() }
    do throws(LedgerError) {
      return try ledger.history(
        of: addition, by: RowAddress(fileRun: fileRun, record: row.record), shown: ShownSum(object))
    } catch { throw .ledger(error) }
  }
}

/// The rows of a file that are to be read back, in its order.
private struct VerifiedRows: ~Copyable {
  private var cursor: RowCursor
  private var states: LedgerRowReader
  private let ledger: Ledger
  private let fileRun: FileRunID
  private let accepted: Int
  private let part: VerifiedPart
  private var rows: ArraySlice<IntakeRow> = []
  private var met = 0
  /// Accepted rows before the part.
  private(set) var before = 0

  init(
    _ cursor: consuming RowCursor, _ states: LedgerRowReader, _ ledger: Ledger, _ fileRun: FileRunID, accepted: Int,
    _ part: VerifiedPart
  ) {
    self.cursor = cursor
    self.states = states
    self.ledger = ledger
    self.fileRun = fileRun
    self.accepted = accepted
    self.part = part
  }

  mutating func next() throws(RunFault) -> VerifiedRow? {
    while let row = try nextRow() {
      guard case .operation(let record, _, let operation) = row, let settlement = try acceptance(of: record) else {
        continue
      }
      guard isInPart(record) else { continue }
      return try verified(record, operation, settlement)
    }
    return nil
  }

  private mutating func isInPart(_ record: Int) -> Bool {
    met += 1
    switch part {
    case .sample(let count):
      let sample = min(count, accepted)
      return met * sample / accepted > (met - 1) * sample / accepted
    case .from(let first):
      if record < first { before += 1 }
      return record >= first
    }
  }

  private mutating func nextRow() throws(RunFault) -> IntakeRow? {
    if rows.isEmpty {
      do throws(IntakeError) { rows = try cursor.next(limit: 256)[...] } catch { throw .intake(error) }
    }
    return rows.popFirst()
  }

  private mutating func acceptance(of record: Int) throws(RunFault) -> RowSettlement? {
    do throws(LedgerError) {
      guard case .settled(let settlement) = try states.state(of: record) else { return nil }
      switch settlement.outcome {
      case .created, .unchanged, .updated: return settlement
      case .rejected, .refused, .conflict, .skipped, .unknown, .notSent: return nil
      }
    } catch { throw .ledger(error) }
  }

  private func verified(
    _ record: Int, _ operation: BillOperation, _ settlement: RowSettlement
  ) throws(RunFault) -> VerifiedRow {
    do throws(LedgerError) {
      var evidence = PartyEvidence()
      for party in operation.bill?.describedParties ?? [] {
        guard case .known(let known) = try ledger.party(party.key) else { continue }
        if party.key.kind == .account { evidence.account = .id(known.id) } else { evidence.customer = .id(known.id) }
      }
      var history = SeriesHistory()
      if case .void(let bill) = operation, let series = bill.series {
        history = try ledger.corrections(of: bill.reference, by: series)
      }
      return VerifiedRow(
        record: record, operation: operation, settled: settlement.reference,
        isChangedSince: try isChanged(operation, after: record), place: try place(of: operation), history: history,
        evidence: evidence)
    } catch { throw .ledger(error) }
  }

  private func place(of operation: BillOperation) throws(LedgerError) -> Int? {
    guard let addition = operation.addition else { return nil }
    return try ledger.place(of: addition.mark, in: addition.sum)
  }

  /// Whether a later row, of this file or a later one, has changed the object.
  private func isChanged(_ operation: BillOperation, after record: Int) throws(LedgerError) -> Bool {
    let kind = operation.changedParty.map { ObjectKind($0.kind) } ?? .bill
    guard let last = try ledger.change(of: kind, operation.stake.reference)?.row else { return false }
    return fileRun < last.fileRun || (last.fileRun == fileRun && last.record > record)
  }
}

import BillModel

/// Writes one batch within a transaction. Its work on settled rows is in `BatchWriter+Settling`, on intents in
/// `BatchWriter+Claiming`.
struct BatchWriter {
  let ledger: Ledger
  let fileRun: FileRunID
  let rows: RowStatements
  let claims: ClaimStatements
  /// How many rows came to each state, less how many left it.
  private var changes = RowChanges()
  var refused: [RefusedClaim] = []

  init(ledger: Ledger, fileRun: FileRunID) {
    self.ledger = ledger
    self.fileRun = fileRun
    rows = ledger.rowStatements
    claims = ledger.claimStatements
  }

  /// Writes all of the batch in the order that `LedgerBatch` states.
  mutating func write(_ batch: LedgerBatch, latest: WallTime) throws(LedgerError) -> [RefusedClaim] {
    for party in batch.parties { try know(party) }
    for settlement in batch.settlements { try settle(settlement) }
    for (record, sum) in batch.confirmations { try confirm(sum, record) }
    for (record, sum) in batch.settings { try set(sum, record) }
    for record in batch.unknowns { try markUnknown(record, batch.unknownReasons[record]) }
    for record in batch.answeredUnknowns { try markUnknown(record, batch.unknownReasons[record], isAnswered: true) }
    for withdrawal in batch.withdrawals { try withdraw(withdrawal) }
    for claim in batch.releasedClaims { try release(claim) }
    for count in batch.attempts { try setAttempts(count) }
    try claimAndIntend(batch)
    try writeDifferences(batch, at: latest)
    try writeCounts()
    try writeRequests(batch.requests)
    try ledger.setLatest(latest)
    return refused
  }

  /// What the ledger holds of a row.
  func held(_ record: Int) throws(LedgerError) -> LedgerRow? { try ledger.row(address(record)) }

  func address(_ record: Int) -> RowAddress { RowAddress(fileRun: fileRun, record: record) }

  /// Notes that a row came to a state from another.
  mutating func count(from old: RowCode?, to new: RowCode) {
    guard old != new else { return }
    if let old { changes.add(-1, to: old) }
    changes.add(1, to: new)
  }

  /// Marks a row under way as given up for now.
  mutating func markUnknown(
    _ record: Int, _ reason: String? = nil, isAnswered: Bool = false
  ) throws(LedgerError) {
    let state = try underWay(record, "marked unknown").code
    rows.mark.bind(1, fileRun.value)
    rows.mark.bind(2, record)
    rows.mark.bind(3, RowCode.unknown.rawValue)
    rows.mark.bind(4, isAnswered ? 1 : nil)
    rows.mark.bind(5, reason)
    try rows.mark.run()
    try ledger.partyClaims.store(of: address(record))
    count(from: state, to: .unknown)
  }

  private mutating func setAttempts(_ count: AttemptCount) throws(LedgerError) {
    let state = try underWay(count.record, "given attempts").code
    rows.setAttempts.bind(1, fileRun.value)
    rows.setAttempts.bind(2, count.record)
    rows.setAttempts.bind(3, count.attempts)
    try rows.setAttempts.run()
    self.count(from: state, to: .intended)
  }

  /// Takes back the intent of a row that certainly had no effect.
  private mutating func withdraw(_ withdrawal: RowWithdrawal) throws(LedgerError) {
    let (intent, state) = try underWay(withdrawal.record, "taken back")
    guard withdrawal.nextEpoch >= intent.epoch else {
      throw .contradiction(address(withdrawal.record), "taken back to an epoch before its own")
    }
    rows.withdraw.bind(1, fileRun.value)
    rows.withdraw.bind(2, withdrawal.record)
    rows.withdraw.bind(3, withdrawal.nextEpoch)
    rows.withdraw.bind(4, withdrawal.attempts)
    try rows.withdraw.run()
    count(from: state, to: .unsent)
    if intent.claim == .newBill { try releaseBill(withdrawal.record, intent.reference) }
    if let successor = intent.successor { try releaseBill(withdrawal.record, successor) }
    try close(intent, isAccepted: false)
    try releaseParties(withdrawal.record)
  }

  /// The intent of a row that must be under way for what is done with it, and its code.
  private func underWay(_ record: Int, _ what: String) throws(LedgerError) -> (intent: RowIntent, code: RowCode) {
    switch try held(record)?.state {
    case .intended(let intent, let unknown): return (intent, unknown ? .unknown : .intended)
    case .settled, .unsent, nil: throw .contradiction(address(record), "\(what) while it isn't under way")
    }
  }

  private func writeCounts() throws(LedgerError) {
    for code in RowCode.allCases {
      let change = changes[code]
      guard change != 0 else { continue }
      rows.addCount.bind(1, fileRun.value)
      rows.addCount.bind(2, code.rawValue)
      rows.addCount.bind(3, change)
      try rows.addCount.run()
    }
  }

  private func writeRequests(_ requests: RequestCounts) throws(LedgerError) {
    guard requests != RequestCounts() else { return }
    rows.addRequests.bind(1, fileRun.value)
    rows.addRequests.bind(2, requests.sent)
    rows.addRequests.bind(3, requests.retried)
    rows.addRequests.bind(4, requests.throttled)
    rows.addRequests.bind(5, requests.replayed)
    try rows.addRequests.run()
  }
}

import BillModel

extension BatchWriter {
  /// Whether a row that adds to a sum goes by what was there before another addition, confirmed since.
  func isOutdated(_ intent: RowIntent) throws(LedgerError) -> Bool {
    guard let sum = intent.sum, let basis = sum.basis else { return false }
    return try ledger.lastAddition(to: sum.addition.sum)?.place ?? 0 != basis
  }

  /// Keeps what a row is about to set a sum to, and the mark that goes with it.
  func keepSum(_ intent: RowIntent) throws(LedgerError) {
    guard let sum = intent.sum else { return }
    let last = try ledger.lastAddition(to: sum.addition.sum)
    let isSame = last != nil && last?.mark == sum.addition.mark
    try keep(sum.addition, total: sum.total, place: (last?.place ?? 0) + (isSame ? 0 : 1), intent.record)
  }

  /// An addition is in its sum.
  func confirm(_ confirmation: SumConfirmation, _ record: Int) throws(LedgerError) {
    let statement = ledger.sumStatements.confirm
    bind(confirmation.addition.sum, to: statement)
    statement.bind(3, confirmation.addition.mark)
    statement.bind(4, confirmation.total)
    statement.bind(5, fileRun.value)
    statement.bind(6, record)
    statement.bind(7, confirmation.doubtedSince?.milliseconds)
    statement.bind(8, confirmation.doubtedSince == nil ? 0 : 1)
    try statement.run()
  }

  /// A sum that rows have added to was set as a whole.
  func set(_ setting: SumSetting, _ record: Int) throws(LedgerError) {
    let statement = ledger.sumStatements.set
    bind(setting.key, to: statement)
    statement.bind(3, setting.isCertain ? setting.total : nil)
    try statement.run()
    guard let doubtedSince = setting.doubtedSince else { return }
    let place = try ledger.lastAddition(to: setting.key)?.place ?? 0
    let unmarked = Addition(to: setting.key, mark: "", amount: 0, currency: setting.currency)
    try keep(unmarked, total: setting.total, place: place, record)
    try doubt(setting.key, since: doubtedSince)
  }

  /// A request to a sum was lost, and may land late.
  func doubt(_ sum: SumKey, since moment: WallTime) throws(LedgerError) {
    let statement = ledger.sumStatements.doubt
    bind(sum, to: statement)
    statement.bind(3, moment.milliseconds)
    try statement.run()
  }

  private func keep(_ addition: Addition, total: Int64, place: Int, _ record: Int) throws(LedgerError) {
    let statement = ledger.sumStatements.addMark
    bind(addition.sum, to: statement)
    statement.bind(3, addition.mark)
    statement.bind(4, total)
    statement.bind(5, place)
    statement.bind(6, addition.amount)
    statement.bind(7, addition.currency.description)
    statement.bind(8, fileRun.value)
    statement.bind(9, record)
    try statement.run()
  }

  private func bind(_ sum: SumKey, to statement: Statement) {
    statement.bind(1, sum.kind.code)
    statement.bind(2, sum.reference)
  }
}

package import BillModel

extension Ledger {
  /// What is known of a sum, held against what the API shows of it, for a row that adds to it.
  package func history(
    of addition: Addition, by row: RowAddress, shown: ShownSum
  ) throws(LedgerError) -> SumHistory {
    let last = try lastAddition(to: addition.sum)
    let (standing, place) = try standing(of: shown, at: addition.sum, last)
    var history = SumHistory(
      standing: standing, shownPlace: place, last: last, earlier: try earlier(addition, than: row))
    if let change = try change(of: addition.sum.kind, addition.sum.reference), change.isOpen {
      history.isClaimed = change.row != row
    }
    return history
  }

  /// The addition to a sum that was confirmed last; `nil` where there is none.
  package func lastAddition(to sum: SumKey) throws(LedgerError) -> SumHistory.Last? {
    let statement = sumStatements.findLast
    bind(sum, to: statement)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    return SumHistory.Last(
      mark: statement.text(0), total: statement.isNull(1) ? nil : statement.integer(1),
      place: Int(statement.integer(2)), isDoubted: !statement.isNull(3))
  }

  /// Which addition to its sum a mark is; `nil` where no row has sent it.
  package func place(of mark: String, in sum: SumKey) throws(LedgerError) -> Int? {
    try find(mark, in: sum, total: 0)?.place
  }

  /// Up to `limit` records of a file run after `record` that have added last to sums to which a request was lost after
  /// `moment`: it may have set them back since. Those whose own request it was are read again by themselves; `withOwn`
  /// takes them too.
  package func doubtedSums(
    of fileRun: FileRunID, after record: Int, since moment: WallTime, withOwn: Bool, limit: Int
  ) throws(LedgerError) -> [Int] {
    let statement = sumStatements.doubted
    statement.bind(1, fileRun.value)
    statement.bind(2, record)
    statement.bind(3, moment.milliseconds)
    statement.bind(4, withOwn ? 1 : 0)
    statement.bind(5, limit)
    defer { statement.reset() }
    var records: [Int] = []
    while try statement.step() { records.append(Int(statement.integer(0))) }
    return records
  }

  private func standing(
    of shown: ShownSum, at sum: SumKey, _ last: SumHistory.Last?
  ) throws(LedgerError) -> (SumHistory.Standing, place: Int?) {
    if let last, last.total != shown.total, shown.mark == nil || shown.mark == last.mark,
      let place = try request(for: shown, of: sum, before: last)
    {
      return (.older(isExplained: true), place)
    }
    guard let mark = shown.mark else { return (.unmarked, nil) }
    if let last, mark == last.mark { return (.last, last.place) }
    guard let found = try find(mark, in: sum, total: shown.total) else {
      return last != nil && last?.mark == nil ? (.last, last?.place) : (.unknown, nil)
    }
    guard let last, found.place <= last.place else { return (.unconfirmed, found.place) }
    return (.older(isExplained: found.total == shown.total), found.place)
  }

  /// Where a lost request from before the last one may have set the sum to what is shown: as a whole, or as an addition
  /// after which it was set as a whole.
  private func request(
    for shown: ShownSum, of sum: SumKey, before last: SumHistory.Last
  ) throws(LedgerError) -> Int? {
    for mark in ["", last.isDoubted ? shown.mark : nil] {
      if let mark, let found = try find(mark, in: sum, total: shown.total), found.total == shown.total,
        found.place < last.place
      {
        return found.place
      }
    }
    return nil
  }

  private func earlier(_ addition: Addition, than row: RowAddress) throws(LedgerError) -> Addition? {
    guard let found = try find(addition.mark, in: addition.sum, total: 0), found.row != row,
      case .settled(let settlement) = try self.row(found.row)?.state
    else { return nil }
    switch settlement.outcome {
    case .created, .unchanged, .updated:
      return Addition(to: addition.sum, mark: addition.mark, amount: found.amount, currency: found.currency)
    case .rejected, .refused, .conflict, .skipped, .unknown, .notSent: return nil
    }
  }

  private struct Found {
    var place: Int
    var total: Int64
    var amount: Int64
    var currency: CurrencyCode
    var row: RowAddress
  }

  /// What was sent with a mark: of this total where any was, else what was sent last.
  private func find(_ mark: String, in sum: SumKey, total: Int64) throws(LedgerError) -> Found? {
    let statement = sumStatements.findMark
    bind(sum, to: statement)
    statement.bind(3, mark)
    statement.bind(4, total)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    guard let currency = statement.text(3).flatMap({ CurrencyCode($0.utf8) }) else {
      throw unreadable("an addition's currency")
    }
    return Found(
      place: Int(statement.integer(0)), total: statement.integer(1), amount: statement.integer(2), currency: currency,
      row: RowAddress(fileRun: FileRunID(statement.integer(4)), record: Int(statement.integer(5))))
  }

  private func bind(_ sum: SumKey, to statement: Statement) {
    statement.bind(1, sum.kind.code)
    statement.bind(2, sum.reference)
  }
}

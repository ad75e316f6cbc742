import BillLedger
import BillModel
import ServerModel

/// What must hold where rows correct bills: one void and one bill, and the bill after the void.
extension Simulation {
  /// What somebody else could do that a correction must not run over.
  var correctionOutsiders: [World.Outside] {
    var doings: [World.Outside] = []
    for row in world.rows.map(\.row) {
      if server.bill(row.reference)?.status == "unpaid" { doings += [.paid(row.reference), .voided(row)] }
      guard server.series(row.reference).count == 1 else { continue }
      var next = row
      next.reference += "-R1"
      doings.append(.bill(next))
      next.amount += 1
      doings.append(.bill(next))
    }
    return doings
  }

  /// Before a void or the bill in its place is on the wire.
  func checkCorrecting(_ exchange: Exchange, _ ledger: Ledger, _ fileRun: FileRunID, _ file: Int) {
    guard let reference = exchange.reference,
      let record = world.files[file].firstIndex(where: { Self.belongs(reference, to: $0) }).map({ $0 + 1 })
    else { return fail("a POST that no row explains") }
    let row = world.files[file][record - 1]
    if let fault = checks.sending(exchange.call, Place(file: file, record: record), at: clock.truth) { fail(fault) }
    do {
      guard case .intended(let intent, _) = try ledger.rows(of: fileRun, after: record - 1, limit: 1).first?.state,
        intent.record == record
      else { return fail("a POST for \(reference) without a durable intent") }
      if ServerModel.voided(by: exchange.call.path) != nil {
        if intent.successor == nil { fail("\(reference) is voided, and no bill is claimed to take its place") }
        return
      }
      if intent.claim != .newBill || intent.reference != reference { fail("the intent is about another bill") }
      if ServerModel.amount(in: exchange.call.body) != row.amount { fail("another amount than the row's is sent") }
      if let before = server.series(row.reference).last(where: { $0.reference != reference }), before.status != "voided"
      {
        fail("\(reference) is raised while \(before.reference) stands")
      }
    } catch { fail("the ledger can't be read: \(error)") }
  }

  /// What is not so in what the ledger says of a correction.
  func lie(inCorrection settlement: RowSettlement, of row: World.Row) -> String? {
    let series = server.series(row.reference)
    let standing = series.filter { $0.status != "voided" }
    let ours = series.filter { $0.voidedBy.map { checks.keys[$0] != nil } == true }
    switch settlement.outcome {
    // Somebody else may have raised a bill under the next name.
    case .unchanged:
      // Nor could we see that somebody else voids it after our last look at it.
      let stood = series.contains { bill in
        bill.id == settlement.billID && isSame(bill, as: row) && (bill.status != "voided" || bill.voidedBy == nil)
      }
      return stood ? nil : "unchanged, and no such bill stood"
    case .updated:
      guard standing.count == 1, let bill = standing.first else { return "\(standing.count) bills of the series stand" }
      guard isSame(bill, as: row), bill.id == settlement.billID else { return "the bill that stands is another one" }
      if ledgerWasLost || clockIsWrong || !ours.isEmpty || isOpen(whose: series) { return nil }
      return "updated, and no request of ours voided"
    case .conflict:
      if !ledgerWasLost, !ours.isEmpty { return "in conflict, and a request of ours voided a bill of the series" }
      let isPlain = series.allSatisfy { $0.amountPaid == 0 && ($0.status == "unpaid" || $0.voidedBy != nil) }
      return isPlain && series.count == 1 && !ledgerWasLost ? "conflict, and nothing is in conflict" : nil
    case .refused:
      let wasRefused = checks.histories.contains { Self.belongs($0.key, to: row) && $0.value.wasRefused }
      if !wasRefused { return "refused, and nobody refused it" }
      return !ledgerWasLost && !ours.isEmpty ? "refused, and a request of ours voided a bill of the series" : nil
    case .created, .rejected, .skipped, .unknown, .notSent:
      return "an outcome that can't be: \(settlement.outcome)"
    }
  }

  /// What is not so where the ledger says that a bill is voided for a correction, and none raised in its place.
  func lie(inUnraised settlement: RowSettlement, of row: World.Row) -> String? {
    let series = server.series(row.reference)
    if !ledgerWasLost, !series.contains(where: { $0.voidedBy.map { checks.keys[$0] != nil } == true }) {
      return "voided and not raised, and no request of ours voided"
    }
    return series.contains { $0.status != "voided" && isSame($0, as: row) && $0.key != nil }
      ? "voided and not raised, and the bill is there" : nil
  }

  /// Whether a request to void one of these had no known answer as long as its key was relied on, or one that leaves open what
  /// was done: whose the void is can't be told then.
  private func isOpen(whose series: [ServerBill]) -> Bool {
    if series.contains(where: { checks.histories[$0.reference]?.hasFailed == true }) { return true }
    return exchanges.contains { exchange in
      guard let voided = ServerModel.voided(by: exchange.call.path), series.contains(where: { $0.reference == voided })
      else { return false }
      return clock.truth - exchange.sentAt >= 23 * 3_600_000 && checks.histories[voided]?.isAmbiguous == true
    }
  }

  /// At the end nothing is there that no row asks for, and never two bills in the place of one.
  func checkSeries() {
    for bill in server.bills where !world.rows.contains(where: { Self.belongs(bill.reference, to: $0.row) }) {
      fail("a bill that no row asks for: \(bill.reference)")
    }
    for row in world.rows.map(\.row) {
      let standing = server.series(row.reference).filter { $0.status != "voided" && $0.key != nil }
      if standing.count > 1 { fail("\(standing.count) bills that we raised stand for \(row.reference)") }
      for bill in standing where !isSame(bill, as: row) { fail("\(bill.reference) isn't as its row asks") }
    }
    if Set(server.bills.map(\.reference)).count != server.bills.count { fail("a bill twice") }
  }

  /// Whether a bill is the one that a row wants, under whatever name of its series.
  private func isSame(_ bill: ServerBill, as row: World.Row) -> Bool {
    var renamed = row
    renamed.reference = bill.reference
    return server.isSame(bill, as: renamed)
  }

  private static func belongs(_ reference: String, to row: World.Row) -> Bool {
    reference == row.reference || reference.hasPrefix(row.reference + "-R")
  }
}

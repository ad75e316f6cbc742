import BillLedger
import BillModel
import Hashing
import ServerModel
import SubmitPass

/// What must hold after each step, and at the end.
extension Simulation {
  /// Before a POST is on the wire: its intent is durable, its key means this body alone, and the key is still known.
  func checkSending(_ exchange: Exchange, _ ledger: Ledger, _ fileRun: FileRunID, _ file: Int) {
    let call = exchange.call
    if scope == .look { return fail("a look sends a \(call.method)") }
    switch world.asks(of: file) {
    case .bills where call.method == "PATCH": return checkUpdating(exchange)
    case .paidBills where call.method == "PATCH": return checkChanging(exchange, ledger, fileRun, file)
    case .bills, .paidBills: break
    case .corrections: return checkCorrecting(exchange, ledger, fileRun, file)
    case .voids, .names, .balances, .totals, .payments, .credits:
      return checkChanging(exchange, ledger, fileRun, file)
    }
    guard let reference = exchange.reference,
      let record = world.files[file].firstIndex(where: { $0.reference == reference }).map({ $0 + 1 }),
      let key = call.key
    else { return fail("a POST that no row explains") }
    let place = Place(file: file, record: record)
    let row = world.files[file][record - 1]
    if ServerModel.amount(in: call.body) != row.amount { fail("another amount than the row's is sent") }
    if let fault = checks.sending(call, place, at: clock.truth) { fail(fault) }
    let others = exchanges.dropLast().filter { $0.isAwaited && $0.result == nil && $0.reference == reference }
    if !others.isEmpty { fail("two requests for \(reference) at once") }
    checkKey(of: exchange)
    let sendings = checks.keys[key]?.sendings[place]
    do {
      guard case .intended(let intent, _) = try ledger.rows(of: fileRun, after: record - 1, limit: 1).first?.state,
        intent.record == record
      else { return fail("a POST for \(reference) without a durable intent") }
      let digest = call.body.withUnsafeBytes { SHA256Hasher().digest(of: $0) }
      if intent.bodyDigest != digest { fail("the intent for \(reference) is for another body") }
      let count = sendings?.count ?? 0
      if intent.attempts < count {
        fail("\(count) sendings of \(reference) under one key, and the ledger knows \(intent.attempts)")
      }
    } catch { fail("the ledger can't be read: \(error)") }
  }

  /// When a POST leaves, its key is still known.
  func checkKey(of exchange: Exchange) {
    guard !clockIsWrong, let key = exchange.call.key else { return }
    for (place, sendings) in checks.keys[key]?.sendings ?? [:] where place.file == exchange.file {
      if clock.truth - sendings.firstAt >= ServerModel.keyLife { fail("a key is sent again after its 24 hours") }
    }
  }

  /// What rests on a look leaves soon after it.
  func checkLook(of exchange: Exchange) {
    guard let path = pathOfLook(before: exchange) else { return }
    let looks = exchanges.filter { $0.process == exchange.process && $0.call.path == path && $0.hasShown }
    guard let last = looks.map(\.answeredAt.truth).max() else { return fail("\(path) is changed without a look") }
    let age = clock.truth - last
    // What was too late twice may take the time that it needs.
    let misses = exchanges.count {
      $0.process == exchange.process && $0.reference == exchange.reference && $0.wasTooLate
    }
    if age > (misses < 2 ? 35_000 : 2_735_000) { fail("\(path) is changed on a look that is \(age / 1_000) s old") }
  }

  /// Where the object was looked at that a request changes because of what it has; `nil` where it isn't because of that.
  private func pathOfLook(before exchange: Exchange) -> String? {
    if let bill = ServerModel.voided(by: exchange.call.path) { return "/billing/bills/\(bill)" }
    return switch world.asks(of: exchange.file) {
    case .totals, .payments, .credits, .paidBills: exchange.call.method == "PATCH" ? exchange.call.path : nil
    case .bills, .corrections, .voids, .names, .balances: nil
    }
  }

  /// What the ledger says, against what the server has. With the process what it knew of open rows is over too: from
  /// then on their intents explain any bill (rule 12).
  func checkLedger(_ ledger: Ledger, _ fileRun: FileRunID, _ file: Int, isOver: Bool = false) throws {
    let rows = try ledger.rows(of: fileRun, after: 0, limit: 1_000)
    for ledgerRow in rows {
      let place = Place(file: file, record: ledgerRow.record)
      guard case .settled(let settlement) = ledgerRow.state else {
        // What was added may have to be put back.
        if let before = checks.settled[place], !world.asks.adds {
          fail("\(place) was \(before.outcome), and is open again")
        }
        if isOver { checks.ambiguous(world.files[file][ledgerRow.record - 1].reference) }
        continue
      }
      checks.ended(place)
      // The bill is voided, and the one in its place is raised by a later run.
      if settlement.code == .correctVoidedNotRaised {
        if let lie = lie(inUnraised: settlement, of: world.files[file][ledgerRow.record - 1]) {
          fail("\(place): \(lie)")
        }
        continue
      }
      if world.asks.adds {
        checks.settled[place] = settlement
        continue
      }
      if let before = checks.settled[place] {
        if before != settlement { fail("\(place) was \(before.outcome), and is now \(settlement.outcome)") }
        continue
      }
      checks.settled[place] = settlement
      note("  \(place) is \(settlement.outcome), by \(settlement.confirmedBy)")
      if let lie = lie(in: settlement, place) { fail("\(place): \(lie)") }
    }
    try checkParties(ledger)
  }

  /// A look changes no row, and settling begins none.
  func checkScope(_ before: [LedgerRow], _ after: [LedgerRow]) throws {
    switch scope {
    case .all, .records: break
    case .unknown: if before.map(\.record) != after.map(\.record) { fail("settling began a row") }
    case .look, .plan: if before != after { fail("a look changed a row") }
    }
  }

  /// What is not so in what the ledger says of a row.
  private func lie(in settlement: RowSettlement, _ place: Place) -> String? {
    let row = world.files[place.file][place.record - 1]
    switch world.asks(of: place.file) {
    case .paidBills where settlement.code == .paymentNotNoted || settlement.outcome.isAccepted:
      return lie(inPaid: settlement, of: row, place)
    case .bills, .paidBills: break
    case .corrections: return lie(inCorrection: settlement, of: row)
    case .voids: return lie(inVoid: settlement, of: row)
    case .names, .balances, .totals: return lie(inSetting: settlement, of: row, place)
    case .payments, .credits: return nil
    }
    let bill = server.bill(row.reference)
    let isSame = bill.map { server.isSame($0, as: row) } ?? false
    let history = checks.histories[row.reference] ?? Checks.History()
    switch settlement.outcome {
    case .created:
      guard let bill else { return "created, and the server has no such bill" }
      guard isSame, bill.id == settlement.billID else { return "created, and the bill is another one" }
      if bill.status == "voided" { return "created, and voided" }
      if ledgerWasLost || madeBy(bill).contains(place) { return nil }
      if settlement.confirmedBy == .answer { return "created by an answer, and somebody else made the bill" }
      return history.isAmbiguous && !isStrict ? nil : "created, and no request of ours explains the bill"
    case .unchanged:
      guard let bill else { return "unchanged, and the server has no such bill" }
      guard isSame, bill.id == settlement.billID else { return "unchanged, and the bill is another one" }
      if bill.status == "voided" { return "unchanged, and voided" }
      return !ledgerWasLost && madeBy(bill) == [place] ? "unchanged, and this row made the bill" : nil
    case .conflict:
      if let bill, !isSame || bill.status == "voided" { return nil }
      if let account = row.account.flatMap({ server.account($0) }),
        account.customerID != server.customer(row.customer)?.id
      {
        return nil
      }
      return "conflict, and nothing is in conflict"
    case .refused:
      if !history.wasRefused { return "refused, and nobody refused it" }
      // A lost ledger's bill may stand behind a refusal whose reason is another: a nested party that exists.
      return !ledgerWasLost && bill.map { madeBy($0).contains(place) } == true ? "refused, and we made the bill" : nil
    case .updated, .rejected, .skipped, .unknown, .notSent: return "an outcome that can't be: \(settlement.outcome)"
    }
  }

  /// The rows that sent the request which made a bill; empty where somebody else made it.
  private func madeBy(_ bill: ServerBill) -> Set<Place> {
    Set(bill.key.flatMap { checks.keys[$0]?.sendings.keys } ?? [:].keys)
  }

  private func checkParties(_ ledger: Ledger) throws {
    for row in Set(world.rows.map(\.row)) {
      if case .known(let party) = try ledger.party(PartyKey(.customer, row.customer)),
        server.customer(row.customer)?.id != party.id
      {
        fail("the ledger knows customer \(row.customer) as \(party.id), and the server doesn't")
      }
      if let reference = row.account, case .known(let party) = try ledger.party(PartyKey(.account, reference)) {
        let account = server.account(reference)
        if account?.id != party.id { fail("the ledger knows account \(reference) as \(party.id), the server doesn't") }
        let owner = account.flatMap { account in server.customers.first { $0.id == account.customerID } }
        if let known = party.customerReference, known != owner?.reference {
          fail("the ledger has account \(reference) under \(known), the server under \(owner?.reference ?? "nobody")")
        }
      }
    }
  }

  /// All files are finished, and all that was on its way has landed.
  func checkEnd(_ ledger: Ledger) throws {
    for (number, file) in files.enumerated() {
      guard let fileRun = try ledger.fileRuns(of: file.identity.digest).last else { return fail("a file run is gone") }
      try checkLedger(ledger, fileRun.id, number)
      for record in 1...world.files[number].count where checks.settled[Place(file: number, record: record)] == nil {
        fail("row \(record) of file \(number) is lost")
      }
    }
    // What an object is to have, others may have changed since.
    for (place, settlement) in checks.settled where !world.asks(of: place.file).sets {
      if let lie = lie(in: settlement, place) { fail("\(place), at the end: \(lie)") }
    }
    switch world.asks {
    case .bills, .paidBills: try checkUpdates(ledger)
    case .corrections: return checkSeries()
    case .payments, .credits: return checkSums()
    case .voids, .names, .balances, .totals: if world.later != .bills { return }
    }
    let known = Set(world.rows.map(\.row.reference))
    for bill in server.bills where !known.contains(bill.reference) { fail("a bill that no row asks for") }
    if Set(server.bills.map(\.reference)).count != server.bills.count { fail("a bill twice") }
    for bill in server.bills where bill.key != nil {
      if !world.rows.contains(where: { server.isSame(bill, as: $0.row) }) {
        fail("\(bill.reference) isn't as any row asks")
      }
    }
  }
}

extension Simulation {
  func withLedger(_ place: LedgerFolder, _ work: (Ledger) throws -> Void) throws {
    try work(try place.open(now: clock.wall))
  }
}

import BillLedger
import BillModel
import Hashing
import ServerModel

/// What must hold where rows change objects that are there: names, balances, payments, voids.
extension Simulation {
  /// What somebody else could do to the objects that rows change.
  var changeOutsiders: [World.Outside] {
    var doings: [World.Outside] = []
    for (place, row) in world.rows {
      switch world.asks(of: place.file) {
      case .names:
        doings += outsiders(making: row)
        if let name = server.attributes(row.reference)?.name, name != "X" { doings.append(.named(row.reference, "X")) }
      case .balances:
        doings += outsiders(making: row)
        if let theirs = server.attributes(row.reference), theirs.balance != 7 {
          doings.append(.balanced(row.reference, 7))
        }
      case .totals, .voids:
        if server.bill(row.reference)?.status == "unpaid" { doings += [.paid(row.reference), .voided(row)] }
      case .bills, .paidBills, .corrections, .payments, .credits: break
      }
    }
    return doings.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func outsiders(making row: World.Row) -> [World.Outside] {
    guard server.attributes(row.reference) == nil else { return [] }
    guard row.account != nil else { return [.customer(row.reference)] }
    return [.account(row.reference, of: row.customer)]
  }

  /// The row of a file that a request is about; `nil` for none.
  func place(of exchange: Exchange) -> Place? {
    let rows = world.files[exchange.file]
    let name: String?
    switch world.asks(of: exchange.file) {
    case .credits: name = ServerModel.metadata(Credit.metadataKey, in: exchange.call.body)
    case .payments: name = ServerModel.metadata(Payment.metadataKey, in: exchange.call.body)
    case .bills, .paidBills, .corrections, .voids, .names, .balances, .totals: name = Self.name(of: exchange.call)
    }
    return rows.firstIndex { $0.reference == name }.map { Place(file: exchange.file, record: $0 + 1) }
  }

  /// Before a row's change is on the wire: its intent is durable, and nobody else's change of the object is open (rule 16).
  func checkChanging(_ exchange: Exchange, _ ledger: Ledger, _ fileRun: FileRunID, _ file: Int) {
    let call = exchange.call
    guard let place = place(of: exchange) else { return fail("a \(call.method) that no row explains") }
    if call.key != nil, let fault = checks.sending(call, place, at: clock.truth) { fail(fault) }
    let name = Self.name(of: call) ?? ""
    if let other = checks.openChanges[name]?.first(where: { $0 != place }) {
      fail("\(name) is changed while what became of \(other)'s change isn't known")
    }
    if call.method == "PATCH" { checks.openChanges[name, default: []].insert(place) }
    if world.asks == .balances, let newer = newerRow(than: place) {
      fail("an older file's balance is sent after that of \(newer)")
    }
    do {
      guard
        case .intended(let intent, _) = try ledger.rows(of: fileRun, after: place.record - 1, limit: 1).first?.state,
        intent.record == place.record
      else { return fail("a \(call.method) to \(name) without a durable intent") }
      let digest = call.body.withUnsafeBytes { SHA256Hasher().digest(of: $0) }
      if intent.bodyDigest != digest, call.key != nil { fail("the intent for \(name) is for another body") }
    } catch { fail("the ledger can't be read: \(error)") }
  }

  /// The row of a newer file that has set the same balance, by the ledger.
  private func newerRow(than place: Place) -> Place? {
    let reference = world.files[place.file][place.record - 1].reference
    return checks.settled.first { other, settlement in
      other.file > place.file && world.files[other.file][other.record - 1].reference == reference
        && [.created, .updated].contains(settlement.outcome)
    }?.key
  }

  /// A change of what a party has, beside the bills.
  func checkUpdating(_ exchange: Exchange) {
    let name = Self.name(of: exchange.call) ?? ""
    let place = Place(file: exchange.file, record: 0)
    if let other = checks.openChanges[name]?.first(where: { $0 != place }) {
      fail("\(name) is changed while what became of the change of file \(other.file) isn't known")
    }
    checks.openChanges[name, default: []].insert(place)
  }

  /// Notes whose request gives objects what they have then; `nil`: somebody else's.
  func writing<T>(_ id: Int?, _ work: () -> T) -> T {
    guard world.asks != .bills else { return work() }
    let names = Set(world.rows.map(\.row.reference))
    let before = names.map { values($0) }
    let result = work()
    for (name, old) in zip(names, before) where values(name) != old {
      checks.writers[name] = id.flatMap { place(of: exchanges[$0]) }
    }
    return result
  }

  private func values(_ name: String) -> [String] {
    let theirs = server.attributes(name)
    return ["\(theirs?.name ?? "")", "\(theirs?.balance ?? 0)", "\(server.bill(name)?.amountPaid ?? 0)"]
  }

  /// What is not so in what the ledger says of a row that gives its object something.
  func lie(inSetting settlement: RowSettlement, of row: World.Row, _ place: Place) -> String? {
    let then = checks.shown[Checks.Subject(file: place.file, name: row.reference)] ?? server
    let isSo = then.has(row, world.asks(of: place.file))
    switch settlement.outcome {
    // It was made with the row's values, whatever others have given it since.
    case .created:
      if let maker = then.maker(of: row.reference), checks.keys[maker] != nil { return nil }
      if settlement.confirmedBy == .answer { return "created, and others made it" }
      return isSo ? nil : "created, and the API had other values at the last answer"
    case .updated: return isSo ? nil : "updated, and the API had other values at the last answer"
    case .unchanged: return isSo && world.asks == .totals ? nil : "unchanged, and that isn't so"
    case .conflict:
      if settlement.code == .balanceNewerFile {
        return newerRow(than: place) == nil ? "an older file's, and there is no newer one" : nil
      }
      return isSo && then.bill(row.reference)?.status != "voided" ? "conflict, and it is as the row says" : nil
    case .refused:
      if world.asks == .totals, then.bill(row.reference) == nil { return nil }
      if checks.histories[row.reference]?.wasRefused != true { return "refused, and nobody refused it" }
      // What a lost ledger's request has set may be refused to the next one.
      return !ledgerWasLost && isSo && checks.writers[row.reference] == place
        ? "refused, and a request of ours set it" : nil
    case .rejected, .skipped, .unknown, .notSent: return "an outcome that can't be: \(settlement.outcome)"
    }
  }

  /// What is not so in what the ledger says of a void.
  func lie(inVoid settlement: RowSettlement, of row: World.Row) -> String? {
    let bill = server.bill(row.reference)
    let isOurs = bill?.voidedBy.map { checks.keys[$0] != nil } == true
    let history = checks.histories[row.reference] ?? Checks.History()
    switch settlement.outcome {
    case .updated:
      guard bill?.status == "voided" else { return "updated, and the bill isn't voided" }
      return isOurs || ledgerWasLost || history.isAmbiguous ? nil : "updated, and somebody else voided the bill"
    case .unchanged:
      guard bill?.status == "voided" else { return "unchanged, and the bill isn't voided" }
      return isOurs && !ledgerWasLost ? "unchanged, and a request of ours voided the bill" : nil
    case .conflict: return bill?.amountPaid ?? 0 > 0 ? nil : "conflict, and nothing is paid"
    case .refused:
      if bill == nil { return nil }
      if !history.wasRefused { return "refused, and nobody refused it" }
      return isOurs && !ledgerWasLost ? "refused, and a request of ours voided the bill" : nil
    case .created, .rejected, .skipped, .unknown, .notSent:
      return "an outcome that can't be: \(settlement.outcome)"
    }
  }

  /// What is not so where the ledger says that a bill is there that was paid before.
  func lie(inPaid settlement: RowSettlement, of row: World.Row, _ place: Place) -> String? {
    let then = checks.shown[Checks.Subject(file: place.file, name: row.reference)] ?? server
    let isNoted = then.bill(row.reference)?.amountPaid == World.paidBefore
    guard let bill = server.bill(row.reference), server.isSame(bill, as: row) else { return "there is no such bill" }
    guard settlement.code == .paymentNotNoted else {
      return isNoted ? nil : "\(settlement.outcome), and what was paid before isn't noted"
    }
    return isNoted ? "not noted, and it is" : nil
  }

  /// What the ledger says of parties that were compared beside the bills, against what the server had at the last answer.
  func checkUpdates(_ ledger: Ledger) throws {
    guard world.updatesParties else { return }
    for (number, file) in files.enumerated() {
      guard let fileRun = try ledger.fileRuns(of: file.identity.digest).last?.id else { continue }
      for row in world.files[number] {
        guard let name = row.name else { continue }
        let party = PartyKey(.customer, row.customer)
        let then = checks.shown[Checks.Subject(file: number, name: row.customer)]?.customer(row.customer)
        let difference = try ledger.difference(of: party, in: fileRun)
        switch difference?.state {
        case .changing: fail("the change of \(row.customer) is open at the end")
        case .changed, nil:
          if try ledger.isCompared(party, in: fileRun), let then, then.attributes.name != name {
            fail("\(row.customer) is \(difference == nil ? "the same" : "changed"), and had another name")
          }
        case .refused, .left:
          if then?.attributes.name == name, difference?.message?.contains("another file") != true {
            fail("\(row.customer) isn't changed by what the ledger says, and had the name")
          }
        }
      }
    }
  }
}

extension ServerModel {
  /// Whether an object has what a row says.
  fileprivate func has(_ row: World.Row, _ asks: World.Asks) -> Bool {
    switch asks {
    case .names: attributes(row.reference)?.name == row.name
    case .balances: attributes(row.reference).map { $0.balance == row.amount && $0.currency == "ZAR" } == true
    case .totals: bill(row.reference)?.amountPaid == row.amount
    case .bills, .paidBills, .corrections, .voids, .payments, .credits: false
    }
  }

  /// The key of the request that made a party.
  fileprivate func maker(of reference: String) -> String? { account(reference)?.key ?? customer(reference)?.key }
}

extension RowOutcome {
  /// Whether an object is as its row says.
  var isAccepted: Bool { [.created, .updated, .unchanged].contains(self) }
}

package import BillLedger
import BillModel
import Hashing
package import PaymentEvents

/// Takes out of a ledger what events and a report name: one pass over its rows, however many there are.
package struct LedgerWorld {
  /// What files said of bills after they were raised.
  private struct Change {
    var added: Int64 = 0
    var total: Int64?
    var addedSinceTotal: Int64 = 0
    var isVoided = false
    var isVoidOpen = false

    /// What was paid by what files say alone.
    var noted: Int64 { total.map { $0 + addedSinceTotal } ?? added }

    mutating func add(_ amount: Int64) {
      added += amount
      if total != nil { addedSinceTotal += amount }
    }

    mutating func set(_ amount: Int64?) { (total, addedSinceTotal) = (amount, 0) }
  }

  private let ledger: Ledger
  private let runs: [FileRunID: FileRun]
  private var names: Set<String> = []
  private var parties: Set<RowParty> = []
  private let takesAll: Bool

  package private(set) var world = KnownWorld()
  package private(set) var totals = BillTotals()

  /// - Parameter takesAll: every bill is taken, named or not: some 300 bytes of memory each.
  package init(
    _ ledger: Ledger, _ events: [ReadEvent], _ report: MomentReport?, takesAll: Bool = false
  ) throws(LedgerError) {
    self.ledger = ledger
    self.takesAll = takesAll
    runs = Dictionary(uniqueKeysWithValues: try ledger.latestFileRuns(limit: .max).map { ($0.id, $0) })
    for event in events {
      guard let applied = event.applied else { continue }
      for id in [applied.bill, applied.account, applied.customer].compactMap({ $0 }) { names.insert(id) }
    }
    for payment in report?.payments ?? [] { names.formUnion([payment.merchantReference, payment.customerReference]) }
    names.remove("")
    try takeParties()
    try takeBills()
    totals.unresolvedRows = try ledger.unresolvedRowCount()
  }

  private mutating func takeParties() throws(LedgerError) {
    var found: [KnownParty] = []
    try ledger.eachParty { [names] party in
      if names.contains(party.id) || names.contains(party.key.reference) { found.append(party) }
    }
    for party in found {
      let row = try ledger.lastChange(of: ObjectKind(party.key.kind), party.key.reference)
      world.add(KnownWorld.Party(key: party.key, id: party.id, row: row.flatMap(raisingRow)))
      parties.insert(RowParty(kind: party.key.kind, name: party.key.reference, isID: false))
      parties.insert(RowParty(kind: party.key.kind, name: party.id, isID: true))
    }
    for name in names {
      if name.hasPrefix("bacc_") { parties.insert(RowParty(kind: .account, name: name, isID: true)) }
      if name.hasPrefix("bcus_") { parties.insert(RowParty(kind: .customer, name: name, isID: true)) }
    }
  }

  private mutating func takeBills() throws(LedgerError) {
    let changes = try changes()
    var found: [KnownBill] = []
    var totals = BillTotals()
    try ledger.eachAcceptedRow(raising: true) { row in
      var change = changes[row.reference] ?? Change()
      change.added += row.terms?.paidBefore ?? 0
      count(row, change, in: &totals)
      guard isNamed(row), var bill = bill(row) else { return }
      (bill.added, bill.total, bill.isVoided) = (change.added, change.total, change.isVoided)
      (bill.addedSinceTotal, bill.isVoidOpen) = (change.addedSinceTotal, change.isVoidOpen)
      found.append(bill)
    }
    for bill in found { world.add(bill) }
    self.totals = totals
  }

  /// What rows did to bills that were there, by reference: those that are about them, and corrections.
  private func changes() throws(LedgerError) -> [String: Change] {
    var changes: [String: Change] = [:]
    try ledger.eachAcceptedRow(raising: false) { row in
      switch row.terms?.kind {
      case .added: changes[row.reference, default: Change()].add(row.terms?.amount ?? 0)
      case .paid: changes[row.reference, default: Change()].set(row.terms?.amount)
      case .void: changes[row.terms?.voids ?? row.reference, default: Change()].isVoided = true
      case nil where runs[row.address.fileRun]?.operation == .void:
        changes[row.reference, default: Change()].isVoided = true
      case .raise, .balance, .credit, nil: break
      }
    }
    try ledger.eachAcceptedRow(raising: true) { row in
      if let voided = row.terms?.voids { changes[voided, default: Change()].isVoided = true }
    }
    try ledger.eachVoidBehindNoEnd { reference, isCertain in
      if isCertain {
        changes[reference, default: Change()].isVoided = true
      } else {
        changes[reference, default: Change()].isVoidOpen = true
      }
    }
    return changes
  }

  private func count(_ row: AcceptedRow, _ change: Change, in totals: inout BillTotals) {
    totals.count += 1
    guard !change.isVoided else {
      totals.voided += 1
      return
    }
    guard let terms = row.terms, let currency = terms.currency else {
      totals.withoutAmount += 1
      return
    }
    totals.billed[currency, default: 0] += terms.amount
    guard change.noted > 0 else { return }
    totals.noted[currency, default: 0] += min(change.noted, terms.amount)
    totals.withNotes += 1
  }

  private func isNamed(_ row: AcceptedRow) -> Bool {
    if takesAll || names.contains(row.reference) { return true }
    if let id = row.objectID, names.contains(id) { return true }
    return row.terms?.party.map { parties.contains($0) } ?? false
  }

  private func bill(_ row: AcceptedRow) -> KnownBill? {
    raisingRow(row.address).map { place in
      KnownBill(
        reference: row.reference, id: row.objectID, due: row.terms?.amount, currency: row.terms?.currency,
        party: row.terms?.party, row: place)
    }
  }

  private func raisingRow(_ address: RowAddress) -> RaisingRow? {
    runs[address.fileRun].map { run in
      RaisingRow(
        file: run.file.name, digest: run.file.digest.short, record: address.record, startedAt: run.startedAt)
    }
  }
}

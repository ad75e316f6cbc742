import BillModel
import ServerModel

/// What must hold where rows add to sums: each that was accepted is in, once, whatever landed late.
extension Simulation {
  /// The sums that rows add to, as they are now.
  var sums: [String: Int64] {
    switch world.asks {
    case .payments: [World.paid: server.bill(World.paid)?.amountPaid ?? 0]
    case .credits:
      Dictionary(
        world.rows.map { ($0.row.party, server.attributes($0.row.party)?.balance ?? 0) }, uniquingKeysWith: { $1 })
    case .bills, .paidBills, .corrections, .voids, .names, .balances, .totals: [:]
    }
  }

  /// At the end each sum is what it was, and what the accepted rows add. Of a ledger that was lost nobody knows which rows
  /// are in; none is in twice.
  func checkSums() {
    for (name, sum) in sums {
      let added = sum - (checks.start[name] ?? 0)
      let rows = world.rows.filter { world.asks == .payments || $0.row.party == name }
      if ledgerWasLost {
        let amounts = Set(rows.map(\.row)).map(\.amount)
        if !Self.partSums(amounts).contains(added) { fail("\(added) is added to \(name), by no part of the rows") }
        continue
      }
      // The same row in two files is added once.
      let accepted = Set(rows.filter { isAccepted($0.place) }.map(\.row))
      let expected = accepted.map(\.amount).reduce(0, +)
      if added != expected { fail("\(added) is added to \(name), and \(expected) by what the ledger says") }
    }
    for (place, settlement) in checks.settled where settlement.outcome == .refused {
      let row = world.files[place.file][place.record - 1]
      let name = world.asks == .payments ? World.paid : row.party
      if checks.histories[name]?.wasRefused != true { fail("\(place) is refused, and nobody refused it") }
    }
  }

  private func isAccepted(_ place: Place) -> Bool {
    checks.settled[place]?.outcome.isAccepted ?? false
  }

  private static func partSums(_ amounts: [Int64]) -> Set<Int64> {
    amounts.reduce(into: [0]) { sums, amount in sums.formUnion(sums.map { $0 + amount }) }
  }
}

extension World.Row {
  /// The party whose balance a row adds to.
  fileprivate var party: String { account ?? customer }
}

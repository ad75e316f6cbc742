/// The bills of one currency, added up; minor units.
struct MoneyTally: Equatable {
  var bills = 0
  /// Of all bills, voided ones included.
  var due: Int64 = 0
  var paid: Int64 = 0
  /// Of those that aren't voided.
  var remaining: Int64 = 0
  /// amount_due of the voided ones.
  var voided: Int64 = 0

  /// By currency code.
  static func of(_ bills: [BillRecord]) -> [String: MoneyTally] {
    var tallies: [CurrencyTag: MoneyTally] = [:]
    for bill in bills { tallies[bill.currency, default: MoneyTally()].add(bill) }
    return Dictionary(uniqueKeysWithValues: tallies.map { ($0.text, $1) })
  }

  private mutating func add(_ bill: BillRecord) {
    bills += 1
    due += Int64(bill.amountDue)
    paid += Int64(bill.amountPaid)
    if bill.status == .voided {
      voided += Int64(bill.amountDue)
    } else {
      remaining += Int64(bill.amountRemaining)
    }
  }
}

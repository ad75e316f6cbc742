/// A bill of which something was paid before it is raised here.
package struct PaidBill: Hashable, Sendable {
  package var bill: Bill
  /// What was paid of it so far, in minor units of the bill's currency; more than 0.
  package var amountPaid: Int64

  package init(bill: Bill, amountPaid: Int64) {
    self.bill = bill
    self.amountPaid = amountPaid
  }

  /// What is noted on the bill once it is raised.
  package var payment: Payment {
    Payment(bill: bill.reference, currency: bill.currency, amount: amountPaid, meaning: .atFirst)
  }
}

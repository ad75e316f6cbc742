/// What stands out of a file before any of it is sent, and what the next files of its feed are compared with.
package struct FileFigures: Hashable, Sendable {
  /// The money of one currency, in minor units, over the rows that stand.
  package struct Money: Hashable, Sendable {
    package var total: Int64
    /// The largest bill.
    package var largest: Int64

    package init(total: Int64 = 0, largest: Int64 = 0) {
      self.total = total
      self.largest = largest
    }
  }

  /// Rows that stand: they would be sent.
  package var rows: Int
  /// Of them, those whose customer the ledger didn't know then.
  package var newCustomerRows: Int
  /// Of them, those whose bill the ledger knew then to be there.
  package var knownBillRows: Int
  package var money: [CurrencyCode: Money]

  package init(
    rows: Int = 0, newCustomerRows: Int = 0, knownBillRows: Int = 0, money: [CurrencyCode: Money] = [:]
  ) {
    self.rows = rows
    self.newCustomerRows = newCustomerRows
    self.knownBillRows = knownBillRows
    self.money = money
  }
}

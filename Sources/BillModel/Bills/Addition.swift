/// What a row adds to a sum at the API, and the mark that it leaves there, in the metadata of the object whose sum it is.
package struct Addition: Hashable, Sendable {
  package var sum: SumKey
  /// The reference of a credit's row, or of a payment: unique among what is added to the sum.
  package var mark: String
  /// Minor units of `currency`.
  package var amount: Int64
  package var currency: CurrencyCode

  package init(to sum: SumKey, mark: String, amount: Int64, currency: CurrencyCode) {
    self.sum = sum
    self.mark = mark
    self.amount = amount
    self.currency = currency
  }
}

extension BillOperation {
  /// What it adds to a sum; `nil` where it adds to none.
  package var addition: Addition? {
    switch self {
    case .credit(let credit):
      return Addition(
        to: SumKey(ObjectKind(credit.party.key.kind), credit.party.key.reference), mark: credit.reference,
        amount: credit.amount, currency: credit.currency)
    case .pay(let payment):
      guard case .added(let reference) = payment.meaning else { return nil }
      return Addition(
        to: SumKey(.bill, payment.bill), mark: reference, amount: payment.amount, currency: payment.currency)
    case .raise, .raisePaid, .skip, .correct, .set, .void: return nil
    }
  }

  /// The sum that it sets, whatever was there, and what to; `nil` where it sets none.
  package var settingOfSum: (key: SumKey, total: Int64, currency: CurrencyCode)? {
    switch self {
    case .set(let values):
      guard let balance = values.balance, let currency = values.currency else { return nil }
      return (SumKey(ObjectKind(values.key.kind), values.key.reference), balance, currency)
    case .pay(let payment) where payment.meaning == .total:
      return (SumKey(.bill, payment.bill), payment.amount, payment.currency)
    case .raisePaid(let paid): return (SumKey(.bill, paid.bill.reference), paid.amountPaid, paid.bill.currency)
    case .pay, .credit, .raise, .skip, .correct, .void: return nil
    }
  }
}

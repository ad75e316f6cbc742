import BillModel
import MomentAPI

/// What is to be paid in all, by what the bill shows and what the ledger knows of it.
extension PaymentMachine {
  mutating func pay(_ bill: RemoteBill, _ history: SumHistory) -> SubmissionStep {
    if bill.status == .voided { return refuse(bill, "status", "the bill is voided, and takes no payment") }
    guard bill.currency == payment.currency else {
      return refuse(bill, "currency", "the bill is in \(bill.currency?.description ?? "no currency")")
    }
    guard let paid = bill.amountPaid, let due = bill.amountDue else {
      return refuse(bill, "amount_paid", "the API doesn't show what was paid on the bill")
    }
    switch payment.meaning {
    case .total: return set(payment.amount, bill, due)
    case .atFirst:
      guard paid == 0 else {
        return refuse(
          bill, "amount_paid",
          "\(money(paid)) is paid on the bill by now, and \(money(payment.amount)) was before it was raised")
      }
      return set(payment.amount, bill, due)
    case .added(let reference): return add(reference, bill, paid, due, history)
    }
  }

  private mutating func add(
    _ reference: String, _ bill: RemoteBill, _ paid: Int64, _ due: Int64, _ history: SumHistory
  ) -> SubmissionStep {
    let base = history.base(shown: paid, own: reference, isInDoubt: doubt != nil, of: .bill)
    let mark = bill.metadata[Payment.metadataKey]
    switch aim.decide(base, shown: paid, marked: mark, adding: payment.amount, sent: total, history) {
    case .set(let sum): return set(sum, bill, due)
    case .putBack(let sum): return send(sum)
    case .isIn: return end(.updated, id: bill.id, by: .lookup)
    case .tooLarge: return refuse(bill, "amount_paid", "what is paid can't be added to")
    case .undecided(let trouble):
      return end(
        .conflict, code: trouble.code(.bill), field: "amount_paid", message: words(trouble, bill, paid, history),
        id: bill.id, by: .lookup)
    }
  }

  private mutating func set(_ total: Int64, _ bill: RemoteBill, _ due: Int64) -> SubmissionStep {
    guard total <= due || bill.allowsOverpayment else {
      return refuse(bill, "amount_paid", "\(money(total)) would be paid in all, and \(money(due)) is due")
    }
    return send(total)
  }

  /// The payment was added last, and a late request has taken it back: the same total again, with its mark.
  mutating func putBack(
    _ bill: RemoteBill, _ paid: Int64, _ sum: Int64, _ history: SumHistory
  ) -> SubmissionStep {
    aim.putBack(from: paid, marked: bill.metadata[Payment.metadataKey], history)
    return send(sum)
  }

  private mutating func refuse(_ bill: RemoteBill, _ field: String, _ message: String) -> SubmissionStep {
    end(.conflict, field: field, message: message, id: bill.id, by: .lookup)
  }

  /// Nothing is to be written of a settled row.
  mutating func stands() -> SubmissionStep {
    phase = .ended
    return SubmissionStep(.stands)
  }

  func words(_ trouble: SumTrouble, _ bill: RemoteBill, _ paid: Int64, _ history: SumHistory) -> String {
    trouble.refusal(
      shown: money(paid), mark: bill.metadata[Payment.metadataKey], last: history.last?.total.map { money($0) })
  }

  func money(_ amount: Int64) -> String { "\(MoneyText.major(amount, payment.currency)) \(payment.currency)" }
}

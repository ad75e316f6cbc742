import BillModel
import MomentAPI

/// What the bill shows.
extension PaymentMachine {
  mutating func looked(
    _ question: Look, _ answer: Answer, _ context: SubmissionContext
  ) -> SubmissionStep {
    switch answer.judgement {
    case .found(.bill(let bill)): return found(bill, question, context)
    case .notFound: return absent(question)
    case .found, .accepted, .throttled, .unauthorised, .transient, .unreadable, .refused, .conflict:
      return unanswered(question, answer, context)
    }
  }

  private mutating func absent(_ question: Look) -> SubmissionStep {
    switch question {
    case .before: return end(.refused, message: "the API has no bill of this reference", by: .lookup)
    case .last where settledAs != nil: return stands()
    case .last:
      return settle(.conflict, message: "the payment was sent, and the API doesn't know the bill any more", by: .lookup)
    case .only: return giveUp("the API has no bill of this reference")
    }
  }

  private mutating func found(
    _ bill: RemoteBill, _ question: Look, _ context: SubmissionContext
  ) -> SubmissionStep {
    let isIn = contains(bill)
    let history = context.history
    switch question {
    case .before:
      if doubt == nil, let earlier = history.earlier { return addedBefore(earlier, bill) }
      if doubt == nil, history.isClaimed { return giveUp(SumTrouble.isClaimed) }
      if isIn { return self.isIn(bill, history) }
      return reread(bill, context) ?? pay(bill, history)
    case .last where isIn && settledAs != nil: return lastOfSettled(bill, history)
    case .last where isIn: return confirming(settle(.updated, id: bill.id, by: .lookup), bill.amountPaid)
    case .last: return lastWithout(bill, context)
    case .only where isIn: return settle(.updated, id: bill.id, by: .lookup)
    case .only: return giveUp("the bill doesn't have the payment so far, and it can be sent again")
    }
  }

  /// The mark of a settled row is there: what was paid may be from before it was set as a whole.
  private mutating func lastOfSettled(_ bill: RemoteBill, _ history: SumHistory) -> SubmissionStep {
    guard let addition = operation.addition, let paid = bill.amountPaid,
      case .own(let sum) = history.base(shown: paid, own: addition.mark, isInDoubt: true, of: .bill)
    else { return stands() }
    return putBack(bill, paid, sum, history)
  }

  private mutating func reread(_ bill: RemoteBill, _ context: SubmissionContext) -> SubmissionStep? {
    guard let addition = operation.addition, let paid = bill.amountPaid else { return nil }
    let base = context.history.base(shown: paid, own: addition.mark, isInDoubt: doubt != nil, of: .bill)
    return reread(base, before: .before, context)
  }

  /// Whether the payment is in what was paid.
  private func contains(_ bill: RemoteBill) -> Bool {
    switch payment.meaning {
    case .total, .atFirst:
      bill.currency == payment.currency && bill.amountPaid == payment.amount && hasMetadata(bill)
    case .added(let reference): bill.metadata[Payment.metadataKey] == reference
    }
  }

  private func hasMetadata(_ bill: RemoteBill) -> Bool {
    payment.metadata.pairs.allSatisfy { bill.metadata[$0.key] == $0.value }
  }

  /// Another ledger has sent this payment, of whatever amount: it is never added again.
  private mutating func carried(_ bill: RemoteBill, _ history: SumHistory) -> SubmissionStep {
    end(
      history.takesOthers ? .unchanged : .conflict, code: .paymentUnknownMark, field: "payment_reference",
      message: SumTrouble.carried(by: "bill"), id: bill.id, by: .lookup)
  }

  /// Sent by us, or by nobody of this run: what explains it is whether a request of ours is in doubt.
  private mutating func isIn(_ bill: RemoteBill, _ history: SumHistory) -> SubmissionStep {
    if history.standing == .unknown, attempts == 0 { return carried(bill, history) }
    let isOurs = history.standing != .unknown && history.standing != .unmarked
    return confirming(
      end(doubt == nil ? .unchanged : .updated, id: bill.id, by: .lookup),
      isOurs || doubt != nil ? bill.amountPaid : nil)
  }

  /// A row before it has this payment on this bill, by the ledger: it is not added again, whatever came after it.
  private mutating func addedBefore(_ earlier: Addition, _ bill: RemoteBill) -> SubmissionStep {
    guard earlier.amount == payment.amount, earlier.currency == payment.currency else {
      return settle(
        .conflict, field: "payment_amount",
        message: "a payment of this reference was added to the bill before, by the ledger: \(money(earlier.amount))",
        id: bill.id, by: .ledger)
    }
    return settle(
      .unchanged, message: "another row added this payment before, by the ledger", id: bill.id, by: .ledger)
  }

  /// The bill doesn't show at the end of the file that the payment is in.
  private mutating func lastWithout(_ bill: RemoteBill, _ context: SubmissionContext) -> SubmissionStep {
    let history = context.history
    guard let addition = operation.addition, let paid = bill.amountPaid else {
      return settle(
        .conflict, field: "amount_paid",
        message:
          "the payment was repeated after its answer was lost, and at the end of the file the bill shows another "
          + "amount_paid: another payment moved it, the API refused this one, or the lost request landed late",
        id: bill.id, by: .lookup)
    }
    switch history.base(shown: paid, own: addition.mark, isInDoubt: true, of: .bill) {
    case .own(let sum): return putBack(bill, paid, sum, history)
    case .isIn: return settledAs == nil ? settle(.updated, id: bill.id, by: .lookup) : stands()
    // What another ledger adds after the row is nothing of the row's.
    case .undecided(.unknownMark) where settledAs != nil: return stands()
    case .undecided(.unknownMark) where doubt?.isOver(context) == false: return giveUp(SumTrouble.mayStillLand)
    case .undecided(let trouble):
      return settle(
        .conflict, code: trouble.code(.bill), field: "amount_paid", message: words(trouble, bill, paid, history),
        id: bill.id, by: .lookup)
    case .shown, .unmarked, .others, .confirmed:
      guard settledAs == nil else { return stands() }
      if doubt?.isOver(context) == false { return giveUp(SumTrouble.mayComeYet) }
      return settle(
        .conflict, field: "amount_paid",
        message: "its answer was lost, and at the end of the file the bill doesn't show that it is in", id: bill.id,
        by: .lookup)
    }
  }
}

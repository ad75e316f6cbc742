/// What a row asks for. Indirect, since it is handed on far more often than it is looked into.
package indirect enum BillOperation: Hashable, Sendable {
  /// Raise a bill, with the customer and account that it needs.
  case raise(Bill)
  /// Raise a bill, and note what was paid of it before.
  case raisePaid(PaidBill)
  /// Nothing: the row's amount is none that a bill can have, and its layout says to leave it out.
  case skip(SkippedBill)
  /// Add to the balance of a customer or an account what no bill can ask for.
  case credit(Credit)
  /// Void a bill, and raise it under the next reference as it is to be.
  case correct(Correction)
  /// Give a customer or an account these values; create it where there is none.
  case set(PartyValues)
  /// Note what was paid on a bill elsewhere.
  case pay(Payment)
  /// Void a bill.
  case void(VoidedBill)

  /// The external reference of the object that the operation is about; of a credit that of its row.
  package var reference: String {
    switch self {
    case .raise(let bill): bill.reference
    case .raisePaid(let paid): paid.bill.reference
    case .skip(let bill): bill.reference
    case .credit(let credit): credit.reference
    case .correct(let correction): correction.bill.reference
    case .set(let values): values.key.reference
    case .pay(let payment): payment.bill
    case .void(let bill): bill.reference
    }
  }

  /// The bill that it raises under the row's reference; `nil` where it is about something that is there.
  package var bill: Bill? {
    switch self {
    case .raise(let bill): bill
    case .raisePaid(let paid): paid.bill
    case .skip, .credit, .correct: nil
    case .set, .pay, .void: nil
    }
  }

  /// What its first request claims.
  package var stake: RowStake {
    guard case .credit(let credit) = self else { return RowStake(reference: reference, claim: claim) }
    return RowStake(reference: credit.party.key.reference, claim: claim, successor: credit.reference)
  }

  /// What is claimed of the object's reference.
  package var claim: RowClaim {
    switch self {
    case .raise, .raisePaid: .newBill
    case .skip, .correct: .change(of: .bill, setsBalance: false)
    case .credit(let credit): .change(of: ObjectKind(credit.party.key.kind), setsBalance: true, adds: true)
    case .set(let values): .change(of: ObjectKind(values.key.kind), setsBalance: values.balance != nil)
    case .pay, .void: .change(of: .bill, setsBalance: false)
    }
  }

  /// What it is by its kind in layouts and reports. What a bill's row becomes by its amounts is still a bill's row, but for
  /// one that goes to a balance.
  package var kind: OperationKind {
    switch self {
    case .raise, .raisePaid, .skip: .bill
    case .correct: .correct
    case .void: .void
    case .credit(let credit): credit.party.key.kind == .customer ? .customerBalance : .accountBalance
    case .pay(let payment): if case .added = payment.meaning { .paymentAdded } else { .payment }
    case .set(let values):
      switch values.key.kind {
      case .customer: values.balance == nil ? .customer : .customerBalance
      case .account: values.balance == nil ? .account : .accountBalance
      }
    }
  }

  /// What rows of one file must be about one after the other, in a file whose rows ask for different things, or for voids or
  /// corrections.
  package var objectLane: String? {
    switch self {
    case .skip: nil
    case .credit(let credit): credit.party.key.words
    case .set(let values): values.key.words
    case .raise, .raisePaid, .correct, .pay, .void: Self.lane(ofBill: reference)
    }
  }

  package static func lane(ofBill reference: String) -> String { "bill \(reference)" }

  /// The same in a file whose rows all ask for one thing; `nil` where such a file has one row at most of an object.
  package var lane: String? {
    switch self {
    case .pay(let payment): payment.bill
    case .credit(let credit): credit.party.key.words
    case .raise, .raisePaid, .skip, .correct, .set, .void: nil
    }
  }

  /// The money that the row is about, in minor units; `nil` where it is about none.
  package var money: (amount: Int64, currency: CurrencyCode)? {
    switch self {
    case .raise(let bill): (bill.amountDue, bill.currency)
    case .raisePaid(let paid): (paid.bill.amountDue, paid.bill.currency)
    case .skip(let bill): (bill.amount, bill.currency)
    case .correct(let correction): (correction.bill.amountDue, correction.bill.currency)
    case .credit(let credit): (credit.amount, credit.currency)
    case .set(let values): values.balance.flatMap { balance in values.currency.map { (balance, $0) } }
    case .pay(let payment): (payment.amount, payment.currency)
    case .void: nil
    }
  }

  /// The field of the row that holds it, as an API path; `nil` where the row is about none.
  package var amountPath: String? {
    if case .credit = self { OperationKind.bill.amountPath } else { kind.amountPath }
  }

  /// The customer or account that the row changes, and makes where there is none; `nil` where it is about a bill.
  package var changedParty: PartyKey? {
    switch self {
    case .set(let values): values.key
    case .credit(let credit): credit.party.key
    case .raise, .raisePaid, .skip, .correct, .pay, .void: nil
    }
  }

  /// How the bills are called that take the place of its own; `nil` where it follows none.
  package var series: CorrectionSeries? {
    switch self {
    case .correct(let correction): correction.series
    case .void(let bill): bill.series
    case .raise, .raisePaid, .skip, .credit, .set, .pay: nil
    }
  }

  /// The parties that a bill's row describes. Those named by id aren't; nor is a party that the row is about.
  package var describedParties: [PartyDescription] {
    switch self {
    case .raise(let bill): bill.describedParties
    case .raisePaid(let paid): paid.bill.describedParties
    case .skip, .credit, .correct, .set, .pay, .void: []
    }
  }

  /// What a request under this intent carries out: the operation itself, or the part of it that the intent is about.
  package func part(under intent: RowIntent) -> BillOperation {
    switch self {
    case .raise, .skip, .set, .pay: self
    case .credit(let credit): .set(credit.made)
    case .void(let bill): .void(VoidedBill(reference: intent.terms?.voids ?? bill.reference))
    case .raisePaid(let paid): intent.claim == .newBill ? .raise(paid.bill) : .pay(paid.payment)
    case .correct(let correction):
      if let number = correction.number(under: intent) {
        intent.claim == .newBill
          ? .raise(correction.bill(number)) : .void(VoidedBill(reference: correction.reference(number - 1)))
      } else {
        self
      }
    }
  }
}

extension Correction {
  /// The number of the correction that a row's intent is about: the one that it raises, or whose predecessor it voids.
  package func number(under intent: RowIntent) -> Int? {
    let name = intent.claim == .newBill ? intent.reference : intent.successor
    return name.flatMap { series.number(of: $0, correcting: bill.reference) }
  }
}

import BillModel
import BillSubmission

extension BillOperation {
  /// The machine that decides for a row which asks for this.
  func machine(
    _ record: Int, _ form: BodyForm, _ origin: SubmissionOrigin, doubt: SendDoubt? = nil, looksFirst: Bool = false,
    looksOnly: Bool = false, billLook: BillLook? = nil, history: SeriesHistory = SeriesHistory()
  ) -> any RowMachine {
    switch self {
    case .raise:
      SubmissionMachine(
        record: record, raising: self, form: form, origin: origin, looksFirst: looksFirst, looksOnly: looksOnly,
        billLook: billLook)
    case .raisePaid(let paid):
      PaidBillMachine(
        record: record, paid: paid, form: form, origin: origin, looksFirst: looksFirst, looksOnly: looksOnly,
        billLook: billLook)
    case .skip(let bill): SkipMachine(record: record, bill: bill, origin: origin)
    case .credit(let credit):
      CreditMachine(
        record: record, credit: credit, form: form, origin: origin, doubt: doubt, looksFirst: looksFirst,
        looksOnly: looksOnly)
    case .correct(let correction):
      CorrectMachine(
        record: record, correction: correction, form: form, origin: origin, history: history, looksOnly: looksOnly)
    case .set(let values):
      PartyMachine(
        record: record, values: values, form: form, origin: origin, doubt: doubt, looksFirst: looksFirst,
        looksOnly: looksOnly)
    case .pay(let payment):
      PaymentMachine(record: record, payment: payment, origin: origin, looksOnly: looksOnly)
    case .void(let bill):
      VoidMachine(record: record, bill: bill, origin: origin, history: history, looksOnly: looksOnly)
    }
  }

  /// About what it takes in memory, in bytes.
  var estimatedBytes: Int {
    switch self {
    case .raise(let bill): bill.estimatedBytes
    case .raisePaid(let paid): 16 + paid.bill.estimatedBytes
    case .skip(let bill): 128 + bill.reference.utf8.count
    case .credit(let credit): 64 + credit.party.estimatedBytes
    case .correct(let correction): 64 + correction.bill.estimatedBytes
    case .set(let values): values.estimatedBytes
    case .pay(let payment): 512 + payment.bill.utf8.count + payment.metadata.textBytes
    case .void(let bill): 256 + bill.reference.utf8.count
    }
  }
}

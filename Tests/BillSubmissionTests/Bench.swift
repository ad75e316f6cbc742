import BillModel
import Hashing
import MomentAPI
import Transport

@testable import BillSubmission

/// What the tests of the machine are written with: a row, its machine, answers and times.
enum Bench {
  static let start = WallTime(milliseconds: 1_700_000_000_000)
  static let zar = CurrencyCode("ZAR")!
  static let context = SubmissionContext(now: start, jitter: 1)
  static let problem = Problem(status: 400, title: "No", faults: [Problem.Fault(pointer: "/amount_due")])
  static let unprocessable = Problem(status: 422, title: "Unprocessable")
  static let noSuchPath = Problem(status: 404, title: "Not Found")

  static let onAccount = bill(.account(Account(reference: "A", customer: Customer(reference: "C"))))
  static let onCustomer = bill(.customer(Customer(reference: "C")))

  static func bill(_ party: BillParty) -> Bill {
    Bill(
      reference: "B1", currency: zar, amountDue: 100, billDate: CivilDate(year: 2026, month: 1, day: 2),
      dueDate: CivilDate(year: 2026, month: 2, day: 3), party: party, metadata: Metadata([("period", "Q1")]))
  }

  static func machine(
    _ bill: Bill = onAccount, form: BodyForm = .nested,
    origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0)
  ) -> SubmissionMachine {
    SubmissionMachine(record: 7, bill: bill, form: form, origin: origin)
  }

  /// A machine whose first request is under way.
  static func posting(_ bill: Bill = onAccount, form: BodyForm = .nested) -> SubmissionMachine {
    var machine = machine(bill, form: form)
    _ = machine.handle(.begin, context)
    return machine
  }

  static func intent(
    epoch: Int = 1, form: BodyForm = .nested, attempts: Int = 1, firstSentAt: WallTime = start
  ) -> RowIntent {
    RowIntent(
      record: 7, reference: "B1", epoch: epoch, form: form, bodyDigest: SHA256Digest(repeatElement(7, count: 32))!,
      serializerVersion: 1, firstSentAt: firstSentAt, attempts: attempts)
  }

  static func later(_ milliseconds: Int64, clockIsTrusted: Bool = true) -> SubmissionContext {
    SubmissionContext(
      now: start.advanced(byMilliseconds: milliseconds), clockIsTrusted: clockIsTrusted, jitter: 1)
  }

  static func later(hours: Int64, clockIsTrusted: Bool = true) -> SubmissionContext {
    later(hours * 3_600_000, clockIsTrusted: clockIsTrusted)
  }

  /// The row's bill as the API shows it, on account `bacc_1` of customer `bcus_1` or on that customer.
  static func remote(
    amountDue: Int64 = 100, status: RemoteBill.Status = .unpaid, customerID: String? = "bcus_1",
    accountID: String? = "bacc_1", metadata: [String: String] = ["period": "Q1", "theirs": "x"]
  ) -> RemoteBill {
    RemoteBill(
      id: "bill_1", reference: "B1", currency: zar, amountDue: amountDue, amountPaid: status == .paid ? amountDue : 0,
      billDate: CivilDate(year: 2026, month: 1, day: 2), dueDate: CivilDate(year: 2026, month: 2, day: 3),
      status: status, customerID: customerID, accountID: accountID, metadata: metadata)
  }

  static let account = RemoteAccount(id: "bacc_1", reference: "A", customerID: "bcus_1")
  static let customer = RemoteCustomer(id: "bcus_1", reference: "C")

  static func answer(_ judgement: Judgement, replayed: Bool = false, retryAfter: Int64? = nil) -> SubmissionEvent {
    .answer(Answer(judgement: judgement, status: 200, replayed: replayed, retryAfter: retryAfter))
  }

  static let lost = SubmissionEvent.failure(.connectionLost)
  static let tooLate = SubmissionEvent.failure(.notSent(NotSentReason(.tooLate)))
}

extension RowMachine {
  /// Hands in several events, and gives the last step.
  mutating func run(
    _ events: [SubmissionEvent], _ context: SubmissionContext = Bench.context
  ) -> SubmissionStep {
    var step = SubmissionStep(.none)
    for event in events { step = handle(event, context) }
    return step
  }
}

extension SubmissionStep {
  /// The settlement, where it is one.
  var settlement: RowSettlement? {
    if case .settle(let settlement) = effect { settlement } else { nil }
  }

  /// The POST, where it is one.
  var sending: Sending? {
    if case .send(let sending) = effect { sending } else { nil }
  }

  var isGivingUp: Bool {
    if case .giveUp = effect { true } else { false }
  }

  /// The pause in milliseconds, where it is one.
  var pause: Int64? {
    if case .wait(let milliseconds) = effect { milliseconds } else { nil }
  }
}

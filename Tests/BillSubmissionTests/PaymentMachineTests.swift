import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows about payments: the bill is read before each PATCH, so that nothing is added twice.
@Suite struct PaymentMachineTests {
  private static let added = Payment(
    bill: "B1", currency: Bench.zar, amount: 30, meaning: .added(reference: "P1"))
  private static let total = Payment(bill: "B1", currency: Bench.zar, amount: 30, meaning: .total)

  private static func machine(
    _ payment: Payment = added, origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0)
  ) -> PaymentMachine {
    PaymentMachine(record: 7, payment: payment, origin: origin)
  }

  private static func looking(_ payment: Payment = added) -> PaymentMachine {
    var machine = machine(payment)
    _ = machine.handle(.begin, Bench.context)
    return machine
  }

  private static func bill(_ paid: Int64, _ reference: String? = nil, due: Int64 = 100) -> RemoteBill {
    var bill = Bench.remote(amountDue: due)
    bill.amountPaid = paid
    bill.metadata[Payment.metadataKey] = reference
    return bill
  }

  private static func shows(_ paid: Int64, _ reference: String? = nil) -> SubmissionEvent {
    Bench.answer(.found(.bill(bill(paid, reference))))
  }

  private static func resumed(isAnswered: Bool = false) -> PaymentMachine {
    var intent = Bench.intent(form: .change)
    (intent.claim, intent.isAnswered) = (.change(of: .bill, setsBalance: false), isAnswered)
    return machine(origin: .resumed(intent, bodyIsSame: false))
  }

  @Test func `what is added comes to what the bill has, and leaves its reference`() {
    var machine = Self.machine()
    #expect(machine.handle(.begin, Bench.context).effect == .getBill)
    #expect(machine.handle(Self.shows(20), Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 1))
    guard case .pay(let sent) = machine.sent else { return }
    #expect(sent.amount == 50)
    #expect(sent.metadata[Payment.metadataKey] == "P1")
    let settlement = machine.handle(Self.shows(50, "P1"), Bench.context).settlement
    #expect(settlement?.outcome == .updated)
    #expect(settlement?.attempts == 1)
  }

  @Test func `what is told of a sum that isn't set is in the currency's own units`() {
    var over = Self.looking()
    let settlement = over.handle(Self.shows(80), Bench.context).settlement
    #expect(settlement?.message == "1.10 ZAR would be paid in all, and 1.00 ZAR is due")
    var paid = Self.looking(Payment(bill: "B1", currency: Bench.zar, amount: 30, meaning: .atFirst))
    let words = "0.20 ZAR is paid on the bill by now, and 0.30 ZAR was before it was raised"
    #expect(paid.handle(Self.shows(20), Bench.context).settlement?.message == words)
  }

  @Test func `a payment that is in already is not added again`() {
    var machine = Self.looking()
    #expect(machine.handle(Self.shows(50, "P1"), Bench.context).settlement?.outcome == .unchanged)
  }

  @Test func `a total that is there already is not sent, another one is`() {
    var same = Self.looking(Self.total)
    #expect(same.handle(Self.shows(30), Bench.context).settlement?.outcome == .unchanged)
    var other = Self.looking(Self.total)
    #expect(other.handle(Self.shows(80), Bench.context).sending != nil)
    guard case .pay(let sent) = other.sent else { return }
    #expect(sent.amount == 30)
  }

  @Test func `never above what is due, unless the bill allows it`() {
    var machine = Self.looking()
    let settlement = machine.handle(Self.shows(71), Bench.context).settlement
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.field == "amount_paid")
    var generous = Self.bill(71)
    generous.allowsOverpayment = true
    var allowed = Self.looking()
    #expect(allowed.handle(Bench.answer(.found(.bill(generous))), Bench.context).sending != nil)
  }

  @Test func `a voided bill, another currency and a bill that isn't there take nothing`() {
    var voided = Self.looking()
    var bill = Self.bill(0)
    bill.status = .voided
    #expect(voided.handle(Bench.answer(.found(.bill(bill))), Bench.context).settlement?.field == "status")
    var dollars = Self.looking()
    bill.status = .unpaid
    bill.currency = CurrencyCode("USD")
    #expect(dollars.handle(Bench.answer(.found(.bill(bill))), Bench.context).settlement?.field == "currency")
    var absent = Self.looking()
    #expect(absent.handle(Bench.answer(.notFound), Bench.context).settlement?.outcome == .refused)
  }

  @Test func `rule 16: after a lost PATCH the bill is read before anything is sent, and read again at the end`() {
    var landed = Self.looking()
    _ = landed.run([Self.shows(20), Bench.lost])
    #expect(landed.handle(.due, Bench.context).effect == .getBill)
    #expect(landed.handle(Self.shows(50, "P1"), Bench.context).effect == .readAgain)
    var lost = Self.looking()
    _ = lost.run([Self.shows(20), Bench.lost, .due])
    // Somebody else has paid meanwhile.
    #expect(lost.handle(Self.shows(25), Bench.context).sending == Sending(form: .change, epoch: 2, attempt: 1))
    guard case .pay(let sent) = lost.sent else { return }
    #expect(sent.amount == 55)
    #expect(lost.handle(Self.shows(55, "P1"), Bench.context).effect == .readAgain)
  }

  @Test func `rule 8: a payment that a 429 puts off goes again by its look, and looks again once that is too old`() {
    var machine = Self.looking()
    _ = machine.run([Self.shows(20), Bench.answer(.throttled(nil))])
    #expect(machine.withdrawal == RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1))
    let sent = machine.sent
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    #expect(machine.sent == sent && machine.restsOnLook)
    #expect(machine.handle(Bench.tooLate, Bench.context).effect == .getBill)
    #expect(machine.withdrawal == RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1))
    #expect(machine.handle(Self.shows(25), Bench.context).sending == Sending(form: .change, epoch: 2, attempt: 1))
    #expect(machine.handle(Self.shows(55, "P1"), Bench.context).settlement?.attempts == 2)
  }

  @Test func `rule 16: one that is too late for its look looks again at once, and that is no try`() {
    var machine = Self.looking()
    for paid in 0..<50 as Range<Int64> {
      #expect(machine.handle(Self.shows(paid), Bench.context).sending != nil && machine.restsOnLook)
      #expect(machine.handle(Bench.tooLate, Bench.context).effect == .getBill)
    }
    _ = machine.handle(Self.shows(50), Bench.context)
    guard case .pay(let sent) = machine.sent else { return }
    #expect(sent.amount == 80)
    let settlement = machine.handle(Self.shows(80, "P1"), Bench.context).settlement
    #expect(settlement?.outcome == .updated && settlement?.attempts == 1)
  }

  @Test func `a dead process's payment is looked for before it is sent`() {
    var machine = Self.resumed()
    #expect(machine.handle(.begin, Bench.context).effect == .getBill)
    #expect(machine.handle(Self.shows(50, "P1"), Bench.context).effect == .readAgain)
    var last = Self.resumed(isAnswered: true)
    _ = last.handle(.begin, Bench.context)
    #expect(last.handle(Self.shows(50, "P1"), Bench.context).settlement?.outcome == .updated)
    var overtaken = Self.resumed(isAnswered: true)
    _ = overtaken.handle(.begin, Bench.context)
    #expect(overtaken.handle(Self.shows(90, "P2"), Bench.later(hours: 2)).settlement?.outcome == .conflict)
  }

  @Test func `rule 4: a payment that was refused behind a lost one stays unknown while that may still land`() {
    var machine = Self.looking()
    _ = machine.run([Self.shows(20), Bench.lost, .due, Self.shows(20)])
    #expect(machine.handle(Bench.answer(.refused(Bench.problem)), Bench.context).effect == .readAgain)
    var last = Self.resumed(isAnswered: true)
    _ = last.handle(.begin, Bench.context)
    let end = last.handle(Self.shows(20), Bench.context).effect
    #expect(end == .giveUp(SumTrouble.mayComeYet, isAnswered: true))
  }
}

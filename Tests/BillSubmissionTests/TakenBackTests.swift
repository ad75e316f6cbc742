import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Credits and payments of which a late request has taken back what was added later, and marks that this ledger doesn't
/// know: what the machines make of the ledger's word.
@Suite struct TakenBackTests {
  private static let credit = Credit(
    reference: "B3", amount: -30, currency: Bench.zar, party: PartyValues(key: PartyKey(.customer, "C")))
  private static let payment = Payment(
    bill: "B1", currency: Bench.zar, amount: 30, meaning: .added(reference: "P3"))
  private static let settled = RowSettlement(
    record: 7, reference: "C", claim: .change(of: .customer, setsBalance: true), outcome: .created, epoch: 2,
    attempts: 3, confirmedBy: .answer)

  /// What was there with the addition before: −100, or 50 paid.
  private static func context(
    _ standing: SumHistory.Standing, last mark: String = "M2", total: Int64, earlier: Addition? = nil
  ) -> SubmissionContext {
    var context = Bench.context
    context.history = SumHistory(
      standing: standing, last: SumHistory.Last(mark: mark, total: total, place: 4), earlier: earlier)
    return context
  }

  private static func customer(_ balance: Int64, _ mark: String?) -> SubmissionEvent {
    var customer = RemoteCustomer(id: "bcus_1", reference: "C", currency: Bench.zar, balance: balance)
    customer.metadata[Credit.metadataKey] = mark
    return Bench.answer(.found(.customer(customer)))
  }

  private static func bill(_ paid: Int64, _ mark: String?, due: Int64 = 100) -> SubmissionEvent {
    var bill = Bench.remote(amountDue: due)
    bill.amountPaid = paid
    bill.metadata[Payment.metadataKey] = mark
    return Bench.answer(.found(.bill(bill)))
  }

  private static func credited() -> CreditMachine {
    var machine = CreditMachine(
      record: 7, credit: credit, form: .change, origin: .fresh(epoch: 1, priorAttempts: 0))
    _ = machine.handle(.begin, Bench.context)
    return machine
  }

  private static func paying() -> PaymentMachine {
    var machine = PaymentMachine(record: 7, payment: payment, origin: .fresh(epoch: 1, priorAttempts: 0))
    _ = machine.handle(.begin, Bench.context)
    return machine
  }

  @Test func `rule 16: a credit comes to what was there with all that was added, and says what was taken back`() {
    let late = Self.context(.older(isExplained: true), total: -100)
    var machine = Self.credited()
    #expect(machine.handle(Self.customer(-70, "M1"), late).sending != nil)
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.balance == -130 && sent.metadata[Credit.metadataKey] == "B3")
    #expect(machine.terms?.text == "credit ZAR -30 total -130 late -70")
    #expect(machine.sumBasis == 4)
    let step = machine.handle(Self.customer(-130, "B3"), Self.context(.unconfirmed, total: -100))
    #expect(step.settlement?.outcome == .updated && step.settlement?.code == .balanceTakenBack)
    #expect(step.settlement?.message?.contains("back to -0.70 ZAR; it is -1.30 ZAR now") == true)
    #expect(step.confirmed?.total == -130 && step.confirmed?.addition.mark == "B3")
  }

  @Test func `rule 16: a payment comes to what was paid with all that was added`() {
    var machine = Self.paying()
    #expect(machine.handle(Self.bill(20, "M1"), Self.context(.older(isExplained: true), total: 50)).sending != nil)
    guard case .pay(let sent) = machine.sent else { return }
    #expect(sent.amount == 80)
    #expect(machine.terms?.text == "added ZAR 30 total 80 late 20")
    let step = machine.handle(Self.bill(80, "P3"), Self.context(.unconfirmed, total: 50))
    #expect(step.settlement?.outcome == .updated && step.settlement?.code == .paymentTakenBack)
    #expect(step.confirmed?.total == 80)
  }

  @Test func `what is due bounds the sum with what was taken back`() {
    var machine = Self.paying()
    let step = machine.handle(Self.bill(20, "M1", due: 75), Self.context(.older(isExplained: true), total: 50))
    #expect(step.settlement?.outcome == .conflict)
  }

  @Test func `a sum that nothing of ours explains, and a mark that the ledger doesn't know, are left alone`() {
    var credit = Self.credited()
    let unexplained = credit.handle(Self.customer(-60, "M1"), Self.context(.older(isExplained: false), total: -100))
    #expect(unexplained.settlement?.outcome == .conflict && unexplained.settlement?.code == .balanceTakenBack)
    #expect(unexplained.settlement?.message?.contains("-0.60 ZAR, marked M1") == true)
    #expect(unexplained.settlement?.message?.contains("-1.00 ZAR") == true)
    #expect(unexplained.settlement?.successor == "B3")
    var payment = Self.paying()
    let unknown = payment.handle(Self.bill(20, "X9"), Self.context(.unknown, total: 50))
    #expect(unknown.settlement?.outcome == .conflict && unknown.settlement?.code == .paymentUnknownMark)
    var other = Self.credited()
    #expect(
      other.handle(Self.customer(-60, "X9"), Self.context(.unknown, total: 0)).settlement?.code == .balanceUnknownMark)
  }

  @Test func `a mark that is gone is told, and the amount comes to what is shown`() {
    var machine = Self.credited()
    let gone = Self.context(.unmarked, total: -100)
    #expect(machine.handle(Self.customer(-120, nil), gone).sending != nil)
    #expect(machine.terms?.text == "credit ZAR -30 total -150 unmarked yes")
    let settlement = machine.handle(Self.customer(-150, "B3"), gone).settlement
    #expect(settlement?.code == .balanceMarkMissing && settlement?.outcome == .updated)
  }

  @Test func `rule 16: a payment of another row under the same reference is not added again, whatever came after it`() {
    let earlier = Addition(to: SumKey(.bill, "B1"), mark: "P3", amount: 30, currency: Bench.zar)
    var same = Self.paying()
    let known = same.handle(Self.bill(90, "M2"), Self.context(.last, total: 90, earlier: earlier))
    #expect(known.settlement?.outcome == .unchanged && known.settlement?.confirmedBy == .ledger)
    var differing = earlier
    differing.amount = 31
    var other = Self.paying()
    let conflict = other.handle(Self.bill(40, "M2"), Self.context(.last, total: 40, earlier: differing))
    #expect(conflict.settlement?.outcome == .conflict)
  }

  @Test(arguments: [(-30, "ZAR", RowOutcome.unchanged), (-31, "ZAR", .conflict), (-30, "USD", .conflict)])
  func `rule 16: a credit under a reference that another row has used is not taken for that one by the mark alone`(
    _ amount: Int64, _ currency: String, _ outcome: RowOutcome
  ) throws {
    let earlier = Addition(
      to: SumKey(.customer, "C"), mark: "B3", amount: amount, currency: try #require(CurrencyCode(currency)))
    var machine = Self.credited()
    let end = machine.handle(Self.customer(-130, "B3"), Self.context(.last, last: "B3", total: -130, earlier: earlier))
    #expect(end.settlement?.outcome == outcome && end.settlement?.confirmedBy == .ledger && end.confirmed == nil)
  }

  @Test func `rule 16: the row's own mark, by another ledger, doesn't tell with what amount`() {
    var context = Self.context(.unknown, total: 20)
    var payment = Self.paying()
    let paid = payment.handle(Self.bill(50, "P3"), context)
    #expect(paid.settlement?.outcome == .conflict && paid.settlement?.code == .paymentUnknownMark)
    #expect(paid.settlement?.message?.contains("can't be told") == true && paid.confirmed == nil)
    var credit = Self.credited()
    #expect(credit.handle(Self.customer(-50, "B3"), context).settlement?.code == .balanceUnknownMark)
    // By leave it goes on, and isn't added again.
    context.history.takesOthers = true
    var other = Self.credited()
    let unchanged = other.handle(Self.customer(-50, "B3"), context)
    #expect(unchanged.settlement?.outcome == .unchanged && unchanged.settlement?.code == .balanceUnknownMark)
    #expect(unchanged.settlement?.message?.contains("can't be told") == true && unchanged.confirmed == nil)
    // What tells is what the ledger has sent.
    var known = Self.paying()
    #expect(known.handle(Self.bill(50, "P3"), Self.context(.unconfirmed, total: 20)).settlement?.outcome == .unchanged)
  }

  @Test func `a sum that looks like an old reading is read again, and left alone where it stays so`() {
    let gone = Self.context(.unmarked, total: 50)
    var machine = Self.paying()
    #expect(machine.handle(Self.bill(20, nil), gone).pause != nil)
    #expect(machine.handle(.due, gone).effect == .getBill)
    #expect(machine.handle(Self.bill(50, "M2"), Self.context(.last, total: 50)).sending != nil)
    var staying = Self.paying()
    var step = staying.handle(Self.bill(20, nil), gone)
    for _ in 0..<20 where step.pause != nil {
      _ = staying.handle(.due, gone)
      step = staying.handle(Self.bill(20, nil), gone)
    }
    #expect(step.settlement?.outcome == .conflict && step.settlement?.code == .paymentMarkMissing)
    #expect(step.settlement?.message?.contains("0.20 ZAR") == true)
    #expect(step.settlement?.message?.contains("0.50 ZAR") == true)
    var credit = Self.credited()
    #expect(credit.handle(Self.customer(-20, nil), Self.context(.unmarked, total: -100)).pause != nil)
    var leave = gone
    leave.history.takesOthers = true
    var told = Self.paying()
    #expect(told.handle(Self.bill(20, nil), leave).sending != nil)
  }

  @Test func `that the mark was missing is said after a kill between intent and answer too`() {
    var intent = Bench.intent(form: .change)
    (intent.claim, intent.isAnswered) = (.change(of: .bill, setsBalance: false), true)
    intent.terms = RowTerms(text: "added ZAR 30 total 80 unmarked yes")
    var machine = PaymentMachine(record: 7, payment: Self.payment, origin: .resumed(intent, bodyIsSame: true))
    _ = machine.handle(.begin, Bench.context)
    let step = machine.handle(Self.bill(80, "P3"), Self.context(.unconfirmed, total: 50))
    #expect(step.settlement?.outcome == .updated && step.settlement?.code == .paymentMarkMissing)
  }

  @Test func `rule 16: while another row's request to the sum has no answer, nothing is said of it`() {
    for (standing, mark) in [(SumHistory.Standing.unconfirmed, "M3"), (.last, "M2"), (.unknown, "P3")] {
      var context = Self.context(standing, total: 50)
      context.history.isClaimed = true
      var payment = Self.paying()
      #expect(payment.handle(Self.bill(60, mark), context).effect == .leave, "\(standing)")
      var credit = Self.credited()
      #expect(credit.handle(Self.customer(-60, mark), context).effect == .leave, "\(standing)")
    }
  }

  /// A row that was sent whatever mark was there, and whose process died.
  private static func sentByLeave(isAnswered: Bool) -> PaymentMachine {
    var intent = Bench.intent(form: .change)
    (intent.claim, intent.isAnswered) = (.change(of: .bill, setsBalance: false), isAnswered)
    intent.terms = RowTerms(text: "added ZAR 30 total 50 others yes")
    var machine = PaymentMachine(record: 7, payment: payment, origin: .resumed(intent, bodyIsSame: true))
    _ = machine.handle(.begin, Bench.context)
    return machine
  }

  @Test func `rule 16: a row that was sent by leave goes on by it without being told again`() {
    var fresh = Self.paying()
    var leave = Self.context(.unknown, total: 10)
    leave.history.takesOthers = true
    #expect(fresh.handle(Self.bill(20, "X9"), leave).sending != nil)
    #expect(fresh.terms?.text == "added ZAR 30 total 50 others yes")
    var machine = Self.sentByLeave(isAnswered: false)
    #expect(machine.handle(Self.bill(20, "X9"), Self.context(.unknown, total: 10)).sending != nil)
    guard case .pay(let sent) = machine.sent else { return }
    #expect(sent.amount == 50)
    #expect(machine.terms?.text == "added ZAR 30 total 50 others yes")
    var intent = Bench.intent(form: .change)
    intent.claim = .change(of: .customer, setsBalance: true)
    intent.terms = RowTerms(text: "credit ZAR -30 total -90 others yes")
    var credit = CreditMachine(
      record: 7, credit: Self.credit, form: .change, origin: .resumed(intent, bodyIsSame: true))
    _ = credit.handle(.begin, Bench.context)
    #expect(credit.handle(Self.customer(-60, "X9"), Self.context(.unknown, total: 10)).sending != nil)
    #expect(credit.total == -90)
  }

  @Test func `rule 16: beside another's mark, a row whose request may still land has no end`() {
    let unknown = Self.context(.unknown, total: 10)
    var moved = Self.sentByLeave(isAnswered: false)
    #expect(moved.handle(Self.bill(25, "X9"), unknown).effect == .readAgain)
    var last = Self.sentByLeave(isAnswered: true)
    #expect(last.handle(Self.bill(20, "X9"), unknown).isGivingUp)
    // Nothing can land any more.
    var over = Self.sentByLeave(isAnswered: true)
    var later = Bench.later(hours: 3)
    later.history = unknown.history
    let step = over.handle(Self.bill(20, "X9"), later)
    #expect(step.settlement?.outcome == .conflict && step.settlement?.code == .paymentUnknownMark)
    var intent = Bench.intent(form: .change)
    (intent.claim, intent.isAnswered) = (.change(of: .customer, setsBalance: true), true)
    intent.terms = RowTerms(text: "credit ZAR -30 total -90")
    var credit = CreditMachine(
      record: 7, credit: Self.credit, form: .change, origin: .resumed(intent, bodyIsSame: true))
    _ = credit.handle(.begin, Bench.context)
    #expect(credit.handle(Self.customer(-60, "X9"), unknown).isGivingUp)
  }

  @Test func `a settled row whose mark is there, with a sum from before it was set as a whole, puts it right`() {
    var payment = PaymentMachine(record: 7, payment: Self.payment, lookingAgain: Self.settled)
    _ = payment.handle(.begin, Bench.context)
    let late = Self.context(.older(isExplained: true), last: "P3", total: 90)
    #expect(payment.handle(Self.bill(30, "P3"), late).sending != nil)
    guard case .pay(let sent) = payment.sent else { return }
    #expect(sent.amount == 90)
    var credit = CreditMachine(record: 7, credit: Self.credit, lookingAgain: Self.settled)
    _ = credit.handle(.begin, Bench.context)
    let set = Self.context(.older(isExplained: true), last: "B3", total: 5000)
    #expect(credit.handle(Self.customer(-30, "B3"), set).sending != nil)
    #expect(credit.total == 5000)
  }

  @Test func `a settled row whose sum was set back puts it right, and stays what it was`() {
    var machine = CreditMachine(record: 7, credit: Self.credit, lookingAgain: Self.settled)
    #expect(machine.handle(.begin, Bench.context).effect == .getParty(PartyKey(.customer, "C")))
    let late = Self.context(.older(isExplained: true), last: "B3", total: -130)
    #expect(machine.handle(Self.customer(-100, "M2"), late).sending == Sending(form: .change, epoch: 3, attempt: 1))
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.balance == -130)
    #expect(machine.stake.raised == .created)
    let step = machine.handle(Self.customer(-130, "B3"), Self.context(.last, last: "B3", total: -130))
    #expect(step.settlement?.outcome == .created && step.settlement?.code == .balanceTakenBack)
  }

  @Test func `a settled row whose sum stands, or that others have added to, stands`() {
    for (standing, mark) in [(SumHistory.Standing.last, "B3"), (.unknown, "X9"), (.unmarked, nil)] {
      var machine = CreditMachine(record: 7, credit: Self.credit, lookingAgain: Self.settled)
      _ = machine.handle(.begin, Bench.context)
      let step = machine.handle(Self.customer(-130, mark), Self.context(standing, last: "B3", total: -130))
      #expect(step.effect == .stands, "\(standing)")
    }
    var payment = PaymentMachine(record: 7, payment: Self.payment, lookingAgain: Self.settled)
    _ = payment.handle(.begin, Bench.context)
    #expect(payment.handle(Self.bill(80, "P3"), Self.context(.last, last: "P3", total: 80)).effect == .stands)
  }

  @Test func `a settled row whose sum can't be told is taken back`() {
    var machine = CreditMachine(record: 7, credit: Self.credit, lookingAgain: Self.settled)
    _ = machine.handle(.begin, Bench.context)
    let step = machine.handle(
      Self.customer(-55, "M2"), Self.context(.older(isExplained: false), last: "B3", total: -130))
    #expect(step.settlement?.outcome == .conflict && step.settlement?.retracts == true)
  }

  @Test func `killed while it was put right, it is not added again`() {
    var intent = Bench.intent(form: .change)
    intent.claim = .change(of: .customer, setsBalance: true)
    intent.terms = RowTerms(text: "credit ZAR -30 total -130 late -100")
    intent.raised = .created
    var machine = CreditMachine(
      record: 7, credit: Self.credit, form: .change, origin: .resumed(intent, bodyIsSame: true))
    _ = machine.handle(.begin, Bench.context)
    let late = Self.context(.older(isExplained: true), last: "B3", total: -130)
    #expect(machine.handle(Self.customer(-100, "M2"), late).sending != nil)
    guard case .set(let sent) = machine.sent else { return }
    #expect(sent.balance == -130)
    let step = machine.handle(Self.customer(-130, "B3"), Self.context(.last, last: "B3", total: -130))
    #expect(step.settlement?.outcome == .created && step.settlement?.code == .balanceTakenBack)
  }

  @Test func `at its last look a row that was answered, and set back since, is put right`() {
    var intent = Bench.intent(form: .change)
    (intent.claim, intent.isAnswered) = (.change(of: .bill, setsBalance: false), true)
    intent.terms = RowTerms(text: "added ZAR 30 total 80")
    var machine = PaymentMachine(record: 7, payment: Self.payment, origin: .resumed(intent, bodyIsSame: true))
    _ = machine.handle(.begin, Bench.context)
    let late = Self.context(.older(isExplained: true), last: "P3", total: 80)
    #expect(machine.handle(Self.bill(50, "M2"), late).sending != nil)
    let step = machine.handle(Self.bill(80, "P3"), Self.context(.last, last: "P3", total: 80))
    #expect(step.settlement?.outcome == .updated && step.settlement?.code == .paymentTakenBack)
  }

  @Test func `rule 16: a no to what is put back isn't the row's end for a while`() {
    var machine = PaymentMachine(record: 7, payment: Self.payment, lookingAgain: Self.settled)
    _ = machine.handle(.begin, Bench.context)
    let late = Self.context(.older(isExplained: true), last: "P3", total: 80)
    _ = machine.handle(Self.bill(50, "M2"), late)
    let no = Bench.answer(.refused(Bench.problem))
    #expect(machine.handle(no, Bench.context).effect == .giveUp(SumTrouble.isNotPutBack, isAnswered: true))
    var intent = Bench.intent(form: .change)
    (intent.claim, intent.isAnswered) = (.change(of: .customer, setsBalance: true), true)
    intent.terms = RowTerms(text: "credit ZAR -30 total -130 late -100")
    intent.raised = .created
    var credit = CreditMachine(
      record: 7, credit: Self.credit, form: .change, origin: .resumed(intent, bodyIsSame: true))
    _ = credit.handle(.begin, Bench.context)
    _ = credit.handle(Self.customer(-100, "M2"), Self.context(.older(isExplained: true), last: "B3", total: -130))
    #expect(credit.handle(no, Bench.later(hours: 1)).isGivingUp)
    var over = CreditMachine(
      record: 7, credit: Self.credit, form: .change, origin: .resumed(intent, bodyIsSame: true))
    _ = over.handle(.begin, Bench.context)
    _ = over.handle(Self.customer(-100, "M2"), Self.context(.older(isExplained: true), last: "B3", total: -130))
    let end = over.handle(no, Bench.later(hours: 3))
    #expect(end.settlement?.outcome == .refused && end.settlement?.retracts == true)
    // What comes to it later comes to what is there without the row.
    #expect(end.confirmed?.addition.mark == "M2" && end.confirmed?.total == -100)
  }

  @Test func `a lost request that puts right is repeated by what is shown then`() {
    var machine = PaymentMachine(record: 7, payment: Self.payment, lookingAgain: Self.settled)
    _ = machine.handle(.begin, Bench.context)
    let late = Self.context(.older(isExplained: true), last: "P3", total: 80)
    _ = machine.handle(Self.bill(50, "M2"), late)
    _ = machine.handle(Bench.lost, Bench.context)
    _ = machine.handle(.due, Bench.context)
    let step = machine.handle(Self.bill(80, "P3"), Self.context(.last, last: "P3", total: 80))
    #expect(step.effect == .readAgain)
  }

  @Test func `a sum that has no room for the amount is told, and nothing is sent`() {
    var payment = Self.paying()
    let paid = payment.handle(Self.bill(.max - 10, nil, due: .max), Bench.context)
    #expect(paid.settlement?.outcome == .conflict && paid.settlement?.field == "amount_paid")
    var credit = Self.credited()
    let balance = credit.handle(Self.customer(.min + 10, nil), Bench.context)
    #expect(balance.settlement?.outcome == .conflict && balance.settlement?.field == "balance")
  }
}

import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows that raise a bill and note what was paid of it before.
@Suite struct PaidBillMachineTests {
  private static func machine(_ origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0)) -> PaidBillMachine {
    PaidBillMachine(
      record: 7, paid: PaidBill(bill: Bench.onAccount, amountPaid: 40), form: .account(id: "bacc_1"), origin: origin)
  }

  private static func bill(paid: Int64) -> RemoteBill {
    var bill = Bench.remote()
    bill.amountPaid = paid
    return bill
  }

  private static func shows(paid: Int64) -> SubmissionEvent { Bench.answer(.found(.bill(bill(paid: paid)))) }

  private static let raised = Bench.answer(.accepted(.bill(bill(paid: 0))))

  private static var paying: PaidBillMachine {
    var machine = machine()
    _ = machine.run([.begin, raised, shows(paid: 0)])
    return machine
  }

  @Test func `the bill is raised, and then what was paid is noted on it`() {
    var machine = Self.machine()
    #expect(machine.run([.begin]).sending == Sending(form: .account(id: "bacc_1"), epoch: 1, attempt: 1))
    #expect(machine.stake == RowStake(reference: "B1", claim: .newBill))
    #expect(machine.run([Self.raised]).effect == .getBill)
    #expect(machine.run([Self.shows(paid: 0)]).sending == Sending(form: .change, epoch: 2, attempt: 1))
    #expect(
      machine.stake
        == RowStake(reference: "B1", claim: .change(of: .bill, setsBalance: false), raised: .created))
    let settlement = machine.run([Self.shows(paid: 40)]).settlement
    #expect(settlement?.outcome == .created)
    #expect(settlement?.attempts == 2)
  }

  @Test func `a bill that is there and paid as the row says is unchanged`() {
    var machine = Self.machine(.settledElsewhere)
    #expect(machine.run([.begin]).effect == .getBill)
    #expect(machine.run([Self.shows(paid: 40)]).effect == .getBill)
    #expect(machine.run([Self.shows(paid: 40)]).settlement?.outcome == .unchanged)
  }

  @Test func `another payment that came since is left alone`() {
    var machine = Self.machine()
    let settlement = machine.run([.begin, Self.raised, Self.shows(paid: 100)]).settlement
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.code == .paymentNotNoted)
  }

  @Test func `a bill that is refused is not paid`() {
    var machine = Self.machine()
    #expect(machine.run([.begin, Bench.answer(.refused(Bench.problem))]).settlement?.outcome == .refused)
  }

  @Test func `what is raised is not taken back for a payment that can't be noted`() {
    var machine = Self.machine()
    var step = machine.run([.begin, Self.raised, Bench.lost])
    #expect(machine.withdrawal == nil)
    for _ in 0..<20 {
      guard case .wait = step.effect else { break }
      step = machine.run([.due, Bench.lost])
    }
    #expect(step.isGivingUp)
    var stopped = Self.paying
    let problem = Problem(status: 401, title: "No")
    #expect(stopped.run([Bench.answer(.unauthorised(problem))]).effect == .stopRun(problem, withdrawing: nil))
  }

  @Test func `a payment whose fate is unknown is looked for first, and its bill stays created`() {
    var intent = Bench.intent(epoch: 2, form: .change)
    (intent.claim, intent.raised) = (.change(of: .bill, setsBalance: false), .created)
    var machine = Self.machine(.resumed(intent, bodyIsSame: false))
    #expect(machine.run([.begin]).effect == .getBill)
    #expect(machine.run([Self.shows(paid: 40)]).effect == .readAgain)
    intent.isAnswered = true
    var last = Self.machine(.resumed(intent, bodyIsSame: false))
    #expect(last.run([.begin, Self.shows(paid: 40)]).settlement?.outcome == .created)
  }
}

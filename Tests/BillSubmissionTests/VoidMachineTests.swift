import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows that void bills: read first, and never one that is paid.
@Suite struct VoidMachineTests {
  private static func machine(_ origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0)) -> VoidMachine {
    VoidMachine(record: 7, bill: VoidedBill(reference: "B1"), origin: origin)
  }

  private static func shows(_ status: RemoteBill.Status) -> SubmissionEvent {
    Bench.answer(.found(.bill(Bench.remote(status: status))))
  }

  private static var posting: VoidMachine {
    var machine = machine()
    _ = machine.run([.begin, shows(.unpaid)])
    return machine
  }

  private static var resumed: SubmissionOrigin {
    var intent = Bench.intent(form: .change)
    intent.claim = .change(of: .bill, setsBalance: false)
    return .resumed(intent, bodyIsSame: true)
  }

  @Test func `an unpaid bill is read and voided`() {
    var machine = Self.machine()
    #expect(machine.handle(.begin, Bench.context).effect == .getBill)
    #expect(machine.handle(Self.shows(.unpaid), Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 1))
    let done = Bench.answer(.accepted(.bill(Bench.remote(status: .voided))))
    #expect(machine.handle(done, Bench.context).settlement?.outcome == .updated)
  }

  @Test func `one that is voided is left, one that is paid in part or whole too`() {
    var voided = Self.machine()
    #expect(voided.run([.begin, Self.shows(.voided)]).settlement?.outcome == .unchanged)
    var paid = Self.machine()
    let settlement = paid.run([.begin, Self.shows(.paid)]).settlement
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.attempts == 0)
    var absent = Self.machine()
    #expect(absent.run([.begin, Bench.answer(.notFound)]).settlement?.outcome == .refused)
  }

  @Test func `a lost request is repeated under its key, and after its window the bill tells`() {
    var machine = Self.posting
    _ = machine.handle(Bench.lost, Bench.context)
    #expect(machine.withdrawal == nil)
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .change, epoch: 1, attempt: 2))
    var late = Self.machine(Self.resumed)
    #expect(late.handle(.begin, Bench.later(hours: 23)).effect == .getBill)
    #expect(late.handle(Self.shows(.voided), Bench.context).settlement?.outcome == .updated)
  }

  @Test func `a 409 is settled by the bill`() {
    var machine = Self.posting
    #expect(machine.handle(Bench.answer(.conflict(Bench.problem)), Bench.context).effect == .getBill)
    #expect(machine.handle(Self.shows(.voided), Bench.context).settlement?.outcome == .unchanged)
  }

  @Test func `a payment that came before the repeat keeps the bill`() {
    var machine = Self.posting
    _ = machine.run([Bench.lost, .due, Bench.answer(.conflict(Bench.problem))])
    #expect(machine.handle(Self.shows(.paid), Bench.context).settlement?.outcome == .conflict)
  }
}

import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rows that correct bills: the one that stands is voided, and the next of its series raised.
@Suite struct CorrectMachineTests {
  private static let correction = Correction(bill: Bench.onAccount)

  private static func machine(
    _ origin: SubmissionOrigin = .fresh(epoch: 1, priorAttempts: 0), isVoidedByUs: Bool = false,
    corrections: Int = 0, endsBeforeAnother: Bool = false
  ) -> CorrectMachine {
    CorrectMachine(
      record: 7, correction: correction, form: .change, origin: origin,
      history: SeriesHistory(
        isVoidedByUs: isVoidedByUs, corrections: corrections, endsBeforeAnother: endsBeforeAnother))
  }

  /// The bill of a number in the series, as the API has it; the row says 100.
  private static func remote(
    _ number: Int = 0, due: Int64 = 90, status: RemoteBill.Status = .unpaid, account: String = "bacc_1"
  ) -> RemoteBill {
    var bill = Bench.remote(amountDue: due, status: status, accountID: account)
    (bill.id, bill.reference) = ("bill_\(number + 1)", correction.reference(number))
    return bill
  }

  private static func shows(
    _ number: Int = 0, due: Int64 = 90, status: RemoteBill.Status = .unpaid, account: String = "bacc_1"
  ) -> SubmissionEvent {
    Bench.answer(.found(.bill(remote(number, due: due, status: status, account: account))))
  }

  private static let absent = Bench.answer(.notFound)
  private static let account = Bench.answer(.found(.account(Bench.account)))
  private static let voided = Bench.answer(.accepted(.bill(remote(status: .voided))))
  private static let refused = Bench.answer(.refused(Bench.problem))

  private static func raised(_ number: Int = 1, replayed: Bool = false) -> SubmissionEvent {
    Bench.answer(.accepted(.bill(remote(number, due: 100))), replayed: replayed)
  }

  /// A machine whose void is under way.
  private static var voiding: CorrectMachine {
    var machine = machine()
    _ = machine.run([.begin, shows(), account, absent, shows()])
    return machine
  }

  private static func resumed(_ claim: RowClaim, reference: String, successor: String?) -> SubmissionOrigin {
    var intent = Bench.intent(epoch: 2, form: claim == .newBill ? .account(id: "bacc_1") : .change)
    (intent.claim, intent.reference, intent.successor) = (claim, reference, successor)
    return .resumed(intent, bodyIsSame: true)
  }

  @Test func `a bill whose place another row's bill took under another name is a conflict that says whom to name`() {
    var machine = CorrectMachine(
      record: 7, correction: Self.correction, form: .change, origin: .fresh(epoch: 1, priorAttempts: 0),
      history: SeriesHistory(corrections: 1, branch: ["B1-R1-R1"]))
    let end = machine.run([
      .begin, Self.shows(status: .voided), Self.account, Self.shows(1, status: .voided), Self.absent,
    ])
    #expect(end.settlement?.outcome == .conflict)
    #expect(
      end.settlement?.message
        == "the bill is voided, and B1-R1-R1 was raised in its place by a row that named another bill of its series: one "
        + "that names B1-R1 corrects what stands")
  }

  @Test func `one whose new bill another version wrote is unknown until its key expires, and says so`() {
    guard case .resumed(let intent, _) = Self.resumed(.newBill, reference: "B1-R1", successor: nil) else { return }
    var machine = Self.machine(.resumed(intent, bodyIsSame: false))
    #expect(machine.run([.begin]).effect == .getBill)
    #expect(!machine.awaitsKey)
    #expect(machine.run([Self.absent]).isGivingUp)
    #expect(machine.awaitsKey)
  }

  @Test func `the bill is voided, and raised as the row says under the next reference`() {
    var machine = Self.machine()
    #expect(machine.run([.begin]).effect == .getBill)
    #expect(machine.askedBill == "B1")
    #expect(machine.run([Self.shows()]).effect == .getParty(PartyKey(.account, "A")))
    #expect(machine.run([Self.account]).effect == .getBill)
    #expect(machine.askedBill == "B1-R1")
    #expect(machine.run([Self.absent]).effect == .getBill)
    #expect(machine.askedBill == "B1")
    #expect(machine.run([Self.shows()]).sending == Sending(form: .change, epoch: 1, attempt: 1))
    #expect(machine.sent == .void(VoidedBill(reference: "B1")))
    #expect(
      machine.stake
        == RowStake(reference: "B1", claim: .change(of: .bill, setsBalance: false), successor: "B1-R1"))
    #expect(machine.run([Self.voided]).sending == Sending(form: .account(id: "bacc_1"), epoch: 2, attempt: 1))
    #expect(machine.sent == .raise(Self.correction.bill(1)))
    #expect(machine.stake == RowStake(reference: "B1-R1", claim: .newBill))
    let settlement = machine.run([Self.raised()]).settlement
    #expect(settlement?.outcome == .updated)
    #expect(settlement?.reference == "B1-R1" && settlement?.claim == .newBill)
    #expect(settlement?.attempts == 2)
  }

  @Test func `rule 6: where another row's request has voided it under the same key, none is raised in its place`() {
    var machine = Self.voiding
    let replayed = Bench.answer(.accepted(.bill(Self.remote(status: .voided))), replayed: true)
    #expect(machine.run([replayed]).effect == .getBill)
    let settlement = machine.run([Self.shows(status: .voided)]).settlement
    #expect(settlement?.outcome == .conflict && settlement?.field == "status")
    #expect(settlement?.successor == "B1-R1")
  }

  @Test func `rule 12: where its key doesn't tell whether a lost request has voided the bill, none is raised`() {
    let resumed = Self.resumed(.change(of: .bill, setsBalance: false), reference: "B1", successor: "B1-R1")
    // Voided before a request that the API takes for new: of an earlier one it doesn't know.
    var machine = Self.machine(resumed)
    #expect(machine.run([.begin, Self.shows(status: .voided)]).sending?.attempt == 2)
    var ours = machine
    let settlement = machine.run([Self.voided]).settlement
    #expect(settlement?.outcome == .conflict && settlement?.field == "status")
    #expect(settlement?.code == .correctVoidUnclear)
    #expect(settlement?.message?.contains("the API doesn't tell which") == true)
    let replayed = Bench.answer(.accepted(.bill(Self.remote(status: .voided))), replayed: true)
    #expect(ours.run([replayed]).sending?.form != .change)
    // A no that isn't from the store, and then is: it is that to the repeat.
    var lost = Self.voiding
    _ = lost.run([Bench.lost, .due, Self.shows()])
    let isVoided = Bench.answer(.conflict(Bench.problem))
    _ = lost.run([isVoided, Self.shows(status: .voided), .due])
    let stored = Bench.answer(.conflict(Bench.problem), replayed: true)
    let unclear = lost.run([stored, Self.shows(status: .voided)]).settlement
    #expect(unclear?.code == .correctVoidUnclear)
    #expect(unclear?.outcome == .conflict && unclear?.message?.contains("the API doesn't tell which") == true)
  }

  @Test func `one that is paid, voided by others, absent or elsewhere is left alone`() {
    func end(_ events: [SubmissionEvent]) -> RowSettlement? {
      var machine = Self.machine()
      return machine.run([.begin] + events).settlement
    }
    #expect(end([Self.shows(status: .paid), Self.account])?.field == "amount_paid")
    #expect(end([Self.shows(status: .other("disputed")), Self.account])?.field == "status")
    #expect(end([Self.shows(status: .voided), Self.account, Self.absent])?.field == "status")
    #expect(end([Self.shows(account: "bacc_2"), Self.account])?.field == "account.external_reference")
    #expect(end([Self.absent])?.outcome == .refused)
    let taken = end([Self.shows(), Self.account, Self.shows(1, due: 80)])
    #expect(taken?.outcome == .conflict && taken?.field == "external_reference")
  }

  @Test func `a bill that is as the row says stands, be it the first or a later one`() {
    var first = Self.machine()
    #expect(first.run([.begin, Self.shows(due: 100), Self.account]).settlement?.outcome == .unchanged)
    var later = Self.machine()
    let events = [.begin, Self.shows(status: .voided), Self.account, Self.shows(1, due: 100)]
    #expect(later.run(events).settlement?.outcome == .unchanged)
  }

  @Test func `a second correction voids the first one's bill`() {
    var machine = Self.machine(corrections: 1)
    _ = machine.run([.begin, Self.shows(status: .voided), Self.account, Self.shows(1, due: 80), Self.absent])
    #expect(machine.run([Self.shows(1, due: 80)]).sending?.form == .change)
    #expect(machine.sent == .void(VoidedBill(reference: "B1-R1")))
    #expect(machine.stake.successor == "B1-R2")
  }

  @Test func `rule 16: a bill that is only called as if it had taken the place is neither voided nor taken for it`() {
    for next in [Self.shows(1, due: 80), Self.shows(1, due: 100), Self.shows(1, status: .voided)] {
      var machine = Self.machine(endsBeforeAnother: true)
      let another = machine.run([.begin, Self.shows(status: .voided), Self.account, next]).settlement
      #expect(another?.message == "the bill B1-R1 is there already, and is another")
    }
    var stands = Self.machine(endsBeforeAnother: true)
    let settlement = stands.run([.begin, Self.shows(), Self.account, Self.shows(1, due: 100)]).settlement
    #expect(settlement?.outcome == .conflict && settlement?.field == "external_reference")
  }

  @Test func `where the next bill is there as the row says, only the one before it is voided`() {
    var machine = Self.machine()
    _ = machine.run([.begin, Self.shows(), Self.account, Self.shows(1, due: 100)])
    #expect(machine.run([Self.shows()]).sending?.form == .change)
    #expect(machine.run([Self.voided]).settlement?.outcome == .updated)
  }

  @Test func `a payment that comes before the void keeps the bill, and gives the next reference up`() {
    var machine = Self.machine()
    _ = machine.run([.begin, Self.shows(), Self.account, Self.absent])
    let settlement = machine.run([Self.shows(status: .paid)]).settlement
    #expect(settlement?.outcome == .conflict)
    #expect(settlement?.reference == "B1" && settlement?.successor == "B1-R1")
  }

  @Test func `a refusal after the void says so, and leaves no claim on the bill`() {
    var machine = Self.voiding
    let settlement = machine.run([Self.voided, Self.refused]).settlement
    #expect(settlement?.outcome == .refused)
    #expect(settlement?.code == .correctVoidedNotRaised)
    #expect(settlement?.claim == .newBill && settlement?.reference == "B1-R1")
  }

  @Test func `after such a refusal the bill is raised, since the ledger knows whose the void is`() {
    var machine = Self.machine(.fresh(epoch: 3, priorAttempts: 2), isVoidedByUs: true)
    let step = machine.run([.begin, Self.shows(status: .voided), Self.account, Self.absent])
    #expect(step.sending == Sending(form: .account(id: "bacc_1"), epoch: 3, attempt: 1))
    #expect(machine.run([Self.raised()]).settlement?.outcome == .updated)
  }

  @Test func `rule 16: however the next try ends, a bill that is voided and not raised is told so`() {
    func end(_ events: [SubmissionEvent]) -> RowSettlement? {
      var machine = Self.machine(.fresh(epoch: 3, priorAttempts: 2), isVoidedByUs: true, corrections: 1)
      return machine.run([.begin, Self.shows(status: .voided), Self.account] + events).settlement
    }
    let ofAnother = Self.shows(1, due: 80)
    let ends: [RowSettlement?] = [
      end([ofAnother, Self.absent, ofAnother, Self.refused]), end([ofAnother, Self.absent, Self.absent]),
      end([ofAnother, Self.absent, Self.shows(1, due: 80, status: .paid)]),
      end([ofAnother, Self.absent, Self.shows(1, due: 80, status: .voided)]),
      end([Self.shows(1, due: 80, status: .paid)]), end([Self.shows(1, account: "bacc_2")]),
    ]
    for settlement in ends {
      #expect(settlement?.outcome == .refused && settlement?.code == .correctVoidedNotRaised)
      #expect(settlement?.claim == .newBill)
    }
    #expect(ends[0]?.reference == "B1-R2" && ends[0]?.changed == "B1")
    var absent = Self.machine(.fresh(epoch: 3, priorAttempts: 2), isVoidedByUs: true)
    #expect(absent.run([.begin, Self.absent]).settlement?.code == .correctVoidedNotRaised)
    #expect(end([Self.shows(1, due: 100)])?.outcome == .unchanged)
  }

  @Test func `rule 16: that an earlier void stands outlives the process, and the row isn't taken back`() {
    var machine = Self.machine(.fresh(epoch: 3, priorAttempts: 2), isVoidedByUs: true, corrections: 1)
    let walk = [.begin, Self.shows(status: .voided), Self.account, Self.shows(1, due: 80), Self.absent]
    #expect(machine.run(walk + [Self.shows(1, due: 80)]).sending?.form == .change)
    #expect(machine.stake.raised == .refused)
    let failure = SubmissionEvent.failure(.notSent(NotSentReason(.connectTimedOut)))
    var step = machine.run([failure])
    #expect(machine.withdrawal == nil)
    for _ in 0..<20 where step.pause != nil { step = machine.run([.due, failure]) }
    #expect(step.isGivingUp)
    var intent = Bench.intent(epoch: 3, form: .change)
    (intent.claim, intent.successor, intent.raised) = (.change(of: .bill, setsBalance: false), "B1-R2", .refused)
    var resumed = Self.machine(.resumed(intent, bodyIsSame: true))
    let settlement = resumed.run(
      [.begin, Self.shows(1, due: 80), Self.refused, Self.shows(1, due: 80)]
    ).settlement
    #expect(settlement?.code == .correctVoidedNotRaised && settlement?.changed == "B1")
    var stopped = Self.machine(.resumed(intent, bodyIsSame: true))
    let stop = stopped.run([.begin, Bench.answer(.unauthorised(Bench.problem))])
    #expect(stop.effect == .stopRun(Bench.problem, withdrawing: nil))
  }

  @Test func `a void whose fate is unknown is repeated, and then the bill is raised`() {
    let origin = Self.resumed(.change(of: .bill, setsBalance: false), reference: "B1", successor: "B1-R1")
    var machine = Self.machine(origin)
    #expect(machine.run([.begin]).effect == .getBill)
    #expect(machine.run([Self.shows()]).sending == Sending(form: .change, epoch: 2, attempt: 2))
    #expect(machine.run([Self.voided]).effect == .getParty(PartyKey(.account, "A")))
    _ = machine.run([Self.account, Bench.answer(.found(.customer(Bench.customer)))])
    #expect(machine.sent == .raise(Self.correction.bill(1)))
    #expect(machine.epoch == 3)
    var late = Self.machine(origin)
    #expect(late.run([.begin], Bench.later(hours: 24)).effect == .getBill)
    let step = late.run([Self.shows(status: .voided)], Bench.later(hours: 24))
    #expect(step.effect == .getParty(PartyKey(.account, "A")))
  }

  @Test func `a void that a dead process may not have sent isn't sent once the bill is paid`() {
    let origin = Self.resumed(.change(of: .bill, setsBalance: false), reference: "B1", successor: "B1-R1")
    var machine = Self.machine(origin)
    #expect(machine.run([.begin, Self.shows(status: .paid)]).isGivingUp)
    var later = Self.machine(origin)
    let settlement = later.run([.begin, Self.shows(status: .paid)], Bench.later(hours: 2)).settlement
    #expect(settlement?.outcome == .conflict && settlement?.successor == "B1-R1")
  }

  @Test func `a bill in its place whose fate is unknown is sent again under its key`() {
    var machine = Self.machine(Self.resumed(.newBill, reference: "B1-R1", successor: nil))
    #expect(machine.run([.begin]).sending == Sending(form: .account(id: "bacc_1"), epoch: 2, attempt: 2))
    #expect(machine.run([Self.raised(replayed: true)]).settlement?.outcome == .updated)
  }

  @Test func `from the void on nothing is taken back`() {
    var machine = Self.voiding
    _ = machine.run([Self.voided])
    let failure = SubmissionEvent.failure(.notSent(NotSentReason(.connectTimedOut)))
    var step = machine.run([failure])
    #expect(machine.withdrawal == nil)
    for _ in 0..<20 {
      guard case .wait = step.effect else { break }
      step = machine.run([.due, failure])
    }
    #expect(step.isGivingUp)
    var stopped = Self.voiding
    let stop = stopped.run([Self.voided, Bench.answer(.unauthorised(Problem(status: 401, title: "No")))])
    #expect(stop.effect == .stopRun(Problem(status: 401, title: "No"), withdrawing: nil))
  }

  @Test func `who only looks sends nothing after the void`() {
    let origin = Self.resumed(.change(of: .bill, setsBalance: false), reference: "B1", successor: "B1-R1")
    var machine = CorrectMachine(
      record: 7, correction: Self.correction, form: .change, origin: origin, looksOnly: true)
    #expect(machine.run([.begin]).effect == .getBill)
    #expect(machine.run([Self.shows(status: .voided)]).isGivingUp)
  }

  @Test(arguments: ["{reference}-R{n}", "{reference}_v{n}x"]) func `names can be told back`(_ pattern: String) {
    let series = CorrectionSeries(pattern)
    #expect(series?.number(of: series?.name(of: "INV-1", 12) ?? "", correcting: "INV-1") == 12)
    #expect(series?.name(of: "INV-1", 0) == "INV-1")
  }

  @Test(arguments: [
    "{reference}{n}", "R{n}", "x{reference}-{n}", "{reference}-R{n}-{n}", "{reference} {n}", "{reference}-9{n}",
  ])
  func `patterns by which names would be mixed up are none`(_ pattern: String) {
    #expect(CorrectionSeries(pattern) == nil)
  }
}

import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

@Suite struct PartyUpdateTests {
  private static let ours = Customer(reference: "C", name: "New")
  private static let old = RemoteObject.customer(RemoteCustomer(id: "bcus_1", reference: "C", name: "Old"))
  private static let new = RemoteObject.customer(RemoteCustomer(id: "bcus_1", reference: "C", name: "New"))
  private static let key = PartyKey(.customer, "C")

  private static func update(doubtful: [String]? = nil) -> PartyUpdate {
    PartyUpdate(record: 7, description: .customer(ours), doubtful: doubtful)
  }

  private static func answer(_ judgement: Judgement, retryAfter: Int64? = nil) -> PartyUpdateEvent {
    .answer(Answer(judgement: judgement, status: 200, replayed: false, retryAfter: retryAfter))
  }

  private static func difference(_ state: PartyDifference.State, _ message: String? = nil) -> PartyDifference {
    PartyDifference(record: 7, party: key, fields: ["name"], state: state, message: message)
  }

  private static func run(
    _ update: inout PartyUpdate, _ events: PartyUpdateEvent..., policy: RetryPolicy = RetryPolicy()
  ) -> PartyUpdateEffect {
    var effect = PartyUpdateEffect.none
    let context = SubmissionContext(now: Bench.start, policy: policy, jitter: 1)
    for event in events { effect = update.handle(event, context) }
    return effect
  }

  private static func isChange(_ effect: PartyUpdateEffect) -> Bool {
    if case .change(_, difference(.changing)) = effect { true } else { false }
  }

  @Test func `what is the same is left alone`() {
    var update = Self.update()
    let first = Self.run(&update, .begin)
    #expect(first == .look)
    let end = Self.run(&update, Self.answer(.found(Self.new)))
    #expect(end == .end(nil))
    var seen = Self.update()
    let atOnce = Self.run(&seen, .seen(Self.new))
    #expect(atOnce == .end(nil))
  }

  @Test func `what differs is changed once, and that it is about to be comes first`() {
    var update = Self.update()
    let change = Self.run(&update, .seen(Self.old))
    #expect(Self.isChange(change))
    let end = Self.run(&update, Self.answer(.found(Self.new)))
    #expect(end == .end(Self.difference(.changed)))
  }

  @Test func `a definite no, or other values in the answer, are told`() {
    var refused = Self.update()
    let no = Self.run(&refused, .seen(Self.old), Self.answer(.refused(Bench.problem)))
    #expect(no == .end(Self.difference(.refused, Bench.problem.description)))
    var ignored = Self.update()
    let same = Self.run(&ignored, .seen(Self.old), Self.answer(.found(Self.old)))
    #expect(same == .end(Self.difference(.refused, "the API took the change, and shows other values in name")))
    var gone = Self.update()
    let absent = Self.run(&gone, .seen(Self.old), Self.answer(.notFound))
    #expect(absent == .end(Self.difference(.refused, "the API doesn't know it any more")))
  }

  @Test(arguments: [
    PartyUpdateEvent.failure(.timedOut), .failure(.connectionLost),
    .answer(Answer(judgement: .transient(nil), status: 500, replayed: false)),
    .answer(Answer(judgement: .unreadable(.empty), status: 200, replayed: false)),
  ])
  func `a lost change is repeated until it is definite, and the party is read again at the end of the file`(
    lost: PartyUpdateEvent
  ) {
    var update = Self.update()
    let wait = Self.run(&update, .seen(Self.old), lost)
    guard case .wait = wait else { return #expect(Bool(false), "\(wait)") }
    let again = Self.run(&update, .due)
    #expect(Self.isChange(again))
    let hold = Self.run(&update, Self.answer(.found(Self.new)))
    #expect(hold == .hold)
    let look = Self.run(&update, .fileIsOver)
    #expect(look == .look)
    var other = update
    let end = Self.run(&update, Self.answer(.found(Self.new)))
    #expect(end == .end(Self.difference(.changed)))
    // What was lost landed late, or somebody else changed it: nobody overwrites that.
    let back = Self.run(&other, Self.answer(.found(Self.old)))
    #expect(back == .end(Self.difference(.refused, "it was changed, and has other values again")))
  }

  @Test func `a change that never left is no doubt`() {
    var update = Self.update()
    _ = Self.run(&update, .seen(Self.old), .failure(.notSent(NotSentReason(.nameNotResolved))))
    let end = Self.run(&update, .due, Self.answer(.found(Self.new)))
    #expect(end == .end(Self.difference(.changed)))
  }

  @Test func `what an earlier process left open is looked at first`() {
    var landed = Self.update(doubtful: ["name"])
    let there = Self.run(&landed, .begin, Self.answer(.found(Self.new)))
    #expect(there == .end(Self.difference(.changed)))
    var lost = Self.update(doubtful: ["name"])
    let again = Self.run(&lost, .begin, Self.answer(.found(Self.old)))
    #expect(Self.isChange(again))
    let hold = Self.run(&lost, Self.answer(.found(Self.new)))
    #expect(hold == .hold)
  }

  @Test func `one that is too late for its look looks again, and one that the API puts off goes again`() {
    var update = Self.update()
    for _ in 0..<50 {
      let change = Self.run(&update, update.phase == .ready ? .seen(Self.old) : Self.answer(.found(Self.old)))
      #expect(Self.isChange(change))
      let look = Self.run(&update, .failure(.notSent(NotSentReason(.tooLate))))
      #expect(look == .look)
    }
    let again = Self.run(&update, Self.answer(.found(Self.old)), Self.answer(.throttled(nil)), .due)
    #expect(Self.isChange(again))
    let end = Self.run(&update, Self.answer(.found(Self.new)))
    #expect(end == .end(Self.difference(.changed)))
  }

  private static func customer(_ metadata: [String: String]) -> RemoteObject {
    .customer(RemoteCustomer(id: "bcus_1", reference: "C", metadata: metadata))
  }

  @Test(arguments: [
    PartyUpdateEvent.failure(.timedOut), .failure(.notSent(NotSentReason(.nameNotResolved))),
    .answer(Answer(judgement: .transient(nil), status: 503, replayed: false)),
    .answer(Answer(judgement: .unreadable(.empty), status: 200, replayed: false)),
  ])
  func `rule 16: an update that keeps what a look has shown is never repeated without another look`(
    lost: PartyUpdateEvent
  ) {
    let ours = Customer(reference: "C", metadata: Metadata([("area", "B")]))
    var update = PartyUpdate(record: 7, description: .customer(ours))
    let look = Self.run(&update, .seen(Self.customer(["area": "A", "vip": "no"])), lost, .due)
    #expect(look == .look)
    var landed = update
    guard
      case .change(let change, _) = Self.run(&update, Self.answer(.found(Self.customer(["area": "A", "vip": "yes"]))))
    else {
      Issue.record("not changed")
      return
    }
    #expect(change == PartyChange(of: Self.customer(["area": "A", "vip": "yes"]), to: .customer(ours)))
    // Whatever is seen of a change that may land late, it is read again at the end of the file.
    let end = Self.run(&landed, Self.answer(.found(Self.customer(["area": "B", "vip": "no"]))))
    let isInDoubt = if case .failure(let failure) = lost { failure.mayHaveReachedServer } else { true }
    #expect(end == (isInDoubt ? .hold : .end(nil)))
  }

  @Test func `too many failures leave it open, and a 429 is none`() {
    let policy = RetryPolicy(tries: 3)
    var update = Self.update()
    _ = Self.run(&update, .begin, policy: policy)
    for _ in 0..<20 {
      let wait = Self.run(&update, Self.answer(.throttled(nil), retryAfter: 1500), policy: policy)
      #expect(wait == .wait(milliseconds: 1500))
      _ = Self.run(&update, .due, policy: policy)
    }
    for _ in 0..<2 { _ = Self.run(&update, .failure(.timedOut), .due, policy: policy) }
    let end = Self.run(&update, .failure(.timedOut), policy: policy)
    guard case .giveUp = end else { return #expect(Bool(false), "\(end)") }
  }

  @Test func `a key that isn't accepted stops the run`() {
    var update = Self.update()
    let looking = Self.run(&update, .begin, Self.answer(.unauthorised(Bench.problem)))
    #expect(looking == .stopRun(Bench.problem))
    var changing = Self.update()
    let stopped = Self.run(&changing, .seen(Self.old), Self.answer(.unauthorised(Bench.problem)))
    #expect(stopped == .stopRun(Bench.problem))
  }

  @Test func `a party that is gone was not changed`() {
    var update = Self.update()
    let end = Self.run(&update, .begin, Self.answer(.notFound))
    #expect(end == .end(nil))
  }

  @Test func `what comes twice changes nothing`() {
    var update = Self.update()
    _ = Self.run(&update, .seen(Self.old), Self.answer(.found(Self.new)))
    for event in [PartyUpdateEvent.begin, .due, .fileIsOver, .seen(Self.old), Self.answer(.found(Self.old))] {
      let effect = Self.run(&update, event)
      #expect(effect == .none)
    }
  }
}

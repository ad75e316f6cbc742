import BillModel
import MomentAPI
import Transport

@testable import BillSubmission

/// Every phase and every event, by name, and the effect in a word: what the table of the machine is made of.
enum SubmissionTable {
  static let phases: [(String, SubmissionPhase)] = [
    ("ready", .ready),
    ("posting", .posting),
    ("bill after 409", .asking(.bill(.conflict(replayed: false)))),
    ("bill after old 409", .asking(.bill(.conflict(replayed: true)))),
    ("bill after old success", .asking(.bill(.replayed))),
    ("bill after old 5xx", .asking(.bill(.replayedFailure))),
    ("bill after window", .asking(.bill(.windowPassed))),
    ("bill of other body", .asking(.bill(.otherBody))),
    ("bill made elsewhere", .asking(.bill(.settledElsewhere))),
    ("bill held elsewhere", .asking(.bill(.claimedElsewhere))),
    ("bill after refusal", .asking(.bill(.refusal(Bench.problem)))),
    ("bill after refusal before", .asking(.bill(.refusal(nil)))),
    ("bill, last resort", .asking(.bill(.lastResort))),
    ("customer of bill", .asking(.party(.customer, of: Bench.remote(), .conflict(replayed: false)))),
    ("account of bill", .asking(.party(.account, of: Bench.remote(), .conflict(replayed: false)))),
    ("account after 409", .asking(.account(.conflict(replayed: false)))),
    ("account after old 409", .asking(.account(.conflict(replayed: true)))),
    ("account after 422", .asking(.account(.refusal(Bench.problem)))),
    ("customer after 409", .asking(.customer(.conflict(replayed: false)))),
    ("customer after old 409", .asking(.customer(.conflict(replayed: true)))),
    ("customer after 422", .asking(.customer(.refusal(Bench.problem)))),
    ("account beforehand", .asking(.account(.beforehand))),
    ("customer beforehand", .asking(.customer(.beforehand))),
    ("owner", .asking(.owner(of: Bench.account))),
    ("named after 404", .asking(.named(Bench.noSuchPath))),
    ("another after 404", .asking(.witness([PartyKey(.customer, "D")], Bench.noSuchPath))),
    ("pause, same key", .pausing(.sameKey)),
    ("pause, next epoch", .pausing(.nextEpoch)),
    ("pause, ask", .pausing(.ask(.customer(.conflict(replayed: false))))),
    ("ended", .ended),
  ]

  static let events: [(String, SubmissionEvent)] = [
    ("begin", .begin),
    ("due", .due),
    ("accepted", Bench.answer(.accepted(.bill(Bench.remote())))),
    ("accepted, old", Bench.answer(.accepted(.bill(Bench.remote())), replayed: true)),
    ("accepted other", Bench.answer(.accepted(.customer(Bench.customer)))),
    ("found bill", Bench.answer(.found(.bill(Bench.remote())))),
    ("found account", Bench.answer(.found(.account(Bench.account)))),
    ("found customer", Bench.answer(.found(.customer(Bench.customer)))),
    ("not found", Bench.answer(.notFound)),
    ("409", Bench.answer(.conflict(Bench.problem))),
    ("409, old", Bench.answer(.conflict(Bench.problem), replayed: true)),
    ("4xx", Bench.answer(.refused(Bench.problem))),
    ("4xx, old", Bench.answer(.refused(Bench.problem), replayed: true)),
    ("422", Bench.answer(.refused(Bench.unprocessable))),
    ("422, old", Bench.answer(.refused(Bench.unprocessable), replayed: true)),
    ("404", Bench.answer(.refused(Bench.noSuchPath))),
    ("404, old", Bench.answer(.refused(Bench.noSuchPath), replayed: true)),
    ("429", Bench.answer(.throttled(nil))),
    ("429, old", Bench.answer(.throttled(nil), replayed: true)),
    ("5xx", Bench.answer(.transient(nil))),
    ("5xx, old", Bench.answer(.transient(nil), replayed: true)),
    ("unreadable", Bench.answer(.unreadable(.empty))),
    ("unreadable, old", Bench.answer(.unreadable(.empty), replayed: true)),
    ("401", Bench.answer(.unauthorised(Bench.problem))),
    ("401, old", Bench.answer(.unauthorised(Bench.problem), replayed: true)),
    ("not sent", .failure(.notSent(NotSentReason(.nameNotResolved)))),
    ("timed out", .failure(.timedOut)),
    ("lost", .failure(.connectionLost)),
    ("too large", .failure(.tooLarge(.body))),
    ("not HTTP", .failure(.notHTTP)),
    ("cancelled", .failure(.cancelled)),
  ]

  /// What a machine in this phase does on this event, in a word. Its first request was sent just now.
  static func outcome(_ phase: SubmissionPhase, _ event: SubmissionEvent) -> String {
    var machine = phase == .ready ? Bench.machine() : Bench.posting()
    machine.phase = phase
    let step = machine.handle(event, Bench.context)
    return word(step.effect, machine.phase)
  }

  private static func word(_ effect: SubmissionEffect, _ phase: SubmissionPhase) -> String {
    switch effect {
    case .send(let sending): "send \(sending.epoch).\(sending.attempt)"
    case .getBill: "bill?"
    case .getParty(let key): "\(key.kind)?"
    case .wait: "wait, \(word(phase))"
    case .settle(let settlement): settlement.outcome.rawValue
    case .giveUp: "unknown"
    case .withdraw: "withdraw"
    case .leave: "leave"
    case .make: "make"
    case .readAgain: "read again"
    case .stands: "stands"
    case .stopRun(_, let withdrawal): withdrawal == nil ? "stop" : "stop, withdraw"
    case .none: "-"
    }
  }

  private static func word(_ phase: SubmissionPhase) -> String {
    switch phase {
    case .pausing(.sameKey): "same key"
    case .pausing(.nextEpoch): "next epoch"
    case .pausing(.ask): "ask"
    case .ready, .posting, .asking, .ended: "?"
    }
  }
}

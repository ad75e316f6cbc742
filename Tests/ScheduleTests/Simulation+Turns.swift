import BillLedger
import ServerModel
import Transport

@testable import SubmitPass

/// What happens between two turns of a run.
extension Simulation {
  private enum Step {
    /// The run's turn, with these completions.
    case turn([Completion])
    case died
    /// Something happened, and the run hasn't had its turn.
    case goOn
  }

  /// Lets a run have its turns, until it is over or dies.
  func turns(_ run: SubmitRun, _ ledger: Ledger, _ fileRun: FileRunID, _ file: Int) throws -> End {
    for _ in 0..<2_000 {
      guard violation == nil else { return .died }
      switch step() {
      case .goOn: continue
      case .died: return .died
      case .turn(let completions):
        delivery = completions
        let goesOn = try run.turn()
        // Until it is written the ledger is as it was, and nobody may ask for it before its time.
        if commits?.isUnwritten != true { try checkLedger(ledger, fileRun, file) }
        if isDead { return .died }
        if goesOn { continue }
        let summary = try run.run()
        note("the run ends: \(summary.stop), \(summary.heldBack) held back")
        return summary.stop == .finished ? .unfinished : .stopped
      }
    }
    fail("no progress: a run without an end")
    return .died
  }

  private func step() -> Step {
    let options = deviations
    if let deviation = decide(options) { return perform(deviation) }
    if let id = exchanges.firstIndex(where: { $0.isAwaited && $0.isSent }) {
      serve(id)
      return .goOn
    }
    let answered = exchanges.indices.filter { isAnswered($0) }
    if answered.isEmpty, let id = exchanges.firstIndex(where: { $0.isAwaited && $0.job != nil }) {
      land(id)
      return .goOn
    }
    if answered.isEmpty, commits?.isUnderWay == true { return carryOut() }
    return .turn(answered.map { take($0) })
  }

  private func isAnswered(_ id: Int) -> Bool { exchanges[id].isAwaited && exchanges[id].result != nil }

  /// All that could happen now instead of the usual.
  private var deviations: [Deviation] {
    var options: [Deviation] = [.crash]
    if commits?.isUnderWay == true { options.append(.commits) }
    if interrupts == 0 { options.append(.interrupt) }
    let sent = exchanges.indices.filter { isWaitingToLeave($0) }
    let answered = exchanges.indices.filter { isAnswered($0) }
    for (place, id) in sent.enumerated() {
      if place > 0 { options.append(.outOfTurn(id)) }
      // A request that waits for its turn can be disturbed when its turn comes, or now for the sake of order.
      guard place == 0 else { continue }
      options += [.notSent(id), .lost(id), .late(id), .sleepBefore(id, minutes: 25 * 60)] + faults(id)
      // A PATCH has no key that would tell a copy.
      if exchanges[id].call.method != "PATCH" { options.append(.doubled(id)) }
    }
    for id in answered {
      options.append(.answerLost(id))
      if sent.isEmpty, answered.count > 1 { options.append(.answerAlone(id)) }
      if !sent.isEmpty { options.append(.answerAlone(id)) }
      options.append(.answerTwice(id))
      if case .success = exchanges[id].result {
        options += Deviation.Garbling.allCases.map { .answerGarbled(id, $0) }
      }
    }
    for id in exchanges.indices {
      let exchange = exchanges[id]
      if exchange.job != nil {
        options.append(.lands(id))
        if exchange.isAwaited { options.append(.answerLost(id)) }
      } else if exchange.isSent, !exchange.isAwaited {
        options.append(.lands(id))
      }
    }
    if !exchanges.isEmpty {
      options += [.sleep(minutes: 23 * 60 + 30), .sleep(minutes: 25 * 60)] + outsiders.map { .outside($0) }
    }
    return options
  }

  private func faults(_ id: Int) -> [Deviation] {
    let call = exchanges[id].call
    func fault(_ steps: Int, _ status: Int, _ isStored: Bool) -> Deviation {
      .fault(id, ServerFault(after: steps, status: status, isStored: isStored))
    }
    let passing = [fault(0, 503, false), fault(0, 429, false), fault(0, 401, false)]
    if call.method == "GET" { return passing }
    if call.method == "PATCH" { return passing + [fault(0, 402, false), fault(1, 500, false)] }
    let steps = ServerModel.stepCount(of: call)
    var options = [fault(0, 429, false), fault(0, 401, false), fault(0, 503, false), fault(0, 402, true)]
    for count in 0...steps { options += [fault(count, 500, true), .stalled(id, steps: count)] }
    for count in 1..<max(steps, 1) { options.append(fault(count, 402, true)) }
    if forgetsKeys, let key = call.key, server.hasAnswered(key) {
      options.append(.fault(id, ServerFault(after: 0, status: 402, isStored: true, forgetsKey: true)))
    }
    return options
  }

  /// What somebody else could make that a row is about.
  private var outsiders: [World.Outside] {
    switch world.asks {
    case .bills: billOutsiders
    case .paidBills:
      billOutsiders
        + world.rows.map(\.row).filter { server.bill($0.reference)?.status == "unpaid" }.map { .paid($0.reference) }
    case .corrections: correctionOutsiders
    case .voids, .names, .balances, .totals, .payments, .credits: changeOutsiders
    }
  }

  private var billOutsiders: [World.Outside] {
    var makings: [World.Outside] = []
    for row in Set(world.rows.map(\.row)).sorted(by: { $0.reference < $1.reference }) {
      if server.bill(row.reference) == nil {
        makings.append(.bill(row))
        var other = row
        other.amount += 1
        makings.append(.bill(other))
      }
      if server.customer(row.customer) == nil { makings.append(.customer(row.customer)) }
      if let account = row.account, server.account(account) == nil {
        makings += [.account(account, of: row.customer), .account(account, of: "CX")]
      }
      if world.updatesParties, let name = server.attributes(row.customer)?.name, name != "X" {
        makings.append(.named(row.customer, "X"))
      }
    }
    return makings.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func perform(_ deviation: Deviation) -> Step {
    switch deviation {
    case .outOfTurn(let id): serve(id)
    case .fault(let id, let fault): serve(id, fault)
    case .notSent(let id):
      checks.neverLeft(exchanges[id])
      endUnsent(id, NotSentReason(.couldNotConnect(errno: 111)))
    case .lost(let id):
      exchanges[id].state = .over
      lose(id, .connectionLost)
    case .late(let id): lose(id, .timedOut)
    case .stalled(let id, let steps): stall(id, steps)
    case .doubled(let id):
      var copy = exchanges[id]
      (copy.clientID, copy.isAwaited) = (0, false)
      serve(id)
      exchanges.append(copy)
    case .lands(let id): land(id)
    case .answerLost(let id): lose(id, exchanges[id].job == nil ? .connectionLost : .timedOut)
    case .answerGarbled(let id, let how): garble(id, how)
    case .answerAlone(let id): return .turn([take(id)])
    case .answerTwice(let id):
      let completion = take(id)
      return .turn([completion, completion])
    case .crash: return .died
    case .commits: return carryOut()
    case .interrupt: interrupts += 1
    case .sleep(let minutes): sleep(minutes)
    case .sleepBefore(let id, let minutes): sleep(minutes, before: id)
    case .outside(let what): writing(nil) { server.make(what) }
    case .crashAfter, .commitLater, .gap, .clockJump, .ledgerLost, .otherFile, .settles, .looks: break
    }
    return .goOn
  }

  private func carryOut() -> Step {
    commits?.carryOut()
    return isDead ? .died : .goOn
  }

  /// Of what the client has all from `first` on has not left yet; what is not too late afterwards leaves then.
  private func sleep(_ minutes: Int64, before first: Int? = nil) {
    let isInClient = first.map { first in exchanges.indices.filter { $0 >= first && isWaitingToLeave($0) } } ?? []
    for id in exchanges.indices where !isInClient.contains(id) {
      let isWaiting = exchanges[id].isAwaited && exchanges[id].result == nil
      land(id)
      if isWaiting { lose(id, .timedOut) }
    }
    clock.pass(milliseconds: minutes * 60_000)
    for id in isInClient {
      if clock.nanoseconds > exchanges[id].latest {
        checks.neverLeft(exchanges[id])
        endUnsent(id, NotSentReason(.tooLate))
      } else {
        exchanges[id].sentAt = clock.truth
        checkKey(of: exchanges[id])
        checkLook(of: exchanges[id])
      }
    }
  }

  private func isWaitingToLeave(_ id: Int) -> Bool { exchanges[id].isAwaited && exchanges[id].isSent }
}

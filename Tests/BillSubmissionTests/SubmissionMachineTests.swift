import BillModel
import MomentAPI
import Testing
import Transport

@testable import BillSubmission

/// Rules 4 to 9, 11 and 15 of submission, each by name. Rules 10, 12 and 14 have suites of their own.
@Suite struct SubmissionMachineTests {
  @Test func `rule 2: a resumed row is sent again in its form, under its epoch`() {
    let intent = Bench.intent(epoch: 3, form: .accountUnder(customerID: "bcus_9"), attempts: 2)
    var machine = Bench.machine(form: .nested, origin: .resumed(intent, bodyIsSame: true))
    let step = machine.handle(.begin, Bench.later(hours: 1))
    #expect(step.sending == Sending(form: .accountUnder(customerID: "bcus_9"), epoch: 3, attempt: 3))
  }

  @Test func `rule 2: a body that came out differently is never sent inside the window, but looked for`() {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: false))
    #expect(machine.handle(.begin, Bench.later(hours: 22)).effect == .getBill)
    #expect(machine.handle(Bench.answer(.notFound), Bench.later(hours: 22)).isGivingUp)
  }

  @Test func `rule 2: after the window a different body goes under a new key, once the bill is not there`() {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: false))
    _ = machine.handle(.begin, Bench.later(hours: 24))
    let step = machine.handle(Bench.answer(.notFound), Bench.later(hours: 24))
    #expect(step.sending == Sending(form: .nested, epoch: 2, attempt: 1))
  }

  @Test(arguments: [(22, true), (23, false), (25, false), (-1, false)])
  func `rule 4: a key is relied on for 23 hours from its first send`(hours: Int64, isOpen: Bool) {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: true))
    let step = machine.handle(.begin, Bench.later(hours: hours))
    #expect(step.effect == (isOpen ? .send(Sending(form: .nested, epoch: 1, attempt: 2)) : .getBill))
  }

  @Test func `rule 4: the window is checked before every attempt, not only the first of a run`() {
    var machine = Bench.posting()
    _ = machine.handle(Bench.lost, Bench.later(hours: 22))
    #expect(machine.handle(.due, Bench.later(hours: 23)).effect == .getBill)
  }

  @Test func `rule 4: under a clock that can't be trusted every window counts as expired`() {
    var machine = Bench.posting()
    _ = machine.handle(Bench.lost, Bench.later(100, clockIsTrusted: false))
    #expect(machine.handle(.due, Bench.later(300, clockIsTrusted: false)).effect == .getBill)
  }

  @Test func `rule 5: a 2xx that can't be read is not a success, and the same key asks again`() {
    var machine = Bench.posting()
    let step = machine.run([Bench.answer(.unreadable(.malformed("byte 3"))), .due])
    #expect(step.sending == Sending(form: .nested, epoch: 1, attempt: 2))
  }

  @Test func `rule 6: a replayed success at the first attempt is another run's bill`() {
    var machine = Bench.posting()
    let replay = machine.handle(Bench.answer(.accepted(.bill(Bench.remote())), replayed: true), Bench.context)
    #expect(replay.effect == .getBill)
    let step = machine.handle(Bench.answer(.found(.bill(Bench.remote()))), Bench.context)
    #expect(step.settlement?.outcome == .unchanged)
    #expect(step.settlement?.confirmedBy == .lookup)
  }

  @Test func `rule 6: another run's bill that was voided since is a conflict`() {
    var machine = Bench.posting()
    var remote = Bench.remote()
    _ = machine.handle(Bench.answer(.accepted(.bill(remote)), replayed: true), Bench.context)
    remote.status = .voided
    let step = machine.handle(Bench.answer(.found(.bill(remote))), Bench.context)
    #expect(step.settlement?.outcome == .conflict)
    #expect(step.settlement?.field == "status")
  }

  @Test func `rule 6: another run's bill that was paid since is unchanged, with a note`() {
    var machine = Bench.posting()
    var remote = Bench.remote()
    _ = machine.handle(Bench.answer(.accepted(.bill(remote)), replayed: true), Bench.context)
    remote.status = .paid
    let step = machine.handle(Bench.answer(.found(.bill(remote))), Bench.context)
    #expect(step.settlement?.outcome == .unchanged)
    #expect(step.settlement?.message != nil)
  }

  @Test func `rule 6: another run's bill that isn't there is asked for again, and then unknown`() {
    var machine = Bench.posting()
    var step = machine.handle(Bench.answer(.accepted(.bill(Bench.remote())), replayed: true), Bench.context)
    for _ in 1..<Bench.context.policy.tries {
      step = machine.run([Bench.answer(.notFound), .due])
      #expect(step.effect == .getBill)
    }
    step = machine.handle(Bench.answer(.notFound), Bench.context)
    guard case .giveUp = step.effect else { Issue.record("it is \(step.effect)"); return }
  }

  @Test func `rule 6: a replayed success at a later attempt is ours`() {
    var machine = Bench.posting()
    let step = machine.run([Bench.lost, .due, Bench.answer(.accepted(.bill(Bench.remote())), replayed: true)])
    #expect(step.settlement?.outcome == .created)
    #expect(step.settlement?.attempts == 2)
  }

  @Test func `rule 6: a replayed success after a restart is ours`() {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: true))
    let step = machine.run([.begin, Bench.answer(.accepted(.bill(Bench.remote())), replayed: true)])
    #expect(step.settlement?.outcome == .created)
  }

  @Test func `rule 6: an attempt that never left doesn't make the next one a later attempt`() {
    var machine = Bench.posting()
    let unsent = SubmissionEvent.failure(.notSent(NotSentReason(.connectTimedOut)))
    let step = machine.run([
      unsent, .due, Bench.answer(.accepted(.bill(Bench.remote())), replayed: true),
      Bench.answer(.found(.bill(Bench.remote()))),
    ])
    #expect(step.settlement?.outcome == .unchanged)
  }

  @Test func `rule 7: a definite 4xx settles the row as refused, with the field and the API's words`() {
    var machine = Bench.posting()
    let settlement = machine.handle(Bench.answer(.refused(Bench.problem)), Bench.context).settlement
    #expect(settlement?.outcome == .refused)
    #expect(settlement?.code == .apiRefused)
    #expect(settlement?.field == "amount_due")
    #expect(settlement?.message == "HTTP 400: No")
    #expect(settlement?.epoch == 1)
  }

  @Test func `rule 7: a stored 5xx that made no bill leaves nothing on its way`() {
    var machine = Bench.posting()
    let step = machine.run([
      Bench.answer(.transient(nil)), .due, Bench.answer(.transient(nil), replayed: true), Bench.answer(.notFound), .due,
      Bench.answer(.refused(Bench.problem)),
    ])
    #expect(step.settlement?.outcome == .refused)
  }

  @Test func `rule 7: a refused key stops the run, and the row's next request goes under a new epoch`() {
    var machine = Bench.posting()
    let step = machine.handle(Bench.answer(.unauthorised(Bench.problem)), Bench.context)
    let withdrawal = RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1)
    #expect(step.effect == .stopRun(Bench.problem, withdrawing: withdrawal))
  }

  @Test func `rule 7: a refused key proves nothing about an attempt before it`() {
    var machine = Bench.posting()
    let step = machine.run([Bench.lost, .due, Bench.answer(.unauthorised(Bench.problem))])
    #expect(step.effect == .stopRun(Bench.problem, withdrawing: nil))
  }

  @Test func `a 404 is not about a row that names nothing by an id: the run stops, and the row is taken back`() {
    let answer = Bench.answer(.refused(Bench.noSuchPath))
    let withdrawal = RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1)
    for form in [BodyForm.nested, .account(id: "bacc_1")] {
      var machine = Bench.posting(form: form)
      #expect(machine.handle(answer, Bench.context).effect == .stopRun(Bench.noSuchPath, withdrawing: withdrawal))
    }
    var lostBefore = Bench.posting()
    #expect(lostBefore.run([Bench.lost, .due, answer]).effect == .stopRun(Bench.noSuchPath, withdrawing: nil))
    var throttledBefore = Bench.posting()
    #expect(
      throttledBefore.run([Bench.answer(.throttled(nil)), .due, answer]).effect
        == .stopRun(Bench.noSuchPath, withdrawing: RowWithdrawal(record: 7, nextEpoch: 2, attempts: 2)))
  }

  @Test(arguments: [BodyForm.account(id: "bacc_1"), .accountUnder(customerID: "bcus_1")])
  func `rule 7: a 404 refuses a row whose party is gone only where another one is there`(form: BodyForm) {
    var context = Bench.context
    context.otherParties = [PartyKey(.customer, "D")]
    let no = Bench.answer(.refused(Bench.noSuchPath))
    let absent = Bench.answer(.notFound)
    let there = Bench.answer(.found(.customer(RemoteCustomer(id: "bcus_9", reference: "D"))))
    let withdrawal = RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1)
    var gone = Bench.posting(form: form)
    let isAccount = form == .account(id: "bacc_1")
    #expect(
      gone.handle(no, context).effect == .getParty(isAccount ? PartyKey(.account, "A") : PartyKey(.customer, "C")))
    #expect(gone.withdrawal == withdrawal)
    #expect(gone.handle(absent, context).effect == .getParty(PartyKey(.customer, "D")))
    #expect(gone.withdrawal == withdrawal)
    var nowhere = gone
    #expect(nowhere.handle(absent, context).effect == .stopRun(Bench.noSuchPath, withdrawing: withdrawal))
    #expect(gone.handle(there, context).settlement?.outcome == .refused)
    var known = Bench.posting(form: form)
    let object = isAccount ? RemoteObject.account(Bench.account) : .customer(Bench.customer)
    #expect(
      known.run([no, Bench.answer(.found(object))], context).effect
        == .stopRun(Bench.noSuchPath, withdrawing: withdrawal))
  }

  @Test func `rule 7: where another party is gone too, further ones are asked for before the path is held for wrong`() {
    var context = Bench.context
    context.otherParties = (1...20).map { PartyKey(.customer, "D\($0)") }
    var machine = Bench.posting(form: .account(id: "bacc_1"))
    let absent = Bench.answer(.notFound)
    var step = machine.run([Bench.answer(.refused(Bench.noSuchPath)), absent], context)
    var found = machine
    for number in 1...8 {
      #expect(step.effect == .getParty(PartyKey(.customer, "D\(number)")))
      found = machine
      step = machine.handle(absent, context)
    }
    #expect(
      step.effect
        == .stopRun(Bench.noSuchPath, withdrawing: RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1)))
    let there = Bench.answer(.found(.customer(RemoteCustomer(id: "bcus_9", reference: "D8"))))
    #expect(found.handle(there, context).settlement?.outcome == .refused)
  }

  @Test func `rule 7: a 404 about a party that is gone refuses nothing before a lost request's bill was asked for`() {
    var context = Bench.context
    context.otherParties = [PartyKey(.customer, "D")]
    var machine = Bench.posting(form: .account(id: "bacc_1"))
    let there = Bench.answer(.found(.customer(RemoteCustomer(id: "bcus_9", reference: "D"))))
    let step = machine.run(
      [Bench.lost, .due, Bench.answer(.refused(Bench.noSuchPath)), Bench.answer(.notFound), there], context)
    #expect(step.effect == .getBill)
  }

  @Test func `a 404 to a row that gives its account by an id refuses that row`() {
    var machine = Bench.posting(Bench.bill(.accountID("bacc_9")), form: .account(id: "bacc_9"))
    #expect(machine.handle(Bench.answer(.refused(Bench.noSuchPath)), Bench.context).settlement?.outcome == .refused)
  }

  @Test func `rule 7: a stored 401 doesn't stop the run with a mended key, but opens the next epoch`() {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: true))
    let step = machine.run([.begin, Bench.answer(.unauthorised(Bench.problem), replayed: true), .due])
    #expect(step.sending == Sending(form: .nested, epoch: 2, attempt: 1))
  }

  @Test func `rule 8: a 429 pauses as long as the server says, and repeats the same key`() {
    var machine = Bench.posting()
    #expect(machine.handle(Bench.answer(.throttled(nil), retryAfter: 7_000), Bench.context).pause == 7_000)
    #expect(machine.handle(.due, Bench.later(7_000)).sending == Sending(form: .nested, epoch: 1, attempt: 2))
  }

  @Test func `rule 8: any number of 429s makes no row unknown`() {
    var machine = Bench.posting()
    for _ in 0..<100 {
      #expect(machine.handle(Bench.answer(.throttled(nil)), Bench.context).pause != nil)
      #expect(machine.handle(.due, Bench.context).sending != nil)
    }
  }

  @Test func `rule 8: a 429 that comes from the store opens the next epoch`() {
    var machine = Bench.posting()
    let step = machine.run([Bench.answer(.throttled(nil), replayed: true), .due])
    #expect(step.sending == Sending(form: .nested, epoch: 2, attempt: 1))
  }

  @Test func `rule 9: a 5xx at first hand repeats the same key, after what the server asks for at least`() {
    var machine = Bench.posting()
    #expect(machine.handle(Bench.answer(.transient(nil), retryAfter: 9_000), Bench.context).pause == 9_000)
    #expect(machine.handle(.due, Bench.context).sending == Sending(form: .nested, epoch: 1, attempt: 2))
  }

  @Test func `rule 9: a 5xx from the store asks for the bill, and 404 opens the next epoch`() {
    var machine = Bench.posting()
    let stored = Bench.answer(.transient(nil), replayed: true)
    #expect(machine.run([Bench.answer(.transient(nil)), .due, stored]).effect == .getBill)
    let step = machine.run([Bench.answer(.notFound), .due])
    #expect(step.sending == Sending(form: .nested, epoch: 2, attempt: 1))
  }

  @Test func `rule 9: a 5xx from the store whose bill is there was ours`() {
    var machine = Bench.posting(Bench.onCustomer, form: .customer(id: "bcus_1"))
    let found = Bench.answer(.found(.bill(Bench.remote(accountID: nil))))
    let step = machine.run([Bench.answer(.transient(nil)), .due, Bench.answer(.transient(nil), replayed: true), found])
    #expect(step.settlement?.outcome == .created)
    #expect(step.settlement?.confirmedBy == .lookup)
  }

  @Test func `rule 11: after the window the bill is looked for, and 404 opens the next epoch at once`() {
    var machine = Bench.machine(origin: .resumed(Bench.intent(), bodyIsSame: true))
    #expect(machine.handle(.begin, Bench.later(hours: 30)).effect == .getBill)
    let step = machine.handle(Bench.answer(.notFound), Bench.later(hours: 30))
    #expect(step.sending == Sending(form: .nested, epoch: 2, attempt: 1))
  }

  @Test func `rule 11: inside the window a 404 settles nothing: the row stays unknown`() {
    var machine = Bench.posting()
    var step = SubmissionStep(.none)
    var sent = 1
    while step.effect != .getBill {
      step = machine.handle(machine.phase == .posting ? Bench.lost : .due, Bench.context)
      if step.sending != nil { sent += 1 }
    }
    #expect(sent == RetryPolicy().tries)
    #expect(machine.handle(Bench.answer(.notFound), Bench.context).isGivingUp)
    #expect(machine.phase == .ended)
  }

  @Test func `rule 11: a row that can't be settled after a bounded number of tries is unknown`() {
    var machine = Bench.posting()
    var steps = 0
    while machine.phase != .ended, steps < 100 {
      if case .pausing = machine.phase {
        _ = machine.handle(.due, Bench.context)
      } else {
        _ = machine.handle(.failure(.timedOut), Bench.context)
      }
      steps += 1
    }
    #expect(steps < 30)
  }

  @Test func `a request that never leaves, try as we might, is taken back`() {
    var machine = Bench.posting()
    let unsent = SubmissionEvent.failure(.notSent(NotSentReason(.nameNotResolved)))
    var step = SubmissionStep(.none)
    while machine.phase != .ended { step = machine.handle(machine.phase == .posting ? unsent : .due, Bench.context) }
    guard case .withdraw(let withdrawal, _) = step.effect else {
      Issue.record("not taken back: \(step.effect)")
      return
    }
    #expect(withdrawal == RowWithdrawal(record: 7, nextEpoch: 1, attempts: 0))
  }

  @Test func `a run that ends takes back only rows that certainly had no effect`() {
    let unsent = SubmissionEvent.failure(.notSent(NotSentReason(.cancelled)))
    #expect(withdrawal(after: [unsent]) == RowWithdrawal(record: 7, nextEpoch: 1, attempts: 0))
    #expect(withdrawal(after: [Bench.answer(.throttled(nil))]) == RowWithdrawal(record: 7, nextEpoch: 2, attempts: 1))
    #expect(withdrawal(after: []) == nil)
    #expect(withdrawal(after: [Bench.lost]) == nil)
    #expect(withdrawal(after: [Bench.lost, .due, unsent]) == nil)
    #expect(withdrawal(after: [Bench.answer(.transient(nil))]) == nil)
    #expect(withdrawal(after: [Bench.answer(.conflict(Bench.problem)), Bench.lost]) == nil)
  }

  @Test func `a success teaches the parties that the body nested`() {
    var nested = Bench.posting()
    var under = Bench.posting(form: .accountUnder(customerID: "bcus_1"))
    var named = Bench.posting(form: .account(id: "bacc_1"))
    let customer = KnownParty(key: PartyKey(.customer, "C"), id: "bcus_1")
    let account = KnownParty(key: PartyKey(.account, "A"), id: "bacc_1", customerReference: "C")
    let accepted = Bench.answer(.accepted(.bill(Bench.remote())))
    #expect(nested.handle(accepted, Bench.context).learned == [customer, account])
    #expect(under.handle(accepted, Bench.context).learned == [account])
    #expect(named.handle(accepted, Bench.context).learned == [])
  }

  private func withdrawal(after events: [SubmissionEvent]) -> RowWithdrawal? {
    var machine = Bench.posting()
    _ = machine.run(events)
    return machine.withdrawal
  }
}

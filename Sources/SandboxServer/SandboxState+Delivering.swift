extension SandboxState {
  /// Nanoseconds by which a stalled answer is late.
  private static let stall: UInt64 = 60_000_000_000

  /// An answer with problem details.
  func refusal(_ problem: Problem, _ ticket: Ticket) -> APIAnswer {
    let vague = options.readings.detail == .vague
    return APIAnswer(status: problem.status, body: problem.body(instance: ticket.incoming.path, vague: vague))
  }

  /// Counts a fault that strikes and notes it in the log.
  mutating func strike(_ ticket: Ticket, _ fault: Fault) {
    counters.count(fault)
    log.note(fault, at: ticket.number)
  }

  /// No answer leaves.
  mutating func drop(_ ticket: Ticket, _ fault: Fault, decided: UInt16, replayed: Bool = false) -> Delivery {
    strike(ticket, fault)
    counters.countAnswer(0)
    log.close(ticket.number, decided: decided, answered: 0, replayed: replayed, at: clock.now)
    return .drop
  }

  /// The answer as it leaves: spoilt where a fault strikes on the way out.
  mutating func deliver(_ answer: APIAnswer, _ ticket: Ticket) -> Delivery {
    if ticket.fault == .dropAfter {
      return drop(ticket, .dropAfter, decided: answer.status, replayed: answer.replayed)
    }
    let outgoing = spoil(answer, ticket)
    counters.countAnswer(outgoing.status)
    log.close(
      ticket.number, decided: answer.status, answered: outgoing.status, replayed: answer.replayed, at: clock.now)
    return .answer(outgoing)
  }

  private mutating func spoil(_ answer: APIAnswer, _ ticket: Ticket) -> OutgoingAnswer {
    switch ticket.fault {
    case .errorAfter:
      strike(ticket, .errorAfter)
      return outgoing(refusal(Problem(500, "something went wrong"), ticket))
    case .garbage:
      strike(ticket, .garbage)
      var spoilt = outgoing(answer)
      spoilt.contentType = "text/html"
      spoilt.body = Array("<html><body><h1>Welcome</h1></body></html>".utf8)
      return spoilt
    case .cut:
      strike(ticket, .cut)
      var spoilt = outgoing(answer)
      spoilt.isCut = true
      return spoilt
    case .otherBody where !calls.objects.bills.isEmpty:
      strike(ticket, .otherBody)
      var spoilt = outgoing(answer)
      spoilt.body = calls.originalBody(ofBill: UInt32(ticket.number % calls.objects.bills.count))
      return spoilt
    case .stall:
      strike(ticket, .stall)
      var late = outgoing(answer)
      late.delay = Self.stall
      return late
    case nil, .dropBefore, .dropAfter, .unavailable, .throttled, .half, .halfCustomer, .halfUnstored, .storedError,
      .otherBody, .underWay:
      return outgoing(answer)
    }
  }

  private func outgoing(_ answer: APIAnswer) -> OutgoingAnswer {
    let isProblem = answer.status >= 400
    var headers = rateHeaders(status: answer.status)
    if answer.replayed { headers.append(("Idempotent-Replayed", "true")) }
    return OutgoingAnswer(
      status: answer.status, body: answer.body,
      contentType: isProblem ? "application/problem+json" : "application/json", headers: headers)
  }
}

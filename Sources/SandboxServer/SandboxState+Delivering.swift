import SchemaRules

extension SandboxState {
  /// An answer with problem details.
  func refusal(_ problem: Problem, _ ticket: Ticket) -> APIAnswer {
    let vague = options.readings.detail == .vague
    return APIAnswer(status: problem.status, body: problem.body(instance: ticket.incoming.path, vague: vague))
  }

  /// Counts the request's fault, which strikes, and notes it in the log.
  mutating func strike(_ ticket: Ticket) {
    guard let fault = ticket.fault else { return }
    counters.count(fault)
    log.note(fault, at: ticket.number)
  }

  /// No answer leaves, because of the request's fault.
  mutating func drop(_ ticket: Ticket, decided: UInt16, replayed: Bool = false) -> Delivery {
    if ticket.fault != .late { strike(ticket) }
    counters.countAnswer(0)
    log.close(ticket.number, decided: decided, answered: 0, replayed: replayed, at: clock.now)
    return .drop
  }

  /// The answer as it leaves: spoilt where a fault strikes on the way out.
  mutating func deliver(_ answer: APIAnswer, _ ticket: Ticket) -> Delivery {
    if isLost(answer, ticket) { return drop(ticket, decided: answer.status, replayed: answer.replayed) }
    let outgoing = spoil(answer, ticket)
    counters.countAnswer(outgoing.status)
    log.close(
      ticket.number, decided: answer.status, answered: outgoing.status, replayed: answer.replayed, at: clock.now)
    return .answer(outgoing)
  }

  private func isLost(_ answer: APIAnswer, _ ticket: Ticket) -> Bool {
    switch ticket.fault {
    case .dropAfter, .dropUnstored, .late: true
    case .halfDrop, .halfCustomerDrop: answer.status == 500 && !answer.replayed
    default: false
    }
  }

  private mutating func spoil(_ answer: APIAnswer, _ ticket: Ticket) -> OutgoingAnswer {
    var spoilt = outgoing(answer)
    switch ticket.fault {
    case .errorAfter:
      spoilt = outgoing(refusal(Problem(500, "something went wrong"), ticket))
    case .garbage:
      spoilt.contentType = "text/html"
      spoilt.body = Array("<html><body><h1>Welcome</h1></body></html>".utf8)
    case .cut:
      spoilt.pace = .cut
    case .otherBody where !calls.objects.bills.isEmpty:
      spoilt.body = calls.originalBody(ofBill: UInt32(ticket.number % calls.objects.bills.count))
    case .voided, .sameID, .longID, .partyID, .altered:
      guard let lie = lie(answer, ticket) else { return spoilt }
      spoilt.body = lie
    case .stall:
      spoilt.pace = .late
    case .slowHeaders:
      spoilt.pace = .slowHead
    case .slowBody:
      spoilt.pace = .slowBody
    case .redirect where answer.status == 307:
      spoilt.headers.append(("Location", "/elsewhere" + ticket.incoming.path))
      return spoilt
    default:
      return spoilt
    }
    strike(ticket)
    return spoilt
  }

  /// The body of an answer with a lie in it; nil for answers that the fault doesn't strike.
  private func lie(_ answer: APIAnswer, _ ticket: Ticket) -> [UInt8]? {
    if ticket.fault == .altered { return altered(answer, ticket) }
    guard answer.status == 201, case .create(let kind) = ticket.call,
      var object = (try? JSONValue(parsing: answer.body))?.object
    else { return nil }
    switch ticket.fault {
    case .voided where kind == .bill: object["status"] = .string("voided")
    case .sameID: object["id"] = .string(calls.objects.ids.id(kind, 0))
    case .longID: object["id"] = .string(kind.prefix + String(repeating: "x", count: 100_000))
    case .partyID where kind != .customer:
      for member in ["customer_id", "account_id"] where object[member] != nil {
        object[member] = .string("../x \u{1B}[2J sk_test_PartyOfTheSandbox Thandi Molefe <thandi@example.com>")
      }
    default: return nil
    }
    return JSONValue.object(object).encoded
  }

  private func altered(_ answer: APIAnswer, _ ticket: Ticket) -> [UInt8]? {
    guard answer.status == 200, case .get(.bill, _) = ticket.call,
      var object = (try? JSONValue(parsing: answer.body))?.object, let amount = object["amount_due"]?.integer
    else { return nil }
    object["amount_due"] = .integer(amount + 1)
    return JSONValue.object(object).encoded
  }

  private func outgoing(_ answer: APIAnswer) -> OutgoingAnswer {
    let isProblem = answer.status >= 300
    var headers = rateHeaders(status: answer.status)
    if let allowed = answer.allowed { headers.append(("Allow", allowed)) }
    if answer.replayed { headers.append(("Idempotent-Replayed", "true")) }
    return OutgoingAnswer(
      status: answer.status, body: answer.body,
      contentType: isProblem ? "application/problem+json" : "application/json", headers: headers)
  }
}

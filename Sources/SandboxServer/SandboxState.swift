/// All that a sandbox knows, and the way of a request through it: `admit` at its arrival, `settle` when it takes effect.
///
/// Order at arrival: fault drop-before, limit, fault 503, key of the merchant, path, idempotency key. Only what passes
/// all of them is carried out, and only that is stored under its key (with readings: also 401 and 429).
struct SandboxState {
  var options: SandboxOptions
  var clock = SandboxClock()
  var calls: BillingCalls
  var keys = IdempotencyStore()
  var log: RequestLog
  var counters = Counters()
  /// What was paid under /sandbox/pay.
  var payments: [MadePayment] = []
  private var random: SeededRandom
  private var bucket: TokenBucket?

  init(_ options: SandboxOptions, rules: BillingRules) {
    self.options = options
    log = RequestLog(keepsBodies: options.logsBodies)
    calls = BillingCalls(seed: options.seed, rules: rules, readings: options.readings)
    random = SeededRandom(seed: options.seed)
    bucket = options.rate.map { TokenBucket(rate: $0, now: SandboxClock.monotonic) }
  }

  /// Lets a request in, or says at once what becomes of it.
  mutating func admit(_ incoming: Incoming) -> Admission {
    let route = Route(incoming.method, incoming.path)
    var ticket = open(incoming, route)
    switch ticket.fault {
    case .dropBefore:
      return .settled(drop(ticket, decided: 0))
    case .late, .lateHeld:
      strike(ticket)
      return .postponed(ticket, held: ticket.fault == .lateHeld)
    default:
      if let answer = gate(&ticket, route) { return .settled(deliver(answer, ticket)) }
      return .admitted(ticket)
    }
  }

  /// Lets a postponed request in, and carries it out.
  mutating func land(_ ticket: Ticket) -> Delivery {
    var ticket = ticket
    if let answer = gate(&ticket, Route(ticket.incoming.method, ticket.incoming.path)) {
      return deliver(answer, ticket)
    }
    return settle(ticket)
  }

  /// Carries an admitted request out and stores its answer under its key.
  mutating func settle(_ ticket: Ticket) -> Delivery {
    guard let call = ticket.call else { return .drop }
    let before = MadeObjects.Counts(calls.objects)
    let (answer, stored) = carryOut(call, ticket)
    log.note(MadeObjects(from: before, to: MadeObjects.Counts(calls.objects)), at: ticket.number)
    if let serial = ticket.keySerial {
      if let stored { keys.settle(serial, stored) } else { keys.forget(serial) }
    }
    return deliver(answer, ticket)
  }

  private mutating func open(_ incoming: Incoming, _ route: Route) -> Ticket {
    let number = log.open(incoming, bodyHash: ByteHash.of(incoming.body), at: clock.now)
    let fault = options.faults.isEmpty ? nil : options.faults.fault(drawnBy: random.nextFraction())
    var call: Call?
    if case .call(let known) = route { call = known }
    counters.countRequest(call)
    return Ticket(incoming: incoming, call: call, fault: fault, number: number)
  }

  /// The answer to what isn't carried out; nil for what is.
  private mutating func gate(_ ticket: inout Ticket, _ route: Route) -> APIAnswer? {
    if let answer = throttle(ticket) { return answer }
    if ticket.fault == .unavailable {
      strike(ticket)
      return refusal(Problem(503, "the service is not available at the moment"), ticket)
    }
    if ticket.fault == .redirect {
      strike(ticket)
      return refusal(Problem(307, "the service has moved"), ticket)
    }
    if ticket.incoming.authorization != "Bearer " + options.key { return unauthorised(ticket) }
    switch route {
    case .unknown: return refusal(Problem(404, "there is no such path"), ticket)
    case .wrongMethod(let allowed):
      var answer = refusal(Problem(405, "allowed here: \(allowed)"), ticket)
      answer.allowed = allowed
      return answer
    case .call(let call): return call.needsKey ? claimKey(&ticket) : nil
    }
  }

  private mutating func throttle(_ ticket: Ticket) -> APIAnswer? {
    let passes = bucket?.take(now: SandboxClock.monotonic) ?? true
    if passes && ticket.fault != .throttled { return nil }
    if passes { strike(ticket) } else { counters.countThrottled() }
    let answer = refusal(Problem(429, "too many requests"), ticket)
    if options.readings.stores429 { keep(answer, of: ticket) }
    return answer
  }

  private mutating func unauthorised(_ ticket: Ticket) -> APIAnswer {
    counters.countUnauthorised()
    let answer = refusal(Problem(401, "no valid API key was given"), ticket)
    if options.readings.stores401 { keep(answer, of: ticket) }
    return answer
  }

  /// What is to be told of the limit; empty unless a reading asks for it.
  func rateHeaders(status: UInt16) -> [(name: String, value: String)] {
    guard let bucket else { return options.readings.rateHeaders(status: status, now: clock.now) }
    return options.readings.rateHeaders(
      status: status, limit: Int(bucket.rate), remaining: bucket.remaining, reset: max(1, bucket.secondsToNext),
      now: clock.now)
  }

  private mutating func carryOut(_ call: Call, _ ticket: Ticket) -> (APIAnswer, StoredAnswer?) {
    if ticket.fault == .storedError, ticket.keySerial != nil {
      strike(ticket)
      return stored(Problem(500, "something went wrong"), ticket)
    }
    if let no = definiteNo(to: call, ticket) {
      strike(ticket)
      return stored(no, ticket)
    }
    do {
      let performed = try calls.perform(call, body: ticket.incoming.body, now: clock.now, fault: ticket.fault)
      if ticket.fault == .errorStoredAfter, ticket.keySerial != nil {
        strike(ticket)
        return stored(Problem(500, "something went wrong"), ticket)
      }
      let answer = APIAnswer(status: performed.status, body: calls.body(of: performed))
      if ticket.keySerial == nil || ticket.fault == .dropUnstored { return (answer, nil) }
      if case .bill(let serial, 201) = performed { return (answer, .createdBill(serial)) }
      return (answer, storedBytes(answer))
    } catch {
      return failed(error, ticket)
    }
  }

  /// What a fault has the API say no with; nil where none does.
  private func definiteNo(to call: Call, _ ticket: Ticket) -> Problem? {
    switch (ticket.fault, call) {
    case (.refused, .create(.bill)): Problem(422, "this bill can't be raised")
    case (.failed, .create), (.failed, .update), (.failed, .void): Problem(402, "this can't be done")
    default: nil
    }
  }

  private mutating func failed(_ problem: Problem, _ ticket: Ticket) -> (APIAnswer, StoredAnswer?) {
    guard problem == BillingCalls.brokenHalfway else { return stored(problem, ticket) }
    switch ticket.fault {
    case .halfUnstored, .halfCustomerUnstored:
      strike(ticket)
      return (refusal(problem, ticket), nil)
    case .halfDrop, .halfCustomerDrop:
      return (refusal(problem, ticket), nil)
    default:
      strike(ticket)
      return stored(problem, ticket)
    }
  }

  private mutating func stored(_ problem: Problem, _ ticket: Ticket) -> (APIAnswer, StoredAnswer?) {
    let answer = refusal(problem, ticket)
    return (answer, ticket.keySerial == nil ? nil : storedBytes(answer))
  }
}

import HTTPServing

extension SandboxState {
  /// Looks the request's key up and takes it; an answer where the request isn't to be carried out.
  mutating func claimKey(_ ticket: inout Ticket) -> APIAnswer? {
    guard let key = ticket.incoming.key else {
      return refusal(Problem(400, "the header Idempotency-Key is required"), ticket)
    }
    guard IdempotencyKey.isValid(key) else {
      return refusal(Problem(400, "Idempotency-Key must be 1 to 255 of a-z, A-Z, 0-9 and -"), ticket)
    }
    if ticket.fault == .underWay {
      strike(ticket)
      return refusal(Self.underWay, ticket)
    }
    let request = fingerprint(ticket)
    switch keys.look(up: key, request: request, now: clock.now, in: calls.objects.arena) {
    case .new: break
    case .known(let stored): return replay(stored, ticket)
    case .otherRequest:
      if let answer = answerToReusedKey(ticket) { return answer }
    }
    ticket.keySerial = keys.begin(key, request: request, now: clock.now, in: &calls.objects.arena)
    return nil
  }

  /// Keeps an answer that was given without carrying anything out, where the request has a usable, unused key.
  mutating func keep(_ answer: APIAnswer, of ticket: Ticket) {
    guard ticket.call?.needsKey == true, let key = ticket.incoming.key, IdempotencyKey.isValid(key) else { return }
    let request = fingerprint(ticket)
    guard keys.look(up: key, request: request, now: clock.now, in: calls.objects.arena) == .new else { return }
    let serial = keys.begin(key, request: request, now: clock.now, in: &calls.objects.arena)
    keys.settle(serial, storedBytes(answer))
  }

  mutating func storedBytes(_ answer: APIAnswer) -> StoredAnswer {
    .bytes(status: answer.status, body: calls.objects.arena.store(answer.body))
  }

  private mutating func replay(_ stored: StoredAnswer, _ ticket: Ticket) -> APIAnswer {
    switch stored {
    case .underWay:
      return refusal(Self.underWay, ticket)
    case .bytes(let status, let body):
      counters.countReplay()
      return APIAnswer(status: status, body: Array(calls.objects.arena.bytes(body)), replayed: true)
    case .createdBill(let serial):
      counters.countReplay()
      return APIAnswer(status: 201, body: calls.originalBody(ofBill: serial), replayed: true)
    }
  }

  /// Nil where the reading is that the key then counts as new.
  private func answerToReusedKey(_ ticket: Ticket) -> APIAnswer? {
    let detail = "the Idempotency-Key was used with another request"
    switch options.readings.reusedKey {
    case .conflict: return refusal(Problem(409, detail), ticket)
    case .unprocessable: return refusal(Problem(422, detail), ticket)
    case .ignore: return nil
    }
  }

  /// Of method, path and body: what a repeat must have in common.
  private func fingerprint(_ ticket: Ticket) -> UInt64 {
    var hash = ByteHash()
    hash.combine(ticket.incoming.method.rawValue.utf8)
    hash.combine(ticket.incoming.path.utf8)
    hash.combine([0])
    withUnsafeBytes(of: log.entries[ticket.number].bodyHash) { hash.combine($0) }
    return hash.value
  }

  private static let underWay = Problem(409, "a request with this Idempotency-Key is under way")
}

import HTTPServing

/// Every request to the API in the order of arrival.
struct RequestLog {
  private(set) var entries: [LogEntry] = []
  private var arena = ByteArena()
  /// Paths of collections and names of clients are the same every time and kept once.
  private var known: [String: ByteSpan] = [:]
  private let keepsBodies: Bool

  init(keepsBodies: Bool = false) { self.keepsBodies = keepsBodies }

  /// Adds a request; its number, from 0.
  mutating func open(_ incoming: Incoming, bodyHash: UInt64, at now: Int64) -> Int {
    let key = incoming.key.map { arena.store($0.utf8.prefix(255)) } ?? .none
    entries.append(
      LogEntry(
        arrivedAt: now, method: incoming.method, path: span(of: incoming.path), key: key,
        client: incoming.client.map { span(of: $0) } ?? .none, connection: incoming.connection, bodyHash: bodyHash,
        bodyCount: UInt32(incoming.body.count), body: keepsBodies ? arena.store(incoming.body) : .none))
    return entries.count - 1
  }

  /// Notes that a fault struck this request.
  mutating func note(_ fault: Fault, at number: Int) { entries[number].fault = fault }

  /// Notes what the request created.
  mutating func note(_ made: MadeObjects, at number: Int) { entries[number].made = made }

  /// Notes what was decided and what left.
  mutating func close(_ number: Int, decided: UInt16, answered: UInt16, replayed: Bool, at now: Int64) {
    entries[number].decided = decided
    entries[number].answered = answered
    entries[number].replayed = replayed
    entries[number].answeredAt = now
  }

  /// One request as a line of JSON.
  func line(_ number: Int, ids: ObjectIDs, to writer: inout JSONWriter) {
    let entry = entries[number]
    writer.open()
    writer.member("number", number + 1)
    writer.member("arrived_at_ms", entry.arrivedAt)
    writer.member("answered_at_ms", entry.answeredAt)
    writer.member("method", entry.method.rawValue)
    writer.member("path", arena.bytes(entry.path))
    if !entry.key.isEmpty { writer.member("idempotency_key", arena.bytes(entry.key)) }
    if !entry.client.isEmpty { writer.member("client", arena.bytes(entry.client)) }
    writer.member("connection", entry.connection)
    writer.member("body_bytes", entry.bodyCount)
    writer.member("body_fnv1a", padded16(entry.bodyHash))
    writer.member("decided", entry.decided)
    writer.member("answered", entry.answered)
    writer.member("replayed", entry.replayed)
    if let fault = entry.fault { writer.member("fault", fault.rawValue) }
    for (kind, serial) in entry.made.list { writer.member(Self.madeName(kind), ids.id(kind, serial)) }
    if !entry.body.isEmpty { writer.member("body", arena.bytes(entry.body)) }
    writer.close()
    writer.newline()
  }

  private static func madeName(_ kind: ObjectKind) -> StaticString {
    switch kind {
    case .customer: "made_customer"
    case .account: "made_account"
    case .bill: "made_bill"
    }
  }

  private mutating func span(of path: String) -> ByteSpan {
    if let span = known[path] { return span }
    let span = arena.store(path.utf8.prefix(4096))
    if known.count < 8 { known[path] = span }
    return span
  }

  private func padded16(_ number: UInt64) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }
}

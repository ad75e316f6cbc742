/// Idempotency keys and what was answered under them, for 24 hours from their first request.
struct IdempotencyStore {
  /// What is known of a key.
  enum Lookup: Equatable {
    /// Never seen, or forgotten.
    case new
    /// Seen with another request.
    case otherRequest
    /// Seen with this request, which is under way or has this answer.
    case known(StoredAnswer)
  }

  /// Milliseconds that a key is known for.
  static let lifetime: Int64 = 24 * 3600 * 1000

  private struct Entry {
    let key: ByteSpan
    var request: UInt64
    var firstSeen: Int64
    var answer: StoredAnswer
  }

  private var entries: [Entry] = []
  private var index = HashIndex()

  /// Keys ever seen, forgotten ones included.
  var count: Int { entries.count }

  /// - Parameters:
  ///   - request: hash of method, path and body.
  ///   - now: milliseconds since 1970, by the sandbox's clock.
  func look(up key: String, request: UInt64, now: Int64, in arena: ByteArena) -> Lookup {
    guard let serial = find(key, arena) else { return .new }
    let entry = entries[Int(serial)]
    if now >= entry.firstSeen + Self.lifetime { return .new }
    return entry.request == request ? .known(entry.answer) : .otherRequest
  }

  /// Marks a new or forgotten key as under way; what `settle` and `forget` name it by.
  mutating func begin(_ key: String, request: UInt64, now: Int64, in arena: inout ByteArena) -> UInt32 {
    if let serial = find(key, arena) {
      entries[Int(serial)].request = request
      entries[Int(serial)].firstSeen = now
      entries[Int(serial)].answer = .underWay
      return serial
    }
    let serial = UInt32(entries.count)
    entries.append(Entry(key: arena.store(key.utf8), request: request, firstSeen: now, answer: .underWay))
    index.insert(ByteHash.of(key.utf8), serial: serial)
    return serial
  }

  /// Keeps the answer under the key.
  mutating func settle(_ serial: UInt32, _ answer: StoredAnswer) {
    entries[Int(serial)].answer = answer
  }

  /// The key is free again: nothing was kept.
  mutating func forget(_ serial: UInt32) {
    entries[Int(serial)].firstSeen = .min / 2
  }

  /// The key's text, for the log.
  func keySpan(_ serial: UInt32) -> ByteSpan { entries[Int(serial)].key }

  private func find(_ key: String, _ arena: ByteArena) -> UInt32? {
    index.find(ByteHash.of(key.utf8)) { arena.holds(key, at: entries[Int($0)].key) }
  }
}

extension Readings {
  /// The names and values as the command line takes them, for its help.
  package static let synopsis = """
    nested=conflict|adopt|update|422, reused-key=409|422|ignore, stored-429=no|yes, stored-401=no|yes, \
    string-refs=no|yes, void-twice=200|409, detail=exact|vague, \
    rate-headers=none|retry-after|retry-after-date|ratelimit|x-ratelimit|all, payment-rules=yes|no, \
    event-names=bill|party
    """

  /// Applies `name=value,name=value`. Throws the part that isn't understood.
  package mutating func apply(_ text: String) throws(SandboxOptionError) {
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, apply(pair[0], pair[1]) else { throw .unknownReading(String(part)) }
    }
  }

  /// False where name or value isn't known.
  private mutating func apply(_ name: String, _ value: String) -> Bool {
    switch name {
    case "nested": set(\.nested, Nested(rawValue: value))
    case "reused-key": set(\.reusedKey, ReusedKey(rawValue: value))
    case "stored-429": set(\.stores429, Self.truth(value))
    case "stored-401": set(\.stores401, Self.truth(value))
    case "string-refs": set(\.stringReferences, Self.truth(value))
    case "void-twice": set(\.voidTwice, VoidTwice(rawValue: value))
    case "detail": set(\.detail, Detail(rawValue: value))
    case "rate-headers": set(\.rateHeaders, RateHeaders(rawValue: value))
    case "payment-rules": set(\.paymentRules, Self.truth(value))
    case "event-names": set(\.eventNames, EventNames(rawValue: value))
    default: false
    }
  }

  private mutating func set<Value>(_ path: WritableKeyPath<Self, Value>, _ value: Value?) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  private static func truth(_ text: String) -> Bool? {
    switch text {
    case "yes": true
    case "no": false
    default: nil
    }
  }
}

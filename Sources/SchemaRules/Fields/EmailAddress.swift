// The grammar: local "@" domain, in ASCII.
//   local   1 to 64 characters: letters, digits and !#$%&'*+/=?^_`{|}~.- ; no dot at an end, no two in a row
//           (RFC 5321 Dot-string; so plus tags and apostrophes are fine)
//   domain  at most 253 characters: two or more labels of 1 to 63 letters, digits and hyphens with dots between them,
//           no hyphen at an end of a label, and the last label begins with a letter
// Not taken, though RFC 5321 has them: quoted local parts, addresses in brackets, one label alone (`root@localhost`).
// Not taken either: letters outside of ASCII (RFC 6531); JSON Schema's `email` is without them too.

/// Mail addresses as text.
package enum EmailAddress {
  /// What keeps a text from being an address, or `nil`.
  package static func fault(in text: UnsafeBufferPointer<UInt8>) -> EmailFault? {
    let kinds = Self.kinds
    var seen: UInt8 = 0
    var previous = Kind.dot
    var dotsInARow: UInt8 = 0
    var at = 0
    // Without a branch for each dot: where they stand can't be foreseen.
    while at < text.count {
      let kind = kinds[Int(text[at])]
      if kind == Kind.at { break }
      seen |= kind
      dotsInARow |= kind & previous & Kind.dot
      previous = kind
      at += 1
    }
    if seen & Kind.never != 0 { return .character }
    if at == text.count { return .noAt }
    if let fault = domainFault(in: text, from: at + 1) { return fault }
    return at >= 1 && at <= 64 && (dotsInARow | previous) & Kind.dot == 0 ? nil : .localPart
  }

  private static func domainFault(in text: UnsafeBufferPointer<UInt8>, from first: Int) -> EmailFault? {
    let kinds = Self.kinds
    var seen: UInt8 = 0
    var start = first
    var isFine = text.count - first <= 253
    for index in first..<text.count {
      let kind = kinds[Int(text[index])]
      seen |= kind
      guard kind == Kind.dot else { continue }
      isFine = isFine && isLabel(text, start, index)
      start = index + 1
    }
    if seen & Kind.at != 0 { return .severalAts }
    if seen & Kind.never != 0 { return .character }
    guard isFine, start > first, seen & Kind.localOnly == 0, isLabel(text, start, text.count),
      text[start] >= UInt8(ascii: "A")
    else { return .domain }
    return nil
  }

  @inline(__always)
  private static func isLabel(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    end - start >= 1 && end - start <= 63 && text[start] != UInt8(ascii: "-") && text[end - 1] != UInt8(ascii: "-")
  }

  /// Bits, so that what was seen can be collected.
  private enum Kind {
    /// Letters, digits and the hyphen.
    static let ordinary: UInt8 = 0
    static let dot: UInt8 = 1
    static let at: UInt8 = 2
    /// Signs that only the part before the `@` may have.
    static let localOnly: UInt8 = 4
    static let never: UInt8 = 8
  }

  /// By byte. Never freed.
  nonisolated(unsafe) private static let kinds: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max { table[Int(byte)] = kind(of: byte) }
    return UnsafePointer(table)
  }()

  /// Whether a byte may stand before the `@`, at some place.
  static func isLocal(_ byte: Int) -> Bool { kinds[byte] & (Kind.never | Kind.at) == 0 }

  /// Whether a byte may stand after the `@`, at some place.
  static func isDomain(_ byte: Int) -> Bool { kinds[byte] & (Kind.never | Kind.at | Kind.localOnly) == 0 }

  private static func kind(of byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): Kind.ordinary
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): Kind.ordinary
    case UInt8(ascii: "."): Kind.dot
    case UInt8(ascii: "@"): Kind.at
    case let byte where "!#$%&'*+/=?^_`{|}~".utf8.contains(byte): Kind.localOnly
    default: Kind.never
    }
  }
}

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
    var kinds: UInt8 = 0
    var at = -1
    var previousIsDot: UInt8 = 1
    var dotFault: UInt8 = 0
    var index = 0
    while index < text.count {
      let kind = Self.kind(of: text[index])
      if kind == Kind.at {
        at = index
        break
      }
      kinds |= kind
      let isDot: UInt8 = kind == Kind.dot ? 1 : 0
      dotFault |= isDot & previousIsDot
      previousIsDot = isDot
      index += 1
    }
    guard kinds & Kind.never == 0 else { return .character }
    guard at >= 0 else { return .noAt }
    let domain = UnsafeBufferPointer(rebasing: text[(at + 1)...])
    if let fault = domainFault(in: domain) { return fault }
    return at >= 1 && at <= 64 && dotFault | previousIsDot == 0 ? nil : .localPart
  }

  private static func domainFault(in text: UnsafeBufferPointer<UInt8>) -> EmailFault? {
    var labelStart = 0
    var labels = 1
    var isWellFormed = text.count <= 253
    var kinds: UInt8 = 0
    for index in 0..<text.count {
      let kind = Self.kind(of: text[index])
      kinds |= kind
      guard kind == Kind.dot else { continue }
      isWellFormed = isWellFormed && isLabel(text, labelStart, index)
      labelStart = index + 1
      labels += 1
    }
    if kinds & Kind.at != 0 { return .severalAts }
    if kinds & Kind.never != 0 { return .character }
    guard isWellFormed, labels >= 2, kinds & Kind.localOnly == 0, isLabel(text, labelStart, text.count),
      kind(of: text[labelStart]) == Kind.letter
    else { return .domain }
    return nil
  }

  @inline(__always)
  private static func isLabel(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    end - start >= 1 && end - start <= 63 && text[start] != UInt8(ascii: "-") && text[end - 1] != UInt8(ascii: "-")
  }

  private enum Kind {
    static let letter: UInt8 = 1
    static let digitOrHyphen: UInt8 = 2
    static let dot: UInt8 = 4
    static let at: UInt8 = 8
    static let localOnly: UInt8 = 16
    static let never: UInt8 = 32
  }

  @inline(__always)
  private static func kind(of byte: UInt8) -> UInt8 { table[Int(byte)] }

  private static let table: [UInt8] = (0..<256).map { value in
    switch UInt8(value) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): Kind.letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): Kind.digitOrHyphen
    case UInt8(ascii: "."): Kind.dot
    case UInt8(ascii: "@"): Kind.at
    case let byte where "!#$%&'*+/=?^_`{|}~".utf8.contains(byte): Kind.localOnly
    default: Kind.never
    }
  }
}

/// Text from outside, made fit for a message: valid UTF-8, no control characters or line ends, white space runs as one
/// space, cut at a bound.
struct SanitisedText {
  let text: String

  /// At most `limit` characters, and `…` where it was cut.
  init(_ bytes: some Collection<UInt8>, limit: Int) {
    self.init(String(decoding: bytes.prefix(limit * 4), as: UTF8.self), limit: limit)
  }

  /// At most `limit` characters, and `…` where it was cut.
  init(_ source: String, limit: Int) {
    var result = ""
    var count = 0
    var pendingSpace = false
    for scalar in source.unicodeScalars {
      if scalar.properties.isWhitespace || Self.isInvisible(scalar) {
        pendingSpace = count > 0
        continue
      }
      guard count < limit else {
        result.append("…")
        break
      }
      if pendingSpace { result.append(" ") }
      result.unicodeScalars.append(scalar)
      count += pendingSpace ? 2 : 1
      pendingSpace = false
    }
    text = result
  }

  /// Controls, format characters (also those that turn the writing direction) and what isn't a character.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    default: false
    }
  }
}

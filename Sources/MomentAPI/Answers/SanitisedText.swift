import BillModel

/// Text from outside, made fit for a message: valid UTF-8, no control characters or line ends, white space runs as one
/// space, keys and what is personal masked, cut at a bound.
///
/// A server may echo anything of a request, its key and its people among it, and whatever is kept of an answer lands in
/// the ledger and in reports. So every text of an answer passes through here first.
package struct SanitisedText {
  let text: String

  /// At most `limit` characters, and `…` where it was cut.
  init(_ bytes: some Collection<UInt8>, limit: Int) {
    self.init(String(decoding: bytes.prefix(limit * 4), as: UTF8.self), limit: limit)
  }

  /// At most `limit` characters, and `…` where it was cut.
  init(_ source: String, limit: Int) {
    // Masked before it is cut, since half an address or half a number is no longer known for what it is.
    let masked = Masking.mask(Self.legible(source, limit: 2 * limit + 100), as: .foreign)
    let cut = masked.unicodeScalars.prefix(limit)
    text = cut.endIndex == masked.endIndex ? masked : String(cut) + "…"
  }

  /// A value of an answer, to be shown beside what a row asks for: as it is where it is just that.
  package static func shown(_ found: String?, asked: String? = nil) -> String? {
    found == asked ? found : found.map { Self($0, limit: Masking.longest).text }
  }

  /// The beginning of a text, without what can't be seen: somewhat more than `limit` scalars.
  private static func legible(_ source: String, limit: Int) -> String {
    var result = ""
    var count = 0
    var pendingSpace = false
    for scalar in source.unicodeScalars {
      if scalar.properties.isWhitespace || Self.isInvisible(scalar) {
        pendingSpace = count > 0
        continue
      }
      guard count <= limit else { break }
      if pendingSpace { result.append(" ") }
      result.unicodeScalars.append(scalar)
      count += pendingSpace ? 2 : 1
      pendingSpace = false
    }
    return result
  }

  /// Controls, format characters (also those that turn the writing direction) and what isn't a character.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    default: false
    }
  }
}

import BillModel

/// One member of a list of a rate limit's header field: `"name";q=100;w=60`, `100;w=60` or `remaining=3`.
///
/// A subset of Structured Fields (RFC 9651) and of what came before: quotes are honoured, all else is taken as it is.
struct RateAdviceItem {
  private var parameters: [String: Int] = [:]
  /// The number that the member begins with, where it is one.
  private(set) var leading: Int?
  /// What a quota counts (`qu`), in lower case; requests where it isn't told.
  private(set) var unit: String?

  /// A parameter's value, where it is a whole number from 0.
  func number(_ name: String) -> Int? { parameters[name] }

  /// The members of a list, at most 32.
  static func list(_ value: String) -> [RateAdviceItem] {
    split(value[...], at: ",").prefix(32).map(RateAdviceItem.init)
  }

  private init(_ text: Substring) {
    for part in Self.split(text, at: ";").prefix(16) {
      let sides = Self.split(part, at: "=")
      guard sides.count == 2 else {
        if leading == nil { leading = DecimalDigits.value(of: Self.trimmed(part).utf8) }
        continue
      }
      let name = Self.trimmed(sides[0]).lowercased()
      let value = Self.trimmed(sides[1])
      if name == "qu" { unit = value.filter { $0 != "\"" }.lowercased() }
      guard let number = DecimalDigits.value(of: value.utf8) else { continue }
      parameters[name] = number
    }
  }

  /// Without spaces and tabs at both ends.
  static func trimmed(_ text: Substring) -> Substring {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    let body = text.drop(while: isSpace)
    guard let last = body.lastIndex(where: { !isSpace($0) }) else { return "" }
    return body[...last]
  }

  /// Splits at a character outside of quotes.
  private static func split(_ text: Substring, at separator: Character) -> [Substring] {
    var parts: [Substring] = []
    var (start, isQuoted, isEscaped) = (text.startIndex, false, false)
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\", isQuoted {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        parts.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    return parts + [text[start...]]
  }
}

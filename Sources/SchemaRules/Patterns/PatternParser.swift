// The subset of ECMA-262 (with the `u` flag, as JSON Schema 2020-12 section 6.4 advises):
//   literals · . · classes [a-z] [^…] · \d \D \w \W \s \S · \t \n \v \f \r \0 \xHH \uHHHH \u{H…} · \ before a sign
//   ^ $ · groups (…) (?:…) · alternation | · quantifiers * + ? {m} {m,} {m,n}
// Everything else is an error that names it: back references, lookaround, named groups, lazy quantifiers, word
// boundaries, property escapes \p. Characters are code points. Greed makes no difference to whether a text matches.

/// Reads one pattern.
struct PatternParser {
  /// Greatest count in a quantifier.
  static let maximumCount = 1000
  /// How deep groups may nest.
  static let maximumDepth = 50

  let pattern: String
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  init(_ pattern: String) {
    self.pattern = pattern
    scalars = Array(pattern.unicodeScalars)
  }

  mutating func parse() throws(PatternError) -> PatternSyntax {
    let syntax = try parseChoice()
    guard index == scalars.count else { throw fault(.malformed("a ')' without its '('")) }
    return syntax
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private func fault(_ reason: PatternError.Reason) -> PatternError {
    PatternError(reason: reason, pattern: pattern, column: index + 1)
  }

  private mutating func parseChoice() throws(PatternError) -> PatternSyntax {
    var branches = [try parseSequence()]
    while take("|") { branches.append(try parseSequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func parseSequence() throws(PatternError) -> PatternSyntax {
    var items: [PatternSyntax] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let item = try parseItem(scalar)
      items.append(try parseQuantifier(of: item))
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  private mutating func parseItem(_ scalar: Unicode.Scalar) throws(PatternError) -> PatternSyntax {
    switch scalar {
    case "(": return try parseGroup()
    case "[": return .set(try parseClass())
    case "\\": return .set(try parseEscape(inClass: false))
    case "*", "+", "?", "{": throw fault(.malformed("a quantifier with nothing before it"))
    case "]", "}": throw fault(.malformed("'\(scalar)' without its beginning; write '\\\(scalar)'"))
    default: break
    }
    index += 1
    switch scalar {
    case "^": return .start
    case "$": return .end
    case ".": return .set(.anyInLine)
    default: return .set(CodePointSet([scalar.value...scalar.value]))
    }
  }

  private mutating func parseGroup() throws(PatternError) -> PatternSyntax {
    guard depth < Self.maximumDepth else { throw fault(.unsupported("groups nested deeper than \(Self.maximumDepth)")) }
    let opening = index
    index += 1
    if next == "?" {
      index += 1
      switch next {
      case ":": index += 1
      case "=", "!": throw fault(.unsupported("lookahead"))
      case "<": throw fault(.unsupported("lookbehind or a named group"))
      default: throw fault(.unsupported("a group with '(?'"))
      }
    }
    depth += 1
    let inner = try parseChoice()
    depth -= 1
    guard take(")") else {
      index = opening
      throw fault(.malformed("a '(' without its ')'"))
    }
    return inner
  }

  private mutating func parseQuantifier(of item: PatternSyntax) throws(PatternError) -> PatternSyntax {
    let bounds: (Int, Int?)
    switch next {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{": bounds = try parseCounts()
    default: return item
    }
    if item == .start || item == .end { throw fault(.malformed("a quantifier after an anchor")) }
    index += 1
    if next == "?" { throw fault(.unsupported("a lazy quantifier")) }
    if let scalar = next, "*+{".unicodeScalars.contains(scalar) { throw fault(.malformed("two quantifiers in a row")) }
    return .repeated(item, minimum: bounds.0, maximum: bounds.1)
  }

  /// `{m}`, `{m,}` or `{m,n}`, up to and without the closing brace.
  private mutating func parseCounts() throws(PatternError) -> (Int, Int?) {
    index += 1
    let minimum = try parseCount()
    var maximum: Int? = minimum
    if take(",") { maximum = next == "}" ? nil : try parseCount() }
    guard next == "}" else { throw fault(.malformed("expected '{m}', '{m,}' or '{m,n}'")) }
    if let maximum, maximum < minimum { throw fault(.malformed("the counts in '{m,n}' are out of order")) }
    return (minimum, maximum)
  }

  private mutating func parseCount() throws(PatternError) -> Int {
    let start = index
    var count = 0
    while let digit = next, CodePointSet.digits.ranges[0].contains(digit.value) {
      count = count * 10 + Int(digit.value - 0x30)
      guard count <= Self.maximumCount else { throw fault(.unsupported("a count above \(Self.maximumCount)")) }
      index += 1
    }
    guard index > start else { throw fault(.malformed("expected '{m}', '{m,}' or '{m,n}'")) }
    return count
  }
}

// MARK: - Classes and escapes

extension PatternParser {
  private mutating func parseClass() throws(PatternError) -> CodePointSet {
    let opening = index
    index += 1
    let isInverted = take("^")
    var set = CodePointSet([])
    while let scalar = next, scalar != "]" {
      let low = try parseClassAtom()
      guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        set = set.union(low)
        continue
      }
      index += 1
      set = set.union(try range(from: low, to: try parseClassAtom()))
    }
    guard take("]") else {
      index = opening
      throw fault(.malformed("a '[' without its ']'"))
    }
    return isInverted ? set.inverted : set
  }

  private func range(from low: CodePointSet, to high: CodePointSet) throws(PatternError) -> CodePointSet {
    guard let first = low.single, let last = high.single else {
      throw fault(.malformed("a range between classes"))
    }
    guard first <= last else { throw fault(.malformed("a range whose ends are out of order")) }
    return CodePointSet([first...last])
  }

  private mutating func parseClassAtom() throws(PatternError) -> CodePointSet {
    guard let scalar = next else { throw fault(.malformed("a '[' without its ']'")) }
    if scalar == "\\" { return try parseEscape(inClass: true) }
    index += 1
    return CodePointSet([scalar.value...scalar.value])
  }

  private mutating func parseEscape(inClass: Bool) throws(PatternError) -> CodePointSet {
    index += 1
    guard let scalar = next else { throw fault(.malformed("a '\\' with nothing after it")) }
    if let set = Self.classEscapes[scalar] {
      index += 1
      return set
    }
    if let value = Self.controlEscapes[scalar] {
      index += 1
      return CodePointSet([value...value])
    }
    switch scalar {
    case "x": return try parseHex(digits: 2)
    case "u": return try parseUnicode()
    case "b" where inClass:
      index += 1
      return CodePointSet([8...8])
    case "b", "B": throw fault(.unsupported("a word boundary"))
    case "p", "P": throw fault(.unsupported("a property escape"))
    case "k", "1"..."9": throw fault(.unsupported("a back reference"))
    case "c": throw fault(.unsupported("a control letter escape"))
    default: break
    }
    guard "^$\\.*+?()[]{}|/-".unicodeScalars.contains(scalar) else {
      throw fault(.malformed("'\\\(scalar)' is no escape"))
    }
    index += 1
    return CodePointSet([scalar.value...scalar.value])
  }

  private static let classEscapes: [Unicode.Scalar: CodePointSet] = [
    "d": .digits, "D": CodePointSet.digits.inverted, "w": .word, "W": CodePointSet.word.inverted, "s": .space,
    "S": CodePointSet.space.inverted,
  ]

  private static let controlEscapes: [Unicode.Scalar: UInt32] = ["t": 9, "n": 10, "v": 11, "f": 12, "r": 13, "0": 0]

  /// The digits after `\x` or `\u`; `index` stands on the letter.
  private mutating func parseHex(digits: Int) throws(PatternError) -> CodePointSet {
    index += 1
    let text = String(String.UnicodeScalarView(scalars[index..<min(index + digits, scalars.count)]))
    guard text.utf8.count == digits, text.first != "+", text.first != "-", let value = UInt32(text, radix: 16) else {
      throw fault(.malformed("expected \(digits) hexadecimal digits"))
    }
    guard Unicode.Scalar(value) != nil else { throw fault(.unsupported("a surrogate")) }
    index += digits
    return CodePointSet([value...value])
  }

  private mutating func parseUnicode() throws(PatternError) -> CodePointSet {
    guard index + 1 < scalars.count, scalars[index + 1] == "{" else { return try parseHex(digits: 4) }
    guard let closing = scalars[index...].firstIndex(of: "}"), (3...8).contains(closing - index) else {
      throw fault(.malformed("expected '\\u{…}'"))
    }
    index += 1
    let set = try parseHex(digits: closing - index - 1)
    index = closing + 1
    return set
  }
}

extension CodePointSet {
  /// The only member of a set of one.
  fileprivate var single: UInt32? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return ranges[0].lowerBound
  }
}

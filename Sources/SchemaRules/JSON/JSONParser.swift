// Why our own parser: Foundation's JSONDecoder hands keyed containers out without their order, keeps the last of two
// equal keys in silence, turns large numbers into binary fractions, and gives no line and column to show to the
// author of a layout or schema. This one takes RFC 8259 and nothing more; with `allowsComments` also `//` and
// `/* */` comments and a comma after the last element, for files that people write.

extension JSONValue {
  package struct ParsingOptions: Sendable {
    /// Takes comments, and a comma after the last element.
    package var allowsComments: Bool
    /// How deep arrays and objects may nest.
    package var maximumDepth: Int

    package init(allowsComments: Bool = false, maximumDepth: Int = 64) {
      self.allowsComments = allowsComments
      self.maximumDepth = maximumDepth
    }
  }

  /// Parses a whole text (UTF-8; a byte order mark before it is skipped).
  package init(parsing bytes: [UInt8], options: ParsingOptions = ParsingOptions()) throws(JSONParseError) {
    var parser = JSONParser(bytes: bytes, options: options)
    self = try parser.parseDocument()
  }
}

/// Recursive descent over the bytes of one text.
struct JSONParser {
  let bytes: [UInt8]
  let options: JSONValue.ParsingOptions
  var index = 0
  private var depth = 0

  init(bytes: [UInt8], options: JSONValue.ParsingOptions) {
    self.bytes = bytes
    self.options = options
  }

  mutating func parseDocument() throws(JSONParseError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    try skipSpace()
    let value = try parseValue()
    try skipSpace()
    guard index == bytes.count else { throw fault(.trailingText) }
    return value
  }

  private mutating func parseValue() throws(JSONParseError) -> JSONValue {
    guard index < bytes.count else { throw fault(.endsEarly) }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try parseObject()
    case UInt8(ascii: "["): return try parseArray()
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try parseNumber()
    default: return try parseWord()
    }
  }

  private mutating func parseWord() throws(JSONParseError) -> JSONValue {
    for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[index...].starts(with: word.utf8) {
      index += word.utf8.count
      return value
    }
    throw fault(.expected("a value"))
  }

  private mutating func parseArray() throws(JSONParseError) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    while try !closes(with: UInt8(ascii: "]"), isFirst: elements.isEmpty) {
      elements.append(try parseValue())
    }
    depth -= 1
    return .array(elements)
  }

  private mutating func parseObject() throws(JSONParseError) -> JSONValue {
    try enter()
    var object = JSONObject()
    var seen: Set<[UInt8]> = []
    while try !closes(with: UInt8(ascii: "}"), isFirst: object.isEmpty) {
      let start = index
      guard bytes[index] == UInt8(ascii: "\"") else { throw fault(.expected("a key in quotes")) }
      let key = try parseString()
      if try !isNew(key, in: object, seen: &seen) { throw fault(.duplicateKey(key), at: start) }
      try skipSpace()
      guard index < bytes.count else { throw fault(.endsEarly) }
      guard bytes[index] == UInt8(ascii: ":") else { throw fault(.expected("':'")) }
      index += 1
      try skipSpace()
      object.append(key: key, value: try parseValue())
    }
    depth -= 1
    return .object(object)
  }

  /// Small objects are searched; a large one gets a set, so that a hostile text costs no quadratic time.
  private func isNew(_ key: String, in object: JSONObject, seen: inout Set<[UInt8]>) throws(JSONParseError) -> Bool {
    if object.count < 16 { return object[key] == nil }
    if seen.isEmpty { seen = Set(object.members.map { Array($0.key.utf8) }) }
    return seen.insert(Array(key.utf8)).inserted
  }

  private mutating func enter() throws(JSONParseError) {
    guard depth < options.maximumDepth else { throw fault(.tooDeep(limit: options.maximumDepth)) }
    depth += 1
    index += 1
  }

  /// Steps to the next element or key, or past the closing bracket; then true.
  private mutating func closes(with bracket: UInt8, isFirst: Bool) throws(JSONParseError) -> Bool {
    try skipSpace()
    if !isFirst, index < bytes.count, bytes[index] != bracket {
      guard bytes[index] == UInt8(ascii: ",") else {
        throw fault(.expected("',' or '\(Character(Unicode.Scalar(bracket)))'"))
      }
      index += 1
      try skipSpace()
      let closesAfterComma = index < bytes.count && bytes[index] == bracket
      if closesAfterComma, !options.allowsComments { throw fault(.expected("another element after ','")) }
    }
    guard index < bytes.count else { throw fault(.endsEarly) }
    guard bytes[index] == bracket else { return false }
    index += 1
    return true
  }
}

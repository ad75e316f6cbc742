/// The header fields of an answer, as they came; looked up by name in any case (RFC 9110, 5.1).
///
/// Kept as the bytes of the field lines: most answers are asked for two or three fields, and most have a dozen.
package struct HTTPHeaders: Sendable {
  /// Field lines, each with its CRLF, without the status line.
  private let lines: [UInt8]

  /// Fields from raw field lines (CRLF or LF after each).
  package init(lines: [UInt8]) { self.lines = lines }

  /// Fields from names and values.
  package init(_ fields: [(String, String)] = []) {
    lines = fields.flatMap { Array("\($0.0): \($0.1)\r\n".utf8) }
  }

  /// The value of the first field of this name, without white space around it; `nil` where there is none.
  package subscript(name: String) -> String? { values(of: name, atMost: 1).first }

  /// The values of all fields of this name, in the order in which they came.
  package func values(of name: String) -> [String] { values(of: name, atMost: .max) }

  private func values(of name: String, atMost limit: Int) -> [String] {
    var found: [String] = []
    var rest = lines[...]
    while found.count < limit, !rest.isEmpty {
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest.dropFirst(line.count + 1)
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), Self.isSame(line[..<colon], name) else { continue }
      found.append(Self.trimmed(line[(colon + 1)...]))
    }
    return found
  }

  private static func isSame(_ bytes: ArraySlice<UInt8>, _ name: String) -> Bool {
    bytes.count == name.utf8.count && zip(bytes, name.utf8).allSatisfy { lowered($0) == lowered($1) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let body = bytes.drop(while: isSpace)
    let end = body.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? body.startIndex
    return String(decoding: body[..<end], as: UTF8.self)
  }
}

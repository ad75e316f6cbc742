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
  package subscript(name: String) -> String? {
    var found: String?
    forEachValue(of: name) { value in
      found = String(decoding: value, as: UTF8.self)
      return false
    }
    return found
  }

  /// The values of all fields of this name, in the order in which they came.
  package func values(of name: String) -> [String] {
    var found: [String] = []
    forEachValue(of: name) { value in
      found.append(String(decoding: value, as: UTF8.self))
      return true
    }
    return found
  }

  /// Calls `take` with each value of the name, trimmed, as long as it wants more.
  private func forEachValue(of name: String, _ take: (Slice<UnsafeBufferPointer<UInt8>>) -> Bool) {
    var name = name
    name.withUTF8 { name in
      lines.withUnsafeBufferPointer { lines in
        var start = 0
        while start < lines.count {
          let end = UnsafeRawBufferPointer(lines).lineEnd(from: start) ?? lines.count
          let colon = start + name.count
          if colon < end, lines[colon] == UInt8(ascii: ":"), Self.isSame(lines, start, name),
            !take(Self.trimmed(lines[(colon + 1)..<end]))
          {
            return
          }
          start = end + 1
        }
      }
    }
  }

  private static func isSame(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ name: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for index in 0..<name.count where lowered(bytes[start + index]) != lowered(name[index]) { return false }
    return true
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  private static func trimmed(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let body = bytes.drop(while: isSpace)
    let end = body.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? body.startIndex
    return body[body.startIndex..<end]
  }
}

/// In which line of a JSON text each value begins, by its pointer. For a text that was parsed: what is no JSON has no
/// lines from there on.
package struct JSONLines {
  private var lines: [String: Int] = [:]
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  /// - Parameter bytes: The text; comments, and a comma after the last element, are passed over.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    readValue(at: "")
  }

  /// The line, from 1, of the value at a pointer; of the nearest value around it where it isn't there.
  package func line(of pointer: String) -> Int {
    var pointer = pointer[...]
    while true {
      if let line = lines[String(pointer)] { return line }
      guard let slash = pointer.lastIndex(of: "/") else { return 1 }
      pointer = pointer[..<slash]
    }
  }

  private mutating func readValue(at pointer: String) {
    skipSpace()
    guard index < bytes.count else { return }
    if lines[pointer] == nil { lines[pointer] = line }
    switch bytes[index] {
    case UInt8(ascii: "{"): readMembers(of: pointer)
    case UInt8(ascii: "["): readElements(of: pointer)
    case UInt8(ascii: "\""): _ = readString()
    default: while index < bytes.count, !Self.ends.contains(bytes[index]) { index += 1 }
    }
  }

  private static let ends = Set(" \t\r\n,]}/".utf8)

  private mutating func readMembers(of pointer: String) {
    index += 1
    while index < bytes.count {
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { break }
      let start = line
      let member = "\(pointer)/\(JSONPointer.escape(readString()))"
      lines[member] = start
      skipSpace()
      index += 1
      readValue(at: member)
      guard skipComma() else { break }
    }
    index += 1
  }

  private mutating func readElements(of pointer: String) {
    index += 1
    var count = 0
    while index < bytes.count {
      skipSpace()
      guard index < bytes.count, bytes[index] != UInt8(ascii: "]") else { break }
      readValue(at: "\(pointer)/\(count)")
      count += 1
      guard skipComma() else { break }
    }
    index += 1
  }

  private mutating func skipComma() -> Bool {
    skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { return false }
    index += 1
    return true
  }

  /// The string that begins here, and steps behind it.
  private mutating func readString() -> String {
    let start = index
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index = min(index + 1, bytes.count)
    let value = try? JSONValue(parsing: Array(bytes[start..<index]))
    if case .string(let text) = value { return text }
    return ""
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"):
        line += 1
        index += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
      case UInt8(ascii: "/"): skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() {
    let isBlock = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "*")
    index += 2
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\n") {
        if !isBlock { return }
        line += 1
      }
      index += 1
      if isBlock, bytes[index - 1] == UInt8(ascii: "*"), index < bytes.count, bytes[index] == UInt8(ascii: "/") {
        index += 1
        return
      }
    }
  }
}

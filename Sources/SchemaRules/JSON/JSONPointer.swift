/// JSON pointers (RFC 6901) as text.
enum JSONPointer {
  /// A key as a token of a pointer: `~` becomes `~0`, `/` becomes `~1`.
  static func escape(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return key }
    return key.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
  }

  /// The keys of a pointer, or `nil` where it doesn't begin with `/` or has a wrong escape. The empty one has none.
  static func keys(_ pointer: Substring) -> [String]? {
    guard let first = pointer.first else { return [] }
    guard first == "/" else { return nil }
    var keys: [String] = []
    for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let key = unescape(token) else { return nil }
      keys.append(key)
    }
    return keys
  }

  private static func unescape(_ token: Substring) -> String? {
    var key = ""
    var rest = token
    while let character = rest.popFirst() {
      guard character == "~" else {
        key.append(character)
        continue
      }
      switch rest.popFirst() {
      case "0": key.append("~")
      case "1": key.append("/")
      default: return nil
      }
    }
    return key
  }
}

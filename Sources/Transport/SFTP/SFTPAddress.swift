/// Where an SFTP server and a folder on it are: `sftp://user@host:port/path`. The path counts from the server's root.
package struct SFTPAddress: Hashable, Sendable, CustomStringConvertible {
  /// Why a text is no such address.
  package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
    case scheme, user, password, host, port, path, escape

    package var description: String {
      switch self {
      case .scheme: "must begin with sftp://"
      case .user: "needs a user: sftp://user@host/path"
      case .password: "has a password in it: name where it is kept, with password_env or password_file"
      case .host: "needs the name or the number of a host: sftp://user@host/path"
      case .port: "needs a port from 1 to 65535"
      case .path: "needs a path from the server's root, without .., ~, ? and #: sftp://user@host/path"
      case .escape: "has a % that isn't followed by two hexadecimal digits, or what they mean is not UTF-8"
      }
    }
  }

  package let user: String
  /// An IPv6 number without its brackets.
  package let host: String
  package let port: Int
  /// Begins with `/` and doesn't end in it, but for the root itself, which is empty.
  package let path: String

  package init(_ text: String) throws(Fault) {
    let prefix = "sftp://"
    guard text.lowercased().hasPrefix(prefix) else { throw .scheme }
    let rest = text.dropFirst(prefix.count)
    let authority = rest.prefix { $0 != "/" }
    guard let at = authority.lastIndex(of: "@") else { throw .user }
    let login = authority[..<at]
    guard !login.contains(":") else { throw .password }
    user = try Self.plain(login)
    guard !user.isEmpty else { throw .user }
    (host, port) = try Self.site(authority[authority.index(after: at)...])
    path = try Self.path(rest[authority.endIndex...])
  }

  private static func site(_ text: Substring) throws(Fault) -> (String, Int) {
    var (name, rest) = (text.prefix { $0 != ":" }, text.drop { $0 != ":" })
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { throw .host }
      (name, rest) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
    }
    let allowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
      default: byte == UInt8(ascii: ":")
      }
    }
    guard !name.isEmpty, allowed else { throw .host }
    if rest.isEmpty { return (String(name), 22) }
    guard rest.first == ":", let port = Int(rest.dropFirst()), (1...65_535).contains(port) else { throw .port }
    return (String(name), port)
  }

  private static func path(_ text: Substring) throws(Fault) -> String {
    guard !text.contains("?"), !text.contains("#") else { throw .path }
    let parts = try plain(text).split(separator: "/")
    guard !parts.contains("."), !parts.contains(".."), parts.first != "~" else { throw .path }
    return parts.map { "/" + $0 }.joined()
  }

  /// Without its escapes (RFC 3986).
  private static func plain(_ text: Substring) throws(Fault) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.count == 2, let value = UInt8(digits, radix: 16), value != 0 else { throw .escape }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    guard let plain = String(validating: bytes, as: UTF8.self) else { throw .escape }
    return plain
  }

  /// Host and port as known_hosts files write them: the port only where it isn't the usual one.
  package var knownName: String { port == 22 ? host.lowercased() : "[\(host.lowercased())]:\(port)" }

  package var description: String { site + Self.escaped(path) }

  /// The server and the user, without a path: `sftp://user@host`.
  package var site: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return "sftp://\(Self.escaped(user))@\(name)\(port == 22 ? "" : ":\(port)")"
  }

  /// The URL of a path on this server, without a user; of a folder it ends in a slash.
  func url(of path: String, isFolder: Bool = false) -> String {
    let site = host.contains(":") ? "[\(host)]" : host
    return "sftp://\(site):\(port)\(Self.escaped(path))\(isFolder && path != "/" ? "/" : "")"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        escaped += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return escaped
  }
}

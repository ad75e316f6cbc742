/// The address of a ledger that lies in PostgreSQL, as libpq takes it: `postgresql://role@host:5432/database?sslmode=…`
/// (postgresql.org/docs/current/libpq-connect.html, 34.1.1.2).
///
/// It holds no secrets: an address stands in arguments, reports and messages. libpq takes the password from a file
/// (`passfile=`, `PGPASSFILE`, `~/.pgpass`), a service (`service=`), `PGPASSWORD` or a client's certificate.
package struct LedgerURL: Hashable, Sendable {
  /// The address as it was given.
  let text: String

  /// `nil` where `text` is the path of a file.
  package init?(_ text: String) {
    guard Self.schemes.contains(where: text.hasPrefix) else { return nil }
    self.text = text
  }

  private static let schemes = ["postgresql://", "postgres://"]

  /// Parameters whose values are secrets.
  private static let secrets: Set<String> = [
    "password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key",
  ]

  /// Whether a password is in it.
  package var holdsSecret: Bool { shown != text }

  /// The address with `…` in place of every secret.
  package var shown: String {
    let scheme = Self.schemes.first(where: text.hasPrefix) ?? ""
    let place = text.dropFirst(scheme.count)
    let password = Self.password(in: place)
    let beginning = password.map { "\(text[..<$0.lowerBound])…" } ?? scheme
    let rest = text[(password?.upperBound ?? place.startIndex)...]
    guard let mark = rest.firstIndex(of: "?") else { return beginning + rest }
    let pairs = rest[rest.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false)
    return "\(beginning)\(rest[...mark])\(pairs.map(Self.shown).joined(separator: "&"))"
  }

  /// A path as it may be shown, whether it is an address or not.
  package static func shown(_ path: String) -> String { LedgerURL(path)?.shown ?? path }

  /// Where the password stands in what follows the scheme; `nil` where there is none.
  ///
  /// libpq takes credentials up to the first `@` or `/`, so that a `?` may stand in them. Where an `@`, a `/` or a `?` of a
  /// password isn't encoded, it takes them for something else; then all up to the last `@` that can be meant.
  private static func password(in place: Substring) -> Range<String.Index>? {
    guard place.first != "[", let colon = place.firstIndex(where: { ":@/?".contains($0) }), place[colon] == ":" else {
      return nil
    }
    let start = place.index(after: colon)
    let first = place[start...].firstIndex { "@/".contains($0) }.flatMap { place[$0] == "@" ? $0 : nil }
    let query = place[(first ?? start)...].firstIndex(of: "?") ?? place.endIndex
    // What follows the colon is no port.
    let isWord = !place[start...].prefix { !",/?".contains($0) }.allSatisfy(\.isWholeNumber)
    let end = place[..<query].lastIndex(of: "@") ?? (isWord ? place[start...].lastIndex(of: "@") : nil)
    return end.map { start..<$0 }
  }

  /// A parameter without its value where that is a secret; what is none, and has an `@`, is the rest of a password.
  private static func shown(_ pair: Substring) -> String {
    let name = pair.prefix { $0 != "=" }
    if name.endIndex == pair.endIndex { return pair.contains("@") ? "…" : String(pair) }
    return secrets.contains(decoded(name)) ? "\(name)=…" : String(pair)
  }

  /// A parameter's name with what was written as %XX.
  private static func decoded(_ name: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(name.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

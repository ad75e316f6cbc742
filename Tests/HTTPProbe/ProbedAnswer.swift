/// An answer taken apart.
package struct ProbedAnswer: Sendable {
  package let status: Int
  /// Names in lower case.
  package let headers: [String: String]
  /// The body as it came on the wire, chunks joined.
  package let body: String

  /// Nil where the bytes don't begin with a whole head of an answer.
  package init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let lines = parts[0].split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count >= 2, let status = Int(words[1]) else { return nil }
    self.status = status
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      headers[pair[0].lowercased()] = pair.count == 2 ? String(pair[1].drop { $0 == " " }) : ""
    }
    self.headers = headers
    body = headers["transfer-encoding"] == "chunked" ? Self.joinChunks(parts[1].utf8) : String(parts[1])
  }

  private static func joinChunks(_ wire: Substring.UTF8View) -> String {
    var joined: [UInt8] = []
    var rest = Array(wire)[...]
    while let end = rest.firstIndex(of: 13),
      let size = Int(String(decoding: rest[rest.startIndex..<end], as: UTF8.self), radix: 16), size > 0
    {
      joined += rest.dropFirst(end - rest.startIndex + 2).prefix(size)
      rest = rest.dropFirst(end - rest.startIndex + 2 + size + 2)
    }
    return String(decoding: joined, as: UTF8.self)
  }
}

/// What a deliverer needs of an answer's head.
struct AnswerHead {
  let status: Int
  /// Bytes up to the body.
  let headCount: Int
  /// `Content-Length`; 0 without.
  let bodyCount: Int
  let closes: Bool

  /// `nil` until the head is whole.
  init?(_ bytes: [UInt8]) {
    let end = Array("\r\n\r\n".utf8)
    guard bytes.count >= 16,
      let start = (0...(bytes.count - 4)).first(where: { bytes[$0..<$0 + 4].elementsEqual(end) })
    else { return nil }
    let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
    func value(_ name: String) -> String? {
      lines.first { $0.lowercased().hasPrefix(name + ":") }
        .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }).lowercased() }
    }
    self.status = status
    headCount = start + 4
    bodyCount = value("content-length").flatMap { Int($0) } ?? 0
    closes = value("connection") == "close"
  }
}

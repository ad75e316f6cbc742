import Testing

@testable import Transport

@Suite struct AnswerReaderTests {
  /// What an answer came to: a whole one with its status and body, or how it failed; and how many bytes were over.
  private struct Outcome: Equatable {
    var verdict: AnswerReader.Verdict
    var status = 0
    var body = ""
    var left = 0
    var keeps = true
  }

  /// Gives the text in pieces of a size, as a connection does, and then ends it where the answer isn't whole.
  private func outcome(_ text: String, pieces: Int, headLimit: Int = 4096, bodyLimit: Int = 1000) -> Outcome {
    var reader = AnswerReader(IncomingAnswer(headLimit: headLimit, bodyLimit: bodyLimit))
    let all = Array(text.utf8)
    var (pending, given): ([UInt8], Int) = ([], 0)
    var verdict = AnswerReader.Verdict.more
    while verdict == .more, given < all.count {
      let count = min(pieces, all.count - given)
      pending += all[given..<(given + count)]
      given += count
      let taken = pending.withUnsafeBytes { reader.take($0) }
      pending.removeFirst(taken.used)
      verdict = taken.verdict
    }
    if verdict == .more { verdict = reader.end() }
    guard verdict == .whole else { return Outcome(verdict: verdict) }
    let response = reader.response
    return Outcome(
      verdict: verdict, status: response.status, body: String(decoding: response.body, as: UTF8.self),
      left: pending.count + all.count - given, keeps: reader.keepsConnection)
  }

  private static let whole: [(String, Int, String, Bool)] = [
    ("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok", 201, "ok", true),
    ("HTTP/1.1 200 \r\ncontent-length:2  \r\n\r\nok", 200, "ok", true),
    ("HTTP/1.1 200\nContent-Length: 2\n\nok", 200, "ok", true),
    ("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true),
    ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, "", true),
    ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok", 200, "ok", true),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1;a=b\r\nk\r\n0\r\nX: y\r\n\r\n", 200, "ok", true),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 200, "ok", false
    ),
    (
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nContent-Length: 7\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      200, "ok", true
    ),
    ("HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 2\r\n\r\nok", 200, "ok", false),
    ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok", false),
    ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok", 200, "ok", true),
    ("HTTP/1.1 200 OK\r\nX: y\r\n\r\nok", 200, "ok", false),
  ]

  @Test(arguments: whole)
  func `an answer is the same in whatever pieces it comes`(_ text: String, status: Int, body: String, keeps: Bool) {
    for pieces in [1, 2, 3, 7, 1000] {
      let expected = Outcome(verdict: .whole, status: status, body: body, keeps: keeps)
      #expect(outcome(text, pieces: pieces) == expected, "in pieces of \(pieces)")
    }
  }

  @Test func `bytes after an answer are none of it`() {
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP"
    #expect(outcome(text, pieces: 1000) == Outcome(verdict: .whole, status: 200, body: "ok", left: 4))
  }

  @Test(arguments: [
    "220 mail ready\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
    "HTTP/1.1 +20 OK\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding\t: chunked\r\nContent-Length: 12\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nok\r\n0\r\n\r\n",
  ])
  func `what leaves open where an answer ends is not taken for one`(text: String) {
    for pieces in [1, 3, 1000] { #expect(outcome(text, pieces: pieces).verdict == .failed(.notHTTP)) }
  }

  @Test func `an answer that is cut anywhere is none`() {
    for (text, _, _, _) in Self.whole.dropLast() {
      for count in 0..<text.utf8.count {
        let cut = String(decoding: Array(text.utf8).prefix(count), as: UTF8.self)
        #expect(outcome(cut, pieces: 5).verdict == .failed(.connectionLost), "\(cut)")
      }
    }
  }

  @Test func `bounds hold in whatever pieces it comes`() {
    let long = String(repeating: "x", count: 2000)
    for pieces in [1, 100, 10_000] {
      #expect(
        outcome("HTTP/1.1 200 OK\r\nX: \(long)", pieces: pieces, headLimit: 1000).verdict == .failed(.tooLarge(.head)))
      #expect(
        outcome(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: \(long)\r\n\r\n", pieces: pieces,
          headLimit: 1000
        )
        .verdict == .failed(.tooLarge(.head)))
      let chunks = String(repeating: "1;\(long.prefix(90))\r\no\r\n", count: 20)
      #expect(
        outcome("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)", pieces: pieces, headLimit: 1000)
          .verdict == .failed(.tooLarge(.head)))
      for head in ["Content-Length: 2000\r\n\r\n", "\r\n", "Transfer-Encoding: chunked\r\n\r\n7d0\r\n"] {
        #expect(outcome("HTTP/1.1 200 OK\r\n\(head)\(long)", pieces: pieces).verdict == .failed(.tooLarge(.body)))
      }
    }
  }
}

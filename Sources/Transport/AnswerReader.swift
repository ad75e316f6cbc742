/// Cuts an answer out of its connection's bytes as they come in (RFC 9112): its head, and its body by a length, in chunks,
/// or up to the connection's end.
///
/// Strict where a reading of one's own could mistake where an answer ends: anything else than HTTP/1.1 as it is written
/// down ends the exchange. Lines may end in LF alone.
struct AnswerReader {
  enum Verdict: Hashable {
    /// There is more to come.
    case more
    case whole
    case failed(TransferFailure)
  }

  private enum Part {
    case statusLine, fields
    case body(left: Int)
    case bodyToEnd
    case chunkSize, chunkEnd, trailer
    case chunk(left: Int)
    case over
  }

  private var answer: IncomingAnswer
  private var part = Part.statusLine
  private var head = AnswerHead()
  /// Whether the connection may be used again after this answer.
  private(set) var keepsConnection = true

  init(_ answer: IncomingAnswer) { self.answer = answer }

  /// Makes ready for the next answer.
  mutating func clear() {
    answer.clear()
    (part, head, keepsConnection) = (.statusLine, AnswerHead(), true)
  }

  /// What has come, once it is whole.
  var response: HTTPResponse { answer.response(status: head.status) }

  /// Takes in bytes: how many of them are done with, and what they came to. The others are to be given again, with more.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> (used: Int, verdict: Verdict) {
    var used = 0
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[used...])
      switch part {
      case .over: return (used, .whole)
      case .body(let left), .chunk(let left):
        let count = min(left, rest.count)
        guard answer.take(body: UnsafeRawBufferPointer(rebasing: rest[..<count])) else { return (used, .tooLargeBody) }
        used += count
        took(count, of: left)
        if count < left { return (used, .more) }
      case .bodyToEnd:
        return (bytes.count, answer.take(body: rest) ? .more : .tooLargeBody)
      case .statusLine, .fields, .chunkSize, .chunkEnd, .trailer:
        guard let end = rest.lineEnd() else { return (used, verdict(onPartOf: rest)) }
        let line = UnsafeRawBufferPointer(rebasing: rest[...end])
        used += line.count
        if let failure = take(line: line) { return (used, .failed(failure)) }
      }
    }
  }

  /// The connection has ended.
  func end() -> Verdict {
    switch part {
    case .bodyToEnd, .over: .whole
    case .statusLine, .fields, .body, .chunk, .chunkSize, .chunkEnd, .trailer: .failed(.connectionLost)
    }
  }

  private mutating func took(_ count: Int, of left: Int) {
    if case .chunk = part {
      part = count == left ? .chunkEnd : .chunk(left: left - count)
    } else {
      part = count == left ? .over : .body(left: left - count)
    }
  }

  /// A line without its end so far.
  private func verdict(onPartOf line: UnsafeRawBufferPointer) -> Verdict {
    if case .statusLine = part, !AnswerHead.mayBegin(line) { return .failed(.notHTTP) }
    return answer.hasRoom(headBytes: line.count) ? .more : .failed(.tooLarge(.head))
  }

  /// Takes a line with its end; what ends the exchange.
  private mutating func take(line: UnsafeRawBufferPointer) -> TransferFailure? {
    let text = line.withoutLineEnd
    switch part {
    case .statusLine:
      guard let next = AnswerHead(statusLine: text) else { return .notHTTP }
      head = next
      answer.beginHead()
      part = .fields
    case .fields:
      if text.isEmpty {
        guard answer.count(headBytes: line.count) else { return .tooLarge(.head) }
        return endHead()
      }
      guard head.note(field: text) else { return .notHTTP }
      answer.take(field: line)
    case .chunkSize:
      guard let (size, extra) = text.chunkSize else { return .notHTTP }
      part = size == 0 ? .trailer : .chunk(left: size)
      return answer.count(headBytes: extra) ? nil : .tooLarge(.head)
    case .chunkEnd:
      part = .chunkSize
      return text.isEmpty ? nil : .notHTTP
    case .trailer: if text.isEmpty { part = .over }
    case .body, .bodyToEnd, .chunk, .over: break
    }
    return answer.count(headBytes: line.count) ? nil : .tooLarge(.head)
  }

  private mutating func endHead() -> TransferFailure? {
    keepsConnection = head.keepsConnection
    if head.isInterim {
      part = .statusLine
    } else if head.hasNoBody {
      part = .over
    } else if head.isChunked {
      part = .chunkSize
    } else if let length = head.length {
      guard answer.expect(bodyBytes: length) else { return .tooLarge(.body) }
      part = length == 0 ? .over : .body(left: length)
    } else {
      (part, keepsConnection) = (.bodyToEnd, false)
    }
    return nil
  }
}

extension AnswerReader.Verdict {
  fileprivate static var tooLargeBody: Self { .failed(.tooLarge(.body)) }
}

extension UnsafeRawBufferPointer {
  /// Without the LF at its end, and the CR before it.
  fileprivate var withoutLineEnd: Self {
    var count = self.count - 1
    if count > 0, self[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    return Self(rebasing: self[..<count])
  }

  /// The size that a chunk's first line states, and how many bytes of extensions follow it (RFC 9112, 7.1); `nil` where it
  /// states none.
  fileprivate var chunkSize: (size: Int, extra: Int)? {
    let digits = prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    guard (1...15).contains(digits.count) else { return nil }
    var size = 0
    for digit in digits {
      guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
      size = size << 4 | value
    }
    return (size, count - digits.count)
  }
}

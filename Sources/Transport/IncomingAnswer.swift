/// An answer as it comes in, within its bounds.
struct IncomingAnswer {
  /// Bytes of all heads of a transfer: interim answers and trailers count too.
  private let headLimit: Int
  /// Bytes that the field lines of most answers fit into.
  private static let usualHead = 512
  private let bodyLimit: Int
  private var headBytes = 0
  /// Whether the head's empty line has come: what follows is a new head, or a trailer.
  private(set) var headEnded = false
  /// Field lines of the last head.
  private var lines: [UInt8] = []
  private var body: [UInt8] = []
  /// How often the request went out, or was about to.
  private(set) var sends = 0
  /// What went over its bound.
  private(set) var overflow: TransferFailure.AnswerPart?

  init(headLimit: Int, bodyLimit: Int) {
    self.headLimit = headLimit
    self.bodyLimit = bodyLimit
  }

  /// Makes room for the next answer.
  mutating func clear() {
    self = Self(headLimit: headLimit, bodyLimit: bodyLimit)
    lines.reserveCapacity(Self.usualHead)
  }

  /// Counts one more time that the request goes out.
  mutating func countSend() -> Int {
    sends += 1
    return sends
  }

  /// Takes a line of the head with its line end: a status line begins a new head (after an interim answer), what
  /// comes after a head's end is a trailer and dropped. `false` where the bound is passed.
  mutating func takeHeadLine(_ line: UnsafeRawBufferPointer) -> Bool {
    headBytes += line.count
    guard headBytes <= headLimit else {
      overflow = .head
      return false
    }
    if line.starts(with: "HTTP/".utf8) {
      lines.removeAll(keepingCapacity: true)
      headEnded = false
    } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
      headEnded = true
    } else if !headEnded {
      lines.append(contentsOf: line)
    }
    return true
  }

  /// Takes a piece of the body. `false` where the bound is passed.
  mutating func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
    guard body.count + piece.count <= bodyLimit else {
      overflow = .body
      return false
    }
    body.append(contentsOf: piece)
    return true
  }

  /// The answer as a whole, under its status.
  func response(status: Int) -> HTTPResponse {
    HTTPResponse(status: status, headers: HTTPHeaders(lines: lines), body: body)
  }
}

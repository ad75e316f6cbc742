/// What is kept of an answer as it comes in, within its bounds.
struct IncomingAnswer {
  /// Bytes of all heads of an exchange: interim answers, trailers and extensions of chunks count too.
  private let headLimit: Int
  private let bodyLimit: Int
  /// Bytes that the field lines of most answers fit into.
  private static let usualHead = 512
  private var headBytes = 0
  /// Field lines of the last head.
  private var lines: [UInt8] = []
  private var body: [UInt8] = []

  init(headLimit: Int, bodyLimit: Int) {
    self.headLimit = headLimit
    self.bodyLimit = bodyLimit
  }

  /// Makes room for the next answer.
  mutating func clear() { self = Self(headLimit: headLimit, bodyLimit: bodyLimit) }

  /// Begins a head, whatever was before it.
  mutating func beginHead() {
    lines.removeAll(keepingCapacity: true)
    lines.reserveCapacity(Self.usualHead)
  }

  /// Counts bytes of a head or a trailer. `false` where the bound is passed.
  mutating func count(headBytes count: Int) -> Bool {
    headBytes += count
    return headBytes <= headLimit
  }

  /// Whether so many bytes of a head would be within the bound.
  func hasRoom(headBytes count: Int) -> Bool { headBytes + count <= headLimit }

  /// Takes a field line with its line end.
  mutating func take(field line: UnsafeRawBufferPointer) { lines.append(contentsOf: line) }

  /// Makes room for a body of so many bytes. `false` where that is over the bound.
  mutating func expect(bodyBytes count: Int) -> Bool {
    guard count <= bodyLimit else { return false }
    body.reserveCapacity(count)
    return true
  }

  /// Takes a piece of the body. `false` where the bound is passed.
  mutating func take(body piece: UnsafeRawBufferPointer) -> Bool {
    guard body.count + piece.count <= bodyLimit else { return false }
    body.append(contentsOf: piece)
    return true
  }

  /// The answer as a whole, under its status.
  func response(status: Int) -> HTTPResponse {
    HTTPResponse(status: status, headers: HTTPHeaders(lines: lines), body: body)
  }
}

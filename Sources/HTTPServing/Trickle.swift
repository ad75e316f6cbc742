import CMicrohttpd

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An answer that is written past libmicrohttpd, piece by piece, to a connection that the library has suspended.
struct Trickle {
  private static let pieceCount = 16

  private var pieces: [[UInt8]]
  /// Nanoseconds between two pieces.
  let interval: UInt64

  init(_ answer: HTTPAnswer, _ part: TrickledPart, nanoseconds: UInt64) {
    let body = answer.body.plainBytes
    let head = Self.head(of: answer, count: body.count)
    switch part {
    case .head: pieces = Self.split(head) + [body]
    case .body: pieces = [head] + Self.split(body)
    }
    interval = nanoseconds / UInt64(Self.pieceCount)
  }

  /// Writes the next piece; false where none is left or the client has gone.
  mutating func writeNext(to connection: OpaquePointer) -> Bool {
    let socket = billdrop_mhd_socket(connection)
    guard !pieces.isEmpty, socket >= 0 else { return false }
    let piece = pieces.removeFirst()
    let sent = piece.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Self.flags) }
    return sent == piece.count && !pieces.isEmpty
  }

  private static let flags: Int32 = {
    #if canImport(Glibc)
      Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
    #else
      MSG_DONTWAIT
    #endif
  }()

  private static func head(of answer: HTTPAnswer, count: Int) -> [UInt8] {
    var text = "HTTP/1.1 \(answer.status) Slow\r\nConnection: close\r\nContent-Length: \(count)\r\n"
    for (name, value) in answer.headers { text += "\(name): \(value)\r\n" }
    return Array((text + "\r\n").utf8)
  }

  private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
    let size = max(1, (bytes.count + pieceCount - 1) / pieceCount)
    return stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
  }
}

extension HTTPBody {
  /// All of it; of a stream nothing.
  fileprivate var plainBytes: [UInt8] {
    switch self {
    case .bytes(let bytes), .cut(let bytes, _): bytes
    case .stream: []
    }
  }
}

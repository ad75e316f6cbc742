// The body of an answer that libmicrohttpd asks for piece by piece, with the two callbacks that it calls on its thread.

/// Pieces of a body, handed out in whatever portions the reader has room for.
final class BodySource {
  private let next: @Sendable () -> [UInt8]?
  private let atEnd: Int
  private var piece: [UInt8] = []
  private var position = 0

  /// - Parameter atEnd: what the reader is told after the last piece: end of stream, or an error that cuts the connection.
  init(_ next: @escaping @Sendable () -> [UInt8]?, atEnd: Int) {
    self.next = next
    self.atEnd = atEnd
  }

  /// Fills as much of the room as the present piece can; the count, or `atEnd`.
  func read(into room: UnsafeMutableRawBufferPointer) -> Int {
    while position == piece.count {
      guard let more = next() else { return atEnd }
      piece = more
      position = 0
    }
    let count = min(room.count, piece.count - position)
    room.copyBytes(from: piece[position..<position + count])
    position += count
    return count
  }
}

func readBody(
  _ context: UnsafeMutableRawPointer?, _ offset: UInt64, _ room: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
  guard let context, let room else { return -1 }
  let source = Unmanaged<BodySource>.fromOpaque(context).takeUnretainedValue()
  return source.read(into: UnsafeMutableRawBufferPointer(start: room, count: size))
}

func releaseBody(_ context: UnsafeMutableRawPointer?) {
  if let context { Unmanaged<BodySource>.fromOpaque(context).release() }
}

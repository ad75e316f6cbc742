import CZlib

/// Unpacks a gzip block by block through zlib: any number of members, each checked against its CRC and its length.
///
/// Memory: one chunk of input and zlib's 32 KiB window.
final class GzipInflater {
  private let source: ByteSource
  private let bounds: UnpackingBounds
  private var compression: Compression
  private var input: GrowingBuffer<UInt8>
  private var inputStart = 0
  private var isInputAtEnd = false
  /// What is wrong with the source behind the input that is at hand.
  private var sourceDamage: InputError?
  private var state = State.beginning
  private var produced: Int64 = 0
  /// How many bytes the last reading has put into its buffer, also where it threw.
  private(set) var filled = 0
  private let stream: UnsafeMutablePointer<z_stream>

  private enum State {
    /// Nothing was read.
    case beginning
    /// It isn't packed: the bytes pass as they are.
    case passing
    case inflating
    /// A member ended; another one may follow.
    case betweenMembers
    case ended
  }

  /// - Parameter chunk: Packed bytes that are read at once: not fewer than a member's head has.
  init(_ source: ByteSource, _ compression: Compression, _ bounds: UnpackingBounds, chunk: Int) {
    precondition(chunk >= Self.headBytes)
    self.source = source
    input = GrowingBuffer(capacity: chunk)
    self.compression = compression
    self.bounds = bounds
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Fills `buffer` with unpacked bytes; fewer than asked for mean the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    filled = 0
    while filled < buffer.count {
      switch state {
      case .beginning: try begin()
      case .passing:
        try pass(into: rest(of: buffer, from: filled))
        return filled
      case .inflating: try inflateMore(into: rest(of: buffer, from: filled))
      case .betweenMembers: try beginNextMember()
      case .ended: return filled
      }
    }
    return filled
  }

  private func rest(of buffer: UnsafeMutableRawBufferPointer, from start: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
  }

  /// Where in the file the next byte to unpack stands.
  private var place: Int64 { source.byteOffset - Int64(input.count - inputStart) }

  private func damaged(_ damage: InputDamage) -> InputError {
    state = .ended
    return .damaged(name: source.name, damage)
  }

  /// What is wrong where the input ends too early: with the source, or with the gzip.
  private func endedEarly(_ damage: InputDamage) -> InputError {
    state = .ended
    return sourceDamage ?? damaged(damage)
  }

  private func begin() throws(InputError) {
    try refill()
    let head = UnsafeBufferPointer(start: input.base, count: input.count)
    let isGzip = Self.beginsMember(head)
    guard compression == .gzip || (compression == .automatic && isGzip) else {
      state = .passing
      return
    }
    guard isGzip else { throw head.count < Self.headBytes ? endedEarly(.notGzip) : damaged(.notGzip) }
    // 15 bits of window, and 16 for the gzip header and trailer (zlib manual, inflateInit2).
    let result = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else {
      throw .failed(name: source.name, operation: .unpack, code: result, byteOffset: place)
    }
    state = .inflating
  }

  /// By so many bytes a member is known.
  private static let headBytes = 4

  /// Magic number, the one method that there is, and no flag that isn't defined (RFC 1952, 2.3.1).
  private static func beginsMember(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    head.count >= headBytes && head[0] == 0x1F && head[1] == 0x8B && head[2] == 8 && head[3] & 0xE0 == 0
  }

  /// Reads the next block of input once the last one is used up.
  private func refill() throws(InputError) {
    if inputStart == input.count { try load(behind: 0) }
  }

  /// Reads input behind the last bytes of the one at hand, up to its end or to where the source is damaged.
  private func load(behind kept: Int) throws(InputError) {
    guard !isInputAtEnd else { return }
    (input.base).update(from: input.base + input.count - kept, count: kept)
    input.count = kept
    inputStart = 0
    let room = UnsafeMutableRawBufferPointer(start: input.base + kept, count: input.capacity - kept)
    do throws(InputError) {
      let count = try source.read(into: room)
      isInputAtEnd = count < room.count
      input.count += count
    } catch {
      guard case .damaged = error else { throw error }
      isInputAtEnd = true
      sourceDamage = error
      input.count += source.bytesBeforeDamage
    }
  }

  private func pass(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) {
    let kept = min(buffer.count, input.count - inputStart)
    buffer.copyMemory(from: UnsafeRawBufferPointer(start: input.base + inputStart, count: kept))
    inputStart += kept
    filled += kept
    if kept == buffer.count { return }
    if let sourceDamage { throw sourceDamage }
    if isInputAtEnd { return }
    do throws(InputError) { filled += try source.read(into: rest(of: buffer, from: kept)) } catch {
      if case .damaged = error { filled += source.bytesBeforeDamage }
      throw error
    }
  }

  /// Unpacks what is at hand. zlib may hold more than there was room for: at the end of the input it is asked until it
  /// gives nothing.
  private func inflateMore(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) {
    try refill()
    stream.pointee.next_in = input.base + inputStart
    stream.pointee.avail_in = UInt32(input.count - inputStart)
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let room = min(buffer.count, 1 << 20)
    stream.pointee.avail_out = UInt32(room)
    let result = inflate(stream, Z_NO_FLUSH)
    inputStart = input.count - Int(stream.pointee.avail_in)
    let count = room - Int(stream.pointee.avail_out)
    produced += Int64(count)
    filled += count
    try judge(result)
    try checkBounds()
  }

  private func judge(_ result: Int32) throws(InputError) {
    switch result {
    case Z_OK: return
    // There is no input, and nothing that had no room yet.
    case Z_BUF_ERROR: throw endedEarly(.gzipTruncated(byteOffset: place))
    case Z_STREAM_END: state = .betweenMembers
    case Z_DATA_ERROR, Z_NEED_DICT:
      switch stream.pointee.msg.map({ String(cString: $0) }) {
      case "incorrect data check": throw damaged(.gzipChecksum(byteOffset: place))
      case "incorrect length check": throw damaged(.gzipLength(byteOffset: place))
      default: throw damaged(.gzipInvalid(byteOffset: place))
      }
    default:
      state = .ended
      throw .failed(name: source.name, operation: .unpack, code: result, byteOffset: place)
    }
  }

  private func checkBounds() throws(InputError) {
    if produced > bounds.maximumBytes {
      filled -= min(filled, Int(produced - bounds.maximumBytes))
      throw damaged(.unpackedTooLarge(limit: bounds.maximumBytes))
    }
    guard produced > bounds.ratioFreeBytes, produced / Int64(bounds.maximumRatio) > place else { return }
    throw damaged(.unpackedRatio(limit: bounds.maximumRatio, byteOffset: place))
  }

  private func beginNextMember() throws(InputError) {
    let kept = input.count - inputStart
    if kept < Self.headBytes { try load(behind: kept) }
    guard inputStart < input.count else {
      state = .ended
      if let sourceDamage { throw sourceDamage }
      return
    }
    let head = UnsafeBufferPointer(start: input.base + inputStart, count: input.count - inputStart)
    guard Self.beginsMember(head) else {
      let damage = InputDamage.gzipTrailingBytes(byteOffset: place)
      throw head.count < Self.headBytes ? endedEarly(damage) : damaged(damage)
    }
    inflateReset(stream)
    state = .inflating
  }
}

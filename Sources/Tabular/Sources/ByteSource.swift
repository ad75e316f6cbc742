#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the bytes of an input come from: a file, standard input, memory, or another source that is unpacked or
/// watched. One reader at a time.
package final class ByteSource {
  /// The input's name in messages: its path, `<stdin>`, or what the caller said.
  package let name: String
  /// How many bytes were handed out.
  package private(set) var byteOffset: Int64 = 0
  /// How many bytes the reading that threw `damaged` had put into its buffer before that.
  package private(set) var bytesBeforeDamage = 0
  /// The size that the file had when it was opened; `nil` where none is known (a pipe, standard input).
  package let expectedBytes: Int64?
  private let origin: Origin
  /// What was read to be looked at, and not handed out yet.
  private var ahead: [UInt8] = []
  /// Asked while bytes are waited for that may never come.
  private let isCancelled: @Sendable () -> Bool

  private enum Origin {
    /// Of a descriptor that may have nothing to read for long, it is waited for what comes.
    case descriptor(Int32, isOwned: Bool, waits: Bool)
    case memory([UInt8])
    case supplier((UnsafeMutableRawBufferPointer) throws(InputError) -> Int, beforeDamage: () -> Int)
  }

  /// Opens a file, a named pipe or a device for reading. A named pipe is open at once, before anybody writes to it.
  ///
  /// - Parameters:
  ///   - isPlain: A link, a pipe or a device in the place of a file is none: `InputError.notFound` is thrown.
  ///   - isCancelled: Asked a few dozen times a second while a pipe or a device has nothing to read; where it says yes, the
  ///     reading throws `InputError.cancelled`.
  package init(
    path: String, isPlain: Bool = false, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(InputError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (isPlain ? O_NOFOLLOW : 0))
    guard descriptor >= 0 else {
      let code = errno
      throw isPlain && (code == ELOOP || code == ENXIO) ? .notFound(name: path) : Self.openError(path, code)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw .failed(name: path, operation: .open, code: code, byteOffset: 0)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw .isDirectory(name: path)
    }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    guard isRegular || !isPlain else {
      close(descriptor)
      throw .notFound(name: path)
    }
    name = path
    origin = .descriptor(descriptor, isOwned: true, waits: !isRegular)
    self.isCancelled = isCancelled
    expectedBytes = isRegular ? Int64(status.st_size) : nil
  }

  /// Bytes in memory, under a name for messages.
  package init(bytes: [UInt8], name: String = "memory") {
    self.name = name
    origin = .memory(bytes)
    isCancelled = { false }
    expectedBytes = Int64(bytes.count)
  }

  /// Bytes that a closure supplies, a block at each call.
  ///
  /// - Parameters:
  ///   - expectedBytes: How many there will be, where that is known.
  ///   - beforeDamage: How many bytes the supplier had put into the buffer when it threw `damaged`.
  ///   - supplier: Fills the buffer from its front and says how much of it; less than the whole means the end.
  package init(
    name: String, expectedBytes: Int64? = nil, beforeDamage: @escaping () -> Int = { 0 },
    supplier: @escaping (UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  ) {
    self.name = name
    self.expectedBytes = expectedBytes
    origin = .supplier(supplier, beforeDamage: beforeDamage)
    isCancelled = { false }
  }

  private init(descriptor: Int32, name: String, isCancelled: @escaping @Sendable () -> Bool) {
    self.name = name
    origin = .descriptor(descriptor, isOwned: false, waits: true)
    self.isCancelled = isCancelled
    expectedBytes = nil
  }

  deinit {
    if case .descriptor(let descriptor, isOwned: true, _) = origin { close(descriptor) }
  }

  /// Standard input, from where it stands. It is not closed.
  ///
  /// - Parameter isCancelled: As for a path.
  package static func standardInput(isCancelled: @escaping @Sendable () -> Bool = { false }) -> ByteSource {
    ByteSource(descriptor: STDIN_FILENO, name: "<stdin>", isCancelled: isCancelled)
  }

  /// Fills `buffer` from its front. Fewer bytes than asked for mean the end of the input.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard !ahead.isEmpty else { return try take(into: buffer) }
    let count = min(buffer.count, ahead.count)
    buffer.copyBytes(from: ahead.prefix(count))
    ahead.removeFirst(count)
    byteOffset += Int64(count)
    guard count < buffer.count else { return count }
    return count + (try take(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...])))
  }

  /// The next bytes, at most so many; fewer mean the end of the input.
  package func next(_ most: Int) throws(InputError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: most)
    var fault: InputError?
    let count = bytes.withUnsafeMutableBytes { buffer -> Int in
      do throws(InputError) { return try read(into: buffer) } catch {
        fault = error
        return 0
      }
    }
    if let fault { throw fault }
    bytes.removeLast(most - count)
    return bytes
  }

  /// The bytes that this source begins with, before any was read: they are handed out as if nobody had looked.
  ///
  /// It waits for them as `read` does. Where a descriptor can't be read there are none; the next reading tells why.
  ///
  /// - Parameter count: How many, or as many as there are.
  package func firstBytes(_ count: Int) -> [UInt8] {
    precondition(byteOffset == 0 && ahead.isEmpty, "The source was read already.")
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = bytes.withUnsafeMutableBytes { (try? take(into: $0)) ?? Int(byteOffset) }
    ahead = Array(bytes.prefix(filled))
    byteOffset = 0
    return ahead
  }

  private func take(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    switch origin {
    case .descriptor(let descriptor, _, let waits): try fill(buffer, from: descriptor, waits: waits)
    case .memory(let bytes): copy(bytes, into: buffer)
    case .supplier(let supply, let beforeDamage): try call(supply, for: buffer, beforeDamage)
    }
  }

  /// Passes over so many bytes, or to the end where there are fewer; those of a regular file aren't read.
  package func skip(_ count: Int64) throws(InputError) {
    let seen = min(Int(clamping: count), ahead.count)
    ahead.removeFirst(seen)
    byteOffset += Int64(seen)
    var rest = count - Int64(seen)
    if case .descriptor(let descriptor, _, waits: false) = origin, let expectedBytes {
      rest = min(rest, max(0, expectedBytes - byteOffset))
      guard lseek(descriptor, off_t(rest), SEEK_CUR) >= 0 else {
        throw .failed(name: name, operation: .read, code: errno, byteOffset: byteOffset)
      }
      byteOffset += rest
      return
    }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { room.deallocate() }
    while rest > 0 {
      let wanted = Int(min(rest, Int64(room.count)))
      let passed = try read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<wanted]))
      if passed < wanted { return }
      rest -= Int64(passed)
    }
  }

  private func call(
    _ supply: (UnsafeMutableRawBufferPointer) throws(InputError) -> Int, for buffer: UnsafeMutableRawBufferPointer,
    _ beforeDamage: () -> Int
  ) throws(InputError) -> Int {
    do throws(InputError) {
      let count = try supply(buffer)
      byteOffset += Int64(count)
      return count
    } catch {
      guard case .damaged = error else { throw error }
      bytesBeforeDamage = beforeDamage()
      byteOffset += Int64(bytesBeforeDamage)
      throw error
    }
  }

  private func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, waits: Bool
  ) throws(InputError) -> Int {
    var filled = 0
    while filled < buffer.count, let base = buffer.baseAddress {
      if waits { try wait(for: descriptor) }
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, base + filled, buffer.count - filled)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, base + filled, buffer.count - filled)
      #else
        let count = Glibc.read(descriptor, base + filled, buffer.count - filled)
      #endif
      if count == 0 { break }
      if count < 0 {
        let code = errno
        if code == EINTR || waits && code == EAGAIN { continue }
        if code == EISDIR { throw .isDirectory(name: name) }
        throw .failed(name: name, operation: .read, code: code, byteOffset: byteOffset)
      }
      filled += count
      byteOffset += Int64(count)
    }
    return filled
  }

  /// Waits until something can be read, or the writers have gone.
  private func wait(for descriptor: Int32) throws(InputError) {
    let tick: Int32 = 20
    while true {
      if isCancelled() { throw .cancelled(name: name) }
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wanted, 1, tick)
      // What poll can't tell, the reading will.
      if ready > 0 || ready < 0 && errno != EINTR { return }
    }
  }

  private func copy(_ bytes: [UInt8], into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let start = Int(byteOffset)
    let count = min(buffer.count, bytes.count - start)
    buffer.copyBytes(from: bytes[start..<start + count])
    byteOffset += Int64(count)
    return count
  }

  private static func openError(_ path: String, _ code: Int32) -> InputError {
    switch code {
    case ENOENT, ENOTDIR: .notFound(name: path)
    case EACCES, EPERM: .permissionDenied(name: path)
    case EISDIR: .isDirectory(name: path)
    default: .failed(name: path, operation: .open, code: code, byteOffset: 0)
    }
  }
}

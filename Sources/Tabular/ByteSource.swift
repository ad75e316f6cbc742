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
  /// The size that the file had when it was opened; `nil` where none is known (a pipe, standard input).
  package let expectedBytes: Int64?
  private let origin: Origin

  private enum Origin {
    case descriptor(Int32, isOwned: Bool)
    case memory([UInt8])
    case supplier((UnsafeMutableRawBufferPointer) throws(InputError) -> Int)
  }

  /// Opens a file, a named pipe or a device for reading.
  package init(path: String) throws(InputError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.openError(path, errno) }
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
    name = path
    origin = .descriptor(descriptor, isOwned: true)
    expectedBytes = status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : nil
  }

  /// Bytes in memory, under a name for messages.
  package init(bytes: [UInt8], name: String = "memory") {
    self.name = name
    origin = .memory(bytes)
    expectedBytes = Int64(bytes.count)
  }

  /// Bytes that a closure supplies, a block at each call.
  ///
  /// - Parameters:
  ///   - expectedBytes: How many there will be, where that is known.
  ///   - supplier: Fills the buffer from its front and says how much of it; less than the whole means the end.
  package init(
    name: String, expectedBytes: Int64? = nil,
    supplier: @escaping (UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  ) {
    self.name = name
    self.expectedBytes = expectedBytes
    origin = .supplier(supplier)
  }

  private init(descriptor: Int32, name: String) {
    self.name = name
    origin = .descriptor(descriptor, isOwned: false)
    expectedBytes = nil
  }

  deinit {
    if case .descriptor(let descriptor, isOwned: true) = origin { close(descriptor) }
  }

  /// Standard input, from where it stands. It is not closed.
  package static func standardInput() -> ByteSource {
    ByteSource(descriptor: STDIN_FILENO, name: "<stdin>")
  }

  /// Fills `buffer` from its front. Fewer bytes than asked for mean the end of the input.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    switch origin {
    case .descriptor(let descriptor, _): try fill(buffer, from: descriptor)
    case .memory(let bytes): copy(bytes, into: buffer)
    case .supplier(let supply): try call(supply, for: buffer)
    }
  }

  private func call(
    _ supply: (UnsafeMutableRawBufferPointer) throws(InputError) -> Int, for buffer: UnsafeMutableRawBufferPointer
  ) throws(InputError) -> Int {
    let count = try supply(buffer)
    byteOffset += Int64(count)
    return count
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) throws(InputError) -> Int {
    var filled = 0
    while filled < buffer.count, let base = buffer.baseAddress {
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
        if code == EINTR { continue }
        if code == EISDIR { throw .isDirectory(name: name) }
        throw .failed(name: name, operation: .read, code: code, byteOffset: byteOffset)
      }
      filled += count
      byteOffset += Int64(count)
    }
    return filled
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

import Tabular

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An input that can be read again from anywhere: a regular file, a copy of what came once, or memory.
///
/// A file is held open, so that a name that moves on to another file changes nothing.
final class RereadableInput: Sendable {
  private enum Origin: Sendable {
    /// Without a stamp where it was still being written when it was opened.
    case descriptor(Int32, FileStamp?)
    case copy(TemporaryFile)
    case memory([UInt8])
    case stream(ReopenedStream)
  }

  let name: String
  private let origin: Origin

  /// A regular file.
  init(path: String) throws(IntakeError) {
    let descriptor = try Self.open(path)
    name = path
    origin = .descriptor(descriptor, FileStamp(descriptor))
  }

  /// A regular file that is still being written, by this process alone.
  init(arriving file: ArrivingFile) throws(IntakeError) {
    name = file.path
    origin = .descriptor(try Self.open(file.path), nil)
  }

  private static func open(_ path: String) throws(IntakeError) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
      let descriptor = Musl.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else {
      throw .input(.failed(name: path, operation: .open, code: errno, byteOffset: 0))
    }
    return descriptor
  }

  /// A copy that is written while the input is read for the first time.
  init(copy: TemporaryFile, name: String) {
    self.name = name
    origin = .copy(copy)
  }

  /// Bytes in memory.
  init(bytes: [UInt8], name: String) {
    self.name = name
    origin = .memory(bytes)
  }

  /// A stream that is opened anew where need be.
  init(stream: ReopenedStream, name: String) {
    self.name = name
    origin = .stream(stream)
  }

  deinit {
    if case .descriptor(let descriptor, _) = origin { close(descriptor) }
  }

  /// Whether the file was written to since it was opened here, as far as the file system tells.
  var hasChanged: Bool {
    guard case .descriptor(let descriptor, let stamp?) = origin else { return false }
    return FileStamp(descriptor) != stamp
  }

  /// Fills `buffer` from `offset` on; fewer bytes mean the end of the input.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(IntakeError) -> Int {
    switch origin {
    case .descriptor(let descriptor, _): return try fill(buffer, from: descriptor, at: offset)
    case .copy(let file): return try file.read(into: buffer, at: offset)
    case .stream(let stream):
      do throws(InputError) { return try stream.read(into: buffer, at: offset) } catch { throw .input(error) }
    case .memory(let bytes):
      let start = min(Int(offset), bytes.count)
      let count = min(buffer.count, bytes.count - start)
      buffer.copyBytes(from: bytes[start..<start + count])
      return count
    }
  }

  /// The bytes of a stretch; fewer at the end of the input.
  func text(of extent: TextExtent) throws(IntakeError) -> [UInt8] {
    var failure: IntakeError?
    let bytes = [UInt8](unsafeUninitializedCapacity: extent.count) { buffer, count in
      do throws(IntakeError) {
        count = try read(into: UnsafeMutableRawBufferPointer(buffer), at: extent.start)
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  private func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, at offset: Int64
  ) throws(IntakeError) -> Int {
    var filled = 0
    while filled < buffer.count, let base = buffer.baseAddress {
      let place = offset + Int64(filled)
      let count = pread(descriptor, base + filled, buffer.count - filled, off_t(place))
      if count == 0 { break }
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        throw .input(.failed(name: name, operation: .read, code: code, byteOffset: place))
      }
      filled += count
    }
    return filled
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of this machine that another thread is still writing, up to a size that is known: it can be read as far as it
/// has come.
package final class ArrivingFile: Sendable, Hashable {
  package let path: String
  /// Bytes that it will have.
  package let size: Int64
  /// How many threads are at work on its coming.
  package let writers: Int
  /// Says how many bytes from the beginning are there, at least one more than asked about; waits for them.
  private let wait: @Sendable (Int64) throws(InputError) -> Int64
  private let end: @Sendable () throws(InputError) -> Void

  /// - Parameters:
  ///   - writers: How many threads are at work on its coming.
  ///   - wait: Given how many bytes were read, waits until there are more, or all are there; says how many there are. Throws
  ///     where no more will come.
  ///   - end: Waits until all are there and known to be right. Throws where they aren't.
  package init(
    path: String, size: Int64, writers: Int = 1, wait: @escaping @Sendable (Int64) throws(InputError) -> Int64,
    end: @escaping @Sendable () throws(InputError) -> Void
  ) {
    self.path = path
    (self.size, self.writers) = (size, writers)
    self.wait = wait
    self.end = end
  }

  /// Its bytes from the beginning, as they come.
  package func stream() throws(InputError) -> ByteSource {
    let file = try OpenFile(path)
    return ByteSource(name: path, expectedBytes: size) { [self] (buffer) throws(InputError) in
      var filled = 0
      // Its end is known, and not waited for: what is to be done about the whole file goes beside what is done after it.
      while filled < buffer.count, file.offset < size {
        let there = try wait(file.offset)
        let count = min(Int64(buffer.count - filled), there - file.offset)
        guard count > 0 else { break }
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + Int(count)])
        filled += try file.read(into: room)
      }
      return filled
    }
  }

  /// Waits until so many bytes are there, or all.
  package func require(_ count: Int64) throws(InputError) {
    var there: Int64 = 0
    while there < min(count, size) { there = try wait(there) }
  }

  /// Waits until the whole file is there and known to be the right one: nothing may rest on what was read of it before.
  package func confirm() throws(InputError) { try end() }

  package static func == (left: ArrivingFile, right: ArrivingFile) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  private final class OpenFile {
    private let descriptor: Int32
    private let path: String
    private(set) var offset: Int64 = 0

    init(_ path: String) throws(InputError) {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      self.path = path
      guard descriptor >= 0 else { throw .failed(name: path, operation: .open, code: errno, byteOffset: 0) }
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
      while true {
        let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw .failed(name: path, operation: .read, code: errno, byteOffset: offset) }
        offset += Int64(count)
        return count
      }
    }
  }
}

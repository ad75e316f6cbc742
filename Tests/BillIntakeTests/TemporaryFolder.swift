#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that goes with the test.
final class TemporaryFolder {
  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/billdrop-intake.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(code: errno) }
    path = template.withUnsafeBufferPointer {
      String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  deinit {
    for name in ["bills.csv", "pipe"] { unlink(path + "/" + name) }
    rmdir(path)
  }

  struct Failure: Error {
    var code: Int32
  }

  /// Replaces a file's contents in place.
  func put(_ bytes: [UInt8], at path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure(code: errno) }
      written += count
    }
  }
}

/// Writes bytes into a named pipe on a thread of its own.
final class Writer: @unchecked Sendable {
  private let path: String
  private let bytes: [UInt8]
  private var thread = pthread_t()

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  func start() {
    pthread_create(&thread, nil, runWriter, Unmanaged.passRetained(self).toOpaque())
  }

  func join() { pthread_join(thread, nil) }

  fileprivate func run() {
    let descriptor = open(path, O_WRONLY)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }
}

private func runWriter(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<Writer>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}

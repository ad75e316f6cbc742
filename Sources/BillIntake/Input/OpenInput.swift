import BillLayouts
import Tabular

/// An input that is open: the stream of pass one, and what can be read again after it.
struct OpenInput {
  /// What is to be read: unpacked, and not decoded yet.
  let source: ByteSource
  /// How it is to be read.
  let reading: FileReading
  let again: RereadableInput
  /// Where the text of a stream that comes only once, or has to be unpacked or decoded, is kept as it passes.
  let copy: TemporaryFile?
  /// How many threads are at work on its coming, while it is read.
  let writers: Int
  /// The digests of what is on disk; `nil` where the text is that.
  let disk: SourceDigest?

  /// - Throws: `IntakeError.input` where it can't be opened, `.temporary` where the copy can't be made.
  init(
    _ input: IntakeInput, _ reading: FileReading, temporaryFolder: String,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(IntakeError) {
    if case .filtered(let path, let filter) = input {
      self = try OpenInput(path, through: filter, reading, isCancelled)
      return
    }
    let stream = try Self.stream(input, isCancelled: isCancelled)
    let known = try Self.known(input, stream)
    writers = if case .arriving(let file) = input { file.writers } else { 0 }
    self.reading = reading.resolved(firstBytes: try known?.firstBytes() ?? stream.firstBytes(4))
    if let known, !self.reading.decodes {
      (source, again, copy, disk) = (stream, known, nil, nil)
      return
    }
    let file = try TemporaryFile(folder: temporaryFolder)
    copy = file
    again = RereadableInput(copy: file, name: stream.name)
    guard self.reading.decodes else {
      (source, disk) = (stream, nil)
      return
    }
    let digest = SourceDigest()
    disk = digest
    source = stream.watched { (bytes) throws(InputError) in digest.digester.update(bytes) }
  }

  /// The stream of an input that is read once only.
  ///
  /// - Parameter isCancelled: Asked while it has nothing to read.
  static func stream(
    _ input: IntakeInput, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(IntakeError) -> ByteSource {
    switch input {
    case .file(let path): try open(path, isCancelled)
    case .arriving(let file): try open(file)
    case .filtered(let path, let filter): try open(path, through: filter, isCancelled)
    case .standardInput: ByteSource.standardInput(isCancelled: isCancelled)
    case .memory(let bytes, let name): ByteSource(bytes: bytes, name: name)
    }
  }

  /// What an input begins with, where it can be looked at; of a filter, that it may be anything, a gzip among it.
  static func firstBytes(_ input: IntakeInput, _ stream: ByteSource) throws(IntakeError) -> [UInt8] {
    if case .filtered = input { return [0x1F, 0x8B, 0x08] }
    return try known(input, stream)?.firstBytes() ?? stream.firstBytes(4)
  }

  /// The input itself, where it can be read again.
  private static func known(_ input: IntakeInput, _ stream: ByteSource) throws(IntakeError) -> RereadableInput? {
    switch input {
    case .file(let path): stream.expectedBytes == nil ? nil : try RereadableInput(path: path)
    case .arriving(let file): try RereadableInput(arriving: file)
    case .standardInput, .filtered: nil
    case .memory(let bytes, let name): RereadableInput(bytes: bytes, name: name)
    }
  }

  /// The stream of a file that still comes, from where its first bytes are there.
  private static func open(_ file: ArrivingFile) throws(IntakeError) -> ByteSource {
    do throws(InputError) {
      try file.require(4)
      return try file.stream()
    } catch {
      throw .input(error)
    }
  }

  static func open(
    _ path: String, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(IntakeError) -> ByteSource {
    do { return try ByteSource(path: path, isCancelled: isCancelled) } catch { throw .input(error) }
  }
}

extension RereadableInput {
  /// The first four bytes, or as many as there are.
  fileprivate func firstBytes() throws(IntakeError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4)
    var failure: IntakeError?
    let count = bytes.withUnsafeMutableBytes { bytes -> Int in
      do throws(IntakeError) { return try read(into: bytes, at: 0) } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return Array(bytes.prefix(count))
  }
}

extension OpenInput {
  /// A file that is read through a filter: its digest is that of its own bytes, and its text is nowhere kept.
  private init(
    _ path: String, through filter: FileFilter, _ reading: FileReading,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(IntakeError) {
    let digest = SourceDigest()
    let file = try Self.open(path, isCancelled).watched { (bytes) throws(InputError) in digest.digester.update(bytes) }
    do throws(InputError) { while try file.skip(atMost: 1 << 24) {} } catch { throw .input(error) }
    let resolved = reading.resolved(firstBytes: Self.firstBytes(of: path, through: filter, isCancelled))
    self.reading = resolved
    source = try Self.open(path, through: filter, isCancelled)
    again = RereadableInput(
      stream: ReopenedStream { () throws(InputError) in
        try filter.open(path).unpacked(resolved.compression).decoded(from: resolved.encoding)
      }, name: path)
    (copy, writers) = (nil, 0)
    disk = digest
  }

  static func open(
    _ path: String, through filter: FileFilter, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(IntakeError) -> ByteSource {
    do throws(InputError) { return try filter.open(path, isCancelled: isCancelled) } catch { throw .input(error) }
  }

  /// What comes out of a filter first; nothing where it fails, which is told when it is read.
  private static func firstBytes(
    of path: String, through filter: FileFilter, _ isCancelled: @escaping @Sendable () -> Bool
  ) -> [UInt8] {
    (try? open(path, through: filter, isCancelled).next(4)) ?? []
  }
}

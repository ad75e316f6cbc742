import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A copy of one state of a database in WAL mode, in the temporary folder. Who makes it removes it.
struct StillCopy {
  /// Where it is.
  let path: String

  /// Copies the database in `file`. Throws `notReadable` where something isn't in the file yet, somebody has it open, or it
  /// changes while it is copied.
  ///
  /// - Parameter meanwhile: Called once the bytes are copied, before it is looked whether they have changed.
  init(of file: String, namedInErrors path: String, meanwhile: () -> Void = {}) throws(LedgerError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/.billdrop-ledger.XXXXXX".utf8CString)
    let target = mkstemp(&name)
    guard target >= 0 else { throw .file(FileError(.open, path: folder, code: errno)) }
    defer { close(target) }
    self.path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do throws(LedgerError) {
      let before = try Self.look(file, namedInErrors: path)
      do throws(FileError) { try Self.copy(file, to: target, in: folder) } catch { throw .file(error) }
      meanwhile()
      guard try Self.look(file, namedInErrors: path) == before else {
        throw .notReadable(path: path, because: .itsWriter)
      }
    } catch {
      unlink(self.path)
      throw error
    }
  }

  /// The file as it is where nobody has it open, and all is in it.
  private static func look(_ file: String, namedInErrors path: String) throws(LedgerError) -> FileLook? {
    do throws(FileError) {
      let file = try Directory.resolved(file)
      let (log, memory) = (try FileLook(path: file + "-wal"), try FileLook(path: file + "-shm"))
      if log?.size ?? 0 == 0, memory == nil { return try FileLook(path: file) }
    } catch { throw .file(error) }
    throw .notReadable(path: path, because: .itsLog)
  }

  private static func copy(_ file: String, to target: CInt, in folder: String) throws(FileError) {
    let source = open(file, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw FileError(.open, path: file, code: errno) }
    defer { close(source) }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = read(source, block.baseAddress, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(.read, path: file, code: errno) }
      if count == 0 { return }
      var written = 0
      while written < count {
        let more = write(target, block.baseAddress.map { $0 + written }, count - written)
        if more < 0, errno == EINTR { continue }
        guard more >= 0 else { throw FileError(.write, path: folder, code: errno) }
        written += more
      }
    }
  }
}

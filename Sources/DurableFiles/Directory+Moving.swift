#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Directory {
  /// Moves a file to a place that nothing has, within one file system; `false` where something has it.
  ///
  /// The place is taken first, by an empty file that the move replaces, so that two processes never get the same one. A
  /// process that dies in between leaves that empty file.
  package static func move(_ path: String, toFree newPath: String) throws(FileError) -> Bool {
    do throws(FileError) { try makeFile(newPath) } catch {
      if error.code == EEXIST { return false }
      throw error
    }
    do throws(FileError) { try move(path, over: newPath) } catch {
      unlink(newPath)
      throw error
    }
    return true
  }

  /// Moves a file within one file system, in place of what had the new name, and makes both folders durable.
  package static func move(_ path: String, over newPath: String) throws(FileError) {
    #if canImport(Glibc)
      let result = Glibc.rename(path, newPath)
    #else
      let result = Darwin.rename(path, newPath)
    #endif
    guard result == 0 else { throw FileError(.rename, path: path, code: errno) }
    try sync(parent(of: newPath))
    try sync(parent(of: path))
  }

  /// Copies a file: `newPath` is whole or not there, with exactly `mode`.
  package static func copy(_ path: String, to newPath: String, mode: UInt32) throws(FileError) {
    let source = try FileHandle(path: path, flags: O_RDONLY)
    let target = try AtomicFile(path: newPath, mode: mode)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = buffer.withUnsafeMutableBytes { read(source.descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(.read, path: path, code: errno) }
      if count == 0 { break }
      try target.write(Array(buffer[..<count]))
    }
    try target.commit()
  }

  /// Gives a file or a folder to a group, by its number; this process must belong to it.
  package static func setGroup(_ path: String, _ group: UInt32) throws(FileError) {
    guard chown(path, uid_t.max, gid_t(group)) == 0 else { throw FileError(.changeGroup, path: path, code: errno) }
  }

  /// Gives a file or a folder exactly this mode.
  package static func setMode(_ path: String, _ mode: UInt32) throws(FileError) {
    guard chmod(path, mode_t(mode)) == 0 else { throw FileError(.changeMode, path: path, code: errno) }
  }
}

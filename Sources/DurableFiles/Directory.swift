#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Directories, made and changed so that a crash can't undo it.
package enum Directory {
  /// Makes `path` and the directories above it that are missing, each with `mode` (less the umask), each durable before
  /// the next. One that is there already stays as it is; where something else is in the way, throws ENOTDIR.
  package static func make(_ path: String, mode: UInt32 = 0o700) throws(FileError) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw FileError(.makeDirectory, path: path, code: ENOTDIR) }
      return
    }
    guard errno == ENOENT else { throw FileError(.makeDirectory, path: path, code: errno) }
    let above = parent(of: path)
    if above != path { try make(above, mode: mode) }
    guard mkdir(path, mode_t(mode)) == 0 else {
      // Another process may have made it meanwhile.
      if errno == EEXIST { return }
      throw FileError(.makeDirectory, path: path, code: errno)
    }
    try sync(above)
  }

  /// The same, but for the directories above it, which must be there: throws ENOENT where the one that holds it isn't.
  package static func makeLast(_ path: String, mode: UInt32 = 0o700) throws(FileError) {
    let above = parent(of: path)
    var status = stat()
    guard stat(path, &status) == 0 || stat(above, &status) == 0 else {
      throw FileError(.makeDirectory, path: above, code: errno)
    }
    try make(path, mode: mode)
  }

  /// Makes the names in a directory durable: new, renamed and removed files.
  package static func sync(_ path: String) throws(FileError) {
    let directory = try FileHandle(path: path, flags: O_RDONLY | O_DIRECTORY)
    try directory.sync()
  }

  /// Whether a regular file has this path.
  package static func hasFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether anything is at a path, links followed.
  package static func hasAnything(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Removes a file for good; one that isn't there is no fault.
  ///
  /// - Parameter durably: `false` where the caller makes the directory durable later on.
  package static func removeFile(_ path: String, durably: Bool = true) throws(FileError) {
    guard unlink(path) == 0 else {
      if errno == ENOENT { return }
      throw FileError(.remove, path: path, code: errno)
    }
    if durably { try sync(parent(of: path)) }
  }

  /// The directory that `path` is in: `/a` for `/a/b` and `/a/b/`, `.` for a bare name, `/` for itself.
  package static func parent(of path: String) -> String {
    var rest = path[...]
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    guard let slash = rest.lastIndex(of: "/") else { return "." }
    rest = rest[..<slash]
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    return rest.isEmpty ? "/" : String(rest)
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Directory {
  /// `path` with every symbolic link and `..` resolved; the last name needs not exist yet, its directory does.
  package static func resolved(_ path: String) throws(FileError) -> String {
    if let whole = realpath(path, nil) {
      defer { free(whole) }
      return String(cString: whole)
    }
    guard errno == ENOENT, let above = realpath(parent(of: path), nil) else {
      throw FileError(.inspect, path: path, code: errno)
    }
    defer { free(above) }
    let name = path.split(separator: "/").last ?? ""
    let folder = String(cString: above)
    return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
  }

  /// `path` from the root on, so that it means the same from every folder; as it is where that can't be told.
  package static func fromRoot(_ path: String) -> String {
    do throws(FileError) { return try resolved(path) } catch { return path }
  }

  /// Whether `path` is a symbolic link whose end isn't there.
  package static func isLinkToNothing(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK && stat(path, &status) != 0
  }

  /// Gives a file in a directory another name in it, in place of what had that, and makes it durable.
  package static func rename(_ path: String, to newPath: String) throws(FileError) {
    let file = try FileHandle(path: path, flags: O_RDONLY)
    try file.sync()
    #if canImport(Glibc)
      let result = Glibc.rename(path, newPath)
    #else
      let result = Darwin.rename(path, newPath)
    #endif
    guard result == 0 else { throw FileError(.rename, path: newPath, code: errno) }
    try sync(parent(of: newPath))
  }

  /// Makes an empty file that wasn't there, with exactly `mode`.
  package static func makeFile(_ path: String, mode: UInt32 = 0o600) throws(FileError) {
    try FileHandle(path: path, flags: O_WRONLY | O_CREAT | O_EXCL).setMode(mode_t(mode))
  }

  /// Makes an empty file with exactly `mode`, its name durable, where there is none yet.
  package static func makeFileIfMissing(_ path: String, mode: UInt32 = 0o600) throws(FileError) {
    do throws(FileError) { try makeFile(path, mode: mode) } catch {
      if error.code == EEXIST { return }
      throw error
    }
    try sync(parent(of: path))
  }

  /// Removes a file where there is one.
  package static func remove(_ path: String) throws(FileError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError(.remove, path: path, code: errno) }
  }
}

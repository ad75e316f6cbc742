#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Directory {
  /// Makes a folder, in place of a link that has its name; what the link leads to stays.
  package static func makeInPlaceOfLink(_ path: String, mode: UInt32 = 0o700) throws(FileError) {
    if try FileLook(path: path)?.kind == .link { try removeFile(path) }
    try make(path, mode: mode)
  }

  /// Whether `path` is a folder, links followed.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Removes a folder where it is empty, and makes that durable; one that isn't empty stays, and so does a link.
  package static func removeEmpty(_ path: String) throws(FileError) {
    guard rmdir(path) != 0 else { return try sync(parent(of: path)) }
    guard [ENOTEMPTY, EEXIST, ENOENT, ENOTDIR].contains(errno) else {
      throw FileError(.remove, path: path, code: errno)
    }
  }
}

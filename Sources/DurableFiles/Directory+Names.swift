#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Directory {
  /// The names in a directory but `.` and `..`, as bytes, in no order: a name needs not be UTF-8.
  package static func names(in path: String) throws(FileError) -> [[UInt8]] {
    guard let stream = opendir(path) else { throw FileError(.open, path: path, code: errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw FileError(.read, path: path, code: errno) }
        return names
      }
      let name = name(of: entry)
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
  }

  /// The names in a directory that begin with `prefix`, in no order.
  package static func names(in path: String, beginningWith prefix: String) throws(FileError) -> [String] {
    try names(in: path).filter { $0.starts(with: prefix.utf8) }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Where it lies: an entry is as long as its own name and no longer, whatever the type says (readdir(3), "the use of
  /// sizeof"), so that a copy of the field would read beyond it.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    let offset = MemoryLayout<dirent>.offset(of: \.d_name)!
    let start = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
    return Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
  }
}

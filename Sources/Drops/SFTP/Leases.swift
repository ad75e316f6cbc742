import DurableFiles

/// Notes that this ledger has claimed files which stay where they arrived: a file each, named after it, that names what
/// lies beside it.
struct Leases {
  let folder: String

  func prepare() throws(FileError) { try Directory.make(folder) }

  /// Takes a lease, durably; `false` where there is one.
  func take(_ name: String, companion: String?) throws(FileError) -> Bool {
    if Directory.hasFile(folder + "/" + name) { return false }
    let file = try AtomicFile(path: folder + "/" + name)
    try file.write(companion ?? "")
    try file.commit()
    return true
  }

  func end(_ name: String) throws(FileError) { try Directory.removeFile(folder + "/" + name) }

  func names() throws(FileError) -> Set<String> {
    Set(try Directory.names(in: folder).map { String(decoding: $0, as: UTF8.self) }.filter { !$0.hasPrefix(".") })
  }

  /// What lies beside a leased file.
  func companion(of name: String) throws(FileError) -> String? {
    guard let glimpse = try FileGlimpse(path: folder + "/" + name, headLimit: 4096), !glimpse.head.isEmpty else {
      return nil
    }
    return String(decoding: glimpse.head, as: UTF8.self)
  }
}

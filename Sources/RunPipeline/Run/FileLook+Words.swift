import DurableFiles

extension FileLook {
  /// What is to be said where something else than a file lies in a file's place on this machine; `nil` where a file does,
  /// or nothing, or where nobody can look.
  static func oddWords(at path: String) -> String? {
    guard path.hasPrefix("/") else { return nil }
    let look: FileLook?
    do throws(FileError) { look = try FileLook(path: path) } catch { return nil }
    guard let look, let name = look.kind.oddName else { return nil }
    return "In place of the file \(name) lies in \(path): it is never read, and nothing of it is sent. Put the file "
      + "back there, or take what lies there away."
  }
}

extension FileLook.Kind {
  /// With its article; `nil` of a file.
  fileprivate var oddName: String? {
    switch self {
    case .file: nil
    case .folder: "a folder"
    case .link: "a link"
    case .other: "a pipe, a socket or a device"
    }
  }
}

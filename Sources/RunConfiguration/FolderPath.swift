/// Paths of folders, as people write them.
enum FolderPath {
  /// A path without what doesn't change where it leads: slashes that are doubled or last, and names that are one dot.
  static func plain(_ path: String) -> String {
    let names = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + names : names.isEmpty ? "." : names
  }
}

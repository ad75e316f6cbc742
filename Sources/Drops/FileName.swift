/// Names made of other names, none longer than a file system takes.
enum FileName {
  /// Bytes of a name at most (NAME_MAX).
  static let mostBytes = 255

  /// A name with a mark between its stem and its extension, its stem cut where need be.
  static func marked(_ name: String, with mark: String) -> String {
    let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
    let ending = dot.map { String(name[$0...]) } ?? ""
    let isShort = ending.utf8.count <= 32
    return cut(isShort ? String(name[..<(dot ?? name.endIndex)]) : name, ending: mark + (isShort ? ending : ""))
  }

  /// A stem with an ending, the stem cut at a character's border where both are too long.
  static func cut(_ stem: String, ending: String) -> String {
    var stem = stem
    while stem.utf8.count + ending.utf8.count > mostBytes, !stem.isEmpty { stem.removeLast() }
    return stem + ending
  }
}

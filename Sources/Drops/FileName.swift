/// Names made of other names, none longer than a file system takes.
package enum FileName {
  /// Bytes of a name at most (NAME_MAX).
  static let mostBytes = 255

  /// A name with a mark between its stem and its extension, its stem cut where need be.
  static func marked(_ name: String, with mark: String) -> String {
    let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 }
    let ending = dot.map { String(name[$0...]) } ?? ""
    let isShort = ending.utf8.count <= 32
    return cut(isShort ? String(name[..<(dot ?? name.endIndex)]) : name, ending: mark + (isShort ? ending : ""))
  }

  /// Whether a name is another one with a digest's digits between its stem and its extension, as `marked` makes them.
  package static func isMarked(_ name: String, of original: String) -> Bool {
    let dot = original.lastIndex(of: ".").flatMap { $0 == original.startIndex ? nil : $0 } ?? original.endIndex
    let (stem, ending) = (original[..<dot], original[dot...])
    guard name.hasPrefix("\(stem)-"), name.hasSuffix(ending), name.count > original.count else { return false }
    let mark = name.dropFirst(stem.count + 1).dropLast(ending.count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(mark.count), mark[0].count == 12, mark[0].allSatisfy(\.isHexDigit) else { return false }
    return mark.count == 1 || Int(mark[1]) != nil
  }

  /// A stem with an ending, the stem cut at a character's border where both are too long.
  static func cut(_ stem: String, ending: String) -> String {
    var stem = stem
    while stem.utf8.count + ending.utf8.count > mostBytes, !stem.isEmpty { stem.removeLast() }
    return stem + ending
  }
}

/// Finds the known name that was most likely meant.
package enum NearestName {
  /// The name with the fewest insertions, deletions, substitutions and swaps of neighbours away from `text` (letters'
  /// case, blanks, `-` and `_` don't count), or `nil` where none is near: more than a third of its characters away.
  package static func of(_ text: String, among names: [String]) -> String? {
    let wanted = plain(text)
    guard !wanted.isEmpty, wanted.count <= 128 else { return nil }
    let near = names.map { (name: $0, distance: distance(wanted, plain($0))) }.min { $0.distance < $1.distance }
    guard let near, near.distance * 3 <= max(near.name.count, wanted.count) else { return nil }
    return near.name
  }

  private static func plain(_ text: String) -> [Character] {
    text.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" && $0 != "\u{FEFF}" }.map { $0 }
  }

  /// Optimal string alignment distance.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
        var best = min(substitution, last[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, beforeLast[j - 1] + 1) }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}

/// Finds what someone may have meant.
package enum Spelling {
  /// The candidate with the fewest edits, if there are few enough to be a slip: at most a third of the letters.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    candidates.map { ($0, distance(Array(word), Array($0))) }
      .filter { $0.1 <= max(1, word.count / 3) }
      .min { $0.1 < $1.1 }?.0
  }

  /// Edit distance: insertions, deletions, replacements.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, leftCharacter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, rightCharacter) in right.enumerated() {
        let replaced = diagonal + (leftCharacter == rightCharacter ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}

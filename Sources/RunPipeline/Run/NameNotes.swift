/// Names in a drop that are not taken: each is told once, and of very many that come at once the first ones. Pure.
struct NameNotes {
  /// How many names are told of in one look for one reason; the others are counted.
  static let most = 20

  private var known: Set<String> = []
  private var counts: [String: Int] = [:]

  /// Whether a name is to be told for this reason.
  mutating func isNews(_ name: String, _ reason: String) -> Bool {
    guard known.insert(name).inserted else { return false }
    let count = (counts[reason] ?? 0) + 1
    counts[reason] = count
    return count <= Self.most
  }

  /// Ends a look: how many names were not told, by reason. What isn't there any more is forgotten.
  mutating func endLook(_ isThere: (String) -> Bool) -> [(reason: String, count: Int)] {
    known = known.filter(isThere)
    defer { counts = [:] }
    return counts.filter { $0.value > Self.most }.map { ($0.key, $0.value - Self.most) }.sorted { $0.0 < $1.0 }
  }
}

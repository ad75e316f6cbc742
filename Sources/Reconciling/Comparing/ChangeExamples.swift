import BillModel

/// Of each kind of change those that stand first in their file.
struct ChangeExamples {
  private let most: Int
  private var found: [FileChange.Kind: [FileChange]] = [:]

  /// - Parameter most: Of each kind.
  init(most: Int) { self.most = most }

  /// All of them, kind by kind.
  var all: [FileChange] { FileChange.Kind.allCases.flatMap { found[$0] ?? [] } }

  mutating func add(_ change: FileChange) {
    var known = found[change.kind] ?? []
    if known.count == most, let last = known.last, Self.place(last) <= Self.place(change) { return }
    known.insert(change, at: known.firstIndex { Self.place($0) > Self.place(change) } ?? known.count)
    found[change.kind] = Array(known.prefix(most))
  }

  private static func place(_ change: FileChange) -> Int { change.newRecord ?? change.oldRecord ?? 0 }
}

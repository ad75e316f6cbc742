/// Finds where texts begin that stand beside one another, each filled up with blanks.
struct EdgeFinder {
  struct Edge {
    /// The first place of a column.
    let start: Int
    let isSure: Bool
  }

  let places: Places
  private(set) var edges: [Edge] = []

  /// - Parameters:
  ///   - stretch: Places that no claim has.
  ///   - proven: Where else a text begins, and whether that is beyond doubt.
  init(_ places: Places, in stretch: Range<Int>, _ proven: [Int: Bool]) {
    self.places = places
    var start = stretch.lowerBound
    for index in stretch.dropFirst() {
      let other = proven[index].map { Edge(start: index, isSure: $0) }
      guard let edge = other ?? edge(at: index, in: start..<stretch.upperBound) else { continue }
      edges.append(edge)
      start = index
    }
  }

  /// A column begins where blanks end in most records: those before it are its neighbour's padding.
  private func edge(at index: Int, in stretch: Range<Int>) -> Edge? {
    let filled = places.filled(index)
    if index == stretch.lowerBound + 1, isFlag(stretch.lowerBound) { return Edge(start: index, isSure: false) }
    let rises = places[index - 1].rises
    guard rises > 0, !places.isFew(filled), filled - places.filled(index - 1) >= max(1, places.count / 5) else {
      return nil
    }
    guard isBeginning(index, in: stretch) else { return nil }
    let deep = doubleBlanks(before: index, from: stretch.lowerBound)
    if places.distinct == 1 { return deep > 0 ? Edge(start: index, isSure: false) : nil }
    // One blank in all records may stand between two words.
    if places.isAll(rises), deep == 0 {
      // A word that is the same in all of them is no column.
      if (stretch.lowerBound..<index - 1).allSatisfy({ places.isConstant($0) }) { return nil }
      // Nor are initials of names.
      if index == stretch.lowerBound + 2, places[index - 2].signs.count > 4 { return nil }
      return places.count >= 3 ? Edge(start: index, isSure: false) : nil
    }
    guard deep * 2 >= rises else { return nil }
    return Edge(start: index, isSure: places.isProof)
  }

  /// Whether a place has one of few letters in all records and the next one has many: a code of one letter, and a text.
  private func isFlag(_ index: Int) -> Bool {
    places.isAll(places[index][.letter]) && places.isAll(places[index + 1][.letter]) && places[index].signs.count <= 3
      && places[index + 1].signs.count >= 6
  }

  /// Whether what stands behind a place stands there only where that place is filled too.
  private func isBeginning(_ index: Int, in stretch: Range<Int>) -> Bool {
    let end = min(index + 3, stretch.upperBound)
    let late = places.proofs.count { row in
      SignKind(places.rows[row][index]) == .blank
        && places.rows[row][index..<end].contains { SignKind($0) != .blank }
    }
    return late * 20 <= places.proofs.count
  }

  /// In how many records two blanks stand before a filled place.
  private func doubleBlanks(before index: Int, from start: Int) -> Int {
    guard index - 2 >= start else { return 0 }
    return places.rows.count { row in
      SignKind(row[index]) != .blank && SignKind(row[index - 1]) == .blank && SignKind(row[index - 2]) == .blank
    }
  }
}

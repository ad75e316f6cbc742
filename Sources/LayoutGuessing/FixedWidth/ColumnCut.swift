/// A column that is seen in the records.
struct ColumnCut {
  var range: Range<Int>
  /// What its signs say it is; `nil` of a text.
  var kind: Claim.Kind?
  var isStartSure: Bool
  var isEndSure: Bool
  /// Whether it begins somewhere within the blanks that its range begins with: where isn't seen.
  var isStartLoose = false

  /// Cuts records into columns; places that are blank in all of them belong to the text before, or else to the number
  /// behind, or to none.
  static func all(_ places: Places, from start: Int) -> [ColumnCut] {
    let finder = ClaimFinder(places, from: start)
    var cuts: [ColumnCut] = []
    var place = start
    for claim in finder.claims {
      cuts += texts(places, place..<claim.range.lowerBound, finder.edges)
      cuts.append(
        ColumnCut(
          range: claim.range, kind: claim.kind, isStartSure: claim.isStartSure, isEndSure: claim.isEndSure))
      place = claim.range.upperBound
    }
    cuts += texts(places, place..<places.width, finder.edges)
    return settled(cuts, places, start)
  }

  private static func texts(_ places: Places, _ stretch: Range<Int>, _ proven: [Int: Bool]) -> [ColumnCut] {
    guard !stretch.isEmpty else { return [] }
    let edges = EdgeFinder(places, in: stretch, proven).edges
    var cuts: [ColumnCut] = []
    var (start, isSure) = (stretch.lowerBound, true)
    for edge in edges {
      cuts.append(ColumnCut(range: start..<edge.start, kind: nil, isStartSure: isSure, isEndSure: edge.isSure))
      (start, isSure) = (edge.start, edge.isSure)
    }
    cuts.append(ColumnCut(range: start..<stretch.upperBound, kind: nil, isStartSure: isSure, isEndSure: true))
    return cuts
  }

  /// Blank places go to where they belong, and a side of an edge is as sure as the other one.
  private static func settled(_ cuts: [ColumnCut], _ places: Places, _ start: Int) -> [ColumnCut] {
    var kept: [ColumnCut] = []
    for var cut in cuts {
      if cut.range.allSatisfy({ places.isBlank($0) }) { continue }
      if cut.kind == nil {
        // Blanks before a text are nobody's, or its neighbour's.
        while places.isBlank(cut.range.lowerBound) { cut.range = cut.range.lowerBound + 1..<cut.range.upperBound }
      }
      kept.append(cut)
    }
    for index in kept.indices.dropFirst() {
      let gap = kept[index - 1].range.upperBound..<kept[index].range.lowerBound
      let before = kept[index - 1]
      if gap.isEmpty {
        if kept[index].isRightAligned { giveRoom(&kept, index, places) }
        let isSure = kept[index].isStartSure && kept[index - 1].isEndSure
        (kept[index].isStartSure, kept[index - 1].isEndSure) = (isSure, isSure)
      } else if kept[index].isRightAligned {
        kept[index].range = gap.lowerBound..<kept[index].range.upperBound
        kept[index].isStartLoose = true
        if before.kind == nil { giveRoom(&kept, index, places) }
      } else {
        if !places.isProof { kept[index].isStartSure = false }
        if before.kind != nil { continue }
        kept[index - 1].range = before.range.lowerBound..<gap.upperBound
      }
    }
    return kept
  }

  /// The same as a text where it is a zoned number, which is read by its bytes.
  var withoutSign: ColumnCut {
    var cut = self
    if kind == .zoned { cut.kind = nil }
    return cut
  }

  var isRightAligned: Bool { kind == .decimal || kind == .number }

  /// The blanks between a text and a number at the right of its place go to the number: an amount that lost its first
  /// digits would be a wrong one, and a text that doesn't fit is seen.
  private static func giveRoom(_ cuts: inout [ColumnCut], _ index: Int, _ places: Places) {
    guard cuts[index - 1].kind == nil else { return }
    var start = cuts[index].range.lowerBound
    let least = cuts[index - 1].range.lowerBound + 1
    while start > least, places.isBlank(start - 1) { start -= 1 }
    guard start < cuts[index].range.lowerBound || places.isBlank(start) else { return }
    cuts[index].range = start..<cuts[index].range.upperBound
    cuts[index - 1].range = cuts[index - 1].range.lowerBound..<start
    cuts[index].isStartLoose = true
  }
}

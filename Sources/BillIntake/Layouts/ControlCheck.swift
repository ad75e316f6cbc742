import BillLayouts
import BillModel

/// Compares what a file says of itself with what its bills come to. Any difference rejects the file whole.
struct ControlCheck {
  private let layout: Layout
  private let tally: ControlTally
  private let stated: StatedValues
  private(set) var findings: [Finding] = []

  /// - Parameter isOfMendedRows: Whether the file is known to hold mended rows of another, whatever its name says.
  init(layout: Layout, pass: PassThreads, stated: StatedValues, isOfMendedRows: Bool) {
    self.layout = layout
    tally = pass.taking.control
    self.stated = stated
    guard !layout.control.isEmpty else { return }
    if isOfMendedRows || SourceName(pass.reading.name).isMended {
      // Its rows are some of a file's, and the figures are those of the whole file.
      if stated.sideFile != nil || layout.control.sideFile == nil { compareEqual() }
      return
    }
    if let side = layout.control.sideFile, stated.sideFile == nil {
      note(
        .fileControlUnreadable, "The side file \(Masking.cut(side.name)) of this file is missing or can't be read.",
        "It stands beside the bill file, and holds its control figures.")
    }
    compareCount()
    compareSums()
    compareHashes()
    if let broken = tally.sequenceBreak {
      note(
        .fileControlSequence,
        "The bill on line \(broken.line) has the number \(Masking.cut(broken.found)), and \(broken.expected) comes next.",
        "A record is missing, doubled or out of place.", line: broken.line)
    }
    compareEqual()
  }

  private mutating func note(_ code: FindingCode, _ message: String, _ hint: String, line: Int = 0) {
    findings.append(Finding(code: code, record: 0, line: line, message: message, hint: hint))
  }

  // MARK: Figures

  private mutating func compareCount() {
    guard let recipe = layout.control.count, let stated = figure(recipe, "count of records") else { return }
    guard stated != Int128(tally.count) else { return }
    let others = tally.ofNoKind == 1 ? "1 record" : "\(tally.ofNoKind) records"
    let note = tally.ofNoKind > 0 ? ", and \(others) of no kind that the layout knows" : ""
    self.note(
      .fileControlCount, "The file says that it has \(stated) bills, and it has \(tally.count)\(note).",
      "Records are missing or too many: send the file again, whole.")
  }

  private mutating func compareSums() {
    for (index, sum) in layout.control.sums.enumerated() {
      guard let stated = figure(sum.stated, "sum of \(sum.field)") else { continue }
      let found = tally.sums[index]
      guard found.map({ stated != Int128($0) }) ?? true || tally.unreadable[index] > 0 else { continue }
      let (unreadable, withoutCurrency) = (tally.unreadable[index], tally.withoutCurrency[index])
      let notes = [
        withoutCurrency > 0 ? "\(Self.bills(withoutCurrency)) no currency, and so no amount that can be read" : nil,
        unreadable > withoutCurrency ? "\(Self.bills(unreadable - withoutCurrency)) none that can be read" : nil,
      ]
      let note = notes.compactMap { $0.map { "; \($0)" } }.joined()
      self.note(
        .fileControlSum,
        "The file says that \(sum.field) comes to \(stated) minor units, and it comes to "
          + "\(found.map(String.init) ?? "more than 64 bits hold")\(note).",
        withoutCurrency > 0
          ? "A currency is wrong: its row's finding says which. Send the file again."
          : "An amount is wrong, or records are missing or too many: send the file again.")
    }
  }

  private static func bills(_ count: Int) -> String { count == 1 ? "1 bill has" : "\(count) bills have" }

  private mutating func compareHashes() {
    for (index, total) in layout.control.hashTotals.enumerated() {
      guard let stated = figure(total.stated, "hash total") else { continue }
      var found = tally.hashes[index]
      if let digits = total.digits { found %= (0..<digits).reduce(UInt128(1)) { power, _ in power * 10 } }
      guard stated < 0 || UInt128(stated) != found else { continue }
      if total.digits == nil, tally.hashesAreLonger[index] {
        note(
          .fileControlHash,
          "The file says that its hash total is \(stated), and it has more than the 37 digits that are kept: they end in "
            + "\(found).",
          "Say in the layout how many of the last digits the file states: \"digits\" of the hash total.")
        continue
      }
      note(
        .fileControlHash, "The file says that its hash total is \(stated), and it is \(found).",
        "A number is wrong, or records are missing or too many: send the file again.")
    }
  }

  private mutating func compareEqual() {
    for pair in layout.control.equal {
      guard let value = text(pair.value, pair.name), let other = text(pair.other, pair.name), value != other else {
        continue
      }
      note(
        .fileControlEqual,
        "The \(pair.name) is \(Masking.cut(value)) in one place and \(Masking.cut(other)) in another.",
        "They must be the same: is it the right file, under its right name?")
    }
  }

  /// A stated number; `nil` where it can't be read, which is then noted.
  private mutating func figure(_ recipe: ValueRecipe, _ name: String) -> Int128? {
    guard let text = text(recipe, name) else { return nil }
    if let number = Int128(text) { return number }
    note(
      .fileControlUnreadable, "The \(name) that the file states is no number: \"\(Masking.cut(text))\".",
      "See \"control\" in the layout: does it need steps?")
    return nil
  }

  private mutating func text(_ recipe: ValueRecipe, _ name: String) -> String? {
    // That the record is missing as a whole was told.
    if stated.isMissing(recipe.source) { return nil }
    if let value = stated.value(recipe), !value.isEmpty { return String(decoding: value, as: UTF8.self) }
    note(
      .fileControlUnreadable, "The file states no \(name) that can be read.",
      "See \"control\" in the layout: where it stands, and its steps.")
    return nil
  }
}

/// Columns of the records that are no bills, as far as a bill needs them.
struct OtherRecords {
  private(set) var header: [(String, ColumnCut)] = []
  private(set) var parent: [(String, ColumnCut)] = []
  /// The step that reads the header's date.
  private(set) var headerDate: DigitDateStep?

  init(_ sample: FixedWidthSample) {
    if let group = sample.kinds.header { findDate(sample, group) }
    if let group = sample.kinds.parent { findParty(sample, group) }
  }

  private func columns(_ sample: FixedWidthSample, _ group: RecordKindsGuess.Group) -> [FixedWidthColumn] {
    let places = Places(signs: group.rows.map { sample.signs[$0] }, bytes: [])
    return ColumnCut.all(places, from: min(sample.kinds.length, places.width)).map {
      FixedWidthColumn($0, places)
    }
  }

  private mutating func findDate(_ sample: FixedWidthSample, _ group: RecordKindsGuess.Group) {
    guard let column = columns(sample, group).first(where: { $0.dates?.form.length == 8 && $0.isDate }),
      let dates = column.dates
    else { return }
    header.append(("date", column.cut))
    headerDate = DigitDateStep(dates, column)
  }

  /// The customer of the bills that follow.
  private mutating func findParty(_ sample: FixedWidthSample, _ group: RecordKindsGuess.Group) {
    let columns = columns(sample, group)
    let email = columns.firstIndex { $0.profile.isMost($0.profile.emails) }
    let number = columns.indices.first { columns[$0].isCode && $0 != email && !columns[$0].isConstant }
    let name = columns.indices.first { columns[$0].isName && $0 != email && $0 != number }
    for (title, index) in [("number", number), ("name", name), ("email", email)] {
      if let index { parent.append((title, columns[index].cut)) }
    }
  }
}

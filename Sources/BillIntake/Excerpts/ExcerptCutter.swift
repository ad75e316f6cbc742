import BillLayouts
import BillModel
import Tabular

/// Cuts a row that was read again into the pieces of an excerpt.
///
/// What stands between delimiters is shown as it came, quotes too, so that a fault in the writing is seen. A piece is
/// masked as its column asks; where the row doesn't have the columns of its file, nobody knows what stands where, and all
/// pieces are masked like names.
struct ExcerptCutter {
  /// Which column of the plan a finding is about, and how the fields of a record are to be masked.
  private let plan: RowPlan
  private let kinds: [Masking.Kind]
  private let dialect: Dialect?
  private let isUnmasked: Bool

  init(plan: RowPlan, dialect: Dialect?, isUnmasked: Bool = false) {
    self.isUnmasked = isUnmasked
    self.plan = plan
    self.dialect = dialect
    kinds = Self.kinds(plan)
  }

  /// - Parameter column: The finding's heading.
  func excerpt(_ batch: borrowing RecordBatch, _ record: RecordSpan, column: String?) -> RowExcerpt {
    let cells = RowCells(batch, record)
    let place = column.flatMap { heading in plan.columns.firstIndex { $0.heading == heading } }
    let field = place.flatMap { self.field(ofColumn: $0) }
    guard let dialect else { return excerpt(cells: cells, field) }
    let raw = Self.fields(of: batch.rawBytes(of: record), dialect)
    let isWhole = raw.count == plan.fileColumns && cells.fields.count == plan.columns.count
    var pieces: [String] = []
    for (index, text) in raw.enumerated() {
      if index > 0 { pieces.append(Masking.cut(String(UnicodeScalar(dialect.delimiter)))) }
      pieces.append(shown(text, as: isWhole && index < kinds.count ? kinds[index] : .name))
    }
    return RowExcerpt(pieces: pieces, marked: isWhole ? field.map { $0 * 2 } : nil)
  }

  /// A record whose columns have places, not delimiters: its columns one beside the other.
  private func excerpt(cells: RowCells, _ field: Int?) -> RowExcerpt {
    guard let mapped = plan.mapped, cells.fields.count == plan.columns.count else {
      return RowExcerpt(pieces: [], marked: nil)
    }
    var pieces: [String] = []
    for index in 0..<mapped.sourceCount {
      if index > 0 { pieces.append("│") }
      let text = String(decoding: cells[mapped.targetCount + index], as: UTF8.self)
      pieces.append(shown(text, as: index < kinds.count ? kinds[index] : .name))
    }
    return RowExcerpt(pieces: pieces, marked: field.map { $0 * 2 })
  }

  private func shown(_ text: String, as kind: Masking.Kind) -> String {
    isUnmasked ? Masking.cut(text) : Masking.shown(text, as: kind)
  }

  /// The field of a record that a column of the plan comes from first; `nil` where it comes from none.
  private func field(ofColumn column: Int) -> Int? {
    guard let mapped = plan.mapped else { return column }
    guard column < mapped.targetCount else { return column - mapped.targetCount }
    return mapped.origins[column].first.map { $0 - mapped.targetCount }
  }

  // MARK: Masks

  /// How the file's columns are to be masked, in their order.
  private static func kinds(_ plan: RowPlan) -> [Masking.Kind] {
    guard let mapped = plan.mapped else { return plan.columns.map { kind($0.path?.attribute) } }
    return (0..<mapped.sourceCount).map { source in
      let targets = mapped.targets(of: mapped.targetCount + source)
      let kinds = targets.map { target -> Masking.Kind in
        let steps = mapped.recipes[target].all.flatMap(\.steps)
        let isSecret = steps.contains { if case .hmac = $0 { true } else { $0 == .identityNumber } }
        return isSecret ? .identity : kind(plan.columns[target].path?.attribute)
      }
      // A column that fills nothing may hold anything.
      return kinds.max { rank($0) < rank($1) } ?? .name
    }
  }

  private static func kind(_ attribute: FieldPath.Attribute?) -> Masking.Kind {
    switch attribute {
    case .name: .name
    case .email: .email
    case .phone: .phone
    default: .plain
    }
  }

  private static func rank(_ kind: Masking.Kind) -> Int {
    switch kind {
    case .plain: 0
    case .foreign: 1
    case .phone: 2
    case .email: 3
    case .name: 4
    case .identity: 5
    }
  }

  // MARK: Fields

  /// What stands between the delimiters of a row, its line end left out.
  static func fields(of raw: UnsafeBufferPointer<UInt8>, _ dialect: Dialect) -> [String] {
    var end = raw.count
    if end > 0, raw[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > 0, raw[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    var fields: [String] = []
    var start = 0
    var isQuoted = false
    var mayOpen = true
    var index = 0
    while index < end {
      let byte = raw[index]
      if byte == dialect.escape, byte != dialect.quote {
        index += 1
        mayOpen = false
      } else if byte == dialect.quote, isQuoted || mayOpen {
        isQuoted.toggle()
        mayOpen = !isQuoted
      } else if byte == dialect.delimiter, !isQuoted {
        fields.append(text(raw[start..<index]))
        start = index + 1
        mayOpen = true
      } else {
        mayOpen = false
      }
      index += 1
    }
    fields.append(text(raw[min(start, end)..<end]))
    return fields
  }

  /// The field's text, as much of it as anybody looks at.
  private static func text(_ field: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: field.prefix(1024), as: UTF8.self)
  }
}

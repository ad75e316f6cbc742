import Tabular

/// Figures of the last record that are those of the file's bills: how many there are, and their amounts together.
struct TrailerFigures {
  private(set) var columns: [(String, ColumnCut)] = []
  /// What the trailer proves, in words.
  private(set) var remarks: [String] = []
  /// A member of the layout's `control`.
  private(set) var control: String?

  /// A stretch of the trailer that is a number.
  private struct Figure {
    let range: Range<Int>
    let kind: Claim.Kind?
  }

  /// - Parameter amount: The column that has the amounts, if one was found.
  init(_ sample: FixedWidthSample, amount: FixedWidthColumn?) {
    guard sample.isWhole, sample.records.count == sample.records.records.count,
      let row = sample.kinds.trailer?.rows.last
    else { return }
    let signs = sample.signs[row]
    let bytes = sample.writing.scalars == nil ? [] : sample.records.records.last ?? []
    // One of them may be of another length.
    let bills = sample.places.count
    let counts = sample.leftOut == 0 ? [bills] : [bills + sample.leftOut, bills]
    var start = sample.kinds.length
    for count in counts where count > 1 && start == sample.kinds.length {
      guard let figure = Self.find(count, signs, bytes, from: start) else { continue }
      columns.append(("count", Self.cut(figure)))
      control = "\"count\": { \"trailer\": \"count\" }"
      remarks.append("The trailer's \(Self.place(figure)) is \(count), the count of the bills.")
      start = figure.range.upperBound
    }
    guard sample.leftOut == 0, bills > 1, let amount, let total = Self.total(amount),
      let figure = Self.find(total, signs, bytes, from: start)
    else { return }
    columns.append(("total", Self.cut(figure)))
    remarks.append("The trailer's \(Self.place(figure)) is the sum of the amounts: a control can hold it against them.")
  }

  private static func cut(_ figure: Figure) -> ColumnCut {
    ColumnCut(range: figure.range, kind: figure.kind, isStartSure: true, isEndSure: true)
  }

  private static func place(_ figure: Figure) -> String {
    "number at \(figure.range.lowerBound + 1) to \(figure.range.upperBound)"
  }

  /// The amounts together as the digits that they are written with; `nil` where one is none.
  private static func total(_ amount: FixedWidthColumn) -> Int? {
    var total = 0
    for number in amount.numbers {
      guard let number else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(number)
      if overflows { return nil }
      total = sum
    }
    return total == 0 ? nil : total
  }

  /// The first place, with all zeros before it, where a number stands: in digits, zoned or packed.
  private static func find(_ number: Int, _ signs: [UInt32], _ bytes: [UInt8], from start: Int) -> Figure? {
    for first in start..<max(start, signs.count) {
      for end in first + 1..<max(first + 2, min(first + 19, signs.count + 1)) where end <= signs.count {
        let range = first..<end
        if digits(signs, range) == number, !isDigit(signs, end) { return Figure(range: range, kind: .digits) }
        if digits(signs, range) == number, range.count > 4 { return Figure(range: range, kind: .digits) }
        if zoned(signs, range) == number { return Figure(range: range, kind: .zoned) }
        if bytes.count == signs.count, range.count > 1, packed(bytes, range) == number {
          return Figure(range: range, kind: .packed)
        }
      }
    }
    return nil
  }

  private static func isDigit(_ signs: [UInt32], _ index: Int) -> Bool {
    index < signs.count && SignKind(signs[index]) == .digit
  }

  private static func digits(_ signs: [UInt32], _ range: Range<Int>) -> Int? {
    var number = 0
    for sign in signs[range] {
      guard SignKind(sign) == .digit, number < 1 << 58 else { return nil }
      number = number * 10 + Int(sign) - 0x30
    }
    return number
  }

  private static func zoned(_ signs: [UInt32], _ range: Range<Int>) -> Int? {
    guard let last = signs[range].last, SignKind(last) != .digit, last < 0x80 else { return nil }
    let text = signs[range].map { $0 < 0x80 ? UInt8($0) : 0 }
    return text.withUnsafeBufferPointer { try? ZonedDecimal(.ascii).decode($0) }.map(Int.init)
  }

  private static func packed(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    Array(bytes[range]).withUnsafeBufferPointer { try? PackedDecimal.decode($0) }.map(Int.init)
  }
}

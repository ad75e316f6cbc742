import Tabular

/// How a field is made, in plain figures.
struct ByteTarget: BitwiseCopyable {
  enum Way: BitwiseCopyable {
    /// A column of the record as it is.
    case column(Int32)
    /// The same in all records.
    case constant
    /// By its program.
    case program
  }

  let way: Way
  /// Whether nothing is made: it is a column of the record, or the same in all of them.
  var isPlain: Bool { if case .program = way { false } else { true } }
  /// The columns in which a spreadsheet's doings show, in the list of all targets' columns.
  let identifiers: ByteRange
  /// The target that holds the currency beside it; −1 where there is none.
  let currency: Int32

  /// All targets, and the columns of those that identify something.
  static func all(_ targets: [MappingPlan.Target]) -> (targets: [Self], columns: [Int32]) {
    var columns: [Int32] = []
    let made = targets.map { target in
      let identifiers = ByteCompiler.add(target.isIdentifier ? target.columns.map { Int32($0) } : [], to: &columns)
      let way: Way =
        if target.program.constant != nil { .constant } else if let column = target.program.plainColumn {
          .column(Int32(column))
        } else { .program }
      return Self(way: way, identifiers: identifiers, currency: Int32(target.currency ?? -1))
    }
    return (made, columns)
  }

  /// Whether a spreadsheet surely did nothing to an identifier: what it does shows only in numbers, and in `####`.
  @inline(__always)
  static func isUnspoilt(_ value: ByteValue) -> Bool {
    guard let first = value.first else { return true }
    if first == UInt8(ascii: "#") { return false }
    if first &- 48 > 9 || value.count <= 4 { return true }
    return value.count <= 15 && !value.bytes.contains(UInt8(ascii: "+"))
  }
}

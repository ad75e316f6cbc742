/// A recipe made ready for one file: columns are places in the record, and what stands once in the file is known.
struct ValueProgram: Sendable {
  /// Where the value comes from.
  indirect enum Source: Sendable {
    /// A column of the record, from 0.
    case cell(Int)
    case literal([UInt8])
    /// A column of the header record, from 0.
    case header(Int)
    /// A column of the parent record, from 0.
    case parent(Int)
    case join([ValueProgram], separator: [UInt8])
    case first([ValueProgram])
  }

  var source: Source
  var steps: [ConversionStep]
  /// The region of a step `phone` that goes by the file's name.
  var region: PhoneRegion?

  /// The column whose value this is, unchanged; `nil` where something is done to it.
  var plainColumn: Int? {
    if case .cell(let column) = source, steps.isEmpty { column } else { nil }
  }

  /// The value that it has in every record; `nil` where it may differ.
  var constant: [UInt8]? {
    if case .literal(let value) = source, steps.isEmpty { value } else { nil }
  }

  /// The columns of the record that it reads.
  var columns: [Int] {
    switch source {
    case .cell(let column): [column]
    case .join(let parts, _), .first(let parts): parts.flatMap(\.columns)
    case .literal, .header, .parent: []
    }
  }
}

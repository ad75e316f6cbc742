/// A recipe made ready for one file: columns are places in the record, and what stands once in the file is known.
package struct ValueProgram: Sendable {
  /// Where the value comes from.
  package indirect enum Source: Sendable {
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

  package var source: Source
  package var steps: [ConversionStep]
  /// The region of a step `phone` that goes by the file's name.
  package var region: PhoneRegion?

  /// - Parameters: See the properties of these names.
  package init(source: Source, steps: [ConversionStep], region: PhoneRegion?) {
    self.source = source
    self.steps = steps
    self.region = region
  }

  /// The column whose value this is, unchanged; `nil` where something is done to it.
  var plainColumn: Int? {
    if case .cell(let column) = source, steps.isEmpty { column } else { nil }
  }

  /// The value that it has in every record; `nil` where it may differ.
  var constant: [UInt8]? {
    if case .literal(let value) = source, steps.isEmpty { value } else { nil }
  }

  /// The columns of the record that it reads.
  package var columns: [Int] {
    switch source {
    case .cell(let column): [column]
    case .join(let parts, _), .first(let parts): parts.flatMap(\.columns)
    case .literal, .header, .parent: []
    }
  }
}

package import Tabular

/// What the records of one file mean by a layout: for a CSV, compiled when its heading row is known.
package struct MappingPlan: Sendable {
  /// A field that is filled.
  package struct Target: Sendable {
    /// How it is made.
    package let program: ValueProgram
    /// The target that holds the currency beside it, which stands before it.
    package let currency: Int?
    /// Whether spreadsheets spoil such values by taking them for numbers.
    let isIdentifier: Bool
    /// The columns that it comes from.
    let columns: [Int]

    /// - Parameter currency: The target that holds the currency beside it.
    package init(program: ValueProgram, currency: Int?, isIdentifier: Bool) {
      self.program = program
      self.currency = currency
      self.isIdentifier = isIdentifier
      columns = program.columns
    }
  }

  /// The first columns of the row plan, in this order.
  package let targets: [Target]
  /// How many fields every record must have; `nil` where they may be fewer.
  let fieldCount: Int?
  /// The columns that follow the targets in the row plan: the place of each in the record.
  package let sources: [Int]
  /// For each source, how it is cut out of the record; empty where the sources are the record's fields as they are.
  package let cuttings: [FixedPlace?]
  package let kinds: KindPlan?
  /// The heading row, where rows like it are passed over.
  let repeatedHeading: [[UInt8]]?
  /// What the bytes of raw fields stand for; `nil` where fields are text already.
  let table: SingleByteTable?
  /// Whether places count characters, not bytes.
  let countsCharacters: Bool
  /// How many bytes of its descriptor word stand before a record.
  let rowPrefix: Int

  /// - Parameters: See the properties of these names.
  package init(
    targets: [Target], fieldCount: Int?, sources: [Int], cuttings: [FixedPlace?], kinds: KindPlan?,
    repeatedHeading: [[UInt8]]?, table: SingleByteTable?, countsCharacters: Bool = false,
    rowPrefix: Int = 0
  ) {
    self.targets = targets
    self.fieldCount = fieldCount
    self.sources = sources
    self.cuttings = cuttings
    self.kinds = kinds
    self.repeatedHeading = repeatedHeading
    self.table = table
    self.countsCharacters = countsCharacters
    self.rowPrefix = rowPrefix
  }

  /// Whether a record has no byte but its line end, or its descriptor word: it was no record of any kind.
  func isEmptyLine(_ raw: UnsafeBufferPointer<UInt8>) -> Bool {
    if rowPrefix > 0 { return raw.count <= rowPrefix }
    let lineEnds: [UInt8] = table.map(\.isASCIICompatible) ?? true ? [0x0A, 0x0D] : [0x0A, 0x0D, 0x15, 0x25]
    return raw.count <= 2 && raw.allSatisfy { lineEnds.contains($0) }
  }

  /// Whether records go by what stands before them: some are taken out, and the others numbered anew.
  package var numbersItself: Bool { kinds != nil || repeatedHeading != nil }
}

import Tabular

/// What the records of one file mean by a layout: for a CSV, compiled when its heading row is known.
struct MappingPlan: Sendable {
  /// A field that is filled.
  struct Target: Sendable {
    let program: ValueProgram
    /// The target that holds the currency beside it, which stands before it.
    let currency: Int?
    /// Whether spreadsheets spoil such values by taking them for numbers.
    let isIdentifier: Bool
    /// The columns that it comes from.
    let columns: [Int]

    init(program: ValueProgram, currency: Int?, isIdentifier: Bool) {
      self.program = program
      self.currency = currency
      self.isIdentifier = isIdentifier
      columns = program.columns
    }
  }

  /// The first columns of the row plan, in this order.
  let targets: [Target]
  /// How many fields every record must have; `nil` where they may be fewer.
  let fieldCount: Int?
  /// The columns that follow the targets in the row plan: the place of each in the record.
  let sources: [Int]
  /// For each source, how it is cut out of the record; empty where the sources are the record's fields as they are.
  let cuttings: [FixedPlace?]
  let kinds: KindPlan?
  /// The heading row, where rows like it are passed over.
  let repeatedHeading: [[UInt8]]?
  /// What the bytes of raw fields stand for; `nil` where fields are text already.
  let table: SingleByteTable?

  /// Whether records go by what stands before them: some are taken out, and the others numbered anew.
  var numbersItself: Bool { kinds != nil || repeatedHeading != nil }
}

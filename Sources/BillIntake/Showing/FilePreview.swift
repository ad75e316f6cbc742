package import BillLayouts
package import BillModel

/// The first record of each kind of a file, and what its layout makes of it.
package struct FilePreview: Sendable {
  /// A column of a record as it stands.
  package struct Column: Sendable {
    package let name: String
    /// `nil` in a CSV.
    package let place: FixedPlace?
    /// Without padding; digits where it was a packed or zoned number.
    package let text: String
    /// Whether its bytes are what the layout says; if not, `text` is these in hexadecimal.
    package let isReadable: Bool
  }

  /// A field of the bill.
  package struct Field: Sendable {
    package let path: String
    package let trace: ValueTrace
    /// `nil` where it could not be made, and where it is empty.
    package let value: String?
    package let findings: [Finding]
  }

  /// A record.
  package struct Record: Sendable {
    /// `detail`, `header`, `parent`, `trailer` or `unknown`.
    package let kind: KindPlan.Kind
    package let line: Int
    /// One character for each place that the layout counts; empty in a CSV.
    package let units: [String]
    package let columns: [Column]
    /// Of a bill.
    package let fields: [Field]
    /// What is wrong with the record as a whole.
    package let findings: [Finding]
  }

  /// What is wrong with the file as a whole, as far as it was read.
  package var findings: [Finding] = []
  /// In the order of the file.
  package var records: [Record] = []
  /// Where records of a fixed-width file say which kind they are; `nil` where all are bills.
  package var kindPlace: FixedPlace?
  /// Columns of the file that fill no field and that no control looks at.
  package var unusedColumns: [String] = []

  package init() {}
}

/// The fields of a file's columns, side by side: for the loop over all fields of all rows, where even a reference count
/// for each field would be felt.
package final class CompiledColumns: @unchecked Sendable {
  /// In the order of the columns.
  package let fields: [CompiledField]
  /// The same, without counting; `fields` keeps them.
  private let programs: UnsafeMutableBufferPointer<Unmanaged<FieldProgram>>

  package init(_ fields: [CompiledField]) {
    self.fields = fields
    programs = .allocate(capacity: fields.count)
    _ = programs.initialize(from: fields.map { Unmanaged.passUnretained($0.program) })
  }

  deinit { programs.deallocate() }

  /// `fields[column].check(text)`.
  package func check(_ column: Int, _ text: UnsafeBufferPointer<UInt8>) -> FieldFault? {
    programs[column]._withUnsafeGuaranteedRef { $0.fault(in: text) }
  }
}

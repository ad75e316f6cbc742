package import BillModel
import SchemaRules
import Tabular

extension Intake {
  /// Prints the records of a file as JSON lines: objects of field path and text without the empty ones, as the layout
  /// makes them, or arrays of strings as they were read. Every record that can be read is printed; bytes that aren't
  /// text become U+FFFD.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked while a pipe has nothing to read; after a yes the reading ends there.
  ///   - onFinding: Called with each finding about the file, or about a record as text or by its layout, when its turn
  ///     comes.
  ///   - write: Called with some lines at a time; `false` ends the reading.
  /// - Throws: `IntakeError.input` where the input can't be opened or read.
  package func show(
    _ input: IntakeInput, options: ShowOptions, isCancelled: @escaping @Sendable () -> Bool = { false },
    onFinding: (Finding) -> Void,
    write: (UnsafeRawBufferPointer) -> Bool
  ) throws(IntakeError) -> ShowOutcome {
    var records = try ShownRecords(self, input, isCancelled: isCancelled)
    var lister = RecordLister(intake: self, options: options, file: records.file, name: records.name)
    var batch = RecordBatch()
    while let findings = try records.next(into: &batch) {
      if !findings.isEmpty { lister.reject(findings) }
      if lister.outcome.fileFindings.isEmpty || lister.hasPlan { try lister.list(&batch) }
      let goesOn = lister.hand(over: write, onFinding)
      if !goesOn || lister.isDone { break }
    }
    lister.finish(byteCount: records.byteCount)
    _ = lister.hand(over: write, onFinding)
    return lister.outcome
  }
}

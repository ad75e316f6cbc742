package import BillModel
import SchemaRules
import Tabular

extension Intake {
  /// Prints the records of a file as JSON lines: objects of field path and text without the empty cells, or arrays of
  /// strings. Every record that can be read is printed; bytes that aren't UTF-8 become U+FFFD.
  ///
  /// - Parameters:
  ///   - onFinding: Called with each finding about the file or about a record as text, when its turn comes.
  ///   - write: Called with some lines at a time; `false` ends the reading.
  /// - Throws: `IntakeError.input` where the input can't be opened or read.
  package func show(
    _ input: IntakeInput, options: ShowOptions, onFinding: (Finding) -> Void,
    write: (UnsafeRawBufferPointer) -> Bool
  ) throws(IntakeError) -> ShowOutcome {
    let source = try OpenInput.stream(input)
    var lister = RecordLister(intake: self, options: options)
    var reader = CSVReader(source: source, options: .init(blockSize: self.options.blockSize))
    var batch = RecordBatch()
    var isFirst = true
    while try Self.next(&reader, &batch) {
      if isFirst, let content = BinaryContent.sniff(batch.freshBytes) {
        lister.reject([FileText.notText(content)])
      }
      isFirst = false
      if lister.outcome.fileFindings.isEmpty || lister.hasHeading { try lister.list(batch) }
      let goesOn = lister.hand(over: write, onFinding)
      if !goesOn || lister.isDone { break }
    }
    lister.finish(byteCount: reader.position.byteOffset)
    _ = lister.hand(over: write, onFinding)
    return lister.outcome
  }

  static func next(_ reader: inout CSVReader, _ batch: inout RecordBatch) throws(IntakeError) -> Bool {
    do { return try reader.next(into: &batch) } catch { throw .input(error) }
  }
}

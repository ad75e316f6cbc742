import BillModel
import Tabular

extension Intake {
  /// Reads a file until the first record of each kind was seen, and says what the layout makes of these.
  ///
  /// - Throws: `IntakeError.input` where the input can't be opened or read.
  package func preview(_ input: IntakeInput) throws(IntakeError) -> FilePreview {
    var records = try ShownRecords(self, input)
    var previewer = Previewer(intake: self, file: records.file, name: records.name)
    var batch = RecordBatch()
    while let findings = try records.next(into: &batch) {
      previewer.preview.findings += findings
      guard findings.isEmpty || previewer.hasPlan || batch.records.count > 0 else { continue }
      guard try previewer.look(at: &batch) else { break }
    }
    previewer.finish(byteCount: records.byteCount)
    return previewer.preview
  }
}

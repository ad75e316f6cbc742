import BillLayouts
import BillModel
import Tabular

/// The records of an input that is read once, for people to look at.
struct ShownRecords: ~Copyable {
  /// How they are read.
  let file: FileReading
  /// What the input is called.
  let name: SourceName
  /// Bytes of text that came so far.
  private(set) var byteCount: Int64 = 0

  private let layout: Layout
  private var reader: RecordReader
  private var isAtBeginning = true
  private var isBroken = false

  /// - Parameter isCancelled: Asked while a pipe has nothing to read; after a yes the input is at its end.
  /// - Throws: `IntakeError.input` where it can't be opened.
  init(
    _ intake: Intake, _ input: IntakeInput, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(IntakeError) {
    layout = intake.layout
    let source = try OpenInput.stream(input, isCancelled: isCancelled)
    file = intake.file.resolved(firstBytes: try OpenInput.firstBytes(input, source))
    name = SourceName(source.name)
    reader = file.reader(source, blockSize: intake.options.blockSize)
  }

  /// Fills a batch with the next records.
  ///
  /// - Returns: what is wrong with the file as a whole, as far as these bytes show; `nil` at its end.
  mutating func next(into batch: inout RecordBatch) throws(IntakeError) -> [Finding]? {
    if isBroken { return nil }
    do throws(InputError) {
      guard try reader.next(into: &batch) else { return nil }
    } catch {
      if case .cancelled = error { return nil }
      guard case .damaged(_, let damage) = error else { throw .input(error) }
      isBroken = true
      batch = RecordBatch()
      return [FileText.damaged(damage)]
    }
    byteCount += Int64(batch.freshBytes.count)
    defer { isAtBeginning = false }
    return isAtBeginning ? findingsOfBeginning(batch) : []
  }

  private func findingsOfBeginning(_ batch: borrowing RecordBatch) -> [Finding] {
    var findings: [Finding] = []
    if file.table == nil, let content = BinaryContent.sniff(batch.freshBytes) {
      findings.append(FileText.notText(content))
    }
    if let pattern = layout.fileName, pattern.values(in: name.plain) == nil {
      findings.append(FileText.name(name.plain, pattern: pattern.source, layout: layout.name))
    }
    return findings
  }
}

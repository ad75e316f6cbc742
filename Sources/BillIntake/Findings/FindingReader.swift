package import BillModel

/// The findings of a file, one after the other, in bounded memory.
package struct FindingReader {
  private let fileFindings: [Finding]
  private var nextFileFinding = 0
  private var drafts: DraftReader
  private let text: FindingText?
  private var memo = FindingMemo()

  init(fileFindings: [Finding], drafts: DraftReader, text: FindingText?) {
    self.fileFindings = fileFindings
    self.drafts = drafts
    self.text = text
  }

  /// The next finding, or `nil` at the end.
  ///
  /// - Throws: `IntakeError.temporary` where the temporary file can't be read.
  package mutating func next() throws(IntakeError) -> Finding? {
    if nextFileFinding < fileFindings.count {
      nextFileFinding += 1
      return fileFindings[nextFileFinding - 1]
    }
    guard let text, let draft = try drafts.nextEncoded() else { return nil }
    return memo.finding(draft, text)
  }

  /// The findings of a record, those of earlier ones passed over.
  mutating func findings(of record: UInt32) throws(IntakeError) -> [Finding] {
    var found: [Finding] = []
    while let next = try drafts.peek(), next <= record {
      guard let draft = try drafts.nextEncoded() else { break }
      if next == record, let text { found.append(memo.finding(draft, text)) }
    }
    return found
  }
}

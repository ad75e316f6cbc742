package import BillModel
package import Hashing

/// What pass one found out about a file. Holds the input open for pass two, and the findings in a temporary file.
package struct FileCheck: Sendable {
  /// The input's name: its path, `<stdin>`, or what the caller said.
  package let name: String
  /// SHA-256 of the file's bytes.
  package let digest: SHA256Digest
  package let byteCount: Int64
  /// Element k is the SHA-256 of the file's first k + 1 MiB (the last one that of the whole file); none for an empty
  /// file. Pass two compares each before it yields the rows that end there.
  package let blockDigests: [SHA256Digest]
  /// Records read, the heading row not counted; of a file that is rejected as a whole, as far as it was read.
  package let recordsRead: Int
  /// Records that keep all rules, those of the file included.
  package let valid: Int
  /// Records that don't: `valid + invalid == recordsRead`.
  package let invalid: Int
  package let money: MoneyTally
  /// What is wrong with the file as a whole; nothing of it may be sent unless this is empty.
  package let fileFindings: [Finding]
  /// How often each code was found, in the order of `FindingCode`, errors first.
  package let findingCounts: [FindingCount]
  /// `nil` where there is none that can be read.
  package let heading: Heading?
  /// The layout by which the file was read.
  package let layout: Layout

  let input: RereadableInput
  let plan: RowPlan?
  let spool: FindingSpool
  let invalidRows: RecordSet
  let rowsRejectedByFile: RecordSet
  let marks: RecordMarks
  let origins: PartyOrigins

  /// The first thing that is wrong with the file as a whole; `nil` where it is read through.
  package var fileFinding: Finding? { fileFindings.first }

  /// All findings in the file's order, those about the file as a whole first. Each call starts anew.
  package func findings() -> FindingReader {
    FindingReader(fileFindings: fileFindings, drafts: spool.drafts(), text: plan.map { FindingText(plan: $0) })
  }

  /// Whether a record breaks a rule, of its own or of the file.
  package func isRejected(record: Int) -> Bool {
    let record = UInt32(truncatingIfNeeded: record)
    return invalidRows.contains(record) || rowsRejectedByFile.contains(record)
  }
}

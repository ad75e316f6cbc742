package import BillLayouts
package import BillModel
package import Hashing

/// What pass one found out about a file. Holds the input open for pass two, and the findings in a temporary file.
package struct FileCheck: Sendable {
  /// The input's name: its path, `<stdin>`, or what the caller said.
  package let name: String
  /// Whether it holds mended rows of another file, by its name or by who took it in.
  package let isMended: Bool
  /// SHA-256 of the file's bytes.
  package let digest: SHA256Digest
  package let byteCount: Int64
  /// Element k is the SHA-256 of the file's first k + 1 MiB (the last one that of the whole file); none for an empty
  /// file.
  package let blockDigests: [SHA256Digest]
  /// Records read, the heading row not counted; of a file that is rejected as a whole, as far as it was read.
  package let recordsRead: Int
  /// Whether the reading was stopped before the file's end: digest and findings are of what was read, and the rules
  /// across rows were not applied.
  package let stoppedEarly: Bool
  /// `nil` where there is none that can be read.
  package let heading: Heading?
  /// How many bytes of what the rules across rows compare were moved to temporary files, as memory was limited.
  package let spilledBytes: Int64
  /// The layout by which the file was read.
  package let layout: Layout

  /// What is needed to write rows of the file again.
  package let frame: FileFrame

  /// What `input` held when it was read.
  let text: TextStamp
  let verdicts: Verdicts
  let input: RereadableInput
  /// How the rows are read again.
  let reading: RowReading
  let plan: RowPlan?
  let marks: RecordMarks
  /// Rejected rows that needn't be read again.
  let kept: KeptRows
  let origins: PartyOrigins
  /// What its rows ask for, and where it stands among its like.
  package let order: FileOrder

  /// Whether the layout tells kinds of records apart, so that a row goes by those before it.
  package var hasKinds: Bool { reading.mapping?.kinds != nil }

  /// Records that keep all rules, those of the file included.
  package var valid: Int { recordsRead - invalid }

  /// Records that don't: `valid + invalid == recordsRead`.
  package var invalid: Int { verdicts.rejectedCount }

  /// The money of the rows by currency.
  package var money: MoneyTally { verdicts.money }

  /// What is wrong with the file as a whole; nothing of it may be sent unless this is empty.
  package var fileFindings: [Finding] { verdicts.fileFindings }

  /// How often each code was found, in the order of `FindingCode`, errors first.
  package var findingCounts: [FindingCount] { verdicts.counts.counts }

  /// The first thing that is wrong with the file as a whole; `nil` where it is read through.
  package var fileFinding: Finding? { fileFindings.first }

  /// All findings in the file's order, those about the file as a whole first. Each call starts anew.
  package func findings() -> FindingReader {
    FindingReader(
      fileFindings: fileFindings, drafts: verdicts.spool.drafts(),
      text: plan.map { FindingText(plan: $0, dialect: reading.file.dialect) })
  }

  /// Whether a record breaks a rule, of its own or of the file.
  package func isRejected(record: Int) -> Bool {
    !verdicts.stands(UInt32(truncatingIfNeeded: record))
  }
}

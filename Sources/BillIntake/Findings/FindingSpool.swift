/// The findings about rows, kept in a temporary file: those of the row rules in the file's order as they were made,
/// behind them those of the file rules with an index in the file's order.
struct FindingSpool: Sendable {
  /// A finding of a file rule, by its record and its place in the file.
  struct Entry: Sendable {
    var record: UInt32
    /// Orders the findings of one record.
    var rank: UInt8
    var offset: Int64
  }

  private let folder: String
  /// Made with the first finding: a good file needs none.
  private var file: TemporaryFile?
  private var pending: [UInt8] = []
  private var written: Int64 = 0
  private var rowsEnd: Int64 = 0
  private var entries: [Entry] = []

  init(folder: String) { self.folder = folder }

  /// Adds a finding of a row rule. These come in the file's order, before any of the file rules.
  mutating func append(_ draft: FindingDraft) throws(IntakeError) {
    try put(draft)
    rowsEnd = written + Int64(pending.count)
  }

  /// Adds a finding of a file rule; these come in any order.
  mutating func appendFileRule(_ draft: FindingDraft, rank: UInt8) throws(IntakeError) {
    entries.append(Entry(record: draft.record, rank: rank, offset: written + Int64(pending.count)))
    try put(draft)
  }

  /// Makes the spool ready to be read.
  mutating func finish() throws(IntakeError) {
    try flush()
    pending = []
    entries.sort { ($0.record, $0.rank, $0.offset) < ($1.record, $1.rank, $1.offset) }
  }

  /// The findings in the file's order.
  func drafts() -> DraftReader { DraftReader(file: file, rowsEnd: rowsEnd, end: written, entries: entries) }

  private mutating func put(_ draft: FindingDraft) throws(IntakeError) {
    var encoder = DraftEncoder(bytes: pending)
    pending = []
    encoder.encode(draft)
    pending = encoder.bytes
    if pending.count >= 1 << 16 { try flush() }
  }

  private mutating func flush() throws(IntakeError) {
    guard !pending.isEmpty else { return }
    let file: TemporaryFile
    if let open = self.file { file = open } else { file = try TemporaryFile(folder: folder) }
    self.file = file
    let bytes = pending
    let offset = written
    let outcome = bytes.withUnsafeBytes { bytes in
      Result { () throws(IntakeError) in try file.write(bytes, at: offset) }
    }
    try outcome.get()
    written += Int64(pending.count)
    pending.removeAll(keepingCapacity: true)
  }
}

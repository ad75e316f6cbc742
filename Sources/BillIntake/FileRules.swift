/// The rules across rows.
struct FileRules {
  let input: RereadableInput
  let plan: RowPlan?
  let fingerprints: Fingerprints
  let marks: RecordMarks
  let policy: DuplicatePolicy
  let invalidRows: RecordSet
  let recordsRead: Int
  let comparisonBytes: Int
  private(set) var rejected = RecordSet()
  private(set) var newlyRejected = 0
  private(set) var origins = PartyOrigins()

  mutating func run(
    _ logs: inout RuleLogs, spool: inout FindingSpool, counts: inout FindingCounter, money: inout MoneyTally
  ) throws(IntakeError) {
  }
}

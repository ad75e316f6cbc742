import BillIntake
import BillLedger
import BillModel
import Hashing
import SubmitPass

/// Rows that an earlier file had to mend are done with when they have come: in a file of mended rows of it, or where a
/// row about the same object was accepted that says all anew.
extension FileSubmission {
  /// So many files at most, of so many days, wait for their rows.
  package static let (mostOpenFiles, daysOpen): (Int, Int64) = (1000, 31)
  /// So many references of theirs are compared at most.
  private static let mostReferences = 300_000

  /// The files that have rows to mend which may come with this one, the latest first.
  func openFiles(before run: FileRun) throws(RunFault) -> [OpenFile] {
    try attempt { () throws(LedgerError) in
      try ledger.openFiles(
        before: run, since: WallTime.now.advanced(byMilliseconds: -Self.daysOpen * 86_400_000),
        limit: Self.mostReferences)
    }
  }

  /// What counts the rows of a file that may be those.
  func coming(_ open: [OpenFile], _ check: FileCheck) -> RowsThatCame {
    var wanted: Set<String> = []
    for file in open { wanted.formUnion(file.rows.keys) }
    return RowsThatCame(wanted: wanted, countsOthers: check.isMended && !open.isEmpty)
  }

  /// Keeps which of them have come.
  ///
  /// - Parameter repeats: Rows of this file that repeat one which stands: they have come with it.
  func keep(
    _ came: RowsThatCame, repeats: [String: Int], of open: [OpenFile], with run: FileRun, _ check: FileCheck
  ) throws(RunFault) {
    if open.isEmpty, repeats.isEmpty { return }
    var rows = repeats.isEmpty ? [:] : [run.id: repeats]
    let original = check.isMended ? try original(of: run, came, open) : nil
    for file in open {
      let come: [String: Int]
      if file.id == original {
        come = came.mended(of: file.rows)
      } else if file.operation == run.operation, run.operation.saysAllAnew {
        come = came.accepted(of: file.rows)
      } else {
        continue
      }
      if !come.isEmpty { rows[file.id] = come }
    }
    try attempt { () throws(LedgerError) in try ledger.saveRowsThatCame(rows, with: run.id, now: .now) }
  }

  /// The file of which a file holds mended rows: the last of its name, or one of mended rows of that which came before this
  /// one; where none has its name, the last of which each of its rows can be.
  private func original(
    of run: FileRun, _ came: RowsThatCame, _ open: [OpenFile]
  ) throws(RunFault) -> FileRunID? {
    let ofFeed = open.filter { $0.feed == run.feed }
    let named = try namesakes(of: run)
    guard let last = named.filter({ !SourceName($0.file.name).isMended }).map(\.id.value).max() else {
      return ofFeed.first { came.areAll(of: $0.rows) }?.id
    }
    let since = Set(named.map(\.id.value).filter { $0 >= last })
    return ofFeed.first { since.contains($0.id.value) }?.id
  }

  /// Holds a file whose refused rows are to be sent again where a file of its mended rows was submitted since, whether it is
  /// through or not: what came in that under other references would be billed twice.
  func mustNotBeMended(_ run: FileRun) throws(RunFault) {
    let again: [RowOutcome] = options.addsToOtherMarks ? [.refused, .conflict] : [.refused]
    guard again.contains(where: { (run.rows.settled[$0] ?? 0) > 0 }) else { return }
    guard settings.approval != run.file.digest.short, let mended = try mendedRun(of: run) else { return }
    throw .mendedSince(name: run.file.name, digest: run.file.digest.short, mended: mended.file.name)
  }

  /// The first file run of mended rows of a file: of its name, before another file of that name came, or one with which
  /// rows of it have come.
  private func mendedRun(of run: FileRun) throws(RunFault) -> FileRun? {
    var named: [FileRun] = []
    for name in SourceName(run.file.name).all {
      named += try attempt { () throws(LedgerError) in try ledger.fileRuns(named: name) }
    }
    let later = named.filter { $0.id.value > run.id.value && $0.feed == run.feed && $0.file.digest != run.file.digest }
    let ofName = later.sorted { $0.id.value < $1.id.value }.prefix { SourceName($0.file.name).isMended }
    let withRows = try attempt { () throws(LedgerError) in try ledger.fileRuns(withRowsOf: run.id) }
    return ofName.first ?? withRows.first { SourceName($0.file.name).isMended }
  }

  /// The file runs before one, of its feed, of whose files its own holds mended rows by its name.
  private func namesakes(of run: FileRun) throws(RunFault) -> [FileRun] {
    let name = SourceName(run.file.name)
    var named: [FileRun] = []
    for name in name.isMended ? name.all : [] {
      named += try attempt { () throws(LedgerError) in try ledger.fileRuns(named: name) }
    }
    return named.filter { $0.id.value < run.id.value && $0.feed == run.feed && $0.file.digest != run.file.digest }
  }
}

extension OperationKind {
  /// Whether a later row about an object makes an earlier one of the same kind, which wasn't accepted, pointless.
  fileprivate var saysAllAnew: Bool {
    switch self {
    case .bill, .payment, .void, .correct, .customer, .account, .customerBalance, .accountBalance: true
    case .paymentAdded, .mixed: false
    }
  }
}

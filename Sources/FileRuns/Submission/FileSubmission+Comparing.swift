import BillComparison
import BillIntake
import BillLedger
import BillModel
import DurableFiles

/// Comparing a file with the one before it in its feed, for its report, where that one is at hand.
extension FileSubmission {
  /// What changed against the file before; `nil` where there is none, or it isn't at hand, or can't be read.
  ///
  /// At hand is a file of its name and its bytes in the folder of this one, or in one of `settings.earlierFolders`, that
  /// was read by the same layout. To tell of it is a service: no fault of it is one of the submission.
  func comparison(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> FileComparison? {
    guard !check.isMended, interrupts() == 0 else { return nil }
    let before = try attempt { () throws(LedgerError) in try ledger.fileRun(before: fileRun) }
    guard let before, LayoutIdentity(check.layout).has(before.layout.digest),
      let path = place(of: before.file, besides: check)
    else { return nil }
    do throws(IntakeError) { return try compare(path, before.file, check) } catch { return nil }
  }

  private func place(of file: FileIdentity, besides check: FileCheck) -> String? {
    let own = check.name.contains("/") ? Directory.parent(of: check.name) : "."
    return ([own] + settings.earlierFolders).map { "\($0)/\(file.name)" }.first { path in
      (try? FileGlimpse(path: path, headLimit: 0))??.byteCount == file.byteCount
    }
  }

  private func compare(
    _ path: String, _ file: FileIdentity, _ check: FileCheck
  ) throws(IntakeError) -> FileComparison? {
    let interrupts = self.interrupts
    let earlier = try intake.check(
      .file(path: path), temporaryFolder: settings.temporaryFolder, progress: { _ in interrupts() == 0 },
      isCancelled: { interrupts() > 0 })
    guard earlier.digest == file.digest, earlier.fileFinding == nil else { return nil }
    var comparer = FileComparer(folder: settings.temporaryFolder)
    for check in [earlier, check] {
      guard try comparer.take(check, intake, isCancelled: { interrupts() > 0 }) else { return nil }
    }
    return try comparer.compare(isCancelled: { interrupts() > 0 }) { _ in }
  }
}

import BillIntake
import BillLedger
import BillModel
package import Hashing

/// A file that an earlier run has taken, and that can't be read now as that run read it. Its filter fails, a file beside it
/// is gone, or it comes under another layout: nothing of that says anything of what was sent.
package struct UnreadableFile: Sendable {
  package let digest: SHA256Digest
  /// The layout that it was taken under.
  let recorded: LayoutIdentity
  /// The one that it comes under now.
  let offered: LayoutIdentity
  /// Why it can't be read, in a sentence.
  let reason: String
  /// What became of its rows so far.
  let rows: RowCounts
  package let isFinished: Bool

  init(_ run: FileRun, _ offered: LayoutIdentity, _ finding: Finding) {
    (digest, recorded, self.offered) = (run.file.digest, run.layout, offered)
    (reason, rows, isFinished) = (finding.message, run.rows, run.isFinished)
  }

  /// Whether another layout reads it: else the same command goes on once it can be read.
  package var isOfOtherLayout: Bool { !offered.has(recorded.digest) }
}

extension UnreadableFile: CustomStringConvertible {
  package var description: String {
    let told = outcomes.isEmpty ? "" : " What was sent of it stays as it was told: \(outcomes)."
    let next = "Nothing was sent or written now"
    if isOfOtherLayout {
      return "This file (\(digest.short)) was taken before under the layout \(recorded.text), and can't be read under "
        + "\(offered.text), under which it comes now: \(reason)\(told) \(next). Under the layout that it was taken "
        + "under it \(isFinished ? "is through" : "goes on")."
    }
    return "This file can't be read now as it was when an earlier run took it: \(reason)\(told) \(next)"
      + (isFinished ? ": it is through." : "; it goes on once it can be read again.")
  }

  /// What tells one state of it from another: the words of what failed may differ at each try.
  package var state: String {
    "\(digest.short) can't be read\(isOfOtherLayout ? " under \(offered.text)" : ""): \(outcomes)"
  }

  private var outcomes: String {
    var counts = rows.settled
    counts[.unknown, default: 0] += rows.unresolved
    return RowOutcome.allCases.compactMap { outcome in
      counts[outcome].flatMap { $0 > 0 ? "\(MoneyText.count($0)) \(outcome.words)" : nil }
    }.joined(separator: " + ")
  }
}

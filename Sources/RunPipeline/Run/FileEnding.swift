import BillLedger
import Drops
import FileRuns

/// A file whose rows have ended: what is left is to answer it and to put it away.
struct FileEnding {
  let way: FileWay
  var file: DropFile
  let claim: DropClaim
  let end: RunOutcome.End
  /// The file as it was read; `nil` where it was read before.
  let stamp: DropEntry.Stamp?
  /// Whether its bytes came before, and rows of it aren't through that today's layout may take.
  let hasOpenRows: Bool
}

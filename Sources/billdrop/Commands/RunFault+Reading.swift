import BillLedger
import FileRuns
import Hashing

extension RunFault {
  /// What happened and what to do, for commands that only read or settle: none of them takes a file under new rules.
  var explanationForReading: String {
    switch self {
    case .ledger(.otherLayout(let file, let recorded, let offered)):
      "This file (\(file.short)) was submitted under the layout \(recorded.text); it is read under \(offered.text) "
        + "now. Name the layout that it was submitted with: --layout."
    case .ledger(.otherReferences(let change)):
      "The layout \(change.layout) makes references by another rule than when this file (\(change.file.short)) was "
        + "submitted. Name the layout that it was submitted with, and give the key that it had then."
    default: explanation
    }
  }
}

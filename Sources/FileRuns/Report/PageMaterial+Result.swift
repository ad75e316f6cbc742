import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import Hashing
import LayoutGuessing
import ReportPages
import SubmitPass

extension PageMaterial {
  /// What a page tells of a file's findings.
  init(_ groups: [FindingGroup], _ mends: [ColumnMend], facts: RunFacts) {
    self.init(
      findings: groups.map { group in
        let cures = mends.filter { $0.code == group.count.code && group.count.severity == .error }
        let curesAll = cures.reduce(0) { $0 + $1.count } == group.count.count
        return PageFinding(
          count: group.count, rows: group.examples.prefix(FindingGroup.shownOnPage).map(PageFinding.Row.init),
          mends: curesAll ? cures.map { ($0.message, $0.line) } : [])
      }, facts: facts)
  }
}

extension PageFinding.Row {
  fileprivate init(_ example: FindingGroup.Example) {
    self.init(
      line: example.finding.line, message: example.finding.message, hint: example.finding.hint,
      pieces: example.row?.pieces ?? [], marked: example.row?.marked)
  }
}

extension FileCheck {
  /// What is known of the run by the file alone.
  var facts: RunFacts {
    RunFacts(version: Product.version, layoutName: layout.name, layoutDigest: layout.digest.short)
  }
}

extension FileSubmission {
  /// How this process submits.
  func facts(_ check: FileCheck) -> RunFacts {
    var facts = check.facts
    facts.endpoint = settings.environment.origin
    facts.mode = settings.environment.mode.rawValue
    facts.ledger = settings.ledgerPath
    facts.path = path
    facts.isOfDrop = settings.occasion == .run
    guard connection.sends else {
      facts.isRebuilt = true
      return facts
    }
    facts.rate = connection.rate
    facts.lastRate = connection.pacer.rate
    facts.burst = connection.burst
    facts.inFlight = options.inFlight
    return facts
  }
}

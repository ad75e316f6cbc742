package import BillModel
package import BillReports
package import FileRuns

/// What became of a file in a pass, or of an expected one that didn't come.
package struct RunOutcome: Sendable {
  /// What it was, for exit codes and words.
  package enum End: Sendable {
    /// The file was submitted, or could not be as a whole.
    case result(FileResult)
    /// Nothing was submitted: a duplicate, one that is held, or one that is missing.
    case verdict(Verdict)
    /// The work on this file failed; it lies where it was, and is taken up again.
    case fault(RunFault)
  }

  package var feed: String
  /// The file's name; of a missing one, which it is.
  package var file: String
  package var end: End
  /// A sentence; `nil` where there is nothing to say.
  package var reason: String?
  /// The folder that it was put into, for people.
  package var place: String?

  /// Where the file lies that is not put away: a whole path of this machine, or a URL.
  package var path: String?

  /// The number of the drop's file in the ledger; `nil` where it isn't put away.
  var number: Int64?
  /// The first 12 digits of the digest, where an approval lets the file through.
  var approval: String?
  /// The file's place in its feed's order.
  var sortKey: String?
  /// The folder of its report on this machine.
  var report: String?
  /// Why it is held, without what lets it through; `nil`: `reason` says it.
  var matter: String?
  /// Whether its bytes came before, and rows of it aren't through that today's layout may take.
  package var hasOpenRows = false
  /// How far the file has come whose work failed; a sentence.
  package var standing: String?

  init(
    feed: String, file: String, end: End, reason: String? = nil, place: String? = nil, path: String? = nil,
    number: Int64? = nil
  ) {
    self.path = path
    self.number = number
    self.feed = feed
    self.file = file
    self.end = end
    self.reason = reason
    self.place = place
  }

  /// `nil` where the work failed.
  package var verdict: Verdict? {
    switch end {
    case .result(let result): result.summary.verdict
    case .verdict(let verdict): verdict
    case .fault: nil
    }
  }

  /// What tells one state of a file from another: what people were told once, they aren't told again.
  /// What differs at each try is no other state.
  var state: String {
    switch end {
    case .fault(.unreadableNow(let file)): return file.state
    case .fault(let fault): return "\(fault)"
    case .result, .verdict:
      guard let reason, let trouble = reason.firstRange(of: FileSubmission.lastTrouble) else { return reason ?? "" }
      return reason[..<trouble.lowerBound] + (reason.hasSuffix(DropDesk.anotherCame) ? DropDesk.anotherCame : "")
    }
  }

  package var summary: Summary? {
    if case .result(let result) = end { result.summary } else { nil }
  }
}

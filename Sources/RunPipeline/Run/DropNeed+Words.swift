import BillIntake
package import BillLedger
import BillModel
import BillReports

extension DropNeed {
  /// What is to be done, in a sentence or two.
  ///
  /// - Parameter configuration: The configuration's path, as it is typed.
  package func next(configuration: String) -> String {
    switch kind {
    case .gone:
      return "Is something missing? Put it, or one for its day, where files arrive. Is it meant? Then "
        + "\(striking(configuration)) strikes it off."
    case .held where place.isEmpty:
      return "Let it through with --approve \(approval ?? "DIGEST"), if it is right: the same command with that sends "
        + "it."
    case .held:
      if let approval {
        return
          "Is it right? billdrop run --config \(configuration) --approve \(approval) lets it through. Is it wrong? "
          + "Take it away from there."
      }
      return "It is taken as soon as what the reason says is mended."
    case .stopped where place.isEmpty:
      return isUntold
        ? "The same command goes on, and nothing is sent twice. It may say what is to be mended first, as a full disk."
        : "Where the reason names something to mend, mend that first; then the same command goes on, and nothing is "
          + "sent twice."
    case .stopped: return "billdrop run --config \(configuration) goes on with it; nothing is sent twice."
    case .fault:
      return "Mend what the reason says; the next pass of billdrop run tries again. billdrop doctor --config "
        + "\(configuration) tells more."
    case .rejected:
      return (report.map { "Its report says why: \($0). " } ?? "")
        + (place.isEmpty
          ? "Have it mended, and submit it under its name; or remove it, if it is not needed."
          : "Have it mended, and put it where files arrive; or remove it from there, if it is not needed.")
        + (approval == nil ? "" : " Is nothing left to do? Then \(striking(configuration)) strikes it off.")
    case .rows:
      return listing + mending + "Is nothing left to do? Then \(striking(configuration)) strikes it off."
    case .untaken: return "Is it to be taken? Then mend its name, or the \"files\" of its feed."
    case .missing: return "Ask where it is made. When it comes, the next pass takes it, whatever the hour."
    }
  }

  /// Where the rows are listed.
  private var listing: String {
    if isReportGone {
      return
        "Its report is gone: billdrop report \(name) --ledger with the ledger's path writes another, as far as it can. "
    }
    if let report { return "Its report lists them: \(report). " }
    return place.isEmpty && approval != nil
      ? "Its report lists them, in the folder \(ReportFolder.name(name, digits: approval ?? "")) of its reports. "
      : "Its report lists them. "
  }

  /// How rows come that are mended. What is there stands against one in conflict: under its reference no file mends it.
  private var mending: String {
    var mended = hasRowsToMend ? "Mended, they come as \(SourceName(name).mended). " : ""
    if refused > 0, place.isEmpty {
      mended +=
        "What was refused for a cause that is mended at Moment goes again by the same command with --retry refused. "
    }
    guard conflicts > 0 else { return mended }
    let rows = hasRowsToMend ? (conflicts == 1 ? "the one in conflict" : "those in conflict") : "them"
    return mended
      + "Compare \(rows) with what is there: a bill that must change is voided and raised again under another reference, "
      + "and what else is right goes in a new file, as does a bill that was not raised for its account. "
  }

  private func striking(_ configuration: String) -> String {
    place.isEmpty
      ? "submitting the same file with --strike-off \(approval ?? "DIGEST")"
      : "billdrop run --config \(configuration) --strike-off \(approval ?? "DIGEST")"
  }
}

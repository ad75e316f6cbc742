import BillLedger
import BillModel
import Drops
import FileRuns
import Hashing
import RunConfiguration
import SubmitPass

/// The end of a file's way: its report is delivered, and it is put away under a name that is free, which the ledger knows
/// first.
extension FileWay {
  private var delivery: DeliverySettings { feed?.settings.delivery ?? DeliverySettings() }

  private func place(of file: DropFile) -> DropPlace { file.verdict == .fileRejected ? .rejected : .archive }
  private func mark(of file: DropFile) -> String { file.digest?.short ?? String(file.id) }

  /// What the drop is to do first.
  func answer(_ ending: FileEnding) throws(RunFault) -> DropAnswer {
    let report = feed == nil ? nil : ending.file.report
    return DropAnswer(
      claim: ending.claim, stamp: ending.stamp,
      files: try report.map { report throws(RunFault) in try ReportDelivery(delivery).files(of: report) } ?? [],
      folder: report.map(ReportDelivery.folderName) ?? "", rights: delivery.rights, place: place(of: ending.file),
      mark: mark(of: ending.file))
  }

  /// Notes that it is answered, and where it is going.
  func noteAnswered(_ file: inout DropFile, to name: String) throws(RunFault) -> DropPlace {
    try setState(.answered, file)
    CrashPoint.pass(.answered)
    let place = place(of: file)
    (file.target, file.targetPlace) = (name, place.rawValue)
    try save(file)
    return place
  }

  /// Puts it away where the name that was free isn't any more: another process was faster with it.
  func putElsewhere(_ file: inout DropFile, _ claim: DropClaim) throws(RunFault) {
    let (place, mark) = (place(of: file), mark(of: file))
    while true {
      let name = try desk.attempt { () throws(DropError) in try drop.freeName(for: claim, in: place, mark: mark) }
      file.target = name
      try save(file)
      do throws(DropError) { return try drop.put(claim, into: place, as: name) } catch {
        guard error.isNameTaken else { throw .drop(error) }
      }
    }
  }

  /// Notes that it is put away.
  func archived(_ file: inout DropFile) throws(RunFault) {
    try setState(.archived, file)
    file.endedAt = desk.ledger.time(at: now)
    try save(file)
    desk.claimed.removeAll { $0.name == file.name }
    CrashPoint.pass(.archived)
  }
}

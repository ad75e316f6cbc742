import BillLedger
import Drops
import DurableFiles
import Hashing

/// Whether a file that lies somewhere is one that is meant.
extension ForgetPlan {
  /// What is known of the files that are meant: under which names ledgers put them where, and how large they are.
  struct Known {
    /// The names under which a drop has files in each of its folders, by how they were asked for.
    var targets: [ForgetSubject: Set<DropTarget>] = [:]
    var sizes: [ForgetSubject: Set<Int64>] = [:]
  }

  struct DropTarget: Hashable {
    let place: String
    let name: String
  }

  /// What the ledgers have of them, in one drop.
  func known(in drop: DropSettings) throws(RunFault) -> Known {
    var known = Known()
    for subject in scope.subjects { known.sizes[subject] = Set(subject.byteCount.map { [$0] } ?? []) }
    for path in scope.ledgers where try LedgerPath.isThere(path) {
      try Self.onLedger { () throws(LedgerError) in
        let ledger = try Ledger(observing: path)
        for subject in scope.subjects {
          for file in try ledger.dropFiles(known: subject.word) where file.place == drop.title {
            known.sizes[subject]?.insert(file.byteCount)
            if let target = file.target, let place = file.targetPlace {
              known.targets[subject, default: []].insert(DropTarget(place: place, name: target))
            }
          }
          for run in try ledger.fileRuns(known: subject.word) { known.sizes[subject]?.insert(run.file.byteCount) }
        }
      }
    }
    return known
  }

  /// Whether a file in a folder is meant. One that is meant by its bytes is read: by its name it could be another.
  ///
  /// - Parameters:
  ///   - place: Which of a drop's folders it is, as the ledger says it.
  ///   - known: `nil`: by its own name alone, and not by a marked one.
  func isMeant(_ name: String, in folder: String, place: DropPlace? = nil, _ known: Known?) throws(RunFault) -> Bool {
    for subject in scope.subjects {
      if subject.isOfBytes {
        if try hasBytes(subject, "\(folder)/\(name)", known) { return true }
        if subject.byteCount != nil { continue }
      }
      if name == subject.word { return true }
      guard let known else { continue }
      if FileName.isMarked(name, of: subject.word) { return true }
      let target = place.map { DropTarget(place: $0.rawValue, name: name) }
      if let target, !subject.isOfBytes, known.targets[subject]?.contains(target) ?? false { return true }
    }
    return false
  }

  /// Whether the bytes of a file are those that are meant: only one of such a size, or with the digits in its name, is
  /// read for it.
  private func hasBytes(_ subject: ForgetSubject, _ path: String, _ known: Known?) throws(RunFault) -> Bool {
    guard let look = try Self.onDisk({ () throws(FileError) in try FileLook(path: path) }), look.kind == .file else {
      return false
    }
    let sizes = known?.sizes[subject] ?? Set(subject.byteCount.map { [$0] } ?? [])
    guard sizes.contains(look.size) || path.contains(subject.word) else { return false }
    do throws(DropError) { return try FileDigests.sha256(ofFile: path).short == subject.word } catch {
      throw .drop(error)
    }
  }
}

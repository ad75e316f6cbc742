import BillLedger
import Drops
import DurableFiles
package import FileRuns
import Hashing
import RunConfiguration

/// Whether a file that lies somewhere is one that is meant.
extension ForgetPlan {
  /// What is known of the files that are meant: under which names ledgers put them where, and how large they are.
  struct Known {
    /// The names under which a drop has files in each of its folders, by how they were asked for.
    var targets: [ForgetSubject: Set<DropTarget>] = [:]
    var sizes: [ForgetSubject: Set<Int64>] = [:]
    /// What ledgers know the bytes of these files by.
    var contents: [ForgetSubject: Set<KnownBytes>] = [:]
  }

  struct KnownBytes: Hashable {
    let byteCount: Int64
    /// `nil` where the file was never read whole, or what was read came out of a filter.
    let digest: SHA256Digest?
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
            let digest = scope.filteredFeeds.contains(file.feed) ? nil : file.digest
            known.contents[subject, default: []].insert(KnownBytes(byteCount: file.byteCount, digest: digest))
            if let target = file.target, let place = file.targetPlace {
              known.targets[subject, default: []].insert(DropTarget(place: place, name: target))
            }
          }
          for run in try ledger.fileRuns(known: subject.word) {
            known.sizes[subject]?.insert(run.file.byteCount)
            let bytes = KnownBytes(byteCount: run.file.byteCount, digest: run.file.digest)
            known.contents[subject, default: []].insert(bytes)
          }
        }
      }
    }
    return known
  }

  /// Those of which nothing goes or stays, and that no ledger ever knew: their names may be mistyped.
  package func unknown() throws(RunFault) -> [ForgetSubject] {
    let paths = going.map(\.path) + staying.map(\.path)
    var unknown = scope.subjects.filter { subject in
      subject.isOfBytes ? paths.isEmpty : !paths.contains { $0.contains(subject.word) }
    }
    if unknown.isEmpty { return [] }
    for path in scope.ledgers where try LedgerPath.isThere(path) {
      try Self.onLedger { () throws(LedgerError) in
        let ledger = try Ledger(observing: path)
        var left: [ForgetSubject] = []
        for subject in unknown {
          guard try ledger.dropFiles(known: subject.word).isEmpty else { continue }
          if try ledger.fileRuns(known: subject.word).isEmpty { left.append(subject) }
        }
        unknown = left
      }
    }
    return unknown
  }

  /// Whether a file in a folder is meant. One that is meant by its bytes is read: by its name it could be another. So is
  /// one that is meant by its name, where ledgers know the bytes that it had.
  ///
  /// - Parameters:
  ///   - place: Which of a drop's folders it is, as the ledger says it.
  ///   - known: `nil`: by its own name alone, and not by a marked one.
  func isMeant(_ name: String, in folder: String, place: DropPlace? = nil, _ known: Known?) throws(RunFault) -> Bool {
    for subject in scope.subjects {
      if subject.isOfBytes, try hasBytes(subject, "\(folder)/\(name)", known) { return true }
      guard isNamed(name, subject, place, known) else { continue }
      guard let contents = known?.contents[subject] else { return true }
      if try has(contents, "\(folder)/\(name)") { return true }
    }
    return false
  }

  /// Whether a file has a name that is meant.
  func isNamed(_ name: String, place: DropPlace?, _ known: Known) -> Bool {
    scope.subjects.contains { isNamed(name, $0, place, known) }
  }

  private func isNamed(_ name: String, _ subject: ForgetSubject, _ place: DropPlace?, _ known: Known?) -> Bool {
    if subject.byteCount != nil { return false }
    if name == subject.word { return true }
    guard let known else { return false }
    if FileName.isMarked(name, of: subject.word) { return true }
    guard let place, !subject.isOfBytes else { return false }
    return known.targets[subject]?.contains(DropTarget(place: place.rawValue, name: name)) ?? false
  }

  /// Whether a file has the bytes of one of these: it is read only where one of them has its size.
  private func has(_ contents: Set<KnownBytes>, _ path: String) throws(RunFault) -> Bool {
    let look = try Self.onDisk { () throws(FileError) in try FileLook(path: path) }
    guard let look, look.kind == .file else { return false }
    let alike = contents.filter { $0.byteCount == look.size }
    if alike.isEmpty { return false }
    if alike.contains(where: { $0.digest == nil }) { return true }
    do throws(DropError) {
      let digest = try FileDigests.sha256(ofFile: path)
      return alike.contains { $0.digest == digest }
    } catch { throw .drop(error) }
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

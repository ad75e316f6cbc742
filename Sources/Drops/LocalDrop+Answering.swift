import DurableFiles
import Tabular

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension LocalDrop {
  package var gathers: Bool { false }

  package func answer(_ answers: [DropAnswer]) -> [Result<String?, DropError>] {
    answers.map { one in Result { () throws(DropError) in try answer(one) } }
  }

  package func put(_ moves: [DropMove]) -> [DropError?] { putEach(moves) }

  package func freeName(for claim: DropClaim, in place: DropPlace, mark: String) throws(DropError) -> String {
    let folder = folders.path(of: place)
    if try look(folder + "/" + claim.name) == nil { return claim.name }
    var number = 1
    while true {
      let name = FileName.marked(claim.name, with: number == 1 ? "-\(mark)" : "-\(mark)-\(number)")
      if try look(folder + "/" + name) == nil { return name }
      number += 1
    }
  }

  package func put(_ claim: DropClaim, into place: DropPlace, as name: String) throws(DropError) {
    let folder = folders.path(of: place)
    for companion in claim.companions {
      let ending = String(companion.dropFirst(claim.name.count))
      try attempt { () throws(FileError) in
        try Directory.move(claimed + "/" + companion, over: folder + "/" + FileName.cut(name, ending: ending))
      }
    }
    let (path, target) = (claimed + "/" + claim.name, folder + "/" + name)
    try attempt { () throws(FileError) in
      if try Directory.move(path, toFree: target) { return }
      // A process that died between taking the place and the move left an empty file there.
      guard try FileLook(path: target)?.size == 0 else { throw FileError(.rename, path: target, code: EEXIST) }
      try Directory.move(path, over: target)
    }
  }

  package func holds(_ name: String, in place: DropPlace) throws(DropError) -> Bool {
    try look(folders.path(of: place) + "/" + name) != nil
  }

  package func deliver(_ files: [OutgoingFile], as folder: String, _ rights: ReportRights) throws(DropError) {
    let path = folders.reports + "/" + folder
    let group = try attempt { () throws(FileError) in
      try Directory.makeInPlaceOfLink(path)
      let group = try give(path, rights)
      try Directory.setMode(path, Self.folderMode(rights.mode))
      try AtomicFile.removeLeftovers(in: path)
      return group
    }
    try removeOthers(in: path, keeping: Set(files.dropLast().map(\.name)))
    for file in files {
      let source = try file.open()
      let target = try attempt { () throws(FileError) in
        try AtomicFile(path: path + "/" + file.name, mode: rights.mode, group: group)
      }
      try source.forEachBlock { (block) throws(DropError) in
        try attempt { () throws(FileError) in try target.write(block) }
      }
      try attempt { () throws(FileError) in
        try target.commit()
      }
    }
  }

  /// Gives a delivery's folder to its group, and says which its files are to be given to; `nil`: they stay as they are made.
  ///
  /// A folder's bit that hands its group on goes with the first change of its mode, so the group is told each time.
  private func give(_ path: String, _ rights: ReportRights) throws(FileError) -> UInt32? {
    if let group = rights.group {
      try Directory.setGroup(path, group)
      return group
    }
    guard let group = ReportRights.group(of: folders.reports) else { return nil }
    // This process need not belong to it.
    do throws(FileError) { try Directory.setGroup(path, group) } catch { return nil }
    return group
  }

  /// Removes what an earlier delivery left and this one doesn't replace; its last file first of all, since that says
  /// that the delivery is whole.
  private func removeOthers(in path: String, keeping: Set<String>) throws(DropError) {
    let names = try attempt { () throws(FileError) in try Directory.names(in: path) }
    for name in names.map({ String(decoding: $0, as: UTF8.self) }) where !keeping.contains(name) {
      try attempt { () throws(FileError) in try Directory.removeFile(path + "/" + name) }
    }
  }

  /// Who may read the files may go into their folder.
  private static func folderMode(_ mode: UInt32) -> UInt32 { mode | (mode & 0o444) >> 2 | 0o700 }
}

import DurableFiles
import Synchronization
import Tabular
import Transport

extension SFTPDrop {
  /// A copy that is kept is to lie where it is kept before the next file of its feed is compared with it.
  package var gathers: Bool { options.keptDays == 0 }

  package func freeName(for claim: DropClaim, in place: DropPlace, mark: String) throws(DropError) -> String {
    if isDeleted(in: place) { return claim.name }
    let folder = folders.path(of: place)
    var (name, number) = (claim.name, 0)
    while try isThere(folder + "/" + name) {
      number += 1
      name = FileName.marked(claim.name, with: number == 1 ? "-\(mark)" : "-\(mark)-\(number)")
    }
    return name
  }

  package func answer(_ answers: [DropAnswer]) throws(DropError) -> [Result<String?, DropError>] {
    final class Names: Sendable {
      let list: Mutex<[String?]>
      init(_ count: Int) { list = Mutex(Array(repeating: nil, count: count)) }
    }
    let names = Names(answers.count)
    // Whether somebody has written to a file since, the server says now, and not a moment ago.
    lastLook = nil
    for answer in answers { fetchedAhead[answer.claim.name] = nil }
    let faults = try together(answers.count) { [self] (index) throws(DropError) in
      let name = try answer(answers[index])
      names.list.withLock { $0[index] = name }
    }
    return zip(names.list.withLock { $0 }, faults).map { name, fault in fault.map { .failure($0) } ?? .success(name) }
  }

  package func put(_ moves: [DropMove]) throws(DropError) -> [DropError?] {
    // A leased file may be another by now, and stays then.
    guard !moves.contains(where: { leased.contains($0.claim.name) }) else { return putEach(moves) }
    var faults = try together(moves.count) { [self] (index) throws(DropError) in try move(moves[index]) }
    for (index, move) in moves.enumerated() where faults[index] == nil {
      do throws(DropError) { try letGo(move.claim) } catch { faults[index] = error }
    }
    return faults
  }

  package func put(_ claim: DropClaim, into place: DropPlace, as name: String) throws(DropError) {
    if try isReplaced(claim) { return try letGo(claim) }
    try move(DropMove(claim: claim, place: place, name: name))
    try letGo(claim)
  }

  /// Moves a claim's files on the server.
  private func move(_ move: DropMove) throws(DropError) {
    let (claim, place, name) = (move.claim, move.place, move.name)
    let folder = folders.path(of: place)
    for companion in claim.companions {
      let ending = String(companion.dropFirst(claim.name.count))
      let target = isDeleted(in: place) ? nil : folder + "/" + FileName.cut(name, ending: ending)
      try self.move(remoteFolder(of: claim) + "/" + companion, to: target, replacing: true)
    }
    try self.move(remotePath(of: claim), to: isDeleted(in: place) ? nil : folder + "/" + name, replacing: false)
  }

  /// Whether another file lies by now where a leased one was: that one is not put away with it.
  private func isReplaced(_ claim: DropClaim) throws(DropError) -> Bool {
    guard leased.contains(claim.name), let look = try look(claim, isFresh: true) else { return false }
    guard let known = try local({ () throws(FileError) in try staging.source(of: claim.name) }), known != look else {
      return false
    }
    tell("\(claim.name) was replaced by another file while it was worked on: that one stays, and is taken in its turn")
    return true
  }

  /// Ends what this machine has of a claim.
  func letGo(_ claim: DropClaim) throws(DropError) {
    let keptName = try staging.keptName(of: claim.name)
    try local { () throws(FileError) in
      if leased.contains(claim.name) { try leases.end(claim.name) }
      try staging.putAway(claim.name, as: keptName)
    }
    leased.remove(claim.name)
    claimedEntries[claim.name] = nil
  }

  /// Renames a file of a claim, or removes it where it has no place to go. A companion that is gone was put away before.
  private func move(_ path: String, to target: String?, replacing: Bool) throws(DropError) {
    try server { (client) throws(SFTPError) in
      guard let target else { return try client.remove(path) }
      do throws(SFTPError) { try client.rename(path, to: target) } catch {
        switch error {
        case .taken where replacing:
          try client.remove(target)
          try client.rename(path, to: target)
        case .notFound where replacing: return
        default: throw error
        }
      }
    }
  }

  private func isDeleted(in place: DropPlace) -> Bool { place == .archive && options.afterwards == .delete }

  package func holds(_ name: String, in place: DropPlace) throws(DropError) -> Bool {
    // What the server hasn't any more was deleted by us: its place was chosen before.
    if isDeleted(in: place) { return true }
    return try isThere(folders.path(of: place) + "/" + name)
  }

  func isThere(_ path: String) throws(DropError) -> Bool {
    try server { (client) throws(SFTPError) in try client.look(path) } != nil
  }

  // MARK: Reports

  package func deliver(_ files: [OutgoingFile], as folder: String, _ rights: ReportRights) throws(DropError) {
    let path = folders.reports + "/" + folder
    let keeping = Set(files.dropLast().map(\.name))
    try server { (client) throws(SFTPError) in
      try client.makeFolders([path], mode: Self.folderMode(rights.mode))
      // What an earlier delivery left and this one doesn't replace goes; its last file first of all, since that says that
      // the delivery is whole.
      for entry in try Self.made(path, client) where entry.kind == .file && !keeping.contains(entry.name) {
        try client.remove(path + "/" + entry.name)
      }
    }
    guard let last = files.last else { return }
    // Where the disk is full the others need not find that out again.
    let isFull = Atomic<Bool>(false)
    let faults = try together(files.count - 1) { [self] (index) throws(DropError) in
      guard !isFull.load(ordering: .relaxed) else { return }
      do throws(DropError) { try deliver(files[index], to: path + "/" + files[index].name, rights) } catch {
        if case .server(_, let fault) = error, fault.isOfSpace { isFull.store(true, ordering: .relaxed) }
        throw error
      }
    }
    if let fault = faults.lazy.compactMap({ $0 }).first { throw fault }
    try deliver(last, to: path + "/" + last.name, rights)
  }

  private func deliver(_ file: OutgoingFile, to path: String, _ rights: ReportRights) throws(DropError) {
    var fault: DropError?
    do throws(DropError) {
      try server { (client) throws(SFTPError) in
        try client.put(path, mode: rights.mode, group: rights.group) {
          do throws(DropError) {
            let source = try file.open()
            return { buffer in
              do throws(InputError) { return try source.read(into: buffer) } catch {
                fault = .input(error)
                return -1
              }
            }
          } catch {
            fault = error
            return { _ in -1 }
          }
        }
      }
    } catch {
      throw fault ?? error
    }
  }

  /// What lies in a folder that was to be made: why it could not be, a server doesn't say.
  private static func made(_ path: String, _ client: SFTPClient) throws(SFTPError) -> [SFTPEntry] {
    do throws(SFTPError) { return try client.list(path) } catch {
      guard case .notFound = error else { throw error }
      throw .refused(path: path, reason: "this folder could not be made; may this user write to the one above it?")
    }
  }

  /// Who may read the files may go into their folder.
  private static func folderMode(_ mode: UInt32) -> UInt32 { mode | (mode & 0o444) >> 2 | 0o700 }
}

import DurableFiles
package import Tabular

/// A drop that is a folder of this machine.
///
/// A file is claimed by renaming it into a folder of the ledger's own below `processing`: rename(2) has one winner. What
/// lies there belongs to that ledger, which one process at a time holds; so a claim that is found there was left by a
/// process that is dead (or, where several share a ledger, is another one's, as the ledger's leases tell). A companion (`NAME.done`) is renamed before its file: none is left behind that could make the
/// next file of that name look complete.
package final class LocalDrop: Drop {
  package let title: String
  let folders: DropFolders
  let owner: ClaimOwner
  /// Endings of names that lie beside a file and go with it.
  private let companionEndings: [String]

  /// Where this ledger's claims lie.
  var claimed: String { folders.processing + "/" + owner.identity }

  /// - Parameter companionEndings: of the files that lie beside others: `.done`, `.sha256`.
  package init(_ folders: DropFolders, title: String, owner: ClaimOwner, companionEndings: [String]) {
    self.folders = folders
    self.title = title
    self.owner = owner
    self.companionEndings = companionEndings
  }

  package func prepare() throws(DropError) {
    guard let inbound = try look(folders.inbound + "/."), inbound.kind == .folder else {
      throw .noInbound(path: folders.inbound)
    }
    for path in [folders.processing, folders.archive, folders.rejected] {
      try make(path, mode: 0o700)
      guard try look(path + "/.")?.device == inbound.device else { throw .otherFileSystem(path: path) }
    }
    try make(folders.reports, mode: 0o750)
    try make(claimed, mode: 0o700)
    try attempt { () throws(FileError) in
      // A process that was killed while it wrote the note below left it half-written.
      try AtomicFile.removeLeftovers(in: claimed)
    }
    try writeOwner()
  }

  /// Makes a folder of the drop where it is missing, with exactly `mode`. A link in its place is not followed: who put it
  /// there would say where files go.
  private func make(_ path: String, mode: UInt32) throws(DropError) {
    let isNew = try look(path) == nil
    try attempt { () throws(FileError) in try Directory.make(path, mode: mode) }
    if try look(path)?.kind == .link { throw .link(path: path) }
    if isNew { try attempt { () throws(FileError) in try Directory.setMode(path, mode) } }
  }

  package func list() throws(DropError) -> DropListing {
    guard let inbound = try look(folders.inbound + "/."), inbound.kind == .folder else {
      throw .noInbound(path: folders.inbound)
    }
    var listing = DropListing()
    var known: Set<String> = []
    let names = try attempt { () throws(FileError) in try Directory.names(in: folders.inbound) }
    for bytes in names {
      let name = String(decoding: bytes, as: UTF8.self)
      if DropName.isPassedOver(name) { continue }
      guard Array(name.utf8) == bytes else {
        listing.odd.append((name, .notUTF8))
        continue
      }
      // Gone between the two looks: so it isn't there.
      guard let look = try look(folders.inbound + "/" + name), look.kind != .folder else { continue }
      if let reason = Self.oddness(name, look) {
        listing.odd.append((name, reason))
      } else if !known.insert(name).inserted {
        listing.odd.append((name, .sameText))
      } else {
        listing.entries.append(DropEntry(name: name, stamp: DropEntry.Stamp(look)))
      }
    }
    listing.entries.sort { $0.name < $1.name }
    return listing
  }

  package func read(_ name: String) throws(DropError) -> ByteSource {
    do throws(InputError) { return try ByteSource(path: folders.inbound + "/" + name, isPlain: true) } catch {
      throw .input(error)
    }
  }

  package func path(ofArrived name: String) throws(DropError) -> String {
    let path = folders.inbound + "/" + name
    // Since the listing something else may have come in its place.
    guard try look(path)?.kind == .file else { throw .input(.notFound(name: path)) }
    return path
  }

  private static func oddness(_ name: String, _ look: FileLook) -> OddName? {
    if DropName.hasControlCharacter(name) { return .controlCharacter }
    return switch look.kind {
    case .link: .link
    case .other: .notAFile
    case .file where look.size > DropEntry.mostBytes: .tooLarge
    case .file, .folder: nil
    }
  }

  /// The file that a companion lies beside; `nil` for a name that is no companion's.
  func mainName(of name: String) -> String? {
    companionEndings.first { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
      .map { String(name.dropLast($0.count)) }
  }

  func look(_ path: String) throws(DropError) -> FileLook? {
    try attempt { () throws(FileError) in try FileLook(path: path) }
  }

  func attempt<Value>(_ work: () throws(FileError) -> Value) throws(DropError) -> Value {
    do throws(FileError) { return try work() } catch { throw .file(error) }
  }
}

extension LocalDrop {
  /// For whoever finds the claims and wonders.
  private func writeOwner() throws(DropError) {
    try attempt { () throws(FileError) in
      let file = try AtomicFile(path: claimed + "/" + Self.ownerName)
      try file.write(owner.ledger + "\n")
      try file.commit()
    }
  }

  /// A word that lies with the claims: machines may have other paths for one folder.
  package func mark(makingOne: Bool) throws(DropError) -> String? {
    let path = claimed + "/" + Self.markName
    return try attempt { () throws(FileError) in
      if let word = try word(in: path) { return word }
      guard makingOne else { return nil }
      // Over a network, what wasn't there a moment ago may be there: to make it asks the server.
      try Directory.makeFileIfMissing(path)
      if let word = try word(in: path) { return word }
      let word = String(UInt64.random(in: .min ... .max), radix: 16)
      let file = try AtomicFile(path: path)
      try file.write(word)
      try file.commit()
      return word
    }
  }

  private func word(in path: String) throws(FileError) -> String? {
    guard let word = try FileGlimpse(path: path, headLimit: 64)?.head, !word.isEmpty else { return nil }
    return String(decoding: word, as: UTF8.self)
  }

  /// The file with that word.
  private static let markName = ".drop"

  /// The file that says whose claims lie in a folder.
  static let ownerName = ".ledger"
}

extension DropEntry.Stamp {
  init(_ look: FileLook) { self.init(size: look.size, modified: look.modified, identity: look.identity) }
}

import DurableFiles
import Hashing
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder of this machine in which copies of a drop's files lie, each under its own name, for their owner only.
struct Staging {
  /// Where the copies lie.
  let folder: String
  private let keptDays: Int

  /// Below `root`, apart for each ledger and drop.
  init(root: String, owner: ClaimOwner, title: String, keptDays: Int) {
    let hasher = SHA256Hasher()
    hasher.update(title)
    folder = "\(root)/\(owner.identity)-\(hasher.finish().short)"
    self.keptDays = keptDays
  }

  /// Copies that are through, and are kept for some days.
  var keptFolder: String { folder + "/.kept" }
  private var journals: String { folder + "/.journal" }

  func prepare() throws(FileError) {
    for path in [folder, journals, keptFolder] {
      try Directory.make(path)
      try Directory.setMode(path, 0o700)
    }
  }

  /// The copy of a file, as far as there is one.
  func copy(of name: String, size: Int64, modified: Int64) throws(FileError) -> StagedFile {
    try StagedFile(path: folder + "/" + name, journal: journals + "/" + name, size: size, modified: modified)
  }

  /// Of which file there is a copy, or a part of one; `nil` where there is none.
  func source(of name: String) throws(FileError) -> SFTPLook? { try StagingJournal.source(journals + "/" + name) }

  /// The name under which a copy is kept: its own, or where another has that, one with the digits of its digest.
  func keptName(of name: String) throws(DropError) -> String {
    guard keptDays > 0, Directory.hasFile(folder + "/" + name), Directory.hasFile(keptFolder + "/" + name) else {
      return name
    }
    let digest = try FileDigests.sha256(ofFile: folder + "/" + name)
    // The same bytes are kept once.
    if try FileDigests.sha256(ofFile: keptFolder + "/" + name) == digest { return name }
    return FileName.marked(name, with: "-\(digest.short)")
  }

  /// Lets a copy go, or keeps it for some days, as configured.
  func putAway(_ name: String, as keptName: String) throws(FileError) {
    if keptDays > 0, Directory.hasFile(folder + "/" + name) {
      try Directory.move(folder + "/" + name, over: keptFolder + "/" + keptName)
    }
    try forget(name)
    try removeOld()
  }

  /// Removes a copy.
  func forget(_ name: String) throws(FileError) {
    try Directory.remove(folder + "/" + name)
    try Directory.remove(journals + "/" + name)
  }

  /// What each process holds that has copies here: several do where they share a ledger.
  func share() throws(FileError) -> SharedLock { try SharedLock(path: folder + "/.share") }

  /// Removes copies of files that nobody claims.
  func sweep(except names: Set<String>) throws(FileError) {
    for bytes in try Directory.names(in: folder) {
      let name = String(decoding: bytes, as: UTF8.self)
      if !name.hasPrefix("."), !names.contains(name) { try forget(name) }
    }
    try removeOld()
  }

  private func removeOld() throws(FileError) {
    let oldest = Int64(time(nil)) - Int64(keptDays) * 86_400
    for bytes in try Directory.names(in: keptFolder) {
      let path = keptFolder + "/" + String(decoding: bytes, as: UTF8.self)
      if let look = try FileLook(path: path), look.modified / 1_000_000_000 < oldest { try Directory.remove(path) }
    }
  }
}

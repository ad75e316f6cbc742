import DurableFiles
package import Tabular

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension LocalDrop {
  package func claim(_ name: String, companion: String?) throws(DropError) -> Bool {
    guard try look(claimed + "/" + name) == nil else { return false }
    if let companion, try !take(companion) { return false }
    guard try take(name) else {
      if let companion { try giveBack(companion) }
      return false
    }
    guard try look(claimed + "/" + name)?.kind == .file else {
      try giveBack(name)
      return false
    }
    return true
  }

  package func takeAhead(_ claims: [DropClaim]) -> [Bool] { claims.map { _ in false } }

  package func claims() throws(DropError) -> [DropClaim] {
    let all = try attempt { () throws(FileError) in try Directory.names(in: claimed) }
      .map { String(decoding: $0, as: UTF8.self) }.filter { !$0.hasPrefix(".") }.sorted()
    let names = Set(all)
    var claims: [DropClaim] = []
    for name in all where !isCompanion(name, among: names) {
      if mainName(of: name) != nil, try look(folders.inbound + "/" + name) == nil, isHalf(name, names) {
        try giveBack(name)
        continue
      }
      claims.append(DropClaim(name: name, companions: all.filter { mainName(of: $0) == name }))
    }
    return claims
  }

  package func stamp(of claim: DropClaim) throws(DropError) -> DropEntry.Stamp? {
    guard let look = try look(claimed + "/" + claim.name), look.kind == .file else { return nil }
    return DropEntry.Stamp(look)
  }

  package func stage(_ claim: DropClaim) throws(DropError) -> String { claimed + "/" + claim.name }
  package func stream(_ claim: DropClaim) throws(DropError) -> ArrivingFile? { nil }
  package func endStream() throws(DropError) {}

  /// Whether a name stands beside its file.
  private func isCompanion(_ name: String, among names: Set<String>) -> Bool {
    mainName(of: name).map { names.contains($0) } ?? false
  }

  /// Whether a companion was claimed and its file was not: the process died in between, or the file had gone.
  private func isHalf(_ name: String, _ names: Set<String>) -> Bool {
    mainName(of: name).map { !names.contains($0) } ?? false
  }

  /// Renames what has arrived into the folder of this ledger's claims; `false` where it isn't there any more.
  private func take(_ name: String) throws(DropError) -> Bool {
    let path = folders.inbound + "/" + name
    do throws(FileError) { try Directory.move(path, over: claimed + "/" + name) } catch {
      if error.code == ENOENT { return false }
      throw .file(error)
    }
    return true
  }

  /// Puts back what was claimed for nothing, unless another of that name has come since.
  private func giveBack(_ name: String) throws(DropError) {
    _ = try attempt { () throws(FileError) in
      try Directory.move(claimed + "/" + name, toFree: folders.inbound + "/" + name)
    }
  }
}

extension LocalDrop {
  package func foreignClaims() throws(DropError) -> [ForeignClaims] {
    var found: [ForeignClaims] = []
    for folder in try foreignFolders() {
      let names = try claimedNames(in: folder)
      if names.isEmpty { continue }
      found.append(ForeignClaims(ledger: ledger(of: folder), folder: Self.whole(folder), names: names))
    }
    return found
  }

  package func takeOver(where isLedger: (String) -> Bool) throws(DropError) -> [String] {
    var taken: [String] = []
    for folder in try foreignFolders() {
      let ledger = ledger(of: folder)
      let lock = try owner.lock(ofLedger: ledger, where: isLedger)
      for name in try claimedNames(in: folder) {
        let isMoved = try attempt { () throws(FileError) in
          try Directory.move(folder + "/" + name, toFree: claimed + "/" + name)
        }
        if isMoved { taken.append(name) }
      }
      withExtendedLifetime(lock) {}
    }
    return taken.sorted()
  }

  /// The folders of other ledgers' claims.
  private func foreignFolders() throws(DropError) -> [String] {
    let names = try attempt { () throws(FileError) in try Directory.names(in: folders.processing) }
    var paths: [String] = []
    for name in names.map({ String(decoding: $0, as: UTF8.self) }).sorted() where name != owner.identity {
      let path = folders.processing + "/" + name
      if !name.hasPrefix("."), try look(path)?.kind == .folder { paths.append(path) }
    }
    return paths
  }

  private func claimedNames(in folder: String) throws(DropError) -> [String] {
    try attempt { () throws(FileError) in try Directory.names(in: folder) }
      .map { String(decoding: $0, as: UTF8.self) }.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The ledger's path, as its note in the folder has it.
  private func ledger(of folder: String) -> String? {
    guard let glimpse = try? FileGlimpse(path: folder + "/" + Self.ownerName, headLimit: 4096) else { return nil }
    let line = glimpse.head.prefix { $0 != UInt8(ascii: "\n") }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }
}

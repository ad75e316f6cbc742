import DurableFiles
import Transport

extension SFTPDrop {
  package func claim(_ name: String, companion: String?) throws(DropError) -> Bool {
    lastLook = nil
    if let size = arrived[name]?.size, size > StagedFile.blockBytes {
      try server { (client) throws(SFTPError) in client.prepare(forReading: size) }
    }
    guard hasClaimFolder else { return try lease(name, companion) }
    do throws(DropError) {
      guard try take(name, with: companion) else { return false }
    } catch {
      guard case .server(_, .denied) = error else { throw error }
      tellOfLeases("no renaming of \(name)")
      return try lease(name, companion)
    }
    claimedEntries[name] = arrived[name]
    return true
  }

  /// Claims a file by a note of this ledger; it stays where it arrived.
  private func lease(_ name: String, _ companion: String?) throws(DropError) -> Bool {
    guard claimedEntries[name] == nil else { return false }
    guard try local({ () throws(FileError) in try leases.take(name, companion: companion) }) else { return false }
    leased.insert(name)
    claimedEntries[name] = arrived[name]
    return true
  }

  package func claims() throws(DropError) -> [DropClaim] {
    claimedEntries = [:]
    fetchedAhead = [:]
    var claims: [DropClaim] = []
    if hasClaimFolder {
      for entry in try server({ (client) throws(SFTPError) in try client.list(claimed) }) {
        if !entry.name.hasPrefix("."), entry.kind == .file { claimedEntries[entry.name] = entry }
      }
      for claim in companions.claims(of: Array(claimedEntries.keys)) {
        // A companion alone: the process died between two renames, or the file had gone. Where another has come in its
        // place, that one is taken with the file, and this one goes.
        if companions.mainName(of: claim.name) != nil, arrived[claim.name] == nil {
          try giveBack(claim.name)
        } else {
          claims.append(claim)
        }
      }
    }
    for name in leased.sorted() {
      // Somebody took the file, or it was put away before a crash: the lease is over.
      guard let entry = arrived[name] else {
        try letGo(DropClaim(name: name))
        continue
      }
      claimedEntries[name] = entry
      let companion = try local { () throws(FileError) in try leases.companion(of: name) }
      claims.append(DropClaim(name: name, companions: companion.map { [$0] } ?? []))
    }
    // Of a file that is held where it arrived there may be a copy too, by which it was judged.
    try sweep(claims.map(\.name) + arrived.keys)
    return claims
  }

  package func stamp(of claim: DropClaim) throws(DropError) -> DropEntry.Stamp? {
    guard let look = try look(claim) else { return nil }
    return DropEntry.Stamp(size: look.size, modified: claimedEntries[claim.name]?.modified ?? 0)
  }

  /// What the server says of a claim's file, a moment ago at most; of one that was fetched ahead, when it was fetched: that
  /// is the file that is read.
  func look(_ claim: DropClaim, isFresh: Bool = false) throws(DropError) -> SFTPLook? {
    if !isFresh, !isTogether {
      if let look = fetchedAhead[claim.name] { return look }
      if let lastLook, lastLook.name == claim.name, ContinuousClock.now - lastLook.at < .seconds(1) {
        return lastLook.look
      }
    }
    let look = try server { (client) throws(SFTPError) in try client.look(remotePath(of: claim)) }
    if isTogether { return look }
    lastLook = look.map { (claim.name, $0, .now) }
    return look
  }

  /// Where a claimed file lies on the server.
  func remotePath(of claim: DropClaim) -> String { remoteFolder(of: claim) + "/" + claim.name }

  func remoteFolder(of claim: DropClaim) -> String { leased.contains(claim.name) ? folders.inbound : claimed }

  /// Renames a file that has arrived, and what lies beside it; `false` where one of them isn't there any more, or a claim of
  /// that name isn't through.
  func take(_ name: String, with companion: String?) throws(DropError) -> Bool {
    if try isClaimed(name) { return false }
    if let companion, try !take(companion) {
      guard try isStale(companion, of: name), try take(companion) else { return false }
    }
    do throws(DropError) {
      if try take(name) { return true }
    } catch {
      // Where the connection is lost the file may have been renamed: the next look at the claims sees.
      if case .server(_, let fault) = error, !fault.isOfTheServer, let companion { try giveBack(companion) }
      throw error
    }
    if let companion { try giveBack(companion) }
    return false
  }

  /// Whether a claim of that name isn't through. Not every server refuses to rename over one. Where other processes share
  /// the ledger it may have been claimed, or put away, since the claims were looked at.
  private func isClaimed(_ name: String) throws(DropError) -> Bool {
    guard owner.isShared || claimedEntries[name] != nil else { return false }
    return try isThere(claimed + "/" + name)
  }

  /// Renames what has arrived into the folder of this ledger's claims; `false` where it isn't there any more, or that folder
  /// has something of that name.
  private func take(_ name: String) throws(DropError) -> Bool {
    do throws(DropError) {
      try server { (client) throws(SFTPError) in
        try client.rename(folders.inbound + "/" + name, to: claimed + "/" + name)
      }
    } catch {
      switch error {
      case .server(_, .notFound), .server(_, .taken): return false
      default: throw error
      }
    }
    return true
  }

  /// Whether a companion was claimed by a process that died before it claimed the file, and is still there though another
  /// has come: it is removed then.
  private func isStale(_ companion: String, of name: String) throws(DropError) -> Bool {
    try server { (client) throws(SFTPError) in
      guard try client.look(claimed + "/" + name) == nil, try client.look(claimed + "/" + companion) != nil else {
        return false
      }
      try client.remove(claimed + "/" + companion)
      return true
    }
  }

  /// Puts back what was claimed for nothing, unless another of that name has come since.
  private func giveBack(_ name: String) throws(DropError) {
    if try isThere(folders.inbound + "/" + name) { return }
    do throws(DropError) {
      try server { (client) throws(SFTPError) in
        try client.rename(claimed + "/" + name, to: folders.inbound + "/" + name)
      }
    } catch {
      guard case .server(_, .taken) = error else { throw error }
    }
  }
}

extension SFTPDrop {
  /// The file that says whose claims lie in a folder.
  private static let ownerName = ".ledger"

  /// For whoever finds the claims and wonders. Several processes of one ledger may begin at the same moment, and be in each
  /// other's way: then it is tried again, until one of them has written it.
  func writeOwner() throws(DropError) {
    var tries = 5
    while true {
      do throws(DropError) { return try putOwner() } catch {
        tries -= 1
        guard case .server(_, let fault) = error, !fault.isOfTheServer, !fault.isOfSpace, tries > 0 else { throw error }
      }
    }
  }

  private func putOwner() throws(DropError) {
    let text = Array((owner.ledger + "\n").utf8)
    try server { (client) throws(SFTPError) in
      if try client.look(claimed + "/" + Self.ownerName)?.size == Int64(text.count) { return }
      try client.put(claimed + "/" + Self.ownerName, mode: 0o644) {
        var rest = text[...]
        return { buffer in
          let piece = rest.prefix(buffer.count)
          buffer.copyBytes(from: piece)
          rest = rest.dropFirst(piece.count)
          return piece.count
        }
      }
    }
  }

  package func foreignClaims() throws(DropError) -> [ForeignClaims] {
    var found: [ForeignClaims] = []
    for folder in try foreignFolders() {
      let names = try claimedNames(in: folder)
      if names.isEmpty { continue }
      found.append(ForeignClaims(ledger: try ledger(of: folder), folder: site + folder, names: names))
    }
    return found
  }

  package func takeOver(where isLedger: (String) -> Bool) throws(DropError) -> [String] {
    var taken: [String] = []
    for folder in try foreignFolders() {
      let ledger = try ledger(of: folder)
      let lock = try owner.lock(ofLedger: ledger, where: isLedger)
      for name in try claimedNames(in: folder) where try !isThere(claimed + "/" + name) {
        do throws(DropError) {
          try server { (client) throws(SFTPError) in try client.rename(folder + "/" + name, to: claimed + "/" + name) }
          taken.append(name)
        } catch {
          guard case .server(_, .taken) = error else { throw error }
        }
      }
      withExtendedLifetime(lock) {}
    }
    return taken.sorted()
  }

  /// The folders of other ledgers' claims.
  private func foreignFolders() throws(DropError) -> [String] {
    if !hasClaimFolder { return [] }
    let entries = try server { (client) throws(SFTPError) in try client.list(folders.processing) }
    return entries.filter { $0.kind == .folder && !$0.name.hasPrefix(".") && $0.name != owner.identity }
      .map { folders.processing + "/" + $0.name }.sorted()
  }

  private func claimedNames(in folder: String) throws(DropError) -> [String] {
    try server { (client) throws(SFTPError) in try client.list(folder) }
      .filter { $0.kind == .file && !$0.name.hasPrefix(".") }.map(\.name).sorted()
  }

  /// The ledger's path, as its note in the folder has it.
  private func ledger(of folder: String) throws(DropError) -> String? {
    do throws(DropError) {
      let note = try server { (client) throws(SFTPError) in
        try client.read(folder + "/" + Self.ownerName, atMost: 4096)
      }
      let line = note.prefix { $0 != UInt8(ascii: "\n") }
      return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    } catch {
      if case .server(_, .notFound) = error { return nil }
      throw error
    }
  }
}

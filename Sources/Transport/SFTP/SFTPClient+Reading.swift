import CLibcurl

extension SFTPClient {
  /// What lies in a folder, in the server's order.
  package func list(_ folder: String) throws(SFTPError) -> [SFTPEntry] { try listing(folder).entries }

  /// What lies in a folder, and lines of its listing that can't be names of files: names with a line end in them.
  package func listing(_ folder: String) throws(SFTPError) -> (entries: [SFTPEntry], unread: [String]) {
    let listing = SFTPListing(try text(of: folder, namesOnly: false))
    if !listing.entries.isEmpty || listing.unread.isEmpty { return (listing.entries, listing.unread) }
    // A server that writes its lines otherwise: ask for each name.
    var names = SFTPLines(try text(of: folder, namesOnly: true))
    var entries: [SFTPEntry] = []
    var asked = 0
    while let line = names.next() {
      let name = String(decoding: line, as: UTF8.self)
      if name.contains("/") || name == "." || name == ".." { continue }
      asked += 1
      guard asked <= SFTPListing.mostAsked else {
        throw .refused(
          path: folder, reason: "it lists more than \(SFTPListing.mostAsked) names, in lines that can't be read")
      }
      guard let look = try look(folder + "/" + name) else { continue }
      entries.append(SFTPEntry(name: name, kind: .file, size: look.size, modified: look.modified))
    }
    return (entries, [])
  }

  private func text(of folder: String, namesOnly: Bool) throws(SFTPError) -> [UInt8] {
    try attempt { (connection) throws(SFTPError) in
      let text = GatheredBytes(atMost: SFTPListing.mostBytes)
      connection.sink = { text.add($0) }
      let path = folder.isEmpty ? "/" : folder
      do throws(SFTPError) {
        try connection.perform(SFTPRequest(kind: .listing(namesOnly: namesOnly), path: path, isFolder: true))
      } catch {
        guard text.isFull else { throw error }
        throw .refused(path: path, reason: "it lists more than \(SFTPListing.mostBytes >> 20) MiB of names")
      }
      return text.bytes
    }
  }

  /// A file as it is now; `nil` where there is none.
  package func look(_ path: String) throws(SFTPError) -> SFTPLook? {
    try attempt { (connection) throws(SFTPError) in try look(path, over: connection) }
  }

  func look(_ path: String, over connection: SFTPConnection) throws(SFTPError) -> SFTPLook? {
    do throws(SFTPError) { try connection.perform(SFTPRequest(kind: .look, path: path)) } catch {
      if case .notFound = error { return nil }
      throw error
    }
    let size = connection.easy.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
    return SFTPLook(size: max(0, size), modified: connection.easy.offset(CURLINFO_FILETIME_T))
  }

  /// A small file as a whole; of a larger one so many bytes.
  package func read(_ path: String, atMost limit: Int) throws(SFTPError) -> [UInt8] {
    guard let look = try look(path) else { throw .notFound(path: path) }
    let end = min(look.size, Int64(limit))
    guard end > 0 else { return [] }
    return try attempt { (connection) throws(SFTPError) in
      let text = GatheredBytes(atMost: Int(end))
      connection.sink = { text.add($0) }
      try connection.perform(SFTPRequest(kind: .read(0..<end), path: path))
      return text.bytes
    }
  }

  /// Reads parts of files, several at a time; a part whose connection is lost goes on at its offset.
  ///
  /// - Parameter take: Called on any thread with the number of the part, the offset in the file and bytes; those of a part
  ///   come in their order. Where it says no, all ends with `SFTPError.givenUp`.
  package func read(
    _ parts: [SFTPPart], _ take: @escaping @Sendable (Int, Int64, UnsafeRawBufferPointer) -> Bool
  ) throws(SFTPError) {
    try read(SFTPParts(parts), take)
  }

  /// Reads stretches of one file, and looks at it once more: after its last byte has come, and not before, but over
  /// whichever connection is free then.
  ///
  /// - Returns: What that look found; `nil` where the file was not there.
  package func read(
    _ path: String, _ stretches: [Range<Int64>],
    _ take: @escaping @Sendable (Int, Int64, UnsafeRawBufferPointer) -> Bool
  ) throws(SFTPError) -> SFTPLook? {
    let parts = SFTPParts(stretches.map { SFTPPart(path: path, range: $0) }, lastLook: path)
    try read(parts, take)
    return parts.look
  }

  private func read(
    _ parts: SFTPParts, _ take: @escaping @Sendable (Int, Int64, UnsafeRawBufferPointer) -> Bool
  ) throws(SFTPError) {
    try share(parts) { (connection, index, part, offset) throws(SFTPError) in
      let place = Place(offset)
      connection.sink = { bytes in
        guard Int64(bytes.count) <= part.range.upperBound - place.offset, take(index, place.offset, bytes) else {
          return false
        }
        place.offset += Int64(bytes.count)
        parts.note(bytes.count)
        return true
      }
      defer { offset = place.offset }
      try connection.perform(SFTPRequest(kind: .read(place.offset..<part.range.upperBound), path: part.path))
      guard place.offset == part.range.upperBound else { throw .shrunk(path: part.path) }
    }
  }
}

/// How far a transfer came.
final class Place {
  var offset: Int64

  init(_ offset: Int64) { self.offset = offset }
}

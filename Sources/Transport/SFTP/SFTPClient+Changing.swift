extension SFTPClient {
  /// Gives a file another name, which nothing has: `taken` where something has it.
  ///
  /// Where the connection is lost meanwhile, what lies where says whether it was done.
  package func rename(_ path: String, to newPath: String) throws(SFTPError) {
    var wasTried = false
    try attempt { (connection) throws(SFTPError) in
      if wasTried, try self.isMoved(path, newPath, connection) { return }
      wasTried = true
      do throws(SFTPError) { try self.run([SFTPCommand.rename(path, to: newPath)], connection, about: path) } catch {
        // Servers say no more than that it failed where the new name is taken.
        guard case .refused = error, try self.isThere(newPath, connection) else { throw error }
        throw .taken(path: newPath)
      }
    }
  }

  private func isMoved(_ path: String, _ newPath: String, _ connection: SFTPConnection) throws(SFTPError) -> Bool {
    if try isThere(path, connection) { return false }
    return try isThere(newPath, connection)
  }

  private func isThere(_ path: String, _ connection: SFTPConnection) throws(SFTPError) -> Bool {
    do throws(SFTPError) { try connection.perform(SFTPRequest(kind: .look, path: path)) } catch {
      if case .notFound = error { return false }
      throw error
    }
    return true
  }

  /// Removes a file; one that isn't there is no fault.
  package func remove(_ path: String) throws(SFTPError) {
    try attempt { (connection) throws(SFTPError) in
      do throws(SFTPError) { try self.run([SFTPCommand.remove(path)], connection, about: path) } catch {
        if case .notFound = error { return }
        throw error
      }
    }
  }

  /// Makes folders where they aren't there; whether they can be used shows when they are.
  package func makeFolders(_ paths: [String], mode: UInt32? = nil) throws(SFTPError) {
    let commands = paths.flatMap { path in
      [SFTPCommand.makeFolder(path)] + (mode.map { [SFTPCommand.mode(path, $0)] } ?? [])
    }
    try attempt { (connection) throws(SFTPError) in
      try self.run(commands.map(SFTPCommand.perhaps), connection, about: paths.first ?? "")
    }
  }

  private func run(_ commands: [String], _ connection: SFTPConnection, about path: String) throws(SFTPError) {
    do throws(SFTPError) {
      try connection.perform(SFTPRequest(kind: .nothing, path: "/", isFolder: true, before: commands))
    } catch {
      throw error.about(path)
    }
  }

  /// Puts a file: it is written as `NAME.part`, gets its mode and group, and then its name; what had that goes. It is whole
  /// or not there.
  ///
  /// - Parameter open: Called for each try; gives the bytes from the beginning: 0 at the end, less than 0 to give up.
  package func put(
    _ path: String, mode: UInt32, group: UInt32? = nil, _ open: () -> (UnsafeMutableRawBufferPointer) -> Int
  ) throws(SFTPError) {
    try attempt { (connection) throws(SFTPError) in
      connection.source = open()
      var request = SFTPRequest(kind: .write(from: 0, size: nil, mode: mode), path: path + ".part")
      request.after = self.ending(path, mode, group)
      try self.perform(request, connection, path)
    }
  }

  /// The same with a large file of this machine, over several connections.
  ///
  /// - Parameter read: Fills a buffer from an offset of the file on, on any thread; less than 0 to give up.
  package func put(
    _ path: String, size: Int64, mode: UInt32, group: UInt32? = nil,
    _ read: @escaping @Sendable (Int64, UnsafeMutableRawBufferPointer) -> Int
  ) throws(SFTPError) {
    let part = path + ".part"
    // The first bytes make the file, and cut what was left of an earlier one.
    let stretch = max(Self.leastStretch, size / Int64(4 * options.connections))
    try write(SFTPPart(path: part, range: 0..<min(size, 1 << 15)), mode: mode, read)
    var parts: [SFTPPart] = []
    var start = min(size, 1 << 15)
    while start < size {
      parts.append(SFTPPart(path: part, range: start..<min(size, start + stretch)))
      start += stretch
    }
    try share(parts) { (connection, _, part, offset) throws(SFTPError) in
      try Self.write(part, from: &offset, mode: mode, over: connection, read)
    }
    var wasTried = false
    try attempt { (connection) throws(SFTPError) in
      if wasTried, try self.isMoved(part, path, connection) { return }
      wasTried = true
      try self.run(self.ending(path, mode, group), connection, about: path)
    }
  }

  private static let leastStretch: Int64 = 16 << 20

  private func write(
    _ part: SFTPPart, mode: UInt32, _ read: @escaping @Sendable (Int64, UnsafeMutableRawBufferPointer) -> Int
  ) throws(SFTPError) {
    try attempt { (connection) throws(SFTPError) in
      var offset = part.range.lowerBound
      try Self.write(part, from: &offset, mode: mode, over: connection, read)
    }
  }

  /// Writes a part. After a lost connection it begins anew: what was under way may have come, or not.
  private static func write(
    _ part: SFTPPart, from offset: inout Int64, mode: UInt32, over connection: SFTPConnection,
    _ read: @escaping @Sendable (Int64, UnsafeMutableRawBufferPointer) -> Int
  ) throws(SFTPError) {
    let place = Place(part.range.lowerBound)
    let end = part.range.upperBound
    connection.source = { buffer in
      let room = UnsafeMutableRawBufferPointer(
        rebasing: buffer.prefix(Int(min(Int64(buffer.count), end - place.offset))))
      guard !room.isEmpty else { return 0 }
      let count = read(place.offset, room)
      place.offset += Int64(max(0, count))
      return count > 0 ? count : -1
    }
    try connection.perform(
      SFTPRequest(kind: .write(from: part.range.lowerBound, size: end, mode: mode), path: part.path))
    offset = end
  }

  private func perform(
    _ request: SFTPRequest, _ connection: SFTPConnection, _ path: String
  ) throws(SFTPError) {
    do throws(SFTPError) { try connection.perform(request) } catch { throw error.about(path) }
  }

  private func ending(_ path: String, _ mode: UInt32, _ group: UInt32?) -> [String] {
    [SFTPCommand.mode(path + ".part", mode)] + (group.map { [SFTPCommand.group(path + ".part", $0)] } ?? [])
      + [SFTPCommand.perhaps(SFTPCommand.remove(path)), SFTPCommand.rename(path + ".part", to: path)]
  }
}

extension SFTPError {
  /// The same about the path that the caller named.
  fileprivate func about(_ path: String) -> SFTPError {
    switch self {
    case .notFound: .notFound(path: path)
    case .denied: .denied(path: path)
    case .taken: .taken(path: path)
    case .noSpace: .noSpace(path: path)
    case .refused(_, let reason): .refused(path: path, reason: reason)
    default: self
    }
  }
}

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
        switch error {
        // Servers say no more than that it failed where the new name is taken.
        case .refused where try self.isThere(newPath, connection): throw .taken(path: newPath)
        // What isn't there may be the folder that it is to go to.
        case .notFound where try self.isThere(path, connection):
          throw .refused(path: newPath, reason: "its folder isn't there")
        // Which of the two folders forbids it, the server doesn't say.
        case .denied: throw .denied(path: "\(path), which is to become \(newPath)")
        default: throw error
        }
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
  /// or not there. Over one connection, and from the beginning where that is lost: libcurl goes on with an upload only at
  /// the end that a file has by now, where bytes of the lost connection may still come.
  ///
  /// - Parameter open: Called for each try; gives the bytes from the beginning: 0 at the end, less than 0 to give up.
  package func put(
    _ path: String, mode: UInt32, group: UInt32? = nil, _ open: () -> (UnsafeMutableRawBufferPointer) -> Int
  ) throws(SFTPError) {
    var losses = 0
    try attempt { (connection) throws(SFTPError) in
      connection.source = open()
      var request = SFTPRequest(kind: .write(mode: mode), path: path + ".part")
      request.after = self.ending(path, mode, group)
      do throws(SFTPError) { try self.perform(request, connection, path) } catch {
        guard case .lost = error else { throw error }
        losses += 1
        if losses >= Self.mostLosses, self.answers(about: path + ".part", connection) { throw .stuck(path: path) }
        throw error
      }
    }
  }

  /// So often the connection may be lost while a file is put before the server is asked whether that is what happened.
  private static let mostLosses = 3

  private func answers(about path: String, _ connection: SFTPConnection) -> Bool {
    do throws(SFTPError) {
      _ = try look(path, over: connection)
      return true
    } catch { return false }
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
    case .stuck: .stuck(path: path)
    case .refused(_, let reason): .refused(path: path, reason: reason)
    default: self
    }
  }
}

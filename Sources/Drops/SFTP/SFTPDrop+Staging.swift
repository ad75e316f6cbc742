import DurableFiles
package import Tabular
import Transport

extension SFTPDrop {
  /// Files up to so many bytes are read into memory, where they are not for a claim.
  private static let smallBytes: Int64 = 1 << 20

  package func read(_ name: String) throws(DropError) -> ByteSource {
    let path = folders.inbound + "/" + name
    if let entry = arrived[name], entry.size <= Self.smallBytes {
      let bytes: [UInt8]
      do throws(DropError) {
        bytes = try server { (client) throws(SFTPError) in try client.read(path, atMost: Int(Self.smallBytes)) }
      } catch {
        if case .server(_, .notFound) = error { throw .input(.notFound(name: name)) }
        throw error
      }
      return ByteSource(bytes: bytes, name: path)
    }
    return try open(self.path(ofArrived: name))
  }

  /// Fetches a copy, which then serves for the claim too.
  package func path(ofArrived name: String) throws(DropError) -> String {
    let path = folders.inbound + "/" + name
    guard let look = try server({ (client) throws(SFTPError) in try client.look(path) }) else {
      throw .input(.notFound(name: name))
    }
    try mustFit(look, path)
    let copy = try local { () throws(FileError) in
      try staging.copy(of: name, size: look.size, modified: look.modified)
    }
    try fetch(copy, path, look)
    return copy.path
  }

  private func open(_ path: String) throws(DropError) -> ByteSource {
    do throws(InputError) { return try ByteSource(path: path) } catch { throw .input(error) }
  }

  package func stage(_ claim: DropClaim) throws(DropError) -> String {
    let (copy, look) = try copy(of: claim)
    try fetch(copy, remotePath(of: claim), look)
    return copy.path
  }

  private func copy(of claim: DropClaim) throws(DropError) -> (StagedFile, SFTPLook) {
    let path = remotePath(of: claim)
    guard let look = try look(claim) else { throw .server(title: title, .notFound(path: path)) }
    try mustFit(look, path)
    let copy = try local { () throws(FileError) in
      try staging.copy(of: claim.name, size: look.size, modified: look.modified)
    }
    return (copy, look)
  }

  /// The server may say another size than its listing did.
  private func mustFit(_ look: SFTPLook, _ path: String) throws(DropError) {
    guard look.size > DropEntry.mostBytes else { return }
    throw .server(title: title, .refused(path: path, reason: OddName.tooLarge.rawValue))
  }

  func fetch(_ copy: StagedFile, _ path: String, _ look: SFTPLook) throws(DropError) {
    let client = try server { (client) throws(SFTPError) in client }
    try Self.fetch(copy, path, look, client, title)
  }

  /// Fetches what is missing of a copy, and sees that the file on the server is still the one that it was.
  private static func fetch(
    _ copy: StagedFile, _ path: String, _ look: SFTPLook, _ client: SFTPClient, _ title: String
  ) throws(DropError) {
    if copy.isWhole { return }
    do throws(SFTPError) {
      let stretches = copy.missing(connections: client.options.connections)
      guard let now = try client.read(path, stretches, copy.taker(of: stretches)) else { throw .notFound(path: path) }
      guard now == look else { throw .shrunk(path: path) }
    } catch {
      if let fault = copy.fault { throw .file(fault) }
      if case .shrunk = error { throw .changing(path: path) }
      throw .server(title: title, error)
    }
    do throws(FileError) { try copy.finish() } catch { throw .file(error) }
  }

  package func stream(_ claim: DropClaim) throws(DropError) -> ArrivingFile? {
    let (copy, look) = try copy(of: claim)
    // What is one block comes with one answer.
    if copy.isWhole || copy.size <= StagedFile.blockBytes { return nil }
    let (path, title) = (remotePath(of: claim), title)
    let client = try server { (client) throws(SFTPError) in client }
    // Without a thread for it, it is staged at once.
    fetch = Fetch(copy, connections: client.options.connections) { () throws(DropError) in
      try Self.fetch(copy, path, look, client, title)
    }
    return fetch?.arriving
  }

  package func endStream() throws(DropError) {
    let fault = fetch?.end()
    fetch = nil
    if let fault { throw fault }
  }
}

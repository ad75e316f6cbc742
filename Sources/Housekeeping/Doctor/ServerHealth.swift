import Drops
import DurableFiles
import RunConfiguration
import Transport

/// Whether a drop on an SFTP server can be reached, and its host key is trusted. Claims nothing, moves nothing.
struct ServerHealth {
  let drop: DropSettings
  let server: SFTPSettings
  let options: DoctorOptions

  func findings() -> [HealthFinding] {
    do throws(SFTPError) { return try reached() } catch {
      guard case .hostKey(let refusal) = error, refusal.reason == .unknown, options.trustsOnFirstUse else {
        return [fault(error)]
      }
      return trust(refusal)
    }
  }

  private func reached() throws(SFTPError) -> [HealthFinding] {
    let client = try SFTPClient(try server.clientOptions(home: options.environment["HOME"], options.variable))
    let entries = try client.list(server.folders.inbound)
    let inbound = server.folders.inbound
    let arrived = ArrivedNames(
      entries.filter { $0.kind == .file }.map(\.name), options.feeds.filter { $0.drop == drop })
    return [
      .ok(.drop, "\(drop.title) lets us in, and its host key is trusted; \(arrived.waiting) in \(inbound).")
    ] + arrived.untakenFindings(in: inbound)
  }

  /// Takes a key that nobody knew into the known_hosts file, and looks again.
  private func trust(_ refusal: SFTPHostKeyRefusal) -> [HealthFinding] {
    guard let path = server.knownHostsPath(home: options.environment["HOME"]), let key = refusal.shown.first else {
      return [fault(.hostKey(refusal))]
    }
    do throws(FileError) {
      try Directory.make(Directory.parent(of: path))
      let file = try AppendedFile(path: path)
      try file.add(key.line(for: refusal.name) + "\n")
      try file.sync()
    } catch {
      return [HealthFinding(.drop, .fault, "The host key of \(refusal.name) can't be kept: \(error).")]
    }
    let told = HealthFinding(
      .drop, .warning, "Trusts \(refusal.name) from now on, by \(key.type) \(key.fingerprint), written to \(path).",
      cure: "Compare the fingerprint with what the people of the server say; where it is another, remove the line.")
    do throws(SFTPError) { return [told] + (try reached()) } catch { return [told, fault(error)] }
  }

  private func fault(_ error: SFTPError) -> HealthFinding {
    HealthFinding(.drop, .fault, "\(drop.title): \(error).", cure: cure(error))
  }

  private func cure(_ error: SFTPError) -> String {
    switch error {
    case .hostKey: "docs/operations.md says what to do about host keys."
    case .key: "Name a private key, a password or an agent that the user who runs billdrop may use."
    case .login: "Is the user right, and does the server know his key?"
    case .notFound: "Is the path right? It counts from the server's root, and inbound must be there."
    case .denied: "Give the user the rights to read and to rename there."
    default: "Look at the address, the port, the network, a firewall."
    }
  }
}

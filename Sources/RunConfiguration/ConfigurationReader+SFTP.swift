import BillLayouts
import Drops
import SchemaRules
import Transport

extension ConfigurationReader {
  /// What only drops on a server have.
  private static let serverKeys = [
    "key_file", "passphrase_env", "passphrase_file", "password_env", "password_file", "agent", "known_hosts",
    "host_keys", "after", "staging", "staged_days", "connections", "timeout",
  ]

  /// Says of members of a drop that is a folder that they are for servers.
  mutating func noteServerKeys(_ place: JSONPlace) {
    for key in Self.serverKeys {
      if let other = place[key] { note(other, "is for drops on an SFTP server, which have a \"url\" and no \"path\".") }
    }
  }

  /// A drop on a server; `place` is its object, or the URL alone.
  mutating func server(_ url: JSONPlace, _ place: JSONPlace) -> DropSettings? {
    let address: SFTPAddress
    do throws(SFTPAddress.Fault) { address = try SFTPAddress(url.string ?? "") } catch {
      note(url, "\(error).")
      return nil
    }
    var settings = SFTPSettings(address: address)
    settings.login = login(place)
    settings.knownHosts = path(place["known_hosts"])
    settings.hostKeys = place["host_keys"].map { $0.elements.compactMap(\.string) } ?? []
    settings.folders = folders(place, below: address.path)
    checkApart(settings.folders, place)
    settings.afterwards =
      place["after"]?.string.flatMap { SFTPDropOptions.Afterwards(rawValue: $0) } ?? settings.afterwards
    settings.staging = path(place["staging"])
    settings.stagedDays = place["staged_days"]?.integer ?? settings.stagedDays
    settings.connections = place["connections"]?.integer ?? settings.connections
    settings.timeout = place["timeout"]?.integer ?? settings.timeout
    return DropSettings(title: address.description, site: .server(settings))
  }

  private mutating func login(_ place: JSONPlace) -> SFTPSettings.Login {
    let passphrase = secret(place, "passphrase")
    let password = secret(place, "password")
    let usesAgent = place["agent"]?.value.bool ?? false
    if let key = path(place["key_file"]) {
      if password != nil || usesAgent { note(place, "A user logs in by key_file, password or agent: name one.") }
      return .keyFile(key, passphrase: passphrase)
    }
    if passphrase != nil { note(place, "A passphrase is that of a key_file, which isn't there.") }
    guard let password else { return .agent }
    if usesAgent { note(place, "A user logs in by key_file, password or agent: name one.") }
    return .password(password)
  }

  private mutating func secret(_ place: JSONPlace, _ kind: String) -> SecretSource? {
    let (variable, file) = (place[kind + "_env"], place[kind + "_file"])
    if variable != nil, let file { note(file, "The \(kind) comes from a variable or from a file, not from both.") }
    return variable?.string.map { .variable(taken($0)) } ?? path(file).map { .file($0) }
  }
}

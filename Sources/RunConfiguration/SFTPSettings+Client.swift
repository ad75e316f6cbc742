import Drops
import DurableFiles
package import Transport

extension SFTPSettings {
  /// The known_hosts file that is gone by, and that a key may be added to; `nil` where there is none.
  ///
  /// - Parameter home: The user's folder, where one is known.
  package func knownHostsPath(home: String?) -> String? {
    if let knownHosts { return knownHosts }
    guard hostKeys.isEmpty, let home, !home.isEmpty else { return nil }
    return home + "/.ssh/known_hosts"
  }

  /// What a client of the server is made with.
  ///
  /// - Parameters:
  ///   - home: The user's folder, where one is known.
  ///   - secret: The value of a variable that holds a secret.
  package func clientOptions(
    home: String?, _ secret: (String) -> String?
  ) throws(SFTPError) -> SFTPOptions {
    var options = SFTPOptions(address: address, login: try login(secret), trust: try trust(home))
    options.connections = connections
    options.stallTimeout = .seconds(timeout)
    options.connectTimeout = .seconds(min(timeout, 20))
    return options
  }

  private func trust(_ home: String?) throws(SFTPError) -> SFTPTrust {
    var text = ""
    if let path = knownHostsPath(home: home) {
      do throws(SmallFileFault) { text = try SmallFile(path: path, mostBytes: 4 << 20).text } catch {
        // The usual one may be missing; one that was named may not.
        if error.cause != .missing || knownHosts != nil {
          throw .key("the known_hosts file can't be used: \(error)")
        }
      }
    }
    return SFTPTrust(knownHosts: text, pins: hostKeys)
  }

  private func login(_ variable: (String) -> String?) throws(SFTPError) -> SFTPLogin {
    switch login {
    case .agent: return .agent
    case .password(let source): return .password(try secret(source, "password", variable))
    case .keyFile(let path, let source):
      guard let source else { return .keyFile(path, passphrase: nil) }
      return .keyFile(path, passphrase: try secret(source, "passphrase", variable))
    }
  }

  private func secret(
    _ source: SecretSource, _ kind: String, _ variable: (String) -> String?
  ) throws(SFTPError) -> String {
    let secret: String?
    do throws(SmallFileFault) { secret = try source.secret(variable) } catch {
      throw .key("the \(kind) can't be read from \(error)")
    }
    guard let secret else { throw .key("there is no \(kind) in \(source.name)") }
    return secret
  }
}

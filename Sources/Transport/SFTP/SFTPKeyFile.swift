import DurableFiles
import FoundationEssentials

/// What a private key's file says of it without its passphrase.
struct SFTPKeyFile {
  /// `ssh-ed25519` and the like; `nil` where the form says nothing of it.
  let type: String?
  let isEncrypted: Bool

  /// Throws `SFTPError.key` where it can't be read, or is no private key.
  init(path: String) throws(SFTPError) {
    let text: String
    do throws(SmallFileFault) { text = try SmallFile(path: path, mostBytes: 1 << 16).text } catch {
      throw .key("the key file can't be read from \(error)")
    }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard let first = lines.first, first.hasPrefix("-----BEGIN "), first.contains("PRIVATE KEY-----") else {
      throw .key("\(path) is no private key of SSH: it must begin with -----BEGIN … PRIVATE KEY-----")
    }
    if first.contains("OPENSSH") {
      (type, isEncrypted) = try Self.openSSH(lines, path)
    } else {
      type = first.contains("RSA") ? "ssh-rsa" : nil
      isEncrypted = first.contains("ENCRYPTED") || lines.contains { $0.hasPrefix("Proc-Type:") && $0.contains("ENC") }
    }
  }

  /// The form of OpenSSH (PROTOCOL.key): a magic, three texts, a count, the public key.
  private static func openSSH(_ lines: [String], _ path: String) throws(SFTPError) -> (String?, Bool) {
    let body = lines.filter { !$0.hasPrefix("-----") }.joined()
    var rest = Array(Data(base64Encoded: body) ?? Data())[...]
    guard rest.starts(with: Array("openssh-key-v1\0".utf8)) else { throw .key("\(path) is a damaged private key") }
    rest = rest.dropFirst(15)
    let cipher = text(&rest)
    _ = (text(&rest), text(&rest))
    rest = rest.dropFirst(4)
    guard let cipher, let key = text(&rest) else { throw .key("\(path) is a damaged private key") }
    return (SFTPHostKey(blob: key).type, cipher != Array("none".utf8))
  }

  private static func text(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard rest.count >= 4 else { return nil }
    let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard count <= rest.count - 4 else { return nil }
    defer { rest = rest.dropFirst(4 + count) }
    return Array(rest.dropFirst(4).prefix(count))
  }
}

import Testing

@testable import Transport

/// Which host keys are trusted.
struct SFTPTrustTests {
  private func key(_ type: String, _ byte: UInt8) -> SFTPHostKey {
    func text(_ bytes: [UInt8]) -> [UInt8] { withUnsafeBytes(of: UInt32(bytes.count).bigEndian, Array.init) + bytes }
    return SFTPHostKey(blob: text(Array(type.utf8)) + text([UInt8](repeating: byte, count: 32)))
  }

  @Test func `a fingerprint is that of ssh-keygen`() throws {
    let line = "host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEewHDtATEWbg7ecUc4QaYg9jqkBGT73k9gQilSMfSnx someone"
    let key = try #require(KnownHosts(line).keys(of: "host").first)
    #expect(key.type == "ssh-ed25519")
    #expect(key.fingerprint == "SHA256:uNCYgoM/SXtKxld9WwN1ad+cGvdwwIlU3kvuKMKwYzc")
    #expect(line.hasPrefix(key.line(for: "host")))
  }

  @Test func `lines count for their names, in whichever form`() {
    let (known, other) = (key("ssh-ed25519", 1), key("ecdsa-sha2-nistp256", 2))
    let trust = SFTPTrust(
      knownHosts:
        "# no key\n\(known.line(for: "a.example,[b.example]:2222"))\n\(other.line(for: "*.example,!c.example"))\n",
      pins: [])
    #expect(trust.objection(to: known, of: "a.example") == nil)
    #expect(trust.objection(to: known, of: "[b.example]:2222") == nil)
    #expect(trust.objection(to: known, of: "b.example") == .changed)
    #expect(trust.objection(to: other, of: "b.example") == nil)
    #expect(trust.objection(to: other, of: "c.example") == .unknown)
    #expect(trust.types(for: "a.example") == ["ssh-ed25519", "ecdsa-sha2-nistp256", nil])
  }

  @Test func `a revoked key is refused even where it is pinned`() {
    let bad = key("ssh-ed25519", 3)
    let trust = SFTPTrust(knownHosts: "@revoked \(bad.line(for: "*"))", pins: [bad.fingerprint])
    #expect(trust.objection(to: bad, of: "host") == .revoked)
  }

  @Test func `several pins stand beside each other, with or without padding`() {
    let keys = [key("ssh-ed25519", 1), key("ssh-ed25519", 2), key("ssh-ed25519", 3)]
    let trust = SFTPTrust(knownHosts: "", pins: [keys[0].fingerprint, keys[1].fingerprint + "="])
    #expect(keys.map { trust.objection(to: $0, of: "host") } == [nil, nil, .changed])
    #expect(SFTPTrust(knownHosts: "", pins: []).objection(to: keys[0], of: "host") == .unknown)
  }
}

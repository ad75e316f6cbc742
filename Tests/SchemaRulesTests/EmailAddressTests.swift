import Testing

@testable import SchemaRules

@Suite struct EmailAddressTests {
  private func fault(_ text: String) -> EmailFault? {
    Array(text.utf8).withUnsafeBufferPointer { EmailAddress.fault(in: $0) }
  }

  @Test(arguments: [
    "a@b.co", "olu.okafor1@example7.com", "thandi+bills@mail.example.co.za", "o'neil@x-y.org",
    "#!$%&'*/=?^_`{|}~-@e.io",
    "1@2.com", "a@xn--e1afmkfd.xn--p1ai", "A.B.C@D.E.FG",
  ])
  func `a usual address is taken`(text: String) {
    #expect(fault(text) == nil)
  }

  @Test(arguments: [
    ("", EmailFault.noAt), ("olu.okafor.example.com", .noAt), ("a@b@c.com", .severalAts), ("@b.com", .localPart),
    (".a@b.com", .localPart),
    ("a.@b.com", .localPart), ("a..b@c.com", .localPart), ("a@", .domain), ("a@localhost", .domain),
    ("a@.com", .domain),
    ("a@b..com", .domain), ("a@b.com.", .domain), ("a@-b.com", .domain), ("a@b-.com", .domain), ("a@1.2.3.4", .domain),
    ("a@b_c.com", .domain), ("a@[1.2.3.4]", .character), ("a b@c.com", .character), ("\"a\"@b.com", .character),
    ("zoë@example.com", .character), ("a@exämple.com", .character), ("a@b.com, c@d.com", .severalAts),
    ("a@b.com\n", .character),
    ("<a@b.com>", .character),
  ])
  func `anything else is refused and named`(text: String, expected: EmailFault) {
    #expect(fault(text) == expected)
  }

  @Test func `lengths are those of the protocol`() {
    let label = String(repeating: "d", count: 63)
    #expect(fault(String(repeating: "l", count: 64) + "@\(label).com") == nil)
    #expect(fault(String(repeating: "l", count: 65) + "@b.com") == .localPart)
    #expect(fault("a@d\(label).com") == .domain)
    #expect(fault("a@\(label).\(label).\(label).\(label).com") == .domain)
  }
}

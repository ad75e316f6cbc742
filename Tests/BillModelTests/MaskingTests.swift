import Testing

@testable import BillModel

@Suite struct MaskingTests {
  @Test(arguments: [
    ("Thandi van der Merwe", Masking.Kind.name, "T***** v** d** M****"), ("Ünal, Çelik", .name, "Ü***, Ç****"),
    ("thandi.m@example.com", .email, "t*****.m@e******.c**"), ("thandi at example", .email, "t***** a* e******"),
    ("+27821234567", .phone, "+27*******67"), ("082 123 4567", .phone, "08* *** **67"), ("123", .phone, "***"),
    ("P12345678", .identity, "*******78"), ("INV-2026-0001", .plain, "INV-2026-0001"),
    ("ID 8001015009087!", .plain, "ID ***********87!"), ("1234567890123", .plain, "***********23"),
    ("12345678901234", .plain, "12345678901234"), ("thandi.m@example.com", .plain, "t*****.m@e******.c**"),
    ("to <a.b@c.za>, b@c", .plain, "to <a.b@c.z*>, b@c"), ("mail=thandi@x.org/y", .plain, "mail=t*****@x.o**/y"),
    ("thandi@", .plain, "thandi@"), ("@home", .plain, "@home"), ("+27821234567", .plain, "+27821234567"),
    ("no sk_test_Ab-3.x here", .foreign, "no sk_*********** here"), ("sk_1234", .foreign, "sk_1234"),
    ("(pk_12345)", .foreign, "(pk_*****)"), ("task_management", .foreign, "task_management"),
    ("xsk_live_1", .foreign, "xsk_******"), ("SK_TEST_AB", .foreign, "SK_*******"),
    ("call +27 82 123-4567.", .foreign, "call +27 ** ***-**67."), ("+27821234567", .foreign, "+27*******67"),
    ("10:00+02:00", .foreign, "10:00+02:00"),
    (
      "é thandi@example.com 8001015009087", .foreign,
      "é t*****@e******.c** ***********87"
    ), ("", .foreign, ""),
  ])
  func `what is personal is masked, what is wrong stays visible`(value: String, kind: Masking.Kind, masked: String) {
    #expect(Masking.mask(value, as: kind) == masked)
  }

  @Test(arguments: [
    ("gpg: decryption failed: No secret key", "gpg: decryption failed: N* secret key"),
    ("row 7 of Thandi M-1, +27821234567", "row 7 of T***** M-1, +27*******67"),
    ("tel. 0821234567 a1b2c3d4e5 émile Émile 李明", "tel. 0********* a********* émile É**** 李*"),
    ("to thandi@example.com, sk_test_abc", "to t*****@e******.c**, sk_********"), ("", ""),
  ])
  func `a program's complaint tells of nobody, and stays a sentence`(text: String, masked: String) {
    #expect(Masking.complaint(text) == masked)
  }

  @Test func `a long value is cut`() {
    let cut = Masking.cut(String(repeating: "x", count: 61))
    #expect(cut == String(repeating: "x", count: 59) + "…")
    #expect(Masking.cut(String(repeating: "x", count: 60)) == String(repeating: "x", count: 60))
  }

  @Test func `control characters and marks of direction are shown, not obeyed`() {
    #expect(Masking.cut("a\u{1B}[31m\tb\u{0}\u{7F}\u{202E}") == "a␛[31m␉b␀␡␦")
  }

  @Test func `what names a file is printable, whole and line by line`() {
    #expect(Masking.printable("a\u{1B}[2J\u{7}\u{9B}\u{202E}é.csv\nb") == "a␛[2J␇␦␦é.csv\nb")
    let long = String(repeating: "x", count: 300)
    #expect(Masking.printable(long) == long)
  }
}

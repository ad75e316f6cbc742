import Testing

@testable import SandboxServer

@Suite struct ObjectIDsTests {
  @Test(arguments: ObjectKind.allCases)
  func `every serial has an id of its own that leads back to it`(kind: ObjectKind) {
    let ids = ObjectIDs(seed: 7)
    var seen: Set<String> = []
    for serial in (0..<2000).map(UInt32.init) + [.max - 1, .max] {
      let id = ids.id(kind, serial)
      #expect(id.hasPrefix(kind.prefix))
      #expect(id.dropFirst(5).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
      #expect(seen.insert(id).inserted)
      #expect(ids.serial(kind, id) == serial)
    }
  }

  @Test func `the same seed gives the same ids, another one others`() {
    #expect(ObjectIDs(seed: 1).id(.bill, 5) == ObjectIDs(seed: 1).id(.bill, 5))
    #expect(ObjectIDs(seed: 1).id(.bill, 5) != ObjectIDs(seed: 2).id(.bill, 5))
  }

  @Test(arguments: [
    "bill_", "bill_1", "bill_zzzzzzzzzzz", "bill_0000000000", "bill_00000000_00", "bcus_00000000000", "",
    "bill_000000000000",
  ])
  func `what was never given out leads nowhere`(id: String) {
    #expect(ObjectStore(seed: 1).find(.bill, id: id) == nil)
  }
}

@Suite struct HashIndexTests {
  @Test func `all that was put in is found, and nothing else`() {
    var index = HashIndex()
    for serial in UInt32(0)..<20_000 { index.insert(ByteHash.of(String(serial).utf8), serial: serial) }
    for serial in UInt32(0)..<20_000 {
      #expect(index.find(ByteHash.of(String(serial).utf8)) { $0 == serial } == serial)
    }
    #expect(index.find(ByteHash.of("x".utf8)) { _ in false } == nil)
  }

  @Test func `equal hashes are told apart by the objects`() {
    var index = HashIndex()
    for serial in UInt32(0)..<100 { index.insert(42, serial: serial) }
    #expect(index.find(42) { $0 == 77 } == 77)
    #expect(index.find(42) { $0 == 100 } == nil)
  }
}

@Suite struct ByteHashTests {
  /// Values of the FNV reference, Landon Curt Noll.
  @Test(arguments: [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)])
  func `hashes are those of FNV-1a`(text: String, hash: UInt64) {
    #expect(ByteHash.of(text.utf8) == hash)
  }
}

@Suite struct ByteArenaTests {
  @Test func `texts come back as they were, over the end of chunks too`() {
    var arena = ByteArena()
    let texts = (0..<3000).map { String(repeating: "é\($0)", count: $0 % 400) }
    let spans = texts.map { arena.store($0.utf8) }
    for (text, span) in zip(texts, spans) {
      #expect(arena.holds(text, at: span))
      #expect(!arena.holds(text + "x", at: span))
    }
    #expect(arena.byteCount == texts.reduce(0) { $0 + $1.utf8.count })
  }

  @Test func `a text longer than a chunk is kept whole`() {
    var arena = ByteArena()
    _ = arena.store("x".utf8)
    let long = [UInt8](repeating: 65, count: 3 << 20)
    let span = arena.store(long)
    let after = arena.store("after".utf8)
    #expect(Array(arena.bytes(span)) == long)
    #expect(arena.holds("after", at: after))
  }
}

@Suite struct CivilDayTests {
  @Test(arguments: ["2025-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func `a day that exists is read and written alike`(text: String) {
    #expect(CivilDay(text)?.text == text)
  }

  @Test(arguments: [
    "2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-01", "2025-01-00", "2025-1-01", "20250101",
    "2025/01/01", "2025-01-0a", "",
  ])
  func `a day that does not exist is none`(text: String) {
    #expect(CivilDay(text) == nil)
  }

  @Test(arguments: [
    (0, "1970-01-01"), (86_399_999, "1970-01-01"), (86_400_000, "1970-01-02"), (-1, "1969-12-31"),
    (951_782_400_000, "2000-02-29"), (1_740_700_800_000, "2025-02-28"), (1_740_787_200_000, "2025-03-01"),
  ])
  func `the day of a time is that of UTC`(milliseconds: Int64, text: String) {
    #expect(CivilDay(milliseconds: milliseconds).text == text)
  }
}

@Suite struct HTTPDateTests {
  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (1_740_787_199_999, "Fri, 28 Feb 2025 23:59:59 GMT"),
  ])
  func `a time is written as RFC 9110 has it`(milliseconds: Int64, text: String) {
    #expect(HTTPDate.text(milliseconds) == text)
  }
}

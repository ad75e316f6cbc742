import Testing

@testable import Transport

/// What servers write of a folder.
struct SFTPListingTests {
  private func listing(_ lines: String...) -> SFTPListing {
    SFTPListing(Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  @Test(arguments: [
    ("-rw-r--r--    1 root     root            3 Nov 26 16:42 a b", "a b", SFTPEntry.Kind.file, 3),
    ("-rw-r--r--    1 root     root            3 Nov 26  2025  leading", " leading", .file, 3),
    ("-rw-r--r--    1 CITY\\bill run domain users 1234567890123 Jan  1 00:00 x.csv", "x.csv", .file, 1_234_567_890_123),
    ("drwxr-xr-x    2 root     root         4096 Nov 26 16:42 dir", "dir", .folder, 4096),
    ("lrwxrwxrwx    1 root     root            1 Nov 26 16:42 l -> b -> /etc/x", "l -> b", .link, 1),
    ("prw-r--r--    1 root     root            0 Nov 26 16:42 pipe", "pipe", .other, 0),
    ("-rw-r--r-- 1 1000 1000 17 2026-11-26 16:42 iso.csv", "iso.csv", .file, 17),
    ("-rw-r--r--    1 5        5              12 Nov  5 10:00 7 Nov 26 16:42 y", "7 Nov 26 16:42 y", .file, 12),
  ])
  func `a line is read`(_ line: String, _ name: String, _ kind: SFTPEntry.Kind, _ size: Int64) throws {
    let entry = try #require(listing(line).entries.first)
    #expect((entry.name, entry.kind, entry.size) == (name, kind, size))
  }

  @Test func `another date is another number`() {
    let dates = ["Nov 26 16:42", "Nov 26 16:43", "Nov 27 16:42", "Dec 26 16:42", "Nov 26  2025", "Nov 26  2024"]
    let numbers = dates.map { listing("-rw-r--r-- 1 a b 3 \($0) n").entries.first?.modified }
    #expect(Set(numbers).count == dates.count)
    #expect(!numbers.contains(nil))
  }

  @Test(arguments: [
    ("1099511627777", (1 << 40) + 1), ("9223372036854775807", Int64.max), ("99999999999999999999999999", .max),
  ])
  func `a size beyond all files is read, and a file of it is worth as many connections as there are`(
    _ text: String, _ size: Int64
  ) throws {
    let entry = try #require(listing("-rw-r--r-- 1 a b \(text) Nov 26 16:42 sparse.csv").entries.first)
    #expect((entry.name, entry.size) == ("sparse.csv", size))
    #expect(SFTPShares.count(of: entry.size) > 1000)
  }

  @Test(arguments: [
    "-rw-r--r-- 1 a b 3 2026-11-26 9223372036854775807:0 n", "-rw-r--r-- 1 a b 3 9223372036854775-7 1:2 n",
    "-rw-r--r-- 1 a b 3 Nov 26 92233720368547758:07 n", "-rw-r--r-- 1 a b -3 Nov 26 16:42 n",
    "-rw-r--r-- 1 a b 3 Nov 26 16:42 " + String(repeating: "n", count: 10_000),
  ])
  func `numbers and names that are too long are none, and no more is kept of them than is shown`(_ line: String) {
    let found = listing(line, "-rw-r--r-- 1 a b 3 Nov 26 16:42 next")
    #expect(found.entries.map(\.name) == ["next"])
    #expect(found.unread == [String(line.prefix(255))])
  }

  @Test func `of millions of lines that can't be read a thousand are kept, and the others are read all the same`() {
    let found = SFTPListing(
      Array((String(repeating: "x\n", count: 2_000_000) + "\n-rw-r--r-- 1 a b 3 Nov 26 16:42 next\r\n\nx").utf8))
    #expect(found.entries.map(\.name) == ["next"])
    #expect(found.unread == Array(repeating: "x", count: 1000))
  }

  @Test func `no more is gathered than may come`() {
    let gathered = GatheredBytes(atMost: 5)
    func add(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes { gathered.add($0) } }
    #expect(add("abc") && add("de") && !gathered.isFull)
    #expect(!add("f") && gathered.isFull)
    #expect(gathered.bytes == Array("abcde".utf8))
    #expect(SFTPListing.mostBytes == 33_554_432)
  }

  @Test func `what is no line of a listing, or no name of the folder, is no entry`() {
    let found = listing(
      "-rw-r--r--    1 root     root            0 Nov 26 16:42 new", "line", "-rw-r--r-- 1 a b 3 Nov 26 16:42 ../up",
      "-rw-r--r-- 1 a b 3 Nov 26 16:42 ", "drwxr-xr-x 2 a b 3 Nov 26 16:42 ..", "total 12")
    #expect(found.entries.map(\.name) == ["new"])
    #expect(found.unread.count == 4)
  }
}

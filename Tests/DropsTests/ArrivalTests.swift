import Drops
import Foundation
import Testing

struct ArrivalTests {
  private static let second: UInt64 = 1_000_000_000

  @Test func `a file is whole when it stayed as it is over two looks and the time`() throws {
    let folder = try DropFolder()
    let judge = ArrivalJudge(folder.drop)
    func look(at seconds: UInt64) throws -> ArrivalJudge.Judgement {
      let listing = try folder.drop.list()
      judge.look(listing, at: seconds * Self.second)
      let entry = try #require(listing.entries.first)
      return try judge.judge(entry, by: .unchanged(seconds: 5), at: seconds * Self.second)
    }
    try folder.write("a", to: "a.csv")
    #expect(try look(at: 100) == .waiting)
    #expect(try look(at: 104) == .waiting)
    try folder.write("ab", to: "a.csv")
    #expect(try look(at: 105) == .waiting)
    #expect(try look(at: 109) == .waiting)
    #expect(try look(at: 110) == .whole(companion: nil))
  }

  @Test func `a file that vanished between two looks begins anew`() throws {
    let folder = try DropFolder()
    let judge = ArrivalJudge(folder.drop)
    try folder.write("a", to: "a.csv")
    judge.look(try folder.drop.list(), at: 1 * Self.second)
    let entry = try #require(try folder.drop.list().entries.first)
    judge.look(DropListing(), at: 2 * Self.second)
    judge.look(try folder.drop.list(), at: 20 * Self.second)
    #expect(try judge.judge(entry, by: .unchanged(seconds: 5), at: 20 * Self.second) == .waiting)
  }

  @Test func `a checksum file of any size is read up to a bound, and a digest ends when the process is told to`() throws
  {
    let folder = try DropFolder(endings: [".sha256"])
    let rule = Completeness.checksum(endings: [".sha256"])
    try folder.write("a", to: "a.csv")
    try folder.write("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", to: "a.csv.sha256")
    let listing = try folder.drop.list()
    for (isCancelled, size) in [(false, 64), (true, 64), (false, 1 << 40)] {
      #expect(truncate("\(folder.root)/inbound/a.csv.sha256", off_t(size)) == 0)
      let judge = ArrivalJudge(folder.drop) { isCancelled }
      judge.look(try folder.drop.list(), at: 1)
      if isCancelled {
        let error = #expect(throws: DropError.self) { try judge.judge(listing.entries[0], by: rule, at: 1) }
        #expect(error?.isOfTheDrop == true, "\(String(describing: error))")
      } else {
        let found = try judge.judge(listing.entries[0], by: rule, at: 1)
        #expect(found == (size == 64 ? .whole(companion: "a.csv.sha256") : .doubtful(seconds: 10)))
      }
    }
  }

  @Test func `a done-file makes its file whole at once`() throws {
    let folder = try DropFolder(endings: [".done", ".ok"])
    let judge = ArrivalJudge(folder.drop)
    let rule = Completeness.doneFile(endings: [".done", ".ok"])
    try folder.write("a", to: "a.csv")
    var listing = try folder.drop.list()
    judge.look(listing, at: 1)
    #expect(try judge.judge(listing.entries[0], by: rule, at: 1) == .waiting)
    try folder.write("", to: "a.csv.ok")
    listing = try folder.drop.list()
    judge.look(listing, at: 2)
    #expect(try judge.judge(listing.entries[0], by: rule, at: 2) == .whole(companion: "a.csv.ok"))
  }

  @Test(arguments: [
    ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.csv\n", ".sha256", true),
    ("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD *a.csv", ".sha256", true),
    ("SHA256 (a.csv) = ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ".sha256", true),
    ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ".sha256", true),
    ("900150983cd24fb0d6963f7d28e17f72  out/a.csv\n", ".md5", true),
    ("900150983cd24fb0d6963f7d28e17f72  b.csv\n", ".md5", false),
    ("900150983cd24fb0d6963f7d28e17f73  a.csv\n", ".md5", false), ("", ".sha256", false),
  ])
  func `a checksum file must match`(text: String, ending: String, matches: Bool) throws {
    let folder = try DropFolder(endings: [".sha256", ".md5"])
    let judge = ArrivalJudge(folder.drop)
    let rule = Completeness.checksum(endings: [".sha256", ".md5"])
    try folder.write("abc", to: "a.csv")
    try folder.write(text, to: "a.csv" + ending)
    let listing = try folder.drop.list()
    judge.look(listing, at: 0)
    let first = try judge.judge(listing.entries[0], by: rule, at: 0)
    #expect(first == (matches ? .whole(companion: "a.csv" + ending) : .doubtful(seconds: 10)))
    judge.look(listing, at: 60 * Self.second)
    let second = try judge.judge(listing.entries[0], by: rule, at: 60 * Self.second)
    #expect(second == (matches ? .whole(companion: "a.csv" + ending) : .mismatch(companion: "a.csv" + ending)))
  }
}

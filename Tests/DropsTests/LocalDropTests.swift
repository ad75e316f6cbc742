import Drops
import DurableFiles
import Foundation
import Tabular
import Testing

struct LocalDropTests {
  @Test func `what is hidden, unfinished, a folder or no plain file is never listed`() throws {
    let folder = try DropFolder()
    for name in [
      ".hidden", "a.csv.part", "a.partial", "A.TMP", "a.filepart", "a.crdownload", "good.csv", "bad\nname.csv",
      "up..csv",
    ] { try folder.write("x", to: name) }
    try FileManager.default.createDirectory(atPath: folder.root + "/inbound/sub.csv", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.root + "/inbound/link.csv", withDestinationPath: "/etc/passwd")
    #expect(mkfifo(folder.root + "/inbound/pipe.csv", 0o600) == 0)
    let listing = try folder.drop.list()
    #expect(listing.entries.map(\.name) == ["good.csv", "up..csv"])
    #expect(Set(listing.odd.map(\.reason)) == [.controlCharacter, .link, .notAFile])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a pipe or a link that came in the place of a listed file is not read`() throws {
    let folder = try DropFolder()
    for name in ["a.csv", "b.csv"] { try folder.write("x", to: name) }
    #expect(try folder.drop.list().entries.count == 2)
    for name in ["a.csv", "b.csv"] { try FileManager.default.removeItem(atPath: folder.root + "/inbound/" + name) }
    #expect(mkfifo(folder.root + "/inbound/a.csv", 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder.root + "/inbound/b.csv", withDestinationPath: "/dev/zero")
    for name in ["a.csv", "b.csv", "gone.csv"] {
      let path = folder.root + "/inbound/" + name
      #expect(throws: DropError.input(.notFound(name: path))) { _ = try folder.drop.read(name) }
      #expect(throws: DropError.input(.notFound(name: path))) { _ = try folder.drop.path(ofArrived: name) }
    }
  }

  @Test func `a name that is no UTF-8 is told and not taken`() throws {
    let folder = try DropFolder()
    let path: [CChar] = Array((folder.root + "/inbound/a").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
    let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
    #expect(descriptor >= 0)
    close(descriptor)
    let listing = try folder.drop.list()
    #expect(listing.entries.isEmpty)
    #expect(listing.odd.map(\.reason) == [.notUTF8])
  }

  @Test func `of two names that are one text in two forms one file is listed, and the other is told`() throws {
    let folder = try DropFolder()
    for name in ["caf\u{E9}.csv", "cafe\u{301}.csv"] {
      let descriptor = open(folder.root + "/inbound/" + name, O_CREAT | O_EXCL | O_WRONLY, 0o600)
      #expect(descriptor >= 0)
      close(descriptor)
    }
    let listing = try folder.drop.list()
    #expect(listing.entries.count == 1 && listing.odd.map(\.reason) == [.sameText])
    let name = try #require(listing.entries.first?.name)
    #expect(try folder.drop.claim(name, companion: nil))
    let rest = try folder.drop.list()
    #expect(rest.entries.count == 1 && rest.odd.isEmpty)
  }

  @Test func `a name of 255 bytes is claimed, archived, and archived again beside itself`() throws {
    let folder = try DropFolder()
    let name = String(repeating: "ä", count: 125) + "x.csv"
    #expect(name.utf8.count == 255)
    for text in ["one", "two"] {
      try folder.write(text, to: name)
      #expect(try folder.drop.claim(name, companion: nil))
      let claim = try #require(try folder.drop.claims().first)
      let target = try folder.drop.freeName(for: claim, in: .archive, mark: "0123456789ab")
      #expect(target.utf8.count <= 255)
      try folder.drop.put(claim, into: .archive, as: target)
    }
    #expect(try folder.names("archive").count == 2)
    #expect(try folder.names("inbound").isEmpty)
  }

  @Test func `a drop has one mark, by whatever path it is named, and for each ledger its own`() throws {
    let one = try DropFolder()
    let alias = one.root + "-alias"
    try FileManager.default.createSymbolicLink(atPath: alias, withDestinationPath: one.root)
    defer { try? FileManager.default.removeItem(atPath: alias) }
    let (same, other) = (try DropFolder(at: alias), try DropFolder(owner: "bbbb", at: one.root))
    #expect(try one.drop.mark(makingOne: false) == nil)
    let mark = try #require(try one.drop.mark(makingOne: true))
    for drop in [one.drop, same.drop] { #expect(try drop.mark(makingOne: true) == mark) }
    #expect(try same.drop.mark(makingOne: false) == mark && other.drop.mark(makingOne: true) != mark)
    #expect(try one.drop.claims().isEmpty && other.drop.foreignClaims().isEmpty)
  }

  @Test func `two ledgers never get the same file`() throws {
    let one = try DropFolder()
    let other = try DropFolder(owner: "bbbb", at: one.root)
    for number in 0..<200 { try one.write("\(number)", to: "f\(number).csv") }
    var won = [0, 0]
    for number in 0..<200 {
      let first = number % 2 == 0 ? [one.drop, other.drop] : [other.drop, one.drop]
      let claims = try first.map { try $0.claim("f\(number).csv", companion: nil) }
      #expect(claims == [true, false])
      won[number % 2] += 1
    }
    #expect(try one.drop.claims().count == 100)
    #expect(try other.drop.claims().count == 100)
    #expect(try one.drop.foreignClaims().map(\.names.count) == [100])
  }

  @Test func `threads that race for the same files get each once`() async throws {
    let one = try DropFolder()
    for number in 0..<300 { try one.write("\(number)", to: "f\(number).csv") }
    let root = one.root
    let claimed = try await withThrowingTaskGroup(of: [String].self) { group in
      for owner in ["a1", "b2", "c3", "d4"] {
        group.addTask {
          let mine = try DropFolder(owner: owner, at: root)
          return try (0..<300).map { "f\($0).csv" }.filter { try mine.drop.claim($0, companion: nil) }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(claimed.count == 300)
    #expect(Set(claimed).count == 300)
  }

  @Test func `a companion goes with its file, and one that was claimed alone is given back`() throws {
    let folder = try DropFolder(endings: [".done"])
    try folder.write("x", to: "a.csv")
    try folder.write("", to: "a.csv.done")
    #expect(try folder.drop.claim("a.csv", companion: "a.csv.done"))
    #expect(try folder.drop.claims() == [DropClaim(name: "a.csv", companions: ["a.csv.done"])])
    try folder.drop.put(DropClaim(name: "a.csv", companions: ["a.csv.done"]), into: .archive, as: "a.csv")
    #expect(try folder.names("archive") == ["a.csv", "a.csv.done"])

    // A process died after it had renamed the companion.
    try folder.write("", to: "b.csv.done", in: "processing/aaaa")
    try folder.write("half", to: "b.csv")
    #expect(try folder.drop.claims().isEmpty)
    #expect(try folder.names("inbound") == ["b.csv", "b.csv.done"])
  }

  @Test func `what has the name of a claim that isn't through waits`() throws {
    let folder = try DropFolder()
    try folder.write("one", to: "a.csv")
    #expect(try folder.drop.claim("a.csv", companion: nil))
    try folder.write("two", to: "a.csv")
    #expect(try !folder.drop.claim("a.csv", companion: nil))
    #expect(try folder.text("inbound/a.csv") == "two")
  }

  @Test func `a sparse file of more than a tebibyte is told, and not listed`() throws {
    let folder = try DropFolder()
    try folder.write("x", to: "a.csv")
    for (name, size) in [("most.csv", DropEntry.mostBytes), ("more.csv", DropEntry.mostBytes + 1)] {
      try folder.write("x", to: name)
      #expect(truncate("\(folder.root)/inbound/\(name)", off_t(size)) == 0)
    }
    let listing = try folder.drop.list()
    #expect(listing.entries.map(\.name) == ["a.csv", "most.csv"])
    #expect(listing.odd.map(\.name) == ["more.csv"] && listing.odd.map(\.reason) == [.tooLarge])
  }

  @Test func `an archived file is never written over`() throws {
    let folder = try DropFolder()
    try folder.write("old", to: "a.csv", in: "archive")
    try folder.write("new", to: "a.csv")
    #expect(try folder.drop.claim("a.csv", companion: nil))
    let claim = DropClaim(name: "a.csv")
    #expect(throws: DropError.self) { try folder.drop.put(claim, into: .archive, as: "a.csv") }
    let name = try folder.drop.freeName(for: claim, in: .archive, mark: "0123456789ab")
    #expect(name == "a-0123456789ab.csv")
    try folder.drop.put(claim, into: .archive, as: name)
    #expect(try folder.text("archive/a.csv") == "old")
    #expect(try folder.text("archive/a-0123456789ab.csv") == "new")
  }

  @Test func `another ledger's claims are taken over, unless it is at work`() throws {
    let one = try DropFolder()
    let other = try DropFolder(owner: "bbbb", at: one.root)
    try one.write("x", to: "a.csv")
    #expect(try one.drop.claim("a.csv", companion: nil))
    try one.write("", to: "aaaa.sqlite", in: ".")
    do {
      let lock = try FileLock(path: one.root + "/aaaa.sqlite.lock")
      #expect(throws: DropError.self) { try other.drop.takeOver { _ in true } }
      withExtendedLifetime(lock) {}
    }
    #expect(try other.drop.takeOver { _ in true } == ["a.csv"])
    #expect(try other.drop.claims().map(\.name) == ["a.csv"])
    #expect(try one.drop.claims().isEmpty)
  }

  @Test func `what a drop names as another ledger is left as it is unless it is one with a lock`() throws {
    let one = try DropFolder()
    let other = try DropFolder(owner: "bbbb", at: one.root)
    for (name, isLedger) in [("no.txt", false), ("unlocked.sqlite", true)] {
      try one.write("x", to: "a.csv")
      #expect(try one.drop.claim("a.csv", companion: nil))
      try one.write("mine", to: name, in: ".")
      if !isLedger { try one.write("mine too", to: name + ".lock", in: ".") }
      try one.write("\(one.root)/\(name)\n", to: ".ledger", in: "processing/aaaa")
      #expect(try other.drop.takeOver { _ in isLedger } == ["a.csv"])
      #expect(try one.text(name) == "mine")
      #expect(isLedger ? !one.has(name + ".lock") : try one.text(name + ".lock") == "mine too")
      try other.drop.put(DropClaim(name: "a.csv"), into: .archive, as: name + ".csv")
    }
  }

  @Test func `a drop whose inbound folder is gone is told, and nothing is made in its place`() throws {
    let folder = try DropFolder()
    try FileManager.default.removeItem(atPath: folder.root + "/inbound")
    #expect(throws: DropError.noInbound(path: folder.root + "/inbound")) { try folder.drop.list() }
    #expect(!folder.has("inbound"))
  }

  @Test func `a report is delivered whole with its mode, and replaces what was there`() throws {
    let folder = try DropFolder()
    func file(_ name: String, _ text: String) -> OutgoingFile {
      OutgoingFile(name: name) { () throws(DropError) in ByteSource(bytes: Array(text.utf8), name: name) }
    }
    // Root may give files to any group, others to their own.
    let group: UInt32 = geteuid() == 0 ? 1 : getegid()
    let rights = ReportRights(mode: 0o640, group: group)
    try folder.drop.deliver(
      [file("rows.csv", "r"), file("rejected.csv", "x"), file("summary.json", "{}")], as: "a", ReportRights(mode: 0o600)
    )
    try folder.drop.deliver([file("rows.csv", "r2"), file("summary.json", "{1}")], as: "a", rights)
    #expect(try folder.names("reports/a") == ["rows.csv", "summary.json"])
    #expect(try folder.text("reports/a/rows.csv") == "r2")
    for (path, mode) in [("reports/a/rows.csv", 0o640), ("reports/a", 0o750)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.root)/\(path)")
      #expect(attributes[.posixPermissions] as? Int == mode)
      #expect(attributes[.groupOwnerAccountID] as? Int == Int(group))
    }
  }
}

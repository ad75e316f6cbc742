import BillModel
import Hashing
import Testing

@testable import BillLedger

@Suite struct LedgerReferencesTests {
  let fixture = LedgerFixture()
  let now = LedgerFixture.start
  static let text = #"{"recipe":{"column":"a"}}"#
  let first = ReferenceRule(digest: SHA256Digest(hashing: "first"), text: text)
  let second = ReferenceRule(digest: SHA256Digest(hashing: "second"), text: #"{"recipe":{"column":"b"}}"#)

  /// The layout "daily", whatever it contains.
  private func layout(_ content: String = "1") -> LayoutIdentity {
    LayoutIdentity(digest: SHA256Digest(hashing: content), name: "daily", duplicates: "reject")
  }

  private func open(
    _ ledger: Ledger, _ name: String, _ layout: LayoutIdentity, _ rule: ReferenceRule?, approval: String? = nil
  ) throws(LedgerError) -> FileRun {
    try ledger.openFileRun(
      LedgerFixture.file(name), layout: layout, references: rule, approval: approval, now: now)
  }

  @Test func `rule 24: another rule is held with both rules named, until that file is approved`() throws {
    let ledger = try fixture.open()
    _ = try open(ledger, "a.csv", layout("1"), first)
    _ = try open(ledger, "b.csv", layout("other but for references"), first)
    let file = LedgerFixture.file("c.csv").digest
    for approval in [nil, "", "0123456789ab", file.hex, LedgerFixture.file("a.csv").digest.short] {
      let change = ReferenceChange(file: file, layout: "daily", old: first, new: second)
      #expect(throws: LedgerError.otherReferences(change)) {
        try open(ledger, "c.csv", layout("2"), second, approval: approval)
      }
    }
    #expect(try ledger.fileRuns(of: file).isEmpty)
    #expect(try ledger.referenceRule(ofLayout: "daily") == first)
    _ = try open(ledger, "c.csv", layout("2"), second, approval: file.short)
    #expect(try ledger.referenceRule(ofLayout: "daily") == second)
    _ = try open(ledger, "d.csv", layout("2"), second)
    #expect(throws: LedgerError.self) { try open(ledger, "e.csv", layout("1"), first) }
    let approvals = try ledger.database.integer("SELECT count(*) FROM file_run WHERE approval = '\(file.short)'")
    #expect(approvals == 1)
  }

  @Test func `a rule outlasts the process, and holds for its layout's name alone`() throws {
    _ = try open(fixture.open(), "a.csv", layout("1"), first)
    let ledger = try fixture.open()
    #expect(try ledger.referenceRule(ofLayout: "daily") == first)
    var other = layout("2")
    other.name = "monthly"
    _ = try open(ledger, "b.csv", other, second)
    #expect(throws: LedgerError.self) { try open(ledger, "c.csv", layout("2"), second) }
  }

  @Test func `a file run that is there goes on, and changes no rule`() throws {
    let ledger = try fixture.open()
    let run = try open(ledger, "a.csv", layout("1"), first)
    _ = try open(ledger, "b.csv", layout("2"), second, approval: LedgerFixture.file("b.csv").digest.short)
    #expect(try open(ledger, "a.csv", layout("1"), first).id == run.id)
    #expect(try ledger.referenceRule(ofLayout: "daily") == second)
  }

  @Test func `references of a column keep nothing, and to change from or to them is a change`() throws {
    let ledger = try fixture.open()
    _ = try open(ledger, "a.csv", layout("1"), nil)
    _ = try open(ledger, "b.csv", layout("2"), nil)
    #expect(try ledger.referenceRule(ofLayout: "daily") == nil)
    let derived = LedgerFixture.file("c.csv").digest
    #expect(throws: LedgerError.otherReferences(.init(file: derived, layout: "daily", old: nil, new: first))) {
      try open(ledger, "c.csv", layout("3"), first)
    }
    _ = try open(ledger, "c.csv", layout("3"), first, approval: derived.short)
    let plain = LedgerFixture.file("d.csv").digest
    #expect(throws: LedgerError.otherReferences(.init(file: plain, layout: "daily", old: first, new: nil))) {
      try open(ledger, "d.csv", layout("2"), nil)
    }
    _ = try open(ledger, "d.csv", layout("2"), nil, approval: plain.short)
    #expect(try ledger.referenceRule(ofLayout: "daily") == nil)
    #expect(throws: LedgerError.self) { try open(ledger, "e.csv", layout("3"), first) }
  }

  @Test func `files from before rules were kept vouch for the same layout only`() throws {
    let ledger = try fixture.open()
    _ = try open(ledger, "a.csv", layout("1"), first)
    try ledger.database.execute("DELETE FROM reference_rule")
    #expect(throws: LedgerError.self) { try open(ledger, "b.csv", layout("2"), first) }
    _ = try open(ledger, "b.csv", layout("1"), first)
    #expect(try ledger.referenceRule(ofLayout: "daily") == first)
  }

  @Test func `a rule from before those of payments were kept vouches for the same layout only`() throws {
    let ledger = try fixture.open()
    _ = try open(ledger, "a.csv", layout("1"), first)
    let whole = ReferenceRule(digest: second.digest, text: second.text, withoutPayments: first.digest)
    #expect(throws: LedgerError.self) { try open(ledger, "b.csv", layout("2"), whole) }
    _ = try open(ledger, "b.csv", layout("1"), whole)
    #expect(try ledger.referenceRule(ofLayout: "daily")?.digest == second.digest)
    let other = ReferenceRule(digest: SHA256Digest(hashing: "third"), text: "{}", withoutPayments: first.digest)
    #expect(throws: LedgerError.self) { try open(ledger, "c.csv", layout("2"), other) }
    let elsewhere = ReferenceRule(digest: other.digest, text: "{}", withoutPayments: second.digest)
    #expect(throws: LedgerError.self) { try open(ledger, "c.csv", layout("2"), elsewhere) }
  }

  @Test func `a rule and a layout from before the order of texts was kept are taken for this order's, once`() throws {
    let ledger = try fixture.open()
    let run = try open(ledger, "a.csv", layout("1"), first)
    var now = layout("2")
    now.earlierDigest = layout("1").digest
    let rule = ReferenceRule(digest: second.digest, text: second.text, earlier: first.digest)
    #expect(try open(ledger, "a.csv", now, rule).id == run.id)
    #expect(throws: LedgerError.self) { try open(ledger, "a.csv", layout("2"), rule) }
    #expect(throws: LedgerError.self) { try open(ledger, "b.csv", now, second) }
    _ = try open(ledger, "b.csv", now, rule)
    #expect(try ledger.referenceRule(ofLayout: "daily") == second)
    #expect(throws: LedgerError.self, "its order is kept by now") { try open(ledger, "c.csv", layout("1"), first) }
  }

  @Test func `rule 24: the same bytes by another rule are held for both, and told so`() throws {
    let ledger = try fixture.open()
    _ = try open(ledger, "a.csv", layout("1"), first)
    let file = LedgerFixture.file("a.csv").digest
    let change = ReferenceChange(file: file, layout: "daily", old: first, new: second, earlier: layout("1"))
    #expect(throws: LedgerError.otherReferences(change)) { try open(ledger, "a.csv", layout("2"), second) }
    #expect(change.description.contains("taken before under layout daily (\(layout("1").digest.short)"))
    _ = try open(ledger, "a.csv", layout("2"), second, approval: file.short)
    #expect(try ledger.referenceRule(ofLayout: "daily") == second)
  }

  @Test func `the message names layout, rules, what it means and the approval`() {
    let file = LedgerFixture.file().digest
    let other = ReferenceChange(file: file, layout: "daily", old: first, new: second).description
    for part in [
      "layout daily", "before \(first.digest.short) \(first.text)", "now \(second.digest.short) \(second.text)",
      "billed again", "--approve \(file.short)",
    ] { #expect(other.contains(part)) }
    let key = ReferenceRule(digest: second.digest, text: first.text)
    let rekeyed = ReferenceChange(file: file, layout: "daily", old: first, new: key).description
    #expect(rekeyed.contains("under another key (\(first.digest.short) before, \(key.digest.short) now)"))
    #expect(ReferenceChange(file: file, layout: "daily", old: first, new: nil).description.contains("as it stands"))
  }
}

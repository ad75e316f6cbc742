import BillModel
import Hashing

extension Ledger {
  /// The rule by which the layout of this name derived references last; `nil` where none is kept.
  func referenceRule(ofLayout name: String) throws(LedgerError) -> ReferenceRule? {
    let statement = try Statement(database, "SELECT digest, rule FROM reference_rule WHERE layout_name = ?1")
    statement.bind(1, name)
    guard try statement.step() else { return nil }
    guard let digest = statement.digest(0), let text = statement.text(1) else {
      throw unreadable("a rule of references")
    }
    return ReferenceRule(digest: digest, text: text)
  }

  /// What a new file under this layout would change of how references come about; `nil` where it is nothing.
  ///
  /// Where no rule is kept and one is offered now, files of this layout's name were sent as it was then: with the
  /// references of a column, or before rules were kept. So it is of the references of payments where the rule that is kept
  /// says nothing of them. Only the same layout is known to have had the same rule. A rule, or a layout, of which the order of
  /// texts to replace wasn't kept is taken for one of this order, once.
  func referenceChange(
    _ file: FileIdentity, _ layout: LayoutIdentity, _ rule: ReferenceRule?, earlier: LayoutIdentity?
  ) throws(LedgerError) -> ReferenceChange? {
    let kept = try referenceRule(ofLayout: layout.name)
    guard kept?.digest != rule?.digest else { return nil }
    if let kept, kept.digest == rule?.earlier { return nil }
    if kept == nil || kept?.digest == rule?.withoutPayments || kept?.digest == rule?.earlierWithoutPayments {
      guard let last = try lastLayoutDigest(named: layout.name), !layout.has(last) else { return nil }
    }
    return ReferenceChange(file: file.digest, layout: layout.name, old: kept, new: rule, earlier: earlier)
  }

  /// Keeps the rule by which the layout of this name derives references from now on; `nil` forgets it.
  func keep(_ rule: ReferenceRule?, ofLayout name: String) throws(LedgerError) {
    let statement = try Statement(
      database,
      rule == nil
        ? "DELETE FROM reference_rule WHERE layout_name = ?1"
        : """
        INSERT INTO reference_rule (layout_name, digest, rule) VALUES (?1, ?2, ?3)
        ON CONFLICT (layout_name) DO UPDATE SET digest = excluded.digest, rule = excluded.rule
        """)
    statement.bind(1, name)
    if let rule {
      statement.bind(2, rule.digest)
      statement.bind(3, rule.text)
    }
    try statement.run()
  }

  private func lastLayoutDigest(named name: String) throws(LedgerError) -> SHA256Digest? {
    let statement = try Statement(
      database, "SELECT layout_digest FROM file_run WHERE layout_name = ?1 ORDER BY id DESC LIMIT 1")
    statement.bind(1, name)
    guard try statement.step() else { return nil }
    guard let digest = statement.digest(0) else { throw unreadable("a file run") }
    return digest
  }
}

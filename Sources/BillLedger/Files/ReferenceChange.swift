package import BillModel
package import Hashing

/// A layout whose bills or payments would get other references than they had: who was billed would be billed again, and what
/// was paid added again.
package struct ReferenceChange: Hashable, Sendable {
  /// The file that the layout is to be used for now.
  package var file: SHA256Digest
  /// The layout's name.
  package var layout: String
  /// `nil` where none is kept: files were sent with the references of a column, or before rules were kept.
  package var old: ReferenceRule?
  /// `nil` where references are to be taken from a column as they stand there.
  package var new: ReferenceRule?
  /// The layout under which the same bytes were taken before; `nil` where they weren't.
  package var earlier: LayoutIdentity?

  package init(
    file: SHA256Digest, layout: String, old: ReferenceRule?, new: ReferenceRule?, earlier: LayoutIdentity? = nil
  ) {
    self.file = file
    self.layout = layout
    self.old = old
    self.new = new
    self.earlier = earlier
  }
}

extension ReferenceChange: CustomStringConvertible {
  /// What is changed, what it would mean and what to do.
  package var description: String {
    "layout \(layout) makes references by another rule than in this ledger before: \(difference). What was sent "
      + "would get other references: whose row comes again is billed again, or has its payment added again.\(sameBytes) Go "
      + "back to the old rule, with its key, or give a layout of other bills a name of its own; or --approve "
      + "\(file.short) to send this file by the new rule, which stands from then on"
  }

  private var difference: String {
    if let old, let new, old.text == new.text {
      return "the same steps under another key (\(old.digest.short) before, \(new.digest.short) now), \(new.text)"
    }
    let before = old.map(Self.words) ?? "a column as it stands, or a rule that the ledger didn't keep"
    return "before \(before), now \(new.map(Self.words) ?? "a column as it stands")"
  }

  private var sameBytes: String {
    guard let earlier else { return "" }
    return " This very file (\(file.short)) was taken before under layout \(earlier.text)."
  }

  private static func words(_ rule: ReferenceRule) -> String { "\(rule.digest.short) \(rule.text)" }
}

package import Hashing

/// How the records of a file become bills: where each field comes from, and what the sender wants of duplicates.
///
/// The default layout takes its columns from the heading row, whose headings are field paths.
package struct Layout: Hashable, Sendable {
  /// Where the columns' meanings come from.
  package enum Columns: Hashable, Sendable {
    /// From the heading row: each heading is the path of a field (`amount_due`, `account.external_reference`).
    case headings
  }

  /// The layout's name, as people call it.
  package var name: String
  package var columns: Columns
  package var duplicates: DuplicatePolicy

  package init(name: String, columns: Columns, duplicates: DuplicatePolicy) {
    self.name = name
    self.columns = columns
    self.duplicates = duplicates
  }

  /// The layout of a CSV whose headings are field paths.
  package static func standard(duplicates: DuplicatePolicy = .reject) -> Layout {
    Layout(name: "default", columns: .headings, duplicates: duplicates)
  }

  /// SHA-256 of the canonical content: two layouts with the same digest make the same bills of the same bytes. The
  /// name is no part of it.
  package var digest: SHA256Digest {
    let hasher = SHA256Hasher()
    for part in ["billdrop layout 1", "columns", canonicalColumns, "duplicates", duplicates.rawValue] {
      hasher.updateLengthPrefixed(part)
    }
    return hasher.finish()
  }

  private var canonicalColumns: String {
    switch columns {
    case .headings: "headings"
    }
  }
}

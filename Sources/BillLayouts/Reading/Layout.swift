package import BillModel
package import Hashing

/// How the records of a file become bills: where each field comes from, and what the sender wants of duplicates.
///
/// The default layout takes its columns from the heading row, whose headings are field paths.
package struct Layout: Hashable, Sendable {
  /// Where the columns' meanings come from.
  package enum Columns: Hashable, Sendable {
    /// From the heading row: each heading is the path of a field (`amount_due`, `account.external_reference`).
    case headings
    /// From the layout: each field has a recipe.
    case mapped(Mapping)
  }

  /// Whether a file may be, or is, a gzip.
  package enum Packing: String, Hashable, Sendable { case auto, none, gzip }

  /// The layout's name, as people call it.
  package var name: String
  /// Whose file it is; `nil` where the layout doesn't say.
  package var summary: String?
  /// What its rows ask for.
  package var operation = OperationKind.bill
  /// Whether its files may void bills without being asked about each.
  package var confirmsVoid = false
  package var form = FileForm.csv(CSVForm())
  /// A name of iconv's.
  package var encoding = "UTF-8"
  package var compression = Packing.auto
  /// What the file's name must be like; `nil` where any will do.
  package var fileName: FileNamePattern?
  package var columns: Columns
  package var control = ControlRules()
  /// Where the file's date or sequence stands, by which files of balances are put in order; `nil` where nothing says.
  package var order: ValueRecipe?
  package var rules = MerchantRules()
  package var duplicates: DuplicatePolicy
  /// What the layout file means, as a text; `nil` for the layout that a file without one has.
  package var canonical: String?
  /// The same as ledgers knew it before the order of texts to replace was part of it; `nil` where no such order decides.
  package var sortedCanonical: String?
  /// How it derives references, as a text; `nil` where they are taken from a column as they stand there.
  package var referenceText: ReferenceText?
  /// The same of the references of payments that are added; `nil` also where none are.
  package var paymentReferenceText: ReferenceText?
  /// The keys of its steps `hmac`.
  package var keys = LayoutKeys()

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
    digest(of: canonical, isInOrder: sortedCanonical != nil && canonical == sortedCanonical)
  }

  /// The digest that it had before the order of texts to replace was part of it; `nil` where no such order decides.
  package var earlierDigest: SHA256Digest? { sortedCanonical.map { digest(of: $0, isInOrder: false) } }

  /// What tells texts apart whose order decides, and is the sorted one.
  static let orderMark = "in this order"

  /// - Parameter isInOrder: An order decides, and is that of the text: else the digest would be that of any order before.
  private func digest(of canonical: String?, isInOrder: Bool) -> SHA256Digest {
    let hasher = SHA256Hasher()
    var parts = ["billdrop layout 1", "columns", canonical ?? "headings", "duplicates", duplicates.rawValue]
    if !keys.values.isEmpty { parts += ["keys", keys.fingerprint] }
    if isInOrder { parts.append(Self.orderMark) }
    for part in parts { hasher.updateLengthPrefixed(part) }
    return hasher.finish()
  }
}

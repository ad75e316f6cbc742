package import BillLayouts
import BillLedger

extension LayoutIdentity {
  /// A layout as ledgers know it.
  package init(_ layout: Layout) {
    self.init(
      digest: layout.digest, name: layout.name, duplicates: layout.duplicates.rawValue,
      earlierDigest: layout.earlierDigest)
  }
}

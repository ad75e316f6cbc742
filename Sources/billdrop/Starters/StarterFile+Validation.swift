extension StarterFile {
  /// Files that are only checked: no network, no key, so no configuration either.
  static let validation = [
    StarterFile(path: "bills.layout.json", text: StarterLayout.bills),
    StarterFile(path: "example.csv", text: StarterLayout.bill),
  ]
}

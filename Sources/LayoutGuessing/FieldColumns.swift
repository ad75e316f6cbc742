/// Which column fills which field: by its heading, or by its values.
struct FieldColumns {
  private(set) var targets: [TargetWords.Target: Int] = [:]
  /// The paths of fields that stand as headings.
  private(set) var paths: [Int: String] = [:]
  /// Columns that were found by their values.
  private(set) var unheaded: Set<Int> = []

  /// Several columns whose values are amounts, of which none is taken.
  private(set) var amounts: [Int] = []

  private let sample: FileSample
  private let headings: [String]

  /// - Parameter headings: The paths of a bill's fields.
  init(_ sample: FileSample, _ headings: [String]) {
    self.sample = sample
    self.headings = headings
  }

  /// Whether a text is the path of a field of a bill.
  static func isPath(_ text: String, _ headings: [String]) -> Bool {
    headings.contains(text)
      || headings.contains { $0.hasSuffix(".*") && text.hasPrefix($0.dropLast()) && text.count >= $0.count }
  }

  mutating func findByHeadings() {
    for (index, heading) in sample.firstRow.enumerated() {
      if Self.isPath(heading, headings), !isOwnNumber(heading, sample.columns[index]) {
        paths[index] = heading
      } else if let target = TargetWords.target(of: heading), targets[target] == nil {
        targets[target] = index
      }
    }
    // A single "account" without a customer's number is the customer's, as far as a bill goes.
    let parties = paths.values.contains { $0.hasPrefix("customer") || $0.hasPrefix("account") }
    if targets[.customer] == nil, !parties, let account = targets.removeValue(forKey: .account) {
      targets[.customer] = account
    }
  }

  /// Whether a column whose heading is the path of an id of Moment's has the merchant's own numbers instead.
  private func isOwnNumber(_ heading: String, _ profile: ColumnProfile) -> Bool {
    ["customer", "account"].contains(heading) && profile.filled > 0 && !profile.isMost(profile.ids)
  }

  /// Takes columns that no heading explains for what their values look like.
  mutating func findByValues() {
    let known = Set(targets.values).union(paths.keys)
    var free = sample.columns.indices.filter {
      !known.contains($0) && TargetWords.target(of: sample.firstRow[$0]) == nil
    }
    func take(_ target: TargetWords.Target, _ fits: (ColumnProfile) -> Bool) {
      guard !isFilled(target), let index = free.first(where: { fits(sample.columns[$0]) }) else { return }
      targets[target] = index
      unheaded.insert(index)
      free.removeAll { $0 == index }
    }
    take(.currency) { $0.isMost($0.currencies) }
    take(.email) { $0.isMost($0.emails) }
    let dates = free.filter { sample.columns[$0].isMost(sample.columns[$0].dates.form?.count ?? 0) }
    take(dates.count > 1 ? .billDate : .dueDate) { $0.isMost($0.dates.form?.count ?? 0) }
    take(.dueDate) { $0.isMost($0.dates.form?.count ?? 0) }
    let amounts = free.filter {
      let tally = sample.columns[$0].money.tally
      return sample.columns[$0].isMost(tally.count) && tally.hasDecimals
    }
    if amounts.count > 1, !isFilled(.amount) {
      self.amounts = amounts
      free.removeAll { amounts.contains($0) }
    }
    take(.amount) { $0.isMost($0.money.tally.count) && $0.money.tally.hasDecimals }
    take(.phone) { $0.isMost($0.phones) && !$0.isMost($0.amounts.count) || $0.isMost($0.internationalPhones) }
    take(.reference) { $0.isUnique && !$0.isMost($0.phones) && $0.isOfReferences }
    take(.customer) { $0.isOfReferences && !$0.isMost($0.dates.form?.count ?? 0) }
    take(.name) { $0.isOfNames }
  }

  /// Whether a column was found for a target, or has the path of its field as heading.
  private func isFilled(_ target: TargetWords.Target) -> Bool {
    if targets[target] != nil { return true }
    return paths.values.contains { path in
      switch target {
      case .reference: path == "external_reference"
      case .amount: path == "amount_due"
      case .currency: path == "currency"
      case .billDate: path == "bill_date"
      case .dueDate: path == "due_date"
      case .customer: ["customer", "account"].contains(path) || path.hasSuffix("customer.external_reference")
      case .name, .email, .phone: path.hasSuffix(".\(target.rawValue)")
      case .account, .firstName, .lastName, .identity: false
      }
    }
  }
}

import BillModel

/// Which column of a file of fixed width fills which field, by what its values are.
struct FixedWidthFields {
  let sample: FixedWidthSample
  let columns: [FixedWidthColumn]
  private(set) var fields: [GuessedField] = []
  /// The columns' names, as they stand.
  private(set) var names: [String]
  private var taken: [Int: TargetWords.Target] = [:]
  /// What stands above each column, if lines name them.
  private let headings: [String]
  /// What a heading says, and not the values alone.
  private var headed: Set<TargetWords.Target> = []
  private let others: OtherRecords
  private(set) var trailer: TrailerFigures
  /// The column that counts the bills.
  private var sequence: String?

  init(_ sample: FixedWidthSample) {
    self.sample = sample
    columns = sample.cuts.map { FixedWidthColumn($0, sample.places) }
    others = OtherRecords(sample)
    trailer = TrailerFigures(sample, amount: nil)
    headings = sample.headings.texts(above: columns.map(\.range))
    names = zip(columns, headings).map { Self.name($0, $1) }
    find()
    for (index, target) in taken { names[index] = Self.name(target) }
    for index in columns.indices where taken[index] == nil && isIdentity(index) { names[index] = "id_number" }
    names = Self.told(names)
    numberRecords()
    trailer = TrailerFigures(sample, amount: column(.amount).map { columns[$0] })
    makeFields()
  }

  var headerColumns: [(String, ColumnCut)] { others.header }
  var parentColumns: [(String, ColumnCut)] { others.parent }

  /// Whether a column says who somebody is, by its values or its heading.
  func isIdentity(_ index: Int) -> Bool {
    columns[index].isIdentity || TargetWords.target(of: headings[index]) == .identity
  }

  func target(_ index: Int) -> TargetWords.Target? { taken[index] }

  /// A column's name: small letters, digits and `_` of what stands above it, or its place.
  private static func name(_ column: FixedWidthColumn, _ heading: String) -> String {
    let words = heading.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return words.isEmpty ? "at_\(column.range.lowerBound + 1)" : words.joined(separator: "_")
  }

  private static func name(_ target: TargetWords.Target) -> String {
    switch target {
    case .billDate: "bill_date"
    case .dueDate: "due_date"
    default: target.rawValue
    }
  }

  /// The same names, each of them once.
  private static func told(_ names: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return names.map { name in
      seen[name, default: 0] += 1
      return seen[name] == 1 ? name : "\(name)_\(seen[name] ?? 0)"
    }
  }

  // MARK: Columns

  private func free(_ fits: (FixedWidthColumn) -> Bool) -> [Int] {
    columns.indices.filter {
      taken[$0] == nil && !isIdentity($0) && columns[$0].profile.filled > 0 && fits(columns[$0])
    }
  }

  private mutating func find() {
    guard sample.places.distinct > 0 else { return }
    findByHeadings()
    take(.currency) { $0.cut.kind == .currency }
    take(.email) { $0.profile.isMost($0.profile.emails) }
    findDates()
    findAmount()
    take(.phone) { Self.isPhone($0) }
    // A value that doesn't repeat tells a bill, if there are several.
    let rivals = rivals
    let rank = column(.amount).flatMap { columns[$0].amountRank }
    func isNumber(_ column: FixedWidthColumn) -> Bool {
      // Digits are an amount only where nothing is more of one.
      column.amountRank.map { $0 < 3 || $0 == rank || !rivals.isEmpty } ?? false
    }
    take(.reference) { $0.isCode && $0.profile.isUnique && !$0.isRecordNumber && !isNumber($0) }
    take(.customer) { $0.isCode && !$0.isRecordNumber && !$0.isConstant && $0.longest > 2 && !isNumber($0) }
    take(.name) { $0.isName }
  }

  /// What stands above a column says what it is.
  private mutating func findByHeadings() {
    for (index, heading) in headings.enumerated() {
      guard let target = TargetWords.target(of: heading), target != .identity else { continue }
      let meant = target == .account ? .customer : target
      guard meant != .firstName, meant != .lastName, self.column(meant) == nil else { continue }
      taken[index] = meant
      headed.insert(meant)
    }
    findRivalsByHeadings()
  }

  /// Of several columns that stand below words for an amount none is taken.
  private mutating func findRivalsByHeadings() {
    let candidates = columns.indices.filter { TargetWords.target(of: headings[$0]) == .amount }
    let filled = candidates.filter { columns[$0].profile.isMost(columns[$0].profile.amounts.count) }
    guard candidates.count > 1, !filled.isEmpty else { return }
    taken = taken.filter { $0.value != .amount }
    if filled.count == 1 { taken[filled[0]] = .amount } else { rivals = filled }
  }

  /// Other columns that are for the same by what stands above them.
  private func others(like index: Int) -> [String] {
    guard let target = TargetWords.target(of: headings[index]) else { return [] }
    return columns.indices.filter { $0 != index && TargetWords.target(of: headings[$0]) == target }
      .map { FieldGuesser.quoted(names[$0]) }
  }

  private mutating func take(_ target: TargetWords.Target, _ fits: (FixedWidthColumn) -> Bool) {
    guard column(target) == nil else { return }
    if let index = free(fits).first { taken[index] = target }
  }

  /// A column that counts the bills from 1 on is held to it.
  private mutating func numberRecords() {
    guard sample.isWhole, sample.leftOut == 0, sample.places.count > 3 else { return }
    let counted = (1...sample.places.count).map { Int?.some($0) }
    sequence = columns.indices.first { taken[$0] == nil && columns[$0].numbers == counted }.map { names[$0] }
  }

  /// The members of the layout's `control`.
  var controls: [String] {
    let number = sequence.map { "\"sequence\": { \"column\": \(FieldGuesser.quoted($0)) }" }
    return [trailer.control, number].compactMap { $0 }
  }

  private static func isPhone(_ column: FixedWidthColumn) -> Bool {
    let profile = column.profile
    if profile.isMost(profile.internationalPhones) { return true }
    guard profile.isMost(profile.phones), profile.isMost(column.dialled),
      column.cut.kind == nil || column.cut.kind == .digits
    else { return false }
    let isLocal =
      column.cut.kind == .digits && column.range.count == 10
      && column.numbers.allSatisfy { number in
        number.map { (100_000_000..<1_000_000_000).contains($0) } ?? true
      }
    return isLocal || !profile.isMost(profile.amounts.count)
  }

  private var dueDoubts: [String] = []

  private mutating func findDates() {
    let dates = free { $0.isDate }
    guard let first = dates.first else { return }
    guard headed.isDisjoint(with: [.billDate, .dueDate]) else { return }
    guard dates.count > 1 else {
      taken[first] = .dueDate
      return
    }
    let second = dates[1]
    let pairs = zip(columns[first].days, columns[second].days).compactMap { pair in
      pair.0.flatMap { first in pair.1.map { (first, $0) } }
    }
    let later = pairs.count { $0.0 < $0.1 }
    let earlier = pairs.count { $0.0 > $0.1 }
    let isSwapped = earlier > later
    taken[isSwapped ? second : first] = .billDate
    taken[isSwapped ? first : second] = .dueDate
    if pairs.isEmpty || min(later, earlier) * 50 > pairs.count {
      dueDoubts.append("Neither of both dates is always the later one.")
    }
  }

  private var rivals: [Int] = []

  private mutating func findAmount() {
    guard column(.amount) == nil, rivals.isEmpty else { return }
    let ranks = columns.indices.compactMap { index in columns[index].amountRank.map { (index, $0) } }
    guard let best = ranks.map(\.1).min() else { return }
    let candidates = ranks.filter { $0.1 == best }.map(\.0)
    if candidates.count == 1 { taken[candidates[0]] = .amount } else { rivals = candidates }
  }

  // MARK: Fields

  private func column(_ target: TargetWords.Target) -> Int? { taken.first { $0.value == target }?.key }

  private func value(_ index: Int, _ steps: [String] = []) -> String {
    let name = FieldGuesser.quoted(names[index])
    return steps.isEmpty ? name : "{ \"column\": \(name), \"steps\": [\(steps.joined(separator: ", "))] }"
  }

  private func place(_ index: Int) -> String {
    let range = columns[index].range
    return range.count == 1 ? "\(range.upperBound)" : "\(range.lowerBound + 1) to \(range.upperBound)"
  }

  /// What is never sure without a heading.
  private func byValues(_ index: Int, _ path: String) -> [String] {
    if let target = taken[index], headed.contains(target) {
      let others = others(like: index)
      guard target != .amount, !others.isEmpty else { return [] }
      return [FieldGuesser.rivalry(others, path)]
    }
    return ["By its values, what stands at \(place(index)) could be \(path). Is it?"]
  }

  private mutating func makeFields() {
    addReference("external_reference", .reference, "Which column names a bill, and never names another one?")
    addCurrency()
    addAmount()
    addDate("bill_date", .billDate)
    addDate("due_date", .dueDate)
    if hasParent("number") {
      addParent("customer.external_reference", "number")
    } else {
      addReference("customer.external_reference", .customer, "Which column has the customer's number?")
    }
    for (path, target) in [("customer.name", TargetWords.Target.name), ("customer.email", .email)] {
      guard let index = column(target) else {
        if hasParent(target.rawValue) { addParent(path, target.rawValue) }
        continue
      }
      fields.append(GuessedField(path: path, value: value(index), doubts: byValues(index, path)))
    }
    addPhone()
  }

  private func hasParent(_ name: String) -> Bool { others.parent.contains { $0.0 == name } }

  private mutating func addParent(_ path: String, _ name: String) {
    let doubt = "By its values, the \(name) of the record before the bills could be \(path). Is it?"
    fields.append(GuessedField(path: path, value: "{ \"parent\": \"\(name)\" }", doubts: [doubt]))
  }

  private mutating func addReference(_ path: String, _ target: TargetWords.Target, _ question: String) {
    guard let index = column(target) else {
      fields.append(
        GuessedField(path: path, value: "{ \"column\": \"?\" }", doubts: ["\(question) Put its name here."]))
      return
    }
    var field = GuessedField(path: path, value: value(index), doubts: byValues(index, path))
    let profile = columns[index].profile
    if target == .reference, profile.repeats > 0 {
      field.doubts.append("\(profile.repeats) of \(profile.filled) values repeat one of another record.")
    }
    fields.append(field)
  }

  private mutating func addCurrency() {
    guard let index = column(.currency) else {
      fields.append(
        GuessedField(
          path: "currency", value: "{ \"constant\": \"?\" }",
          doubts: ["No column has it. Which currency are the amounts in? Put its code here, such as ZAR."]))
      return
    }
    fields.append(GuessedField(path: "currency", value: value(index), doubts: byValues(index, "currency")))
  }

  private mutating func addAmount() {
    guard let index = column(.amount) else {
      let several = rivals.map { "\"\(names[$0])\"" }.joined(separator: ", ")
      let question = rivals.isEmpty ? "Which column has the amount?" : "Which of \(several) is the amount?"
      fields.append(
        GuessedField(
          path: "amount_due", value: "{ \"column\": \"?\", \"steps\": [\"?\"] }",
          doubts: [
            "\(question) With steps [{ \"amount\": { \"implied_decimals\": 2 } }] where its last two digits are "
              + "decimals, [\"amount\"] where it has a mark or none."
          ]))
      return
    }
    let column = columns[index]
    let tally = column.profile.amounts
    var field = GuessedField(
      path: "amount_due", value: value(index, ["\"?\""]), doubts: byValues(index, "amount_due"))
    if tally.hasMarks || tally.count == 0 {
      let step = AmountStep(tally, isPath: false)
      field = GuessedField(
        path: "amount_due", value: value(index, step.step.map { [$0] } ?? []), doubts: field.doubts + step.doubts,
        remarks: step.remarks)
    } else {
      field.doubts.append(
        "Digits without a mark, and in \(column.oddCents) of \(column.profile.filled) the last two aren't 00. Are "
          + "these two decimals? Put { \"amount\": { \"implied_decimals\": 2 } } for \"?\". Whole rands? \"amount\".")
    }
    if tally.count > 0, tally.count < column.profile.filled {
      field.remarks.append("\(column.profile.filled - tally.count) of \(column.profile.filled) values are no amounts.")
    }
    fields.append(field)
  }

  private mutating func addDate(_ path: String, _ target: TargetWords.Target) {
    guard let index = column(target) else {
      if target == .billDate { addHeaderDate() }
      return
    }
    let column = columns[index]
    var field = GuessedField(path: path, value: "", doubts: byValues(index, path))
    if target == .dueDate { field.doubts += dueDoubts }
    guard let dates = column.dates else {
      let step = DateStep(column.profile)
      fields.append(
        GuessedField(
          path: path, value: value(index, step.step.map { [$0] } ?? []), doubts: field.doubts + step.doubts,
          remarks: step.remarks))
      return
    }
    let step = DigitDateStep(dates, column)
    fields.append(
      GuessedField(
        path: path, value: value(index, step.steps), doubts: field.doubts + step.doubts, remarks: step.remarks))
  }

  private mutating func addHeaderDate() {
    guard let step = others.headerDate else { return }
    let steps = step.steps.joined(separator: ", ")
    fields.append(
      GuessedField(
        path: "bill_date", value: "{ \"header\": \"date\", \"steps\": [\(steps)] }",
        doubts: ["The header has a date. Is it the bills'?"] + step.doubts, remarks: step.remarks))
  }

  private mutating func addPhone() {
    guard let index = column(.phone) else { return }
    let profile = columns[index].profile
    var field = GuessedField(path: "customer.phone", value: value(index), doubts: byValues(index, "customer.phone"))
    if profile.internationalPhones < profile.phones {
      field = GuessedField(
        path: field.path, value: value(index, ["{ \"phone\": \"?\" }"]),
        doubts: field.doubts + [
          "Not all are in international form. Whose national numbers are they? Put the country's code here, such as ZA."
        ])
    }
    fields.append(field)
  }
}

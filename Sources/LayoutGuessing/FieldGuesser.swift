import BillLayouts
import BillModel

/// Finds which column fills which field, and what has to be done to its values.
struct FieldGuesser {
  private(set) var sample: FileSample
  /// Whether the first row names the columns.
  let hasHeading: Bool
  /// Whether that is beyond doubt.
  let isHeadingSure: Bool
  /// Whether every heading is the path of a field: the file needs no `fields`.
  let isPlain: Bool
  private(set) var fields: [GuessedField] = []
  /// The columns that fill nothing.
  private(set) var unused: [String] = []
  /// Columns that say who somebody is.
  private(set) var identities: [String] = []

  private let headings: [String]
  private var targets: [TargetWords.Target: Int] = [:]
  private var paths: [Int: String] = [:]
  /// Columns that were found by their values.
  private var unheaded: Set<Int> = []
  /// Several columns that could be the amount by their values.
  private var amountsByValues: [Int] = []

  init(sample: FileSample, headings: [String]) {
    self.sample = sample
    self.headings = headings
    let known = sample.firstRow.map { FieldColumns.isPath($0, headings) || TargetWords.target(of: $0) != nil }
    let looksLikeValues = sample.firstRow.contains { Self.isValue($0) }
    hasHeading = known.contains(true) || !looksLikeValues
    isHeadingSure = known.count { $0 } >= 2 || looksLikeValues && !known.contains(true)
    isPlain = hasHeading && sample.firstRow.allSatisfy { FieldColumns.isPath($0, headings) }
    if isPlain {
      makePathFields()
      return
    }
    if !hasHeading { self.sample.includeFirstRow() }
    var columns = FieldColumns(self.sample, headings)
    if hasHeading { columns.findByHeadings() }
    // Headings that say little or nothing, as in another language, leave it to the values.
    if known.count(where: { $0 }) < 2 { columns.findByValues() }
    (targets, paths, unheaded) = (columns.targets, columns.paths, columns.unheaded)
    amountsByValues = columns.amounts
    makeFields()
  }

  /// Whether a text is rather a value than a heading.
  private static func isValue(_ text: String) -> Bool {
    var profile = ColumnProfile()
    profile.add(text)
    return profile.filled == 1
      && (profile.dates.form != nil || profile.amounts.count == 1 || profile.emails == 1 || profile.phones == 1)
  }

  // MARK: Fields

  private mutating func makeFields() {
    let account = targets[.account] != nil || paths.values.contains { $0.hasPrefix("account.") }
    let customer = account ? "account.customer" : "customer"
    addReference("external_reference", .reference, "Which column names a bill, and never names another one?")
    addCurrency()
    addAmount()
    addDate("bill_date", .billDate)
    addDate("due_date", .dueDate)
    if account { addReference("account.external_reference", .account, "Which column has the account's number?") }
    addReference("\(customer).external_reference", .customer, "Which column has the customer's number?")
    addName("\(customer).name")
    addPlain("\(customer).email", .email)
    addPhone("\(customer).phone")
    for (index, path) in paths.sorted(by: { $0.key < $1.key }) where !fields.contains(where: { $0.path == path }) {
      if FieldPath(path)?.attribute.isMoney == true, sample.columns[index].filled > 0 {
        addMoney(path, index)
      } else {
        fields.append(GuessedField(path: path, value: reference(index)))
      }
    }
    let personal = identityColumns
    let used = Set(targets.filter { $0.key != .amount }.values).union(paths.keys).union(personal)
    // Of several that could be the amount none fills it yet.
    let amounts = amountColumns
    let filled = amounts.count == 1 ? used.union(amounts) : used.subtracting(amounts)
    unused = sample.firstRow.indices.filter { !filled.contains($0) }.map(columnName)
    identities = personal.map(columnName)
  }

  /// All columns that say who somebody is: an identity number and a passport number may stand side by side.
  private var identityColumns: [Int] {
    guard hasHeading else { return [targets[.identity]].compactMap { $0 } }
    return sample.firstRow.indices.filter {
      paths[$0] == nil && TargetWords.target(of: sample.firstRow[$0]) == .identity
    }
  }

  private func columnName(_ index: Int) -> String { hasHeading ? sample.firstRow[index] : "column \(index + 1)" }

  /// Fields for columns whose headings are paths already: needed only where a column as a whole is of another form, or where
  /// amounts are: of one whose values have a decimal mark, those without may be cents, or not.
  private mutating func makePathFields() {
    for (index, path) in sample.firstRow.enumerated() { paths[index] = path }
    guard sample.firstRow.indices.contains(where: { isOfAnotherForm($0, sample.firstRow[$0]) }) else { return }
    for (index, path) in sample.firstRow.enumerated() {
      switch path.split(separator: ".").last {
      case "amount_due" where isOfAnotherForm(index, path): addAmount()
      case "bill_date" where isOfAnotherForm(index, path): addDate(path, .billDate)
      case "due_date" where isOfAnotherForm(index, path): addDate(path, .dueDate)
      case "phone" where isOfAnotherForm(index, path): addPhone(path)
      case _ where isOfAnotherForm(index, path): addMoney(path, index)
      default: fields.append(GuessedField(path: path, value: reference(index)))
      }
    }
  }

  /// Whether no value of a column is as a bill takes it, and all are of one other form; of one for money, whether any is.
  private func isOfAnotherForm(_ index: Int, _ path: String) -> Bool {
    let profile = sample.columns[index]
    guard profile.filled > 0 else { return false }
    if FieldPath(path)?.attribute.isMoney == true {
      return profile.money.tally.hasMarks || !profile.money.signs.isEmpty
    }
    switch path.split(separator: ".").last {
    case "bill_date", "due_date": return profile.dates.form.map { $0.count == profile.filled && !$0.isPlain } ?? false
    case "phone": return profile.phones == profile.filled && profile.internationalPhones == 0
    default: return false
    }
  }

  /// The column for a field: by its heading being the path, or by what it is for.
  private func column(_ path: String, _ target: TargetWords.Target) -> Int? {
    paths.first { $0.value == path }?.key ?? targets[target]
  }

  /// Other columns that are for the same by their headings.
  private func rivals(of index: Int) -> [Int] {
    guard hasHeading, let target = TargetWords.target(of: sample.firstRow[index]) else { return [] }
    return sample.firstRow.indices.filter {
      $0 != index && TargetWords.target(of: sample.firstRow[$0]) == target && !isForOther($0, than: index)
    }
  }

  /// Whether a heading is the path of a field, and so of another one.
  private func isForOther(_ rival: Int, than index: Int) -> Bool {
    paths[rival].map { $0 != paths[index] } ?? false
  }

  /// What isn't sure of a column by its heading, or without one.
  private func doubts(_ index: Int, _ path: String) -> [String] {
    let rivals = rivals(of: index).map { Self.quoted(sample.firstRow[$0]) }
    guard !rivals.isEmpty else { return byValuesOnly(index, path) }
    return [Self.rivalry(rivals, path)]
  }

  /// What is to be asked where other columns, as the layout refers to them, are for the same by their headings.
  static func rivalry(_ others: [String], _ path: String) -> String {
    "By its heading, \(others.joined(separator: " or ")) could be \(path) as well. Which one is it?"
  }

  /// A column as the layout refers to it.
  private func reference(_ index: Int) -> String { hasHeading ? Self.quoted(sample.firstRow[index]) : "\(index + 1)" }

  private func value(_ index: Int, _ steps: [String] = []) -> String {
    let all = (sample.columns[index].untrimmed > 0 ? ["\"trim\""] : []) + steps
    if all.isEmpty, hasHeading { return reference(index) }
    let column = "\"column\": \(reference(index))"
    return all.isEmpty ? "{ \(column) }" : "{ \(column), \"steps\": [\(all.joined(separator: ", "))] }"
  }

  /// What by values alone is never sure.
  private func byValuesOnly(_ index: Int, _ path: String) -> [String] {
    guard unheaded.contains(index) else { return [] }
    let column = hasHeading ? Self.quoted(sample.firstRow[index]) : "column \(index + 1)"
    return ["By its values, \(column) could be \(path). Is it?"]
  }

  private mutating func addReference(_ path: String, _ target: TargetWords.Target, _ question: String) {
    guard let index = column(path, target) else {
      let doubt = hasHeading ? question : "\(question) Put its number here."
      fields.append(GuessedField(path: path, value: "{ \"column\": \"?\" }", doubts: [doubt]))
      return
    }
    let profile = sample.columns[index]
    var field = GuessedField(path: path, value: value(index), doubts: doubts(index, path))
    if path == "external_reference", profile.repeats > 0 {
      field.doubts.append(
        "\(profile.repeats) of \(profile.filled) values repeat one of another row. Is it the right column?")
    }
    field.doubts += damage(profile)
    fields.append(field)
  }

  private func damage(_ profile: ColumnProfile) -> [String] {
    var doubts: [String] = []
    if profile.scientific > 0 {
      doubts.append(
        "\(profile.scientific) of \(profile.filled) values in scientific notation: a spreadsheet has spoilt them for good."
      )
    }
    if profile.hashes > 0 {
      doubts.append(
        "\(profile.hashes) of \(profile.filled) values nothing but #: a spreadsheet's column was too narrow.")
    }
    return doubts
  }

  private mutating func addCurrency() {
    guard let index = column("currency", .currency) else {
      fields.append(
        GuessedField(
          path: "currency", value: "{ \"constant\": \"?\" }",
          doubts: ["No column has it. Which currency are the amounts in? Put its code here, such as ZAR."]))
      return
    }
    var field = GuessedField(path: "currency", value: value(index), doubts: doubts(index, "currency"))
    let profile = sample.columns[index]
    if !profile.isMost(profile.currencies) {
      field.doubts.append("Not all values are codes of ISO 4217: a step \"map\" makes them so.")
    }
    fields.append(field)
  }

  /// The columns that could be the amount by their headings: those whose values are amounts, if there are any.
  private var amountColumns: [Int] {
    guard let index = column("amount_due", .amount) else { return amountsByValues }
    let candidates = ([index] + rivals(of: index)).sorted()
    let filled = candidates.filter { sample.columns[$0].isMost(sample.columns[$0].money.tally.count) }
    return filled.isEmpty ? [index] : filled
  }

  private mutating func addAmount() {
    let candidates = amountColumns
    guard candidates.count == 1 else {
      let several = candidates.map { hasHeading ? Self.quoted(sample.firstRow[$0]) : columnName($0) }
        .joined(separator: ", ")
      let question = several.isEmpty ? "Which column has the amount?" : "Which of \(several) is the amount?"
      fields.append(
        GuessedField(
          path: "amount_due", value: "{ \"column\": \"?\", \"steps\": [\"?\"] }",
          doubts: ["\(question) With steps [\"amount\"] where 240.00 is meant, without steps for cents."]))
      return
    }
    addMoney("amount_due", candidates[0])
  }

  /// An amount or a balance in its column.
  private mutating func addMoney(_ path: String, _ index: Int) {
    let profile = sample.columns[index]
    guard profile.filled > 0 else {
      let doubt =
        "The column is empty: how are its amounts written? Put \"amount\" for \"?\" where 240.00 is meant, nothing for "
        + "cents."
      fields.append(GuessedField(path: path, value: value(index, ["\"?\""]), doubts: [doubt]))
      return
    }
    let (tally, signs) = profile.money
    let step = AmountStep(tally, isPath: paths[index] == path, isPlain: isPlain && signs.isEmpty)
    let all = Self.removing(signs) + (step.step.map { [$0] } ?? [])
    var field = GuessedField(path: path, value: value(index, all))
    field.doubts = byValuesOnly(index, path) + step.doubts
    field.remarks = step.remarks
    if tally.count > 0, tally.count < profile.filled {
      field.remarks.append("\(profile.filled - tally.count) of \(profile.filled) values are no amounts.")
    }
    fields.append(field)
  }

  /// The step that takes a currency's signs away.
  private static func removing(_ signs: [String]) -> [String] {
    if signs.isEmpty { return [] }
    return ["{ \"replace\": { \(signs.map { "\(quoted($0)): \"\"" }.joined(separator: ", ")) } }"]
  }

  private mutating func addDate(_ path: String, _ target: TargetWords.Target) {
    guard let index = column(path, target) else { return }
    let profile = sample.columns[index]
    guard profile.filled > 0 else {
      fields.append(
        GuessedField(path: path, value: value(index), doubts: ["The column is empty: how are its dates written?"]))
      return
    }
    let step = DateStep(profile)
    fields.append(
      GuessedField(
        path: path, value: value(index, step.step.map { [$0] } ?? []), doubts: doubts(index, path) + step.doubts,
        remarks: step.remarks))
  }

  private mutating func addName(_ path: String) {
    let first = targets[.firstName]
    let last = targets[.lastName] ?? (first == nil ? nil : targets[.name])
    if let first, let last {
      let parts = [first, last].map { value($0) }.joined(separator: ", ")
      fields.append(GuessedField(path: path, value: "{ \"join\": [\(parts)], \"with\": \" \" }"))
    } else if let index = column(path, .name) ?? last ?? first {
      fields.append(GuessedField(path: path, value: value(index), doubts: doubts(index, path)))
    }
  }

  private mutating func addPlain(_ path: String, _ target: TargetWords.Target) {
    guard let index = column(path, target) else { return }
    fields.append(GuessedField(path: path, value: value(index), doubts: doubts(index, path)))
  }

  private mutating func addPhone(_ path: String) {
    guard let index = column(path, .phone) else { return }
    let profile = sample.columns[index]
    var field = GuessedField(path: path, value: value(index), doubts: doubts(index, path))
    if profile.internationalPhones < profile.phones || profile.phones == 0 {
      field = GuessedField(
        path: path, value: value(index, ["{ \"phone\": \"?\" }"]),
        doubts: field.doubts + [
          "Not all are in international form. Whose national numbers are they? Put the country's code here, such as ZA."
        ])
    }
    fields.append(field)
  }

  /// Blanks that look like the usual one, and are another.
  private static let unseen: Set<Unicode.Scalar> = ["\u{A0}", "\u{2007}", "\u{202F}", "\u{FEFF}"]

  /// A text as JSON.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\t": quoted += "\\t"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      default:
        if scalar.value < 32 || unseen.contains(scalar) {
          let digits = String(scalar.value, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}

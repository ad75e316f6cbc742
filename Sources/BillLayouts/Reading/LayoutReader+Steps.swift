import BillModel
import SchemaRules

extension LayoutReader {
  mutating func step(_ place: JSONPlace) -> ConversionStep? {
    if let word = place.string { return Self.plainStep(word) }
    guard let (key, argument) = place.members.first, place.members.count == 1 else { return nil }
    switch key {
    case "amount": return .amount(amount(argument))
    case "date": return date(argument).map { .date($0) }
    case "phone": return phone(argument).map { .phone($0) }
    case "boolean": return boolean(argument)
    case "pad": return pad(argument)
    case "restore_zeros": return argument.integer.map { .restoreZeros(width: $0) }
    case "width": return argument.integer.map { .width($0) }
    case "replace": return .replace(pairs(argument))
    case "map":
      let table = pairs(argument)
      let star = Array("*".utf8)
      return .map(
        table.filter { $0.from != star }.sorted { $0.from.lexicographicallyPrecedes($1.from) },
        otherwise: table.first { $0.from == star }?.to)
    case "default": return argument.string.map { .defaultValue(Array($0.utf8)) }
    case "empty": return .empty(texts(argument))
    case "prefix": return argument.string.map { .prefix(Array($0.utf8)) }
    case "suffix": return argument.string.map { .suffix(Array($0.utf8)) }
    case "slice": return slice(argument)
    case "identity_number": return .identityNumber
    case "hmac": return argument["key_env"]?.string.map { .hmac(variable: $0) }
    default: return nil
    }
  }

  private static func plainStep(_ word: String) -> ConversionStep? {
    switch word {
    case "trim": .trim
    case "upper": .upper
    case "lower": .lower
    case "strip_zeros": .stripZeros
    case "amount": .amount(AmountForm())
    default: nil
    }
  }

  private func pairs(_ place: JSONPlace) -> [ConversionStep.Pair] {
    place.members.compactMap { key, member in
      member.string.map { ConversionStep.Pair(from: Array(key.utf8), to: Array($0.utf8)) }
    }
  }

  private mutating func amount(_ place: JSONPlace) -> AmountForm {
    var form = AmountForm()
    if let decimal = place["decimal"]?.string { form.decimal = Array(decimal.utf8) }
    if let group = place["group"]?.string { form.group = Array(group.utf8) }
    form.sign = place["sign"]?.string.flatMap { AmountForm.Sign(rawValue: $0) } ?? .leading
    form.impliedDecimals = place["implied_decimals"]?.integer
    if let currency = place["currency"], let text = currency.string {
      form.currency = CurrencyCode(text).flatMap { Currency.isActive($0) ? $0 : nil }
      if form.currency == nil { note(currency, "is no currency of ISO 4217.") }
    }
    if form.decimal == form.group { note(place, "The decimal mark and the group mark are the same.") }
    for key in ["decimal", "group"] {
      guard let mark = place[key], let byte = mark.string?.utf8.first else { continue }
      if (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
        note(mark, "can be no digit and no sign.")
      }
      if form.impliedDecimals != nil { note(mark, "An amount with implied decimals has no marks.") }
    }
    return form
  }

  private mutating func date(_ place: JSONPlace) -> DateForm? {
    guard let pattern = place.string ?? place["pattern"]?.string else { return nil }
    if pattern.hasPrefix("?") {
      note(place, "isn't decided yet: put the pattern of these dates here, such as dd/MM/yyyy or MM/dd/yyyy.")
      return nil
    }
    do throws(DateForm.Mistake) {
      return try DateForm(
        pattern: pattern, pivot: place["pivot"]?.integer, empty: place["empty"].map { texts($0) } ?? [])
    } catch {
      note(place, Self.words(error))
      return nil
    }
  }

  private static func words(_ mistake: DateForm.Mistake) -> String {
    switch mistake {
    case .unknownLetters(let letters):
      "\"\(letters)\" means nothing in a date: use yyyy or yy, MM, M or MMM, dd or d, DDD (capitals count)."
    case .noYear: "has no year: yyyy, or yy with a pivot."
    case .noDay: "has no day: MM and dd, or DDD for the day of the year."
    case .repeated(let piece): "says \(piece) more than once."
    case .needsPivot: "yy needs a pivot, the first year that it can stand for: {\"pattern\": \"…\", \"pivot\": 1970}."
    case .needlessPivot: "A pivot is for yy, and there is none."
    case .unclearEnd(let piece): "\(piece) has one digit or two: a character that is no digit must stand behind it."
    }
  }

  private mutating func phone(_ place: JSONPlace) -> PhoneForm? {
    if let group = place["file_name"]?.string { return .fileName(group: group) }
    guard let code = place.string else { return nil }
    guard let region = PhoneRegion(code) else {
      note(
        place, "The numbers of \(code) are not known: one of \(PhoneRegion.known.map(\.code).joined(separator: ", ")).")
      return nil
    }
    return .region(region)
  }

  private mutating func boolean(_ place: JSONPlace) -> ConversionStep? {
    let yes = place["true"].map { texts($0) } ?? []
    let no = place["false"].map { texts($0) } ?? []
    if yes.contains(where: { no.contains($0) }) { note(place, "A word can't mean both true and false.") }
    return .boolean(yes: yes, no: no)
  }

  private func pad(_ place: JSONPlace) -> ConversionStep? {
    place["width"]?.integer.map {
      .pad(
        width: $0, with: Array((place["with"]?.string ?? " ").utf8), isBefore: place["side"]?.string != "right")
    }
  }

  private mutating func slice(_ place: JSONPlace) -> ConversionStep? {
    guard let start = place["start"], let number = start.integer else { return nil }
    if number == 0 { note(start, "Characters count from 1, or from -1 backwards.") }
    return .slice(start: number, length: place["length"]?.integer)
  }
}

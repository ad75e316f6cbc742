import BillModel

extension ConversionStep {
  /// What a step needs beyond the value.
  package struct Surroundings {
    /// Decimals of the currency beside the value; `nil` where it is missing or unknown.
    var exponent: Int?
    /// For `hmac`, by the variable of the environment.
    var codes: KeyedCodes
    /// For telephone numbers whose region the file's name says.
    var region: PhoneRegion?

    /// - Parameters: See the properties of these names.
    package init(exponent: Int?, codes: KeyedCodes, region: PhoneRegion?) {
      self.exponent = exponent
      self.codes = codes
      self.region = region
    }
  }

  /// Does the step; what is wrong where it can't be done, the value as it was before it then.
  package func apply(to text: inout ValueText, _ surroundings: Surroundings) -> ConversionFault? {
    if text.isEmpty { return applyToNothing(&text) }
    switch self {
    case .trim: text.trim()
    case .upper: text.upper()
    case .lower: text.lower()
    case .stripZeros: text.stripZeros()
    case .amount(let form): return amount(form, &text, surroundings.exponent)
    case .date(let form): return date(form, &text)
    case .phone(.region(let region)): return region.convert(&text)
    case .phone(.fileName): return surroundings.region.map { $0.convert(&text) } ?? ConversionFault(.phoneRegion)
    case .boolean(let yes, let no): return boolean(yes, no, &text)
    case .pad(let width, let filling, let isBefore): text.pad(width: width, with: filling, isBefore: isBefore)
    case .restoreZeros(let width): return restoreZeros(width, &text)
    case .width(let width): return check(width, text)
    case .replace(let pairs): text.replace(pairs)
    case .map(let pairs, let otherwise): return map(pairs, otherwise, &text)
    case .defaultValue: break
    case .empty(let words): if words.contains(text.bytes) { text.clear() }
    case .prefix(let prefix): text.bytes.insert(contentsOf: prefix, at: 0)
    case .suffix(let suffix): text.bytes.append(contentsOf: suffix)
    case .slice(let start, let length): text.slice(start: start, length: length)
    case .identityNumber: return checkIdentity(text)
    case .hmac(let variable): text.set(surroundings.codes.code(of: text.bytes, under: variable))
    }
    return nil
  }

  /// A value that isn't there stays so, unless the step gives it one.
  private func applyToNothing(_ text: inout ValueText) -> ConversionFault? {
    switch self {
    case .defaultValue(let value): text.set(value)
    case .map(let pairs, _):
      if let pair = pairs.first, pair.from.isEmpty { text.set(pair.to) }
    default: break
    }
    return nil
  }

  private func amount(_ form: AmountForm, _ text: inout ValueText, _ beside: Int?) -> ConversionFault? {
    if SpreadsheetDamage.isHashes(text.bytes) { return ConversionFault(.hashes) }
    guard let exponent = form.currency.flatMap({ Currency.exponent(of: $0) }) ?? beside else {
      return ConversionFault(.amountCurrency)
    }
    switch form.minorUnits(text.bytes, exponent: exponent) {
    case .success(let amount): text.set(amount)
    case .failure(let fault): return fault
    }
    return nil
  }

  private func date(_ form: DateForm, _ text: inout ValueText) -> ConversionFault? {
    if SpreadsheetDamage.isHashes(text.bytes) { return ConversionFault(.hashes) }
    if form.isEmpty(text.bytes) {
      text.clear()
      return nil
    }
    switch form.date(text.bytes) {
    case .success(let date): text.setDate(year: date.year, month: date.month, day: date.day)
    case .failure(let fault): return fault
    }
    return nil
  }

  private func boolean(_ yes: [[UInt8]], _ no: [[UInt8]], _ text: inout ValueText) -> ConversionFault? {
    if yes.contains(text.bytes) {
      text.set(Array("true".utf8))
    } else if no.contains(text.bytes) {
      text.set(Array("false".utf8))
    } else {
      return ConversionFault(.booleanWord)
    }
    return nil
  }

  private func restoreZeros(_ width: Int, _ text: inout ValueText) -> ConversionFault? {
    guard text.isDigits else { return damage(text) ?? ConversionFault(.notDigits) }
    guard text.bytes.count <= width else { return ConversionFault(.width, text.bytes.count, width) }
    text.pad(width: width, with: [UInt8(ascii: "0")], isBefore: true)
    return nil
  }

  private func check(_ width: Int, _ text: ValueText) -> ConversionFault? {
    let count = text.characterCount
    if count == width { return nil }
    if let fault = damage(text) { return fault }
    return ConversionFault(count < width && text.isDigits ? .lostZeros : .width, count, width)
  }

  private func damage(_ text: ValueText) -> ConversionFault? {
    guard let kind = SpreadsheetDamage.ofIdentifier(text.bytes), kind != .rounded else { return nil }
    return ConversionFault(kind)
  }

  private func map(_ pairs: [Pair], _ otherwise: [UInt8]?, _ text: inout ValueText) -> ConversionFault? {
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].from == text.bytes {
        text.set(pairs[middle].to)
        return nil
      }
      if pairs[middle].from.lexicographicallyPrecedes(text.bytes) { low = middle + 1 } else { high = middle }
    }
    guard let otherwise else { return ConversionFault(.notInMap) }
    text.set(otherwise)
    return nil
  }

  /// Thirteen digits with a date of birth and a check digit; fewer that are one with zeros before them lost these.
  private func checkIdentity(_ text: ValueText) -> ConversionFault? {
    if let fault = damage(text) { return fault }
    guard text.isDigits, text.bytes.count <= 13 else { return ConversionFault(.identityForm) }
    if Masking.isIdentityNumber(text.bytes) { return nil }
    let missing = 13 - text.bytes.count
    if missing > 0 {
      let whole = [UInt8](repeating: 48, count: missing) + text.bytes
      return missing <= 6 && Masking.isIdentityNumber(whole)
        ? ConversionFault(.lostZeros, text.bytes.count, 13) : ConversionFault(.identityForm)
    }
    return ConversionFault(.identityCheck)
  }
}

extension ConversionStep {
  /// The step in a few words, by the name that it has in layouts: `trim`, `prefix "C-"`, `date dd.MM.yyyy`.
  package var words: String {
    switch self {
    case .trim: "trim"
    case .upper: "upper"
    case .lower: "lower"
    case .stripZeros: "strip_zeros"
    case .amount(let form): "amount" + form.words
    case .date(let form): "date \(form.pattern)"
    case .phone(.region(let region)): "phone \(region.code)"
    case .phone(.fileName(let group)): "phone by the name's \(group)"
    case .boolean: "boolean"
    case .pad(let width, let filling, let isBefore):
      "pad to \(width) with \(Self.quoted(filling))\(isBefore ? "" : " behind")"
    case .restoreZeros(let width): "restore_zeros \(width)"
    case .width(let width): "width \(width)"
    case .replace(let pairs):
      "replace " + pairs.map { "\(Self.quoted($0.from)) by \(Self.quoted($0.to))" }.joined(separator: ", ")
    case .map: "map"
    case .defaultValue: "default"
    case .empty: "empty"
    case .prefix(let text): "prefix \(Self.quoted(text))"
    case .suffix(let text): "suffix \(Self.quoted(text))"
    case .slice(let start, let length): "slice from \(start)" + (length.map { ", \($0) long" } ?? "")
    case .identityNumber: "identity_number ZA"
    case .hmac(let variable): "hmac under \(variable)"
    }
  }

  private static func quoted(_ text: [UInt8]) -> String { "\"\(String(decoding: text, as: UTF8.self))\"" }
}

extension AmountForm {
  fileprivate var words: String {
    var words: [String] = []
    if let impliedDecimals { words.append("\(impliedDecimals) decimals implied") }
    if decimal != [UInt8(ascii: ".")] { words.append("decimal \"\(String(decoding: decimal, as: UTF8.self))\"") }
    if !group.isEmpty { words.append("group \"\(String(decoding: group, as: UTF8.self))\"") }
    if sign != .leading { words.append("sign \(sign)") }
    return words.isEmpty ? "" : " (" + words.joined(separator: ", ") + ")"
  }
}

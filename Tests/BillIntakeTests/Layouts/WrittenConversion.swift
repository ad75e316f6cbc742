import BillModel
import SeededRandoms
import Testing

/// A conversion, how a value is written so that it undoes it, and values that it can't make anything of.
struct WrittenConversion: CustomTestStringConvertible, Sendable {
  enum Target: String, Sendable {
    case reference = "customer.external_reference"
    case balance = "customer.balance"
    case date = "due_date"
    case phone = "customer.phone"

    /// The value that a bill has there.
    func value(in bill: Bill) -> String? {
      guard case .customer(let customer) = bill.party else { return nil }
      return switch self {
      case .reference: customer.reference
      case .balance: customer.balance.map { String($0) }
      case .date: bill.dueDate?.description
      case .phone: customer.phone
      }
    }
  }

  let testDescription: String
  /// JSON.
  let steps: String
  let target: Target
  /// The text for a file, and the value that the bill gets.
  let write: @Sendable (inout SeededRandom) -> (text: String, value: String)
  /// Texts that are rejected.
  let bad: [String]

  init(
    _ name: String, _ steps: String, _ target: Target, bad: [String],
    write: @escaping @Sendable (inout SeededRandom) -> (String, String)
  ) {
    testDescription = name
    self.steps = steps
    self.target = target
    self.bad = bad
    self.write = write
  }

  /// A layout whose column `v` fills the target by the steps.
  var layout: String {
    let customer = target == .reference ? "" : #""customer.external_reference": "ref","#
    let currency = target == .balance ? #""customer.currency": { "constant": "ZAR" },"# : ""
    return """
      { "name": "x", "format": "csv", "csv": { "delimiter": "|", "quote": "" },
        "fields": {
          "external_reference": "ref", "currency": { "constant": "ZAR" }, "amount_due": { "constant": "5" },
          "customer.name": { "constant": "N" }, \(customer) \(currency)
          "\(target.rawValue)": { "column": "v", "steps": [\(steps)] }
        } }
      """
  }
}

extension WrittenConversion {
  static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-")

  static func word(_ random: inout SeededRandom, _ lengths: ClosedRange<Int> = 1...12) -> String {
    String((0..<Int.random(in: lengths, using: &random)).map { _ in random.pick(letters) })
  }

  static func digits(_ random: inout SeededRandom, _ count: Int) -> String {
    String((0..<count).map { _ in random.pick(Array("0123456789")) })
  }

  static func blanks(_ random: inout SeededRandom) -> String {
    String(repeating: " ", count: Int.random(in: 0...4, using: &random))
  }

  static let badWords = ["a b", "é", String(repeating: "x", count: 300)]

  static let texts: [WrittenConversion] = [
    .init("trim", #""trim""#, .reference, bad: badWords) { random in
      let word = word(&random)
      return (blanks(&random) + word + blanks(&random), word)
    },
    .init("upper", #""upper""#, .reference, bad: badWords) { random in
      let word = word(&random)
      return (word, word.uppercased())
    },
    .init("lower", #""lower""#, .reference, bad: badWords) { random in
      let word = word(&random)
      return (word, word.lowercased())
    },
    .init("strip_zeros", #""strip_zeros""#, .reference, bad: badWords) { random in
      let rest = random.pick(["0", "7", "12", "9A"])
      return (String(repeating: "0", count: Int.random(in: 0...6, using: &random)) + rest, rest)
    },
    .init("pad left", #"{ "pad": { "width": 8, "with": "0" } }"#, .reference, bad: badWords) { random in
      let word = word(&random)
      return (word, String(repeating: "0", count: max(0, 8 - word.count)) + word)
    },
    .init("pad right", #"{ "pad": { "width": 8, "with": "_", "side": "right" } }"#, .reference, bad: badWords) {
      random in
      let word = word(&random)
      return (word, word + String(repeating: "_", count: max(0, 8 - word.count)))
    },
    .init("restore_zeros", #"{ "restore_zeros": 8 }"#, .reference, bad: ["123456789", "12A", "-12"]) { random in
      let all = digits(&random, 8)
      let lost = all.drop { $0 == "0" }
      return (lost.isEmpty ? "0" : String(lost), all)
    },
    .init("width", #"{ "width": 5 }"#, .reference, bad: ["1234", "ABCDEF", "AB"]) { random in
      let word = word(&random, 5...5)
      return (word, word)
    },
    .init("replace", #"{ "replace": { "/": "-", " ": "", "ü": "ue" } }"#, .reference, bad: ["a.b", "é", "a/b\\"]) {
      random in
      let (one, two, three) = (word(&random), word(&random), word(&random))
      return ("\(one)/\(two) ü\(three)", "\(one)-\(two)ue\(three)")
    },
    .init("map", #"{ "map": { "R": "ZAR", "": "none", "D": "USD" } }"#, .reference, bad: ["X", "r", "RR"]) { random in
      random.pick([("R", "ZAR"), ("D", "USD"), ("", "none")])
    },
    .init(
      "map with the rest", #"{ "map": { "R": "ZAR", "*": "other" } }, { "width": 5 }"#, .reference,
      bad: ["R", "R", "R"]
    ) {
      random in
      (word(&random, 2...5), "other")
    },
    .init("default", #"{ "default": "D-1" }"#, .reference, bad: badWords) { random in
      let word = word(&random, 0...3)
      return (word, word.isEmpty ? "D-1" : word)
    },
    .init("empty", #"{ "empty": ["NULL", "-"] }, { "default": "none" }"#, .reference, bad: ["NULL -", "n/a", " "]) {
      random in
      random.pick([("NULL", "none"), ("-", "none"), ("", "none"), ("null", "null"), ("A", "A")])
    },
    .init("prefix", #"{ "prefix": "C-" }"#, .reference, bad: badWords) { random in
      let word = word(&random)
      return (word, "C-" + word)
    },
    .init("suffix", #"{ "suffix": "-Z" }"#, .reference, bad: badWords) { random in
      let word = word(&random)
      return (word, word + "-Z")
    },
    .init("slice", #"{ "slice": { "start": 3, "length": 4 } }"#, .reference, bad: ["xxé", "ab..", "abc d"]) { random in
      let word = word(&random, 4...4)
      return ("é1" + word + blanks(&random), word)
    },
    .init("slice from behind", #"{ "slice": { "start": -4 } }"#, .reference, bad: ["a bc", "xé", "ab.c"]) { random in
      let word = word(&random, 4...4)
      return (blanks(&random) + "ü" + word, word)
    },
    .init(
      "boolean", #"{ "boolean": { "true": ["Y", "ja"], "false": ["N", "0"] } }"#, .reference, bad: ["y", "1", "Ja"]
    ) { random in
      random.pick([("Y", "true"), ("ja", "true"), ("N", "false"), ("0", "false")])
    },
    .init(
      "identity_number",
      #"{ "identity_number": "ZA" }, { "hmac": { "key_env": "K" } }, { "width": 32 }, { "map": { "*": "ok" } }"#,
      .reference, bad: ["8001015009088", "80010150090", "800101500908A"]
    ) { random in
      (random.pick(["8001015009087"]), "ok")
    },
    .init("phone of South Africa", #"{ "phone": "ZA" }"#, .phone, bad: ["082123456", "821234567", "08212345678"]) {
      random in
      let number = random.pick(["82", "71", "11"]) + digits(&random, 7)
      let (a, b, c) = (number.prefix(2), number.dropFirst(2).prefix(3), number.suffix(4))
      let text = random.pick([
        "0\(number)", "+27\(number)", "0027 \(number)", "(0\(a)) \(b)-\(c)", "27\(number)", "+27 (0)\(a) \(b) \(c)",
      ])
      return (text, "+27" + number)
    },
  ]
}

extension WrittenConversion {
  /// How many digits a national number has, and whether a 0 is dialled before it: the countries of SADC.
  private static let plans: [(code: String, country: String, trunk: Bool, digits: [Int])] = [
    ("AO", "244", false, [9]), ("BW", "267", false, [7, 8]), ("CD", "243", true, [9]), ("KM", "269", false, [7]),
    ("LS", "266", false, [8]), ("MG", "261", true, [9]), ("MU", "230", false, [7, 8]), ("MW", "265", true, [7, 9]),
    ("MZ", "258", false, [8, 9]), ("NA", "264", true, [8, 9]), ("SC", "248", false, [7]), ("SZ", "268", false, [8]),
    ("TZ", "255", true, [9]), ("ZA", "27", true, [9]), ("ZM", "260", true, [9]), ("ZW", "263", true, [8, 9]),
  ]

  static let phones: [WrittenConversion] = plans.map { plan in
    .init(
      "phone of \(plan.code)", #"{ "phone": "\#(plan.code)" }"#, .phone,
      bad: ["71234", "7123456x", "+\(plan.country)7123456789012"]
    ) { random in
      let number = random.pick(["6", "7"]) + digits(&random, random.pick(plan.digits) - 1)
      let national = (plan.trunk ? "0" : "") + number
      let text = random.pick([
        national, "+\(plan.country)\(number)", "00\(plan.country) \(number)",
        "\(national.prefix(3)) \(national.dropFirst(3).prefix(2))-\(national.dropFirst(5))",
      ])
      return (text, "+\(plan.country)\(number)")
    }
  }
}

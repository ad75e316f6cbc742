/// The kinds of records that a file has, by what they begin with.
struct RecordKindsGuess {
  /// One kind.
  struct Group {
    let value: String
    /// Its records, by their places in the sample.
    let rows: [Int]
    /// Of what kind the sign of each place mostly is; `nil` where it differs.
    fileprivate let shape: [SignKind?]
  }

  /// How many signs tell the kind; 0 where all records are bills.
  private(set) var length = 0
  private(set) var detail: [Group] = []
  private(set) var header: Group?
  private(set) var trailer: Group?
  private(set) var parent: Group?
  private(set) var ignored: [Group] = []
  /// Kinds of which there are too few to say what they are.
  private(set) var strange: [Group] = []

  /// The most kinds that a file has.
  private static let mostKinds = 12
  /// Whether the first record and the last one say by a usual word that they are no bills.
  var isHeaderUsual: Bool { header.map { Self.headers.contains($0.value) } ?? true }
  var isTrailerUsual: Bool { trailer.map { Self.trailers.contains($0.value) } ?? true }

  private static let headers: Set<String> = ["H", "HD", "HDR", "HEA", "BOF", "UHL", "0", "00", "000", "FH", "FHR"]
  private static let trailers: Set<String> = ["T", "TR", "TRL", "TLR", "TRA", "EOF", "FTR", "F", "Z", "9", "99", "999"]

  /// - Parameter rows: All records of the sample, the file's first and last one at its ends.
  init(_ rows: [[UInt32]]) {
    for length in 1...3 where tell(rows, length) {
      let longer = Self.longer(rows, detail, length)
      if longer > length, !tell(rows, longer) { _ = tell(rows, length) }
      return
    }
    self = RecordKindsGuess(all: rows)
  }

  /// All records are bills.
  private init(all rows: [[UInt32]]) {
    detail = [Group(value: "", rows: Array(rows.indices), shape: [])]
  }

  /// Tells the kinds by so many signs; `false` where they tell none.
  private mutating func tell(_ rows: [[UInt32]], _ length: Int) -> Bool {
    guard let groups = Self.groups(rows, length), groups.count > 1,
      let first = groups.first(where: { $0.rows.first == 0 }),
      let last = groups.first(where: { $0.rows.last == rows.count - 1 })
    else { return false }
    func isEnd(_ group: Group) -> Bool { group.value == first.value || group.value == last.value }
    let ordered = groups.sorted { ($0.rows.count, isEnd($0) ? 0 : 1) > ($1.rows.count, isEnd($1) ? 0 : 1) }
    let main = ordered[0]
    guard main.rows.count * 3 >= rows.count, main.rows.count > 1 || Self.areEnds(first, last) else { return false }
    let others = ordered.dropFirst()
    let like = others.filter { !Self.differ($0, main, from: length) }
    // Records of one shape under several values: the place tells no kinds.
    guard like.isEmpty else { return false }
    self = RecordKindsGuess(all: [])
    self.length = length
    detail = [main]
    for group in others { place(group, main, rows.count, first, last) }
    return header != nil || trailer != nil || parent != nil || !ignored.isEmpty
  }

  /// Whether the first and the last record say what they are.
  private static func areEnds(_ first: Group, _ last: Group) -> Bool {
    headers.contains(first.value) && trailers.contains(last.value)
  }

  private mutating func place(_ group: Group, _ main: Group, _ count: Int, _ first: Group, _ last: Group) {
    let few = group.rows.count * 50 <= count || group.rows.count == 1
    if group.value == first.value, few || Self.headers.contains(group.value) {
      header = group
    } else if group.value == last.value, few || Self.trailers.contains(group.value) {
      trailer = group
    } else if group.rows.count < 2 || few && group.rows.count < 10 {
      strange.append(group)
    } else if parent == nil, Self.comesBefore(group, main) {
      parent = group
    } else {
      ignored.append(group)
    }
  }

  /// Whether nearly every record of a kind has one of another kind behind it.
  private static func comesBefore(_ group: Group, _ main: Group) -> Bool {
    let bills = Set(main.rows)
    let before = group.rows.count { bills.contains($0 + 1) }
    return before * 10 >= group.rows.count * 8 && (group.rows.first ?? 0) < (main.rows.last ?? 0)
  }

  // MARK: Groups

  private static func groups(_ rows: [[UInt32]], _ length: Int) -> [Group]? {
    var groups: [[UInt32]: [Int]] = [:]
    for (index, row) in rows.enumerated() {
      let value = Array(row.prefix(length))
      guard value.count == length, value.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
      groups[value, default: []].append(index)
      if groups.count > mostKinds { return nil }
    }
    return groups.map { value, members in
      var text = ""
      for sign in value { text.unicodeScalars.append(Unicode.Scalar(sign) ?? "?") }
      return Group(value: text, rows: members, shape: shape(members.prefix(200).map { rows[$0] }))
    }.sorted { $0.value < $1.value }
  }

  private static func shape(_ rows: [[UInt32]]) -> [SignKind?] {
    let width = rows.reduce(0) { max($0, $1.count) }
    return (0..<width).map { place in
      var counts = [Int](repeating: 0, count: SignKind.allCases.count)
      for row in rows { counts[place < row.count ? SignKind(row[place]).rawValue : SignKind.blank.rawValue] += 1 }
      return SignKind.allCases.first { counts[$0.rawValue] * 10 >= rows.count * 7 }
    }
  }

  /// Whether records of two kinds have different signs at one of five places.
  private static func differ(_ one: Group, _ other: Group, from start: Int) -> Bool {
    var (all, different) = (0, 0)
    for place in start..<max(one.shape.count, other.shape.count, start) {
      let left = place < one.shape.count ? one.shape[place] : .blank
      let right = place < other.shape.count ? other.shape[place] : .blank
      if left == .blank, right == .blank { continue }
      all += 1
      if let left, let right, left != right { different += 1 }
    }
    return different * 5 >= all && different > 0
  }

  /// How many signs the kind takes, where the first of them tell it already: HDR, 00.
  private static func longer(_ rows: [[UInt32]], _ detail: [Group], _ length: Int) -> Int {
    guard let main = detail.first?.rows, let one = main.first else { return length }
    func prefix(_ row: [UInt32], _ count: Int) -> String {
      String(String.UnicodeScalarView(row.prefix(count).compactMap(Unicode.Scalar.init)))
    }
    let ends = (prefix(rows[0], 3), prefix(rows[rows.count - 1], 3))
    if headers.contains(ends.0), trailers.contains(ends.1) { return 3 }
    let isNumeric = rows.allSatisfy { row in
      row.count > 2 && row.prefix(2).allSatisfy { SignKind($0) == .digit }
    }
    let isSame = main.allSatisfy { rows[$0].prefix(2) == rows[one].prefix(2) }
    return isNumeric && isSame && main.count > 2 ? max(length, 2) : length
  }
}

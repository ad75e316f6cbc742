/// How many rows came to each state, less how many left it.
struct RowChanges {
  private static let places = (RowCode.allCases.map { Int($0.rawValue) }.max() ?? 0) + 1

  /// By the codes' numbers.
  private var counts = [Int](repeating: 0, count: Self.places)

  subscript(code: RowCode) -> Int { counts[Int(code.rawValue)] }

  mutating func add(_ count: Int, to code: RowCode) { counts[Int(code.rawValue)] += count }
}

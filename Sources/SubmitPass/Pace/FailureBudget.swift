import MomentAPI

/// How many refusals a file may have before it is stopped: a mistake in a whole file is not made row by row.
///
/// Where a most is stated, more than that many refused rows of the file, in all its runs, are too many. Where none is,
/// fifty in a row of the same kind are: the same status, type or title, and field.
struct FailureBudget {
  /// This many in a row of the same kind stop a file.
  static let inARow = 50

  private struct Kind: Hashable {
    var status: Int
    var what: String?
    var field: String?
  }

  private let most: Int?
  private var refused: Int
  private var kind: Kind?
  private var row = 0
  private var last: Problem?

  /// - Parameter refused: rows of the file that are refused already.
  init(most: Int?, refused: Int) {
    self.most = most
    self.refused = refused
  }

  /// Takes in that a row was refused.
  mutating func refused(_ problem: Problem) {
    refused += 1
    let kind = Kind(status: problem.status, what: problem.type ?? problem.code ?? problem.title, field: problem.field)
    row = kind == self.kind ? row + 1 : 1
    self.kind = kind
    last = problem
  }

  /// Takes in that a row was accepted.
  mutating func accepted() { (kind, row) = (nil, 0) }

  /// Why the file must stop; `nil` while it need not.
  var verdict: SubmitStop? {
    if let most { return refused > most ? .tooManyRefused(refused: refused, most: most) : nil }
    guard row >= Self.inARow, let last else { return nil }
    return .refusedInARow(row, kind: last.kind)
  }
}

extension Problem {
  /// What kind of problem it is, without what it says of the one row.
  fileprivate var kind: String {
    let what = title.map { "HTTP \(status): \($0)" } ?? "HTTP \(status)"
    return field.map { "\(what), at \($0)" } ?? what
  }
}

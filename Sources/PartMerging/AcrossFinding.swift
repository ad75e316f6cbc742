import BillModel
import BillReports

/// Why a row that stands in its part doesn't stand beside the others.
struct AcrossFinding: Equatable {
  let code: FindingCode
  /// The part, from 0, and the record in it, from 1.
  let part: Int
  let record: Int
  /// The row that it is held against; `nil` where it is an account's customer in several parts.
  let other: (part: Int, record: Int)?

  static func == (left: Self, right: Self) -> Bool {
    left.code == right.code && left.part == right.part && left.record == right.record
      && left.other?.part == right.other?.part && left.other?.record == right.other?.record
  }

  /// The line of `issues.csv`, by the names of the parts.
  func cells(_ names: [String]) -> [String] {
    [
      names[part], String(record), code.rawValue, other.map { names[$0.part] } ?? "",
      other.map { String($0.record) } ?? "",
      message(names),
    ]
  }

  static let heading = "part,record,code,other_part,other_record,message\n"

  private func message(_ names: [String]) -> String {
    switch code {
    case .fileDuplicateRow: "The same row stands in \(names[other?.part ?? 0]) before it."
    case .fileAccountCustomers: "Its account belongs to one customer here and to another one in another part."
    default: "Its reference is claimed by another row, in \(names[other?.part ?? 0])."
    }
  }
}

import CScan

/// One look at a column of up to 64 rows, with what it goes by, which is kept by whoever compiled it.
enum FieldLook: BitwiseCopyable {
  case length(minimum: UInt64, maximum: UInt64)
  case positions(
    UnsafePointer<UInt32>, fixed: UInt32, UnsafePointer<cscan_class>, minimum: UInt64, maximum: UInt64)
  case first(UnsafePointer<UInt8>)
  case integer(minimum: Int64, maximum: Int64)
  case date
  case email(local: UnsafePointer<cscan_class>, domain: UnsafePointer<cscan_class>)
  /// What no look knows: all rows are asked by themselves.
  case none

  /// Whether it may be sure of an empty value.
  var passesEmpty: Bool {
    switch self {
    case .length(let minimum, _), .positions(_, _, _, let minimum, _): minimum == 0
    case .first, .integer, .date, .email, .none: false
    }
  }
}

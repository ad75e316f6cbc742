/// The object that a call created, read or changed, by its serial, and the status that goes with it.
enum Performed {
  case customer(UInt32, status: UInt16)
  case account(UInt32, status: UInt16)
  case bill(UInt32, status: UInt16)

  var status: UInt16 {
    switch self {
    case .customer(_, let status), .account(_, let status), .bill(_, let status): status
    }
  }
}

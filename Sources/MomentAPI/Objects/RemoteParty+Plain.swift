import BillModel

extension RemoteParty {
  /// The party that comes next, as `init(from:)` reads it; `nil` for null.
  init?(plain reader: inout PlainJSON) throws(PlainJSON.Unusual) {
    switch reader.next {
    case UInt8(ascii: "n"):
      _ = try reader.null()
      return nil
    case UInt8(ascii: "\""):
      guard let text = try reader.string() else { return nil }
      self = ObjectID.isAmbiguous(text) ? Self(id: text, reference: nil) : Self(id: nil, reference: text)
    default: self = try Self.object(in: &reader)
    }
  }

  private static func object(in reader: inout PlainJSON) throws(PlainJSON.Unusual) -> Self {
    var party = Self(id: nil, reference: nil)
    var (inner, customerID): (RemoteParty?, String?) = (nil, nil)
    var seen = PlainNames()
    try reader.object { (reader, name) throws(PlainJSON.Unusual) in
      switch name {
      case "id":
        try seen.note(0)
        party.id = try reader.string()
      case "external_reference":
        try seen.note(1)
        party.reference = try reader.string()
      case "customer":
        try seen.note(2)
        inner = try RemoteParty(plain: &reader)
      case "customer_id":
        try seen.note(3)
        // The decoder looks at it only where no customer is nested.
        guard reader.next == UInt8(ascii: "\"") || reader.next == UInt8(ascii: "n") else { throw PlainJSON.Unusual() }
        customerID = try reader.string()
      default: try reader.skip()
      }
    }
    party.customer =
      inner.map { CustomerOfAccount(id: $0.id, reference: $0.reference) }
      ?? customerID.map { CustomerOfAccount(id: $0) }
    return party
  }
}

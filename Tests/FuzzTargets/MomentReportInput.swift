import PaymentEvents
import Tabular

/// A reconciliation report of Moment's.
struct MomentReportInput {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    for units in [nil, MomentReportReader.Units.major, .minor] {
      var reader = MomentReportReader(units: units)
      guard let report = try? reader.read(ByteSource(bytes: bytes)) else { continue }
      precondition(report.payments.allSatisfy { $0.amount >= 0 && $0.line > 0 })
    }
  }
}

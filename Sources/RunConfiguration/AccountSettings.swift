package import BillPlanning
package import BillSubmission
package import Drops

/// Which API, key, ledger and pace: what the files of a feed are sent by.
package struct AccountSettings: Hashable, Sendable {
  /// The merchant's name: a ledger belongs to one.
  package var merchant = "default"
  package var endpoint = "https://api.momentpay.net"
  /// A file with the secret key; `nil`: the credential, else the environment's.
  package var keyFile: String?
  /// The name of a systemd credential with the secret key.
  package var keyCredential: String?
  package var allowsLiveKey = false
  /// A file with the key that receipts are signed with, or the name of a systemd credential; neither: the environment's.
  package var receiptKeyFile: String?
  package var receiptKeyCredential: String?
  package var caFile: String?
  /// Seconds that a request may take.
  package var timeout: Int?
  /// Requests a second; `nil`: as many as the API turns out to take.
  package var rate: Double?
  package var burst: Int?
  package var inFlight: Int?
  package var quiet: QuietHours?
  /// Requests a day.
  package var daily: Int?
  /// Whose hours and days `quiet` and `daily` mean; `nil`: the machine's.
  package var zone: TimeZoneTable?
  package var maximumRefused: Int?
  /// See `SubmitSettings.rangeRows`.
  package var rangeRows = 0
  package var parties = PartyMode.auto
  package var updatesParties = false
  /// Whether a configuration says this, so that what is wanting is to be said there.
  package var isConfigured = false
  /// The ledger's path; `nil`: the usual place.
  package var ledger: String?

  package init() {}

  /// How many requests may be under way: unless told, what a second of the rate is, so that the pace holds up to a
  /// latency of a second.
  package var requestsInFlight: Int {
    if let inFlight { return inFlight }
    guard let rate else { return 256 }
    return Int(min(max(rate.rounded(.up), 32), 1024))
  }
}

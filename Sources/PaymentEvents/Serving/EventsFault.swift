package import BillLedger
package import HTTPServing

/// Why an endpoint can't be started.
package enum EventsFault: Error {
  case store(LedgerError)
  case service(HTTPServiceError)
}

package import BillIntake
package import BillLedger
package import DurableFiles
package import SchemaRules

/// Why a command could not do its work. The command line turns each into a message and an exit code.
package enum RunFault: Error {
  case key(SecretKeyError)
  case endpoint(EndpointError)
  case intake(IntakeError)
  case schema(SchemaError)
  case ledger(LedgerError)
  case file(FileError)
  /// The HTTP client could not be set up.
  case client(String)
  /// There is no place for the ledger: neither option nor environment names one.
  case noLedgerPath
  /// The report does not add up to the file: a fault of ours.
  case accounting([String])
}

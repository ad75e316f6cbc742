/// The parties that a row claims in its own row of the ledger: their references.
struct CarriedParties {
  var customer: String?
  var account: String?
}

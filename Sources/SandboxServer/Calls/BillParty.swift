import SchemaRules

/// Whom a bill is raised on.
enum BillParty {
  case customer(CustomerChoice)
  /// An account by its id, or where that is taken its external reference.
  case namedAccount(String)
  case newAccount(AccountDraft)

  /// From the body of a bill; exactly one of its two members.
  init(_ bill: JSONObject) throws(Problem) {
    switch (bill["customer"], bill["account"]) {
    case (let customer?, nil): self = .customer(try CustomerChoice(customer, at: "/customer"))
    case (nil, .string(let name)): self = .namedAccount(name)
    case (nil, let account?): self = .newAccount(try AccountDraft(account, at: "/account"))
    case (nil, nil), (.some, .some): throw Problem(400, "exactly one of customer and account is required")
    }
  }
}

import BillModel

/// What headings mean, by the words that merchants write.
enum TargetWords {
  /// What a column is for. Whose name, email or telephone it is depends on the other columns.
  enum Target: String, CaseIterable, Hashable {
    case reference, amount, currency, billDate, dueDate, customer, account
    case name, firstName, lastName, email, phone, identity
  }

  private static let words: [(Target, String)] = [
    (
      .reference,
      "invno invoice invoiceno invoicenr invoicenumber invoiceid invoiceref billno billnumber billid billreference "
        + "reference ref documentno docno rechnung rechnungsnr rechnungsnummer belegnr belegnummer faktuurnr "
        + "faktuurnommer factuurnr"
    ),
    (
      .amount,
      "amount amountdue amt total totaldue balancedue dueamount value betrag summe bedrag gesamtbetrag outstanding"
    ),
    (.currency, "currency currencycode ccy curr waehrung wahrung geldeenheid"),
    (
      .dueDate,
      "due duedate payby paymentdue faellig fallig faelligam falligam faelligkeit falligkeit betaaldatum vervaldatum"
    ),
    (.billDate, "billdate invoicedate date datum rechnungsdatum issued issuedate statementdate docdate fakturadatum"),
    (
      .customer,
      "customer customerno customernr customernumber customerid custno custid clientno clientid client debtor debtorno "
        + "kdnr kunde kundennr kundennummer klantnr klientnr"
    ),
    (
      .account,
      "account accountno accountnr accountnumber accountid acc accno acct acctno konto kontonr rekeningnr meterno"
    ),
    (.name, "name customername fullname clientname debtorname accountname kundenname naam"),
    (.firstName, "firstname first givenname vorname voornaam forename"),
    (.lastName, "lastname last surname familyname nachname familienname van"),
    (.email, "email emailaddress mail epos customeremail"),
    (
      .phone,
      "phone phoneno phonenumber mobile mobileno mobilenumber mobilephonenumber cell cellno cellphone tel telephone msisdn mobil handy telefon selfoon"
    ),
    (
      .identity,
      "idnumber idno identitynumber identificationnumber saidentificationnumber passport passportno passportnumber nationalid rsaid said"
    ),
  ]

  /// By word; one that stands in the list twice means the first.
  private static let targets = Dictionary(
    words.flatMap { target, words in words.split(separator: " ").map { (String($0), target) } },
    uniquingKeysWith: { first, _ in first })

  /// What a heading says that its column is for; `nil` where it is no word that is known here.
  static func target(of heading: String) -> Target? { targets[plain(heading)] }

  /// Small letters and digits alone, without dots over vowels.
  private static func plain(_ heading: String) -> String {
    var plain = ""
    for character in heading.lowercased() {
      switch character {
      case "ä": plain += "ae"
      case "ö": plain += "oe"
      case "ü": plain += "ue"
      case "ß": plain += "ss"
      default: if character.isASCII, character.isLetter || character.isNumber { plain.append(character) }
      }
    }
    return plain
  }
}

/// References, amounts, currencies and dates.
extension CodeExplanation {
  static let referenceRequired = Self(
    "A reference is missing.",
    why: "The external reference is what makes a bill, customer or account the same one tomorrow: without it nothing "
      + "can be created exactly once.",
    example: "external_reference is empty.",
    cure: "Give each bill, customer and account a reference of your own that never changes.")
  static let referencePattern = Self(
    "A reference has a character that the API doesn't take.",
    why: "References stand in addresses of the API: letters, digits, - and _ only.",
    example: "INV/2026/001",
    cure: "Replace the character where the reference is made, always in the same way, or derive it in a layout.")
  static let referenceLength = Self(
    "A reference is longer than 255 characters.",
    why: "The API would refuse it.", example: "A whole address as the reference.",
    cure: "Use the key of your own system.")
  static let referenceReserved = Self(
    "A reference begins as an id of Moment's does.",
    why: "bill_…, bcus_… and bacc_… are taken for ids, and another object might be meant.",
    example: "bill_2026_001",
    cure: "Put something before it: INV-bill_2026_001.")
  static let amountRequired = Self(
    "The bill has no amount.",
    why: "amount_due is what the payer is asked for.", example: "INV-7,ZAR,,2026-02-01",
    cure: "Fill it; a row without anything to pay is no bill, and is left out.")
  static let amountFormat = Self(
    "The amount is not written in minor units, or as its layout says.",
    why: "12.50 and 1250 differ by a factor of a hundred: nothing is guessed.",
    example: "12.50, 1 250, R1250 or 1.25E+05 in a file without a layout, where 1250 (cents) is meant.",
    cure:
      "Write it as the row's message says: in the form of the file's layout; of a file without one, in cents without "
      + "marks. A layout whose column has the step \"amount\" reads 12.50.")
  static let amountSkipped = Self(
    "The row's amount is zero or less, and the layout says to leave such rows out.",
    why: "No bill can have such an amount; the row is counted, and nothing is sent.",
    example: "amount_due 0, under \"zero_bills\": \"skip\"", cure: "Nothing is to be done.")
  static let amountToBalance = Self(
    "The row's amount is less than zero, and by the layout it was added to its party's balance.",
    why: "No bill can have such an amount; a balance can, and less than zero is a credit.",
    example: "amount_due -1500, under \"negative_bills\": \"balance\"",
    cure: "Nothing is to be done; the row's message says what the balance was then.")
  static let amountPartyByID = Self(
    "The amount goes to a balance, and the row names whose by an id of the API's.",
    why: "Rows about one balance go one after the other, and are told apart by the merchant's own references.",
    example: "amount_due -1500 and account bacc_17, under \"negative_bills\": \"balance\"",
    cure: "Name the customer or account by its external reference.")
  static let operationUnknown = Self(
    "The row doesn't say what it asks for, or says what is no operation.",
    why: "In such a file each row names its operation, and is judged by the rules of that one.",
    example: "operation invoice", cure: "Give one of the operations, or map the file's own words to them in the layout."
  )
  static let paidOverDue = Self(
    "More was paid of the bill than is due.",
    why: "What was paid before is a part of amount_due; the API takes no more than that.",
    example: "amount_due 24000, amount_paid 30000",
    cure: "See whether the columns are swapped, or amount_due is what was left to pay.")
  static let amountRange = Self(
    "The amount is outside of what a bill may ask for.",
    why: "The API takes 1 to 99,999,999 minor units (999,999.99 in ZAR).",
    example: "0, -500 or 100000000",
    cure: "Leave out what is no bill (credits, zeros); a larger debt has to be split where it is raised.")
  static let amountDecimals = Self(
    "The amount has more decimals than its currency.",
    why: "Nothing is rounded: half a cent over a million rows is money.", example: "12.505 in ZAR",
    cure: "Round where the amount is made, so that both systems have the same.")
  static let currencyRequired = Self(
    "The row has no currency.",
    why: "An amount without one is no amount.", example: "INV-7,,24000",
    cure: "Fill the column, or state {\"constant\": \"ZAR\"} in a layout.")
  static let currencyUnknown = Self(
    "That is no currency of ISO 4217.",
    why: "A mistyped code would ask for the wrong money.", example: "RND, R or zar",
    cure: "Use the code of three capital letters: ZAR.")
  static let currencyUnsupported = Self(
    "Moment doesn't take bills in this currency today.",
    why: "A warning: the bill is sent all the same, since what the API supports grows.",
    example: "EUR (supported today: ZAR and USD)",
    cure: "Ask Moment, or leave the rows out until it takes them.")
  static let currencyNotAllowed = Self(
    "The layout doesn't allow bills in this currency.",
    why: "Its rules name the currencies of the feed, so that a wrong column is noticed.",
    example: "USD where \"currencies\" has ZAR alone.",
    cure: "Mend the row, or add the currency to the layout's rules.")
  static let dateFormat = Self(
    "A date is not written as YYYY-MM-DD, or as its layout says.",
    why: "01/02/2026 is two different days: nothing is guessed.", example: "01/02/2026",
    cure:
      "Write it as the row's message says: in the form of the file's layout; of a file without one, 2026-02-01. A "
      + "layout whose column has a step \"date\" with its pattern reads another form.")
  static let dateImpossible = Self(
    "That is no day of the calendar.",
    why: "Day and month may be swapped, and other rows then be wrong without showing it.", example: "2026-02-30",
    cure: "Correct it, and look at the rows around it.")
  static let dateOrder = Self(
    "The bill is due before its own date, or has none and is due before today.",
    why:
      "The payer would be in arrears on receipt; most often the columns are swapped. A bill without a date gets that of "
      + "the day on which it is sent, and the API refuses one that is due before: a warning.",
    example: "bill_date 2026-02-20, due_date 2026-02-01",
    cure: "Swap the columns or correct the year; give a bill that is overdue its date.")
  static let dateRequired = Self(
    "A date is missing.", why: "The schema in use asks for it.", example: "due_date is empty.", cure: "Fill it.")
  static let dateTooFar = Self(
    "The bill is due later than the layout allows.",
    why: "A typing error in a year is found before payers see it.", example: "Due 400 days after its date.",
    cure: "Correct the date, or raise \"due_within_days\" in the layout's rules.")
  static let balanceFormat = Self(
    "A balance is not written in minor units, or as its layout says.", why: "As of amounts, nothing is guessed.",
    example: "1,250.00 in a file without a layout.",
    cure:
      "Write it as the row's message says: in the form of the file's layout; of a file without one, in cents without "
      + "marks, and a credit with a minus in front: -125000.")
  static let balanceRange = Self(
    "A balance is too large either way.", why: "The API would refuse it.", example: "99999999999",
    cure: "Correct it; of a file without a layout balances are in minor units.")
  static let balanceCurrency = Self(
    "A balance has no currency.", why: "A balance without one is no amount.",
    example: "customer.balance is filled and customer.currency is empty.", cure: "Fill both or none.")
  static let balanceRequired = Self(
    "A balance is missing.", why: "The schema in use asks for it.", example: "account.balance is empty.",
    cure: "Fill it, as other rows have it; 0 is a balance.")
}

/// The file as a whole. Of such a file nothing is sent.
extension CodeExplanation {
  static let fileEmpty = Self(
    "The file has no record at all, not even headings.",
    why: "An export that broke off must not look like a night without bills.", example: "0 bytes.",
    cure: "Send it again. A night without bills has the heading row alone.")
  static let fileBinary = Self(
    "The file is not text.",
    why: "It is a workbook, an archive or something else, and nothing in it can be trusted to be a row.",
    example: "A .xlsx that was renamed to .csv.", cure: "Save the sheet as CSV UTF-8, or unpack the archive.")
  static let unclosedQuote = Self(
    "A double quote opens and is never closed, or not before its row is longer than any may be.",
    why: "All that follows it would be one value: what stands in which row can't be known.",
    example: "\"Molefe,ZAR,24000 up to the file's end.", cure: "Close it, or write it twice if it belongs to the value."
  )
  static let fileEncoding = Self(
    "The file is in another encoding than stated.",
    why: "Names would reach payers garbled, and columns of fixed width would be cut in the wrong places.",
    example: "UTF-16 as \"Unicode text\" of Excel.", cure: "Save it as UTF-8, or state its encoding in a layout.")
  static let headingUnknown = Self(
    "A heading is no field of the API.",
    why: "A column that is passed over in silence may be the amount.", example: "amount instead of amount_due",
    cure:
      "Rename it (the message names the nearest one), take it out, or write a layout. Where the file has no heading "
      + "row, put one before it, or say so in a layout.")
  static let headingRepeated = Self(
    "Two columns have the same heading.", why: "Which one counts can't be known.",
    example: "amount_due,amount_due", cure: "Take one out, or rename it.")
  static let headingMissing = Self(
    "A column that every bill needs is missing.",
    why: "No row of the file could be right.", example: "No column external_reference.",
    cure: "Add it, or write a layout that says which column it is.")
  static let headingCount = Self(
    "The heading row has more columns of fields than billdrop reads.",
    why: "A bill has room for 20 values of metadata, and a table that wide is most often not one of bills.",
    example: "90 columns metadata.…", cure: "Take out what nobody will look for.")
  static let columnCount = Self(
    "How many columns the rows of a file without headings have isn't known.",
    why:
      "In a row with a delimiter too many the values stand in other columns: an amount 1,234 without quotes would be 1.",
    example:
      "The first bill has 5 fields, and most others have 4; or rows to mend have more fields than their layout uses.",
    cure: "Say it in the layout: \"columns\" under \"csv\".")
  static let fileName = Self(
    "The file's name is not as its layout says.",
    why: "The layout takes values from the name (a date, a number), or another file was meant.",
    example: "bills.csv where bills_YYYYMMDD.csv is stated.",
    cure: "Rename it. Mended rows go by their file's name with .mended before its extension.")
  static let fileDamaged = Self(
    "The file can't be read to its end, or a record that others depend on can't be read.",
    why: "Half a file must not look like a whole one.", example: "A gzip file that is cut.",
    cure: "Send it again, whole.")
  static let fileHeader = Self(
    "The header record is missing or in the wrong place.",
    why: "The file's beginning is missing, or two files were put together.", example: "The first record is a bill.",
    cure: "Send the file again, whole, and each for itself.")
  static let fileTrailer = Self(
    "The trailer record is missing, doubled, or not the last one.",
    why: "A missing trailer is how a cut file shows.", example: "The file ends with a bill.",
    cure: "Send the file again, whole, and each for itself.")
  static let controlCount = Self(
    "The file says how many bills it has, and has another number.",
    why: "Rows are missing or doubled: money is.", example: "The trailer says 1000, and 998 came.",
    cure: "Send the file again, whole. Mended rows are submitted as NAME.mended.csv: totals don't bind those.")
  static let controlSum = Self(
    "The file says what its amounts come to, and they come to something else.",
    why: "An amount is wrong, or rows are missing: money is.",
    example: "The trailer says 789380.14, and it is 789260.14.",
    cure: "Send the file again, whole.")
  static let controlHash = Self(
    "The sum over a column of numbers is not what the file says.",
    why: "A number that pays nothing (an account's) is guarded that way.", example: "Hash total 118203 against 118302.",
    cure: "Send the file again, whole.")
  static let controlSequence = Self(
    "The numbering of the bills has a gap, a repeat or a swap.",
    why: "A record is missing, doubled or out of place.", example: "… 41, 42, 44 …", cure: "Send the file again, whole."
  )
  static let controlEqual = Self(
    "Two values of the file that must be the same differ.",
    why: "It may be the wrong file under the right name.", example: "The name says 2026-02-01, the header 2026-01-01.",
    cure: "Find out which one is right before anything is sent.")
  static let controlUnreadable = Self(
    "A control figure that the layout names can't be read.",
    why: "A check that silently doesn't happen is worse than none.", example: "The side file bills.ctl is missing.",
    cure: "Send it, or mend \"control\" in the layout.")
  static let fileOrder = Self(
    "A file of balances doesn't say where it stands among the others, as its layout promises.",
    why: "An older file that comes late must not set a balance back, and nothing else tells which one is older.",
    example: "The layout takes the date from the name, and the name has none.",
    cure: "Name the file as the layout has it, or mend the header that states its place.")
  static let badRows = Self(
    "More of the rows are bad than the layout allows.",
    why:
      "It is the wrong file for this layout, or something broke where it was made: to send the rest would hide that.",
    example: "210 of 1,000 rows are bad, and the layout allows 5%.",
    cure: "Look at the findings below it first: they often have one cause.")
  static let duplicateReference = Self(
    "Several rows have the same reference and differ.",
    why: "A reference is one bill. None of them is sent, since nobody here can know which one is right.",
    example: "INV-7 for 240.00 on line 2 and for 420.00 on line 9.",
    cure:
      "Correct them; or let the first stand, if that is your rule: --duplicates first, or \"duplicates\": \"first\" in "
      + "the layout.")
  static let duplicateRow = Self(
    "The row is the same as one before it.",
    why: "The first one stands, so that the bill is raised once; the repeat is rejected, so that it is noticed.",
    example: "The same line twice.", cure: "Leave it out; nothing else is to be done.")
  static let accountCustomers = Self(
    "An account stands under two customers.",
    why: "It belongs to one, and the other one would get somebody else's bills.",
    example: "ACC-17 under CUST-9 on line 2 and under CUST-8 on line 5.", cure: "Correct the rows.")
}

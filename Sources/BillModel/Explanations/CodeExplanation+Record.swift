/// The record as text.
extension CodeExplanation {
  static let tooFewFields = Self(
    "The row has fewer fields than the heading row names.",
    why: "Which value is missing can't be known, and a shifted amount would be a wrong bill.",
    example: "The headings name 6 columns; the row is INV-7,ZAR,24000 or blank.",
    cure: "Leave an absent value empty and keep its comma; take blank rows out.")
  static let tooManyFields = Self(
    "The row has more fields than the heading row names.",
    why: "Most often a comma stands in a value that isn't quoted, and every value behind it is shifted.",
    example: "INV-7,ZAR,24000,Molefe, Thandi under the headings of 4 columns.",
    cure: "Enclose the value in double quotes, \"Molefe, Thandi\", and take out what stands behind the last column.")
  static let quoteInField = Self(
    "A double quote stands in the middle of a value that doesn't begin with one.",
    why: "RFC 4180 gives such a quote no meaning, and programs read it differently.",
    example: "5\" pipe",
    cure: "Enclose the value in double quotes and write the quote twice: \"5\"\" pipe\".")
  static let bytesAfterQuote = Self(
    "A value goes on after its closing quote.",
    why: "The quote closed too early, or one is missing: where the value ends can't be known.",
    example: "\"Molefe\" Thandi",
    cure: "Enclose the whole value, and write a quote in it twice.")
  static let nul = Self(
    "A value has a NUL byte in it.",
    why: "Text has none: the field was filled from memory that was never set, or the file is UTF-16.",
    example: "INV-7 followed by zero bytes up to a fixed width.",
    cure: "Export the file again; a fixed-width export that pads with NUL has to pad with blanks.")
  static let invalidUTF8 = Self(
    "A value is not UTF-8.",
    why: "A name that is read in the wrong encoding would reach the payer garbled.",
    example: "The byte E9 alone, which is é in Windows-1252.",
    cure: "Save the file as UTF-8, or name its encoding in a layout.")
  static let tooLong = Self(
    "The row is longer than any bill can be, and was passed over.",
    why: "A missing line end or quote makes one row of many; memory stays bounded all the same.",
    example: "A row of several megabytes.",
    cure: "Look for a line end that is missing at the row's place.")
  static let undecodable = Self(
    "A value has a byte that the file's encoding doesn't have.",
    why: "The layout states another encoding than the file was written in, or the file is damaged there.",
    example: "The byte 81 in a file of Windows-1252.",
    cure: "Name the right encoding in the layout, or send the file in the one that it names.")
  static let byteOrderMark = Self(
    "A row in the middle of the file begins with a byte order mark.",
    why: "Files were put together, and the mark of the second one would become part of a reference.",
    example: "EF BB BF before INV-7.",
    cure: "Take the mark out, or send the files one by one.")
  static let danglingEscape = Self(
    "A value ends with an escape character that nothing follows.",
    why: "Either the end of the file is missing, or the character belongs to the value.",
    example: "C:\\bills\\ as the last value.",
    cure: "Write the character twice, or send the file again, whole.")
  static let recordLength = Self(
    "A fixed-width record doesn't have the length that its layout states.",
    why: "Every column behind the fault would be read from the wrong place.",
    example: "119 bytes where each record has 120.",
    cure: "Look for a line end within a record or a missing one; if all are like this, compare the layout.")
  static let noLineEnd = Self(
    "The last row of the file has no line end, and the rows above it have one.",
    why:
      "A warning: a file that was cut on its way ends like this, and an amount of 24000 that was cut to 240 is still "
      + "an amount.",
    example: "INV-7,ZAR,240 as the last line, of which 00 and the line end didn't come.",
    cure: "Compare the last row with the sender's; where an export never ends its last line, have its total sent too.")
  static let recordKind = Self(
    "The record is of a kind that the layout doesn't know.",
    why: "It may hold bills, so it is not passed over in silence.",
    example: "A record that begins with 77 where the layout knows 00, 10 and 99.",
    cure: "Name the kind under \"records\" in the layout: as a detail, or among those that are ignored.")
  static let parentMissing = Self(
    "A bill takes values from a parent record above it, and there is none, or one that can't be read stands between.",
    why: "Whom the bill is for stands in the parent: without it the bill would go to nobody, or to the wrong one.",
    example: "A file of customers (10) and bills (20) that begins with a 20, or in which the 10 above it is damaged.",
    cure: "Was it sorted or cut? Restore its order and its beginning, or mend the record above.")
}

/// Steps of a layout that could not be done, and what spreadsheets did to values.
extension CodeExplanation {
  static let fieldConversion = Self(
    "A step of the layout can't be done with this value.",
    why: "A value that isn't as stated is not guessed at.", example: "X where the layout's map has A, B and *C*.",
    cure: "Mend the value, or the step in the layout; billdrop layout check LAYOUT FILE shows each step.")
  static let spreadsheetDateSerial = Self(
    "A spreadsheet has written a date as its count of days.",
    why: "Which day it is depends on the program that counted.", example: "46054 where 2026-02-01 was.",
    cure: "Format the column as a date, YYYY-MM-DD, and export again.")
  static let spreadsheetHashes = Self(
    "A spreadsheet has written ##### for a value that its column was too narrow for.",
    why: "The value is gone from this file.", example: "########", cure: "Widen the column, and export again.")
  static let spreadsheetLostZeros = Self(
    "A spreadsheet has taken the zeros in front.",
    why: "00123 and 123 are two references, and 0821234567 without its 0 is no number.",
    example: "123 where 00123 was.",
    cure: "Format the column as text before opening the file, or state restore_zeros in the layout.")
  static let spreadsheetRounded = Self(
    "A long number ends in zeros from its sixteenth digit on.",
    why: "A warning: spreadsheets keep 15 digits, and round the rest away.", example: "1234567890123450000",
    cure: "Compare with the source, and export the column as text.")
  static let spreadsheetScientific = Self(
    "A spreadsheet has written a long number in scientific notation.",
    why: "The digits behind are lost, and many rows now have the same reference.", example: "1.23457E+12",
    cure: "Format the column as text, and export again from where the numbers are whole.")
}

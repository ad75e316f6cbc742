/// Writes a guessed layout, each doubt above what it is about.
struct GuessedText: LayoutLines {
  var text = ""

  init(name: String, guesser: FieldGuesser) {
    let sample = guesser.sample
    line("{")
    line("  // Guessed from \(sample.rows) rows. What begins with \"\(LayoutGuess.mark)\" isn't sure: decide, then")
    line("  // `billdrop layout check THIS-FILE BILL-FILE`.")
    if Set(sample.firstRow).isSuperset(of: ["sa_identification_number", "mobile_phone_number", "amount_due"]) {
      doubt("These are the headings of Moment's own file. Take `billdrop layout show moment-file` instead?", 2)
    }
    line("  \"name\": \(FieldGuesser.quoted(name)),")
    line("  \"format\": \"csv\",")
    if !sample.isEncodingSure {
      doubt("It is no UTF-8, and windows-1252 fits most such files. Do letters beyond A to Z come out right?", 2)
    }
    line("  \"encoding\": \(FieldGuesser.quoted(sample.encoding)),")
    form(sample, guesser)
    fields(guesser)
    line("}")
  }

  private mutating func form(_ sample: FileSample, _ guesser: FieldGuesser) {
    if !sample.isDelimiterSure { doubt("Is it this delimiter? The rows have differing counts of columns by it.", 2) }
    if !guesser.isHeadingSure {
      doubt("Is the first row a \(guesser.hasHeading ? "heading row" : "bill, and there is no heading row")?", 2)
    }
    let delimiter = FieldGuesser.quoted(String(UnicodeScalar(sample.delimiter)))
    let isCounted = !guesser.hasHeading && sample.misshapen == 0
    let count = !isCounted ? "" : ", \"columns\": \(sample.firstRow.count)"
    line("  \"csv\": { \"delimiter\": \(delimiter), \"heading\": \(guesser.hasHeading)\(count) },")
    if sample.misshapen > 0 {
      line("  // \(sample.misshapen) of \(sample.rows) rows have another count of columns than the first.")
    }
  }

  private mutating func fields(_ guesser: FieldGuesser) {
    if guesser.isPlain, guesser.fields.isEmpty {
      line("  // Every heading is the path of a field: nothing has to be said of them.")
      return
    }
    mapping(guesser.fields, unused: guesser.unused, identities: guesser.identities)
  }
}

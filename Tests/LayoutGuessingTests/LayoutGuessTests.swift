import BillIntake
import BillLayouts
import Foundation
import Tabular
import Testing

@testable import LayoutGuessing

/// Guesses of files that say something, and of files that don't.
@Suite final class LayoutGuessTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "billdrop-guess-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func guess(_ bytes: Data, name: String = "acme nightly.csv") throws -> LayoutGuess {
    let file = folder.appending(path: name)
    try bytes.write(to: file)
    return try LayoutGuess(path: file.path, headings: try Intake().headings)
  }

  private func guess(_ text: String) throws -> LayoutGuess { try guess(Data(text.utf8)) }

  /// The marked comments, and the line below the comments of each.
  private func marked(_ guess: LayoutGuess) -> [String] {
    guess.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("// ?") }
  }

  @Test func `headings that are fields' paths need nothing more`() throws {
    let guess = try guess("external_reference,currency,amount_due,customer.external_reference\nA-1,ZAR,100,C-1\n")
    #expect(guess.doubts == 0 && !guess.isIncomplete)
    #expect(!guess.text.contains("\"fields\""))
    #expect(guess.text.contains("\"name\": \"acme-nightly\""))
  }

  @Test func `semicolons, decimal commas, German headings and proven days come out without a question`() throws {
    let guess = try guess(
      """
      InvNo;Währung;Betrag;Fällig;KdNr;Vorname;Name
      R-1;ZAR;1.234,50;17.07.2025;1;Änne;Öz
      R-2;ZAR;99,00;03.08.2025;2;Jo;Ito
      """)
    #expect(guess.doubts == 0 && !guess.isIncomplete)
    #expect(guess.text.contains("\"delimiter\": \";\""))
    #expect(guess.text.contains("{ \"amount\": { \"decimal\": \",\", \"group\": \".\" } }"))
    #expect(guess.text.contains("{ \"date\": \"dd.MM.yyyy\" }"))
    #expect(guess.text.contains("{ \"join\": [\"Vorname\", \"Name\"], \"with\": \" \" }"))
  }

  @Test func `nothing is guessed of a file whose first row never ends`() throws {
    let row = String(repeating: ",x", count: 1_000_000)
    #expect(throws: GuessError.endlessRow) { try guess("ref,amount\(row)\nA,1\n") }
    #expect(throws: GuessError.endlessRow) { try guess("ref,amount\(row)") }
  }

  @Test func `an order of day and month that nothing proves is asked for, and can't be used`() throws {
    let text = "InvNo,Currency,Amount,Due date,Customer\nR-1,ZAR,10.50,03/04/2025,1\nR-2,ZAR,11.50,05/04/2025,2\n"
    let guess = try guess(text)
    #expect(guess.isIncomplete && guess.doubts == 1)
    #expect(marked(guess).first?.contains("dd/MM/yyyy or MM/dd/yyyy?") == true)
    let filled = guess.text.replacingOccurrences(of: "?unclear", with: "dd/MM/yyyy")
    _ = try Layout(json: Array(filled.utf8))
  }

  @Test func `whole numbers are asked for, since a hundredfold amount is wrong money`() throws {
    let guess = try guess("InvNo,Currency,Amount,Customer\nR-1,ZAR,240,1\nR-2,ZAR,1100,2\n")
    #expect(guess.isIncomplete && marked(guess).contains { $0.contains("Cents already?") })
  }

  @Test func `a mark that could be the decimal one is asked for`() throws {
    let guess = try guess("InvNo;Currency;Amount;Customer\nR-1;ZAR;1,240;1\nR-2;ZAR;2,100;2\n")
    #expect(guess.isIncomplete && marked(guess).contains { $0.contains("2 of 2 values are like 1,234") })
  }

  @Test func `a currency, a customer and a reference that no column has are asked for`() throws {
    let guess = try guess("Betrag;Strasse\n12,50;A\n13,50;B\n")
    #expect(marked(guess).count >= 3)
    #expect(guess.text.contains("{ \"constant\": \"?\" }"))
  }

  @Test func `telephone numbers without a country are asked for`() throws {
    let guess = try guess("InvNo,Currency,Amount,Customer,Mobile\nR-1,ZAR,1.50,1,082 123 4567\nR-2,ZAR,1.50,2,\n")
    #expect(guess.isIncomplete && guess.text.contains("{ \"phone\": \"?\" }"))
    #expect(!guess.text.contains("082"))
  }

  @Test func `identity numbers are named, and fill nothing`() throws {
    let guess = try guess("InvNo,Currency,Amount,Customer,ID number\nR-1,ZAR,1.50,1,8501015800088\n")
    #expect(guess.text.contains("\"ID number\" says who somebody is"))
    #expect(!guess.text.contains("8501015800088"))
  }

  @Test func `a file without headings has its columns by number, each asked for`() throws {
    let guess = try guess("R-1\tZAR\t10.50\t2025-07-17\tC-1\nR-2\tZAR\t11.50\t2025-08-03\tC-2\n")
    #expect(guess.text.contains("\"delimiter\": \"\\t\", \"heading\": false"))
    #expect(guess.text.contains("\"column\": 3, \"steps\": [\"amount\"]"))
    #expect(guess.doubts >= 5 && !guess.isIncomplete)
  }

  @Test func `Windows-1252 is asked for, UTF-16 is seen`() throws {
    let latin = try guess(Data([UInt8]("Betrag;Fällig\n1,50;17.07.2025\n".unicodeScalars.map { UInt8($0.value) })))
    #expect(latin.text.contains("\"encoding\": \"windows-1252\""))
    #expect(marked(latin).contains { $0.contains("windows-1252") })
    let wide = try guess(try #require("\u{FEFF}InvNo;Betrag\nR-1;1,50\n".data(using: .utf16LittleEndian)))
    #expect(wide.text.contains("\"encoding\": \"UTF-16\""))
    #expect(wide.text.contains("\"InvNo\""))
  }

  @Test func `of several columns whose headings say amount none is taken`() throws {
    let several = try guess(
      "InvNo,Currency,Amount,VAT,Total Due,Customer\nR-1,ZAR,10.00,1.50,11.50,1\nR-2,ZAR,20.00,3.00,23.00,2\n")
    #expect(marked(several).contains { $0.contains("Which of \"Amount\", \"Total Due\" is the amount?") })
    #expect(several.isIncomplete)
    #expect(several.text.contains("\"amount_due\": { \"column\": \"?\", \"steps\": [\"?\"] }"))
    let path = try guess(
      "InvNo,Currency,Outstanding,amount_due,Customer\nR-1,ZAR,10.00,11.50,1\nR-2,ZAR,20.00,23.00,2\n")
    #expect(marked(path).contains { $0.contains("Which of \"Outstanding\", \"amount_due\" is the amount?") })
    let single = try guess("InvNo,Currency,Value,Amount,Customer\nR-1,ZAR,high,10.00,1\nR-2,ZAR,low,20.00,2\n")
    #expect(single.doubts == 0)
    #expect(single.text.contains("\"amount_due\": { \"column\": \"Amount\", \"steps\": [\"amount\"] }"))
    #expect(several.text.contains(#"Columns that fill nothing: "Amount", "VAT", "Total Due"."#), "\(several.text)")
    #expect(path.text.contains(#"Columns that fill nothing: "Outstanding", "amount_due"."#), "\(path.text)")
    #expect(single.text.contains(#"Columns that fill nothing: "Value"."#), "\(single.text)")
  }

  @Test func `what several columns could be by their headings is asked for`() throws {
    let guess = try guess(
      """
      Reference,Invoice No,Currency,Amount,Date,Invoice Date,Customer,Customer No,Phone,Mobile
      P-1,R-1,ZAR,10.50,17/07/2025,18/07/2025,Ann,1,+27821234567,+27821234568
      P-2,R-2,ZAR,11.50,18/07/2025,19/07/2025,Bob,2,+27821234569,+27821234570
      """)
    #expect(
      marked(guess) == [
        "// ? By its heading, \"Invoice No\" could be external_reference as well. Which one is it?",
        "// ? By its heading, \"Invoice Date\" could be bill_date as well. Which one is it?",
        "// ? By its heading, \"Customer No\" could be customer.external_reference as well. Which one is it?",
        "// ? By its heading, \"Mobile\" could be customer.phone as well. Which one is it?",
      ])
  }

  @Test func `a column that the file doesn't prove is no heading "?"`() throws {
    let guess = try guess("InvNo,Currency,Amount,Town\nR-1,ZAR,10.50,George\nR-2,ZAR,11.50,Knysna\n")
    #expect(guess.isIncomplete && guess.doubts == 1)
    #expect(guess.text.contains("\"customer.external_reference\": { \"column\": \"?\" }"))
  }

  @Test func `whole numbers beside the API's headings alone are cents without a question`() throws {
    let plain = try guess("external_reference,currency,amount_due,customer.external_reference\nA,ZAR,100,C\n")
    #expect(plain.doubts == 0)
  }

  @Test(arguments: [
    ["\"1,234.50\"", "5000", "2500"], ["5000", "\"1,234.50\"", "2500"], ["100.50", "200", "99"],
    ["\"1 234,50\"", "1234", "99"],
    ["100.50", "200", "none"],
  ])
  func `where one has a mark the whole ones may be rands, whatever the headings say`(amounts: [String]) throws {
    for field in ["amount_due", "customer.balance"] {
      let rows = amounts.enumerated().map { "R\($0),ZAR,\($1),C\($0)\n" }.joined()
      let guess = try guess("external_reference,currency,\(field),customer.external_reference\n\(rows)")
      #expect(guess.isIncomplete && marked(guess).contains { $0.contains("Are they cents?") }, "\(guess.text)")
      #expect(guess.text.contains("\"\(field)\": { \"column\": \"\(field)\", \"steps\": [\"?\"] }"), "\(guess.text)")
    }
  }

  @Test(arguments: [
    "external_reference,currency,amount_due,customer.external_reference,x\nA,ZAR,100,C,\n",
    "InvoiceNo,account_number,first_name,last_name,amount_due,due_date,currency\nR1,A1,Jo,Ito,240,2027-02-20,ZAR\n",
    "sa_identification_number,mobile_phone_number,due_date,amount_due\n,0821234567,2027-02-20,240\n",
    "InvNo,currency,Amount,Customer,amount_paid\nR1,ZAR,10.50,C,10\n",
  ])
  func `whole numbers under the API's heading are asked for where other headings stand beside it`(text: String) throws {
    let guess = try guess(text)
    #expect(guess.isIncomplete && marked(guess).contains { $0.contains("Cents already?") }, "\(guess.text)")
  }

  @Test func `a few with a mark among whole numbers under the API's heading are asked for`() throws {
    let mixed = try guess(
      "external_reference,currency,amount_due,customer.external_reference,x\nA,ZAR,100,C,\nB,ZAR,1.5,C,\n")
    #expect(mixed.isIncomplete && marked(mixed).contains { $0.contains("Are they cents?") })
  }

  @Test func `values at fixed places are seen as such, whatever commas stand in their names`() throws {
    let fixed = """
      INV000001NKOSI, THANDI        20250701000000024000ZAR
      INV000002VAN DER MERWE, PIET  20250714000000001250ZAR
      INV000003DLAMINI, S           20250731000000099999ZAR
      INV000004SMITH AND SONS, LTD  20250702000000120000ZAR

      """
    #expect(try guess(fixed).text.contains("\"format\": \"fixed-width\""))
    let head = "H20250701BATCH" + String(repeating: " ", count: 39) + "\n"
    let headed = try guess(head + fixed).text
    #expect(headed.contains("\"header\": {") && headed.contains("\"detail\": \"I\""))
    let padded = """
      InvNo    ,Currency,Amount    ,CustNo,Name
      INV000001,ZAR     ,    240.00,C-1   ,NKOSI
      INV000002,ZAR     ,     12.50,C-2   ,SMITH

      """
    #expect(try guess(padded).text.contains("\"delimiter\": \",\""))
  }

  @Test func `what is no text, or EBCDIC, or nothing is refused`() throws {
    #expect(throws: GuessError.empty) { try self.guess(Data()) }
    #expect(throws: GuessError.notText(.png)) {
      try self.guess(Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    }
    let ebcdic = Data([UInt8](repeating: 0xF1, count: 60) + [UInt8](repeating: 0x40, count: 60))
    #expect(throws: GuessError.noDelimiter) { try self.guess(Data("D0001 A\nD0002 B\n".utf8)) }
    #expect(throws: GuessError.ebcdic) { try self.guess(ebcdic) }
  }

  @Test(arguments: [("customer", "C100"), ("account", "ACC9")])
  func `a heading that is the path of an id has the merchant's own numbers, unless its values are ids`(
    heading: String, number: String
  ) throws {
    let own = try guess("InvNo,currency,Amount,\(heading)\nR-1,ZAR,10.50,\(number)\nR-2,ZAR,11.50,X2\n")
    #expect(own.text.contains("\"customer.external_reference\": \"\(heading)\""), "\(own.text)")
    #expect(own.doubts == 0 && !own.text.contains("\"\(heading)\": "), "\(own.text)")
    let id = heading == "customer" ? "bcus_1" : "bacc_1"
    let ids = try guess("InvNo,currency,Amount,\(heading)\nR-1,ZAR,10.50,\(id)\nR-2,ZAR,11.50,\(id)2\n")
    #expect(ids.text.contains("\"\(heading)\": \"\(heading)\""), "\(ids.text)")
    let both = try guess("InvNo,customer,account,Amount,currency\nA1,C1,ACC9,12.50,ZAR\nA2,C2,ACC8,1.50,ZAR\n")
    #expect(both.text.contains("\"account.external_reference\": \"account\""), "\(both.text)")
    #expect(both.text.contains("\"account.customer.external_reference\": \"customer\""), "\(both.text)")
  }

  @Test(arguments: [
    (["R 9,876.54", "R 1.00"], #"{ "replace": { "R ": "" } }, { "amount": { "group": "," } }"#),
    (["R12.50", "R1 200.00"], #"{ "replace": { "R": "" } }, { "amount": { "group": " " } }"#),
    (["R 12.50", "R1.00"], #"{ "replace": { "R ": "", "R": "" } }, "amount""#),
    (["R$ 1.053,06", "R$ -2,50"], #"{ "replace": { "R$ ": "" } }, { "amount": { "decimal": ",", "group": "." } }"#),
    (["3 111,06 zł", "901,72 zł"], #"{ "replace": { " zł": "" } }, { "amount": { "decimal": ",", "group": " " } }"#),
    (["10’104.83", "1.50"], #"{ "amount": { "group": "’" } }"#),
    (
      ["1\u{A0}104,83 €", "1,50 €"],
      #"{ "replace": { " €": "" } }, { "amount": { "decimal": ",", "group": "\u00a0" } }"#
    ),
  ])
  func `a currency's sign beside the digits is taken away, and the amounts are read`(
    values: [String], steps: String
  ) throws {
    let guess = try guess(
      "InvNo;Currency;Amount;Customer\n" + values.enumerated().map { "R-\($0);ZAR;\($1);\($0)\n" }.joined())
    #expect(guess.doubts == 0 && guess.text.contains("\"steps\": [\(steps)]"), "\(guess.text)")
  }

  @Test(arguments: [["R 250", "R 99"], ["EUR 1.50", "USD 2.50"], ["$.50", "$.75"], ["Fr.50", "Fr.75"], ["a", "b"]])
  func `what no sign explains, and whole amounts beside one, is asked for`(values: [String]) throws {
    let guess = try guess(
      "InvNo;Currency;Amount;Customer\n" + values.enumerated().map { "R-\($0);ZAR;\($1);\($0)\n" }.joined())
    let question = values[0].hasPrefix("R ") ? "Cents already?" : "No value is an amount as it stands."
    #expect(guess.isIncomplete && marked(guess).contains { $0.contains(question) }, "\(guess.text)")
    // On a few values alone a sign is what is wrong with these.
    let few = try self.guess("InvNo,Currency,Amount,Customer\nR-1,ZAR,10.50,1\nR-2,ZAR,R12.50,2\nR-3,ZAR,1.50,3\n")
    #expect(!few.text.contains("replace") && few.text.contains("1 of 3 values are no amounts."), "\(few.text)")
    let plain = try self.guess(
      "external_reference,currency,amount_due,customer.external_reference\nA,ZAR,R 250,C\nB,ZAR,R 99,D\n")
    #expect(plain.isIncomplete && marked(plain).contains { $0.contains("Cents already?") }, "\(plain.text)")
  }

  @Test func `headings in a language that isn't known leave it to the values, and each is asked for`() throws {
    let guess = try guess(
      """
      Numéro;Référence client;Nom;Date de facture;Échéance;HT;TTC;Devise
      F-1;CL1;Carla Weiß;01/01/2026;31/01/2026;19,30;23,16;EUR
      F-2;CL1;Anna Öztürk;14/01/2026;13/02/2026;1 467,76;1 761,31;EUR

      """)
    #expect(guess.isIncomplete && guess.text.contains("\"currency\": \"Devise\""), "\(guess.text)")
    for path in ["external_reference", "currency", "bill_date", "due_date", "customer.name"] {
      #expect(marked(guess).contains { $0.hasSuffix("could be \(path). Is it?") }, "\(path): \(guess.text)")
    }
    #expect(guess.text.contains("\"customer.external_reference\": \"Référence client\""), "\(guess.text)")
    #expect(marked(guess).contains { $0.contains("Which of \"HT\", \"TTC\" is the amount?") }, "\(guess.text)")
  }

  @Test func `by its values a name has no digits, and a reference is neither a name nor a person's number`() throws {
    let guess = try guess(
      """
      Thandi,Molefe,P12345678,8501015800085,0821234567,t@example.com,2026-02-20,240.00
      Jane,Dube,P22345678,,0821234568,j@example.com,2026-02-20,24.00

      """)
    #expect(guess.text.contains("\"customer.external_reference\": { \"column\": \"?\" }"), "\(guess.text)")
    #expect(guess.text.contains("\"customer.name\": { \"column\": 1 }"), "\(guess.text)")
  }

  @Test func `titles above the headings are told with the line on which the headings stand`() throws {
    let rows = "Invoice,Customer,Amount,Due date\nA1,1,10.50,2026-01-20\nA2,2,11.50,2026-01-20\nA3,2,1.50,2026-01-20\n"
    #expect(throws: GuessError.headingsBelow(line: 4)) {
      try self.guess("Acme Property Management\nBilling run,31/01/2026\n\n" + rows)
    }
  }

  @Test func `headings with quotes and backslashes stay JSON`() throws {
    let guess = try guess("InvNo,Currency,Amount,Customer,\"say \"\"hi\"\" \\ \"\nR-1,ZAR,1.50,1,x\nR-2,ZAR,2.50,2,y\n")
    #expect(!guess.isIncomplete)
  }
}

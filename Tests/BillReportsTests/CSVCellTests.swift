import Testing

@testable import BillReports

@Suite struct CSVCellTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""),
    ("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("\tx", "'\tx"), ("+27821234567", "+27821234567"), ("-5", "-5"),
    ("-5.50", "-5.50"), ("+cmd|x", "'+cmd|x"), ("-", "'-"), ("=a,b", "\"'=a,b\""), ("a=1", "a=1"),
  ])
  func `a cell is quoted where it must be and harmless in a spreadsheet`(text: String, cell: String) {
    var bytes: [UInt8] = []
    CSVCell.append(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == cell)
  }
}

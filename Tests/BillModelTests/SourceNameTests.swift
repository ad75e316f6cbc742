import BillModel
import Testing

@Suite struct SourceNameTests {
  @Test(arguments: [
    ("bills.csv", "bills.mended.csv"), ("a.b.txt.gz", "a.b.mended.txt.gz"), ("bills", "bills.mended"),
    ("bills.mended.csv", "bills.mended.csv"), ("drop/nightly.d/bills.csv", "bills.mended.csv"),
  ])
  func `mended rows go by their file's name`(_ name: String, _ mended: String) {
    #expect(SourceName(name).mended == mended)
  }

  @Test(arguments: [
    ("bills.csv", false), ("bills.mended.csv", true), ("bills.mended.csv.gz", true), ("rejected.csv", true),
    ("bills.mendedy.csv", false), ("mended.csv", false), ("bills.mended.d/bills.csv", false),
  ])
  func `a name says whether its rows are mended ones`(_ name: String, _ isMended: Bool) {
    #expect(SourceName(name).isMended == isMended)
  }

  @Test func `a mended file is of the file of its name, packed or not`() {
    #expect(SourceName("bills.mended.csv").isMendedOne(of: "bills.csv"))
    #expect(SourceName("bills.mended.csv").isMendedOne(of: "bills.csv.gz"))
    #expect(!SourceName("bills.csv").isMendedOne(of: "bills.csv"))
    #expect(!SourceName("bills.mended.csv").isMendedOne(of: "other.csv"))
  }
}

import BillModel
import BillReports
import Glibc
import Testing

@testable import FileRuns

@Suite struct HistoryGuardTests {
  private let zar = CurrencyCode("ZAR")!
  private let usd = CurrencyCode("USD")!

  private func night(
    _ rows: Int, total: Int64? = nil, largest: Int64 = 5_000, new: Int = 0, known: Int = 0
  ) -> FileFigures {
    FileFigures(
      rows: rows, newCustomerRows: new, knownBillRows: known,
      money: [zar: FileFigures.Money(total: total ?? Int64(rows) * 1_000, largest: largest)])
  }

  private func far(_ file: FileFigures, _ history: [FileFigures]) -> [GuardFigure.Name] {
    HistoryGuard().judge(file, feed: "f", history: history).far.map(\.name)
  }

  @Test func `a feed has no history before its fifth file, and says so`() {
    for files in 0..<5 {
      let report = HistoryGuard().judge(
        night(1), feed: "f", history: Array(repeating: night(1_000_000), count: files))
      #expect(!report.hasHistory && report.figures.isEmpty && report.files == files)
      #expect(report.words.contains("none yet"))
    }
    #expect(HistoryGuard().judge(night(1), feed: "f", history: Array(repeating: night(1000), count: 5)).hasHistory)
  }

  @Test func `ten times as much, or a tenth, is far in rows and total, and one odd night changes nothing of it`() {
    let usual = (0..<9).map { night(1_000 + $0 * 10) }
    for history in [usual, usual + [night(10_000)], usual + [night(1)], [night(10_000)] + usual] {
      #expect(far(night(1_000), history) == [])
      #expect(far(night(10_000), history) == [.rows, .total])
      #expect(far(night(100), history) == [.rows, .total])
    }
  }

  @Test func `what happens twice is usual from then on`() {
    let history = (0..<10).map { night($0 == 3 || $0 == 8 ? 200 : 1_000) }
    #expect(far(night(180), history) == [])
    #expect(far(night(100), history) == [.rows, .total])
  }

  @Test func `amounts in the wrong unit and one wild bill are far though the rows are usual`() {
    let history = Array(repeating: night(1_000), count: 8)
    #expect(far(night(1_000, total: 100_000_000, largest: 500_000), history) == [.total, .largest])
    #expect(far(night(1_000, total: 10_000), history) == [.total])
    #expect(far(night(1_000, total: 1_400_000, largest: 400_000), history) == [.largest])
  }

  @Test func `a few rows more or less are never far`() {
    let history = Array(repeating: night(3, new: 0), count: 8)
    #expect(far(night(12, new: 9), history) == [])
    #expect(far(night(0), history) == [])
    #expect(far(night(40), history) == [.rows, .total])
  }

  @Test func `a currency that no file had is far, one that is gone too, and one that few have is not judged`() {
    let history = Array(repeating: night(1_000), count: 8)
    var file = night(1_000)
    file.money[usd] = FileFigures.Money(total: 1, largest: 1)
    #expect(far(file, history) == [.total])
    file.money = [:]
    #expect(far(file, history) == [.total])
    var mixed = history
    mixed[2].money[usd] = FileFigures.Money(total: 70, largest: 70)
    file = night(1_000)
    file.money[usd] = FileFigures.Money(total: 90_000, largest: 90_000)
    #expect(far(file, mixed) == [])
  }

  @Test func `more new customers than ever are far, fewer are not; known bills are far either way`() {
    let history = (0..<8).map { night(1_000, new: 50 + $0, known: 400 + $0) }
    #expect(far(night(1_000, new: 900, known: 400), history) == [.newCustomers])
    #expect(far(night(1_000, new: 0, known: 400), history) == [])
    #expect(far(night(1_000, new: 50, known: 1_000), history) == [.knownBills])
    #expect(far(night(1_000, new: 50, known: 0), history) == [.knownBills])
  }

  @Test func `files beyond the last so many don't count`() {
    var bounds = GuardBounds()
    bounds.files = 6
    let history = Array(repeating: night(1_000), count: 6) + Array(repeating: night(10_000), count: 60)
    let report = HistoryGuard(bounds).judge(night(10_000), feed: "f", history: history)
    #expect(report.files == 6 && report.far.map(\.name) == [.rows, .total])
  }

  /// 300 feeds of 90 nights with weekends, ends of months, growth and heavy-tailed amounts.
  @Test func `fewer than one usual night in two hundred is held, and every tenfold one`() {
    var random = Nights(seed: 20_250_701)
    var judged = 0
    var held = 0
    var missed = 0
    for _ in 0..<300 {
      var history: [FileFigures] = []
      let size = random.uniform(200, 20_000)
      for day in 0..<90 {
        let file = random.night(day, size: size, currency: zar)
        let report = HistoryGuard().judge(file, feed: "f", history: history)
        if report.hasHistory {
          judged += 1
          if !report.far.isEmpty { held += 1 }
          let tenfold = FileFigures(
            rows: history[0].rows * 10, newCustomerRows: file.newCustomerRows * 10,
            money: [zar: FileFigures.Money(total: history[0].money[zar]!.total * 10, largest: file.money[zar]!.largest)]
          )
          if HistoryGuard().judge(tenfold, feed: "f", history: history).far.isEmpty { missed += 1 }
        }
        history.insert(file, at: 0)
      }
    }
    print("guard: held \(held) of \(judged) usual nights, let \(missed) tenfold ones through")
    #expect(judged == 300 * 85)
    #expect(held * 200 < judged, "seed 20250701: \(held) of \(judged)")
    #expect(missed == 0)
  }
}

/// Nights as a biller has them.
private struct Nights {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    word ^= word >> 31
    return low + (high - low) * (Double(word >> 11) + 0.5) / 9_007_199_254_740_992
  }

  private mutating func normal() -> Double {
    sqrt(-2 * log(uniform(0, 1))) * cos(2 * .pi * uniform(0, 1))
  }

  /// A weekend has 60 %, the last two days of a month 150 % of the rows, which vary by 15 %; bills are lognormal with a
  /// standard deviation of 0.8 of their logarithm; 3 to 7 % of customers are new.
  mutating func night(_ day: Int, size: Double, currency: CurrencyCode) -> FileFigures {
    let isWeekend = day % 7 >= 5
    let isMonthEnd = day % 30 >= 28
    let growth = 1 + Double(day) * 0.001
    let rows = max(1, (size * growth * (isWeekend ? 0.6 : 1) * (isMonthEnd ? 1.5 : 1) * exp(0.15 * normal())).rounded())
    let sigma = 0.8
    let mean = 50_000 * exp(sigma * sigma / 2)
    let deviation = mean * sqrt(exp(sigma * sigma) - 1)
    let total = rows * mean + sqrt(rows) * deviation * normal()
    let largest = 50_000 * exp(sigma * Self.quantile(pow(uniform(0, 1), 1 / rows)))
    return FileFigures(
      rows: Int(rows), newCustomerRows: Int(rows * uniform(0.03, 0.07)),
      money: [currency: FileFigures.Money(total: Int64(total), largest: Int64(largest))])
  }

  /// The point of the normal distribution below which this share lies, by halving.
  private static func quantile(_ share: Double) -> Double {
    var low = -9.0
    var high = 9.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if 0.5 * erfc(-middle / 2.0.squareRoot()) < share { low = middle } else { high = middle }
    }
    return low
  }
}

import BillModel
import Drops
import Testing

struct FeedOrderTests {
  private func key(_ date: String) throws -> FeedKey { try #require(FeedKey(date: date)) }

  @Test func `dates and numbers are read, and what is neither is not`() {
    #expect(FeedKey(date: "2026-02-01") == FeedKey(date: "20260201"))
    #expect(FeedKey(groups: ["year": "2026", "month": "02", "day": "01"]) == FeedKey(date: "20260201"))
    #expect(FeedKey(date: "2026-02-30") == nil)
    #expect(FeedKey(date: "260201") == nil)
    #expect(FeedKey(sequence: "0042") == .sequence(42))
    #expect(FeedKey(sequence: "4x") == nil)
    #expect(FeedKey(groups: [:]) == nil)
  }

  @Test func `the texts of keys order like the keys, and come back`() throws {
    let keys: [FeedKey] = [.sequence(9), .sequence(10), .sequence(999_999)]
    #expect(keys.map(\.sortText).sorted() == keys.map(\.sortText))
    for key in keys + [try key("2026-12-31")] { #expect(FeedKey(sortText: key.sortText) == key) }
  }

  @Test func `a gap, a repeat and an older file are seen`() throws {
    let order = FeedOrder()
    #expect(order.place(of: try key("2026-02-01"), after: nil) == .next)
    #expect(order.place(of: try key("2026-02-02"), after: try key("2026-02-01")) == .next)
    #expect(order.place(of: try key("2026-02-01"), after: try key("2026-02-01")) == .repeated)
    #expect(order.place(of: try key("2026-01-31"), after: try key("2026-02-01")) == .older(than: try key("2026-02-01")))
    #expect(
      order.place(of: try key("2026-03-02"), after: try key("2026-02-27")) == .gap(missing: try key("2026-02-28")))
    #expect(order.place(of: .sequence(12), after: .sequence(9)) == .gap(missing: .sequence(10)))
    #expect(order.place(of: .sequence(10), after: .sequence(9)) == .next)
  }

  @Test func `days on which no file is due are no gap`() throws {
    let weekdays = FeedOrder(days: [1, 2, 3, 4, 5])
    // 2026-02-06 is a Friday.
    #expect(weekdays.place(of: try key("2026-02-09"), after: try key("2026-02-06")) == .next)
    #expect(
      weekdays.place(of: try key("2026-02-10"), after: try key("2026-02-06")) == .gap(missing: try key("2026-02-09")))
  }

  @Test func `a date far ahead of today and of the last file is hardly meant`() throws {
    let order = FeedOrder()
    let today = try #require(CivilDate(year: 2026, month: 2, day: 1))
    func place(_ date: String, after last: String?) throws -> FeedOrder.Place {
      order.place(of: try key(date), after: try last.map(key), today: today)
    }
    #expect(try place("2062-02-02", after: "2026-02-01") == .ahead)
    #expect(try place("2027-02-02", after: "2026-02-01") == .ahead)
    #expect(try place("2027-02-02", after: nil) == .ahead)
    #expect(try place("2026-05-12", after: nil) == .next)
    // Files that are called by the days on which their bills are due.
    #expect(try place("2026-08-02", after: "2026-08-01") == .next)
    #expect(order.place(of: .sequence(20_620_202), after: .sequence(1), today: today) != .ahead)
    #expect(order.policy(for: .ahead) == .hold)
    #expect(FeedOrder(older: .report).policy(for: .ahead) == .report)
  }
}

import BillModel
import Testing

@testable import BillPlanning

@Suite struct PartyExperienceTests {
  private static func departure(_ record: Int, _ carries: [PartyKey]) -> Departure {
    Departure(row: Town.row(record, .customer(Customer(reference: "C\(record)"))), form: .nested, carries: carries)
  }

  private static func customer(_ record: Int) -> Departure { departure(record, [.customer("C\(record)")]) }

  private static func both(_ record: Int) -> Departure {
    departure(record, [.customer("C\(record)"), .account("A\(record)")])
  }

  /// How many of these carriers are looked up, each answered before the next one goes.
  private static func looks(
    _ experience: inout PartyExperience, _ departures: [Departure], isThere: (Int) -> Bool
  ) -> Int {
    departures.reduce(0) { count, departure in
      let looks = experience.looksFirst(departure)
      experience.answered(departure.row.record, isThere: isThere(departure.row.record))
      return count + (looks ? 1 : 0)
    }
  }

  @Test func `parties that are all new are never looked up`() {
    var experience = PartyExperience(.auto)
    let looks1 = Self.looks(&experience, (1...2000).map(Self.both)) { _ in false }
    #expect(looks1 == 0)
    let looks2 = Self.looks(&experience, (2001...4000).map(Self.customer)) { _ in false }
    #expect(looks2 == 0)
  }

  @Test func `parties that are all there are looked up after the first ones`() {
    var customers = PartyExperience(.auto)
    let looks3 = Self.looks(&customers, (1...100).map(Self.customer)) { _ in true }
    #expect(looks3 == 99)
    var accounts = PartyExperience(.auto)
    let looks4 = Self.looks(&accounts, (1...100).map(Self.both)) { _ in true }
    #expect(looks4 == 97)
  }

  @Test(arguments: [(4, false), (2, true)]) func `a share decides`(oneIn: Int, looks: Bool) {
    var experience = PartyExperience(.auto)
    _ = Self.looks(&experience, (1...200).map(Self.customer)) { $0 % oneIn == 0 }
    let later = Self.looks(&experience, (201...300).map(Self.customer)) { $0 % oneIn == 0 }
    #expect(later == (looks ? 100 : 0))
  }

  @Test func `a file whose second half is unlike its first is followed`() {
    var experience = PartyExperience(.auto)
    _ = Self.looks(&experience, (1...500).map(Self.both)) { _ in true }
    let looks = Self.looks(&experience, (501...1000).map(Self.both)) { _ in false }
    #expect((5...40).contains(looks), "\(looks)")
    let back = Self.looks(&experience, (1001...1500).map(Self.both)) { _ in true }
    #expect(back >= 460, "\(back)")
  }

  @Test func `accounts of known customers begin with the experience of others, and soon have their own`() {
    func account(_ record: Int) -> Departure { Self.departure(record, [.account("A\(record)")]) }
    var experience = PartyExperience(.auto)
    _ = Self.looks(&experience, (1...50).map(Self.both)) { _ in true }
    let first = Self.looks(&experience, (51...54).map(account)) { _ in false }
    #expect((1...4).contains(first))
    let later = Self.looks(&experience, (55...100).map(account)) { _ in false }
    #expect(later <= 2, "\(later)")
    let both = experience.looksFirst(Self.both(101))
    #expect(both)
  }

  @Test func `told to, it always or never looks, and holds nobody`() {
    var always = PartyExperience(.existing, trialCarriers: 1)
    let looks5 = Self.looks(&always, (1...20).map(Self.both)) { _ in false }
    #expect(looks5 == 20)
    var never = PartyExperience(.new, trialCarriers: 1)
    let looks6 = Self.looks(&never, (1...20).map(Self.both)) { _ in true }
    #expect(looks6 == 0)
    #expect(!always.holds(Self.both(21)) && !never.holds(Self.both(21)))
  }

  @Test func `a row that carries nothing is not looked up, held or counted`() {
    var experience = PartyExperience(.existing)
    let looks9 = experience.looksFirst(Self.departure(1, []))
    #expect(!looks9)
    var auto = PartyExperience(.auto, trialCarriers: 1)
    _ = auto.looksFirst(Self.customer(2))
    #expect(!auto.holds(Self.departure(3, [])))
  }

  @Test func `with little experience, carriers are held until others are answered`() {
    var experience = PartyExperience(.auto, trialCarriers: 2)
    for record in 1...2 {
      #expect(!experience.holds(Self.customer(record)))
      _ = experience.looksFirst(Self.customer(record))
    }
    #expect(experience.holds(Self.customer(3)))
    experience.ended(1)
    #expect(!experience.holds(Self.customer(3)))
    _ = experience.looksFirst(Self.customer(3))
    #expect(experience.holds(Self.customer(4)))
    for record in 2...9 {
      _ = experience.looksFirst(Self.customer(record))
      experience.answered(record, isThere: false)
    }
    for record in 10...40 { _ = experience.looksFirst(Self.customer(record)) }
    #expect(!experience.holds(Self.customer(41)))
  }

  @Test func `an answer counts once`() {
    var experience = PartyExperience(.auto)
    _ = experience.looksFirst(Self.both(1))
    for _ in 1...10 { experience.answered(1, isThere: true) }
    let looks10 = experience.looksFirst(Self.both(2))
    #expect(!looks10)
  }
}

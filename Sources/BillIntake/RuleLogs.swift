/// What the rules across rows keep of each row.
struct RuleLogs: ~Copyable {
  mutating func note(_ facts: RowFacts, record: UInt32) {}
}

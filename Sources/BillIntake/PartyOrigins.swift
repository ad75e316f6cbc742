/// Which row describes a party for the rows that describe it otherwise.
struct PartyOrigins: Sendable {
}

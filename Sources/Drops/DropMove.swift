/// A claimed file on its way to its place, under a name that is free there.
package struct DropMove {
  package var claim: DropClaim
  package var place: DropPlace
  package var name: String

  package init(claim: DropClaim, place: DropPlace, name: String) {
    self.claim = claim
    self.place = place
    self.name = name
  }
}
